"""A table as people hand it in: the cells of each row under their keys, and where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.errors import SheetError
from kg.sheets.form import Form


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells by key, and the name of each cell as the program shows it."""

    cells: Mapping[str, str]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong at one place of a file."""

    file: str

    def at(self, place: str, *, en: str, zh: str) -> SheetError:
        """Return the error, to be raised."""
        return SheetError(file=self.file, place=place, en=en, zh=zh)


def letters(number: int) -> str:
    """Return the letters of a column, counted from 0.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    rest, last = divmod(number, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)


def columns_of(header: Sequence[str], form: Form, *, sheet: str, refuse: Refusal) -> dict[str, int]:
    """Return where each column stands; a heading's last word is its key.

    Raises:
        SheetError: A column is missing, or stands there twice.
    """
    found: dict[str, int] = {}
    for number, heading in enumerate(header):
        key = (heading.split() or [""])[-1].lower()
        if key in found:
            place = f"{sheet}!{letters(number)}1"
            raise refuse.at(
                place,
                en=f"the column {key!r} stands there twice; remove one",
                zh=f"“{key}”列出现两次，请删去一列",
            )
        if key in form.keys:
            found[key] = number
    missing = [one.key for one in form.columns if one.needed and one.key not in found]
    if missing:
        listed, place = ", ".join(missing), f"{sheet}!1:1"
        raise refuse.at(
            place,
            en=f"the column {listed} is missing; export the sheet again and fill that one in",
            zh=f"缺少 {listed} 列；请重新导出并在导出的表上填写",
        )
    return found
