"""Measurements and their material."""
