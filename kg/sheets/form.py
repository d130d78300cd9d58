"""What a sheet is like, declared once: its columns, who fills them in, and with what."""

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Bilingual


class Filling(StrEnum):
    """What a column holds. All else is refused: a program may have changed it unseen."""

    TEXT = "text"
    NUMBER = "number"  # or text that says one
    DATE = "date"  # or text that says one


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``filled`` ones are for people. ``width`` counts characters.

    ``choices``: what it may hold, where that is a list. ``needed``: a sheet without it is refused.
    """

    key: str
    zh: str
    width: int
    meaning: Bilingual
    filled: bool = False
    filling: Filling = Filling.TEXT
    choices: tuple[str, ...] = ()
    needed: bool = True

    @property
    def heading(self) -> str:
        """Return the heading; its last word is the key, by which the column is found again."""
        return f"{self.zh} {self.key}"


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet: the name of its tab, and its columns."""

    tab: str
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the columns, in their order."""
        return tuple(column.key for column in self.columns)

    def column(self, key: str) -> Column:
        """Return the column of this key."""
        return next(column for column in self.columns if column.key == key)
