"""The store that ships: pyoxigraph, on disk or in memory."""
