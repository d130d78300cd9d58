"""How long work tells how far it is, to whoever wants to know."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Takes how many are done, and of how many."""


def in_silence(done: int, total: int) -> None:
    """Tell nobody how far it is."""
