"""Clean text to mentions and relations, by rules that are data."""
