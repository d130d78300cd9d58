"""The fence: what a query may ask for, and the one way out of the house."""
