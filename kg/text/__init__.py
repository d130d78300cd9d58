"""Bytes to text with a map back to each raw character, and text to blocks."""
