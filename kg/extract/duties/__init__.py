"""Duties: where a text states responsibilities, and for which measures."""
