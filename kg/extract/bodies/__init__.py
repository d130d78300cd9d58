"""Bodies: names in running text, what kind they are, and which body they stand for."""
