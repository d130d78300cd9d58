"""The routes, one room a module; each exposes ``router``."""
