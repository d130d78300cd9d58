"""Relations: how the mentions of one document hang together."""
