"""The version of the product, in one place."""

__version__ = "1.0.0"
