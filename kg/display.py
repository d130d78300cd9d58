"""What notebooks show: rows as an HTML table. Every character of the data is escaped.

>>> rows_html([{"body": "<b>"}])
'<table><thead><tr><th>body</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Protocol, TypeVar

T = TypeVar("T")
Row = Mapping[str, object]
Naming = Callable[[str], str]
"""What an identifier is called: its key in a notebook, its label on the command line."""

Sections = Mapping[str, Sequence[Row]]
"""Rows under titles, the most important first; all of one section have the same keys."""


class Answer(Protocol):
    """What an analysis answers, to be shown as tables."""

    def sections(self, name: Naming = ...) -> Sections:
        """Return its rows, things as *name* calls them."""
        ...


SHOWN = 200
"""Rows of a list that a notebook shows; how many there are in all is told below them."""


class Listing(list[T]):
    """A list that a notebook shows as a table.

    >>> shown = Listing([3, 4], row=lambda number: {"square": number * number})
    >>> "<td>16</td>" in shown._repr_html_()
    True
    >>> shown == [3, 4]
    True
    """

    def __init__(self, items: Iterable[T] = (), *, row: Callable[[T], Row]) -> None:
        """Return the list of *items*, each shown as the columns that *row* makes of it."""
        super().__init__(items)
        self._row = row

    def _repr_html_(self) -> str:
        return rows_html([self._row(item) for item in self[:SHOWN]], of=len(self))


def rows_html(rows: Sequence[Row], *, caption: str = "", of: int | None = None) -> str:
    """Return *rows* as an HTML table, under a *caption*.

    Args:
        rows: All with the same keys, which are the heads of the columns.
        caption: What they are.
        of: How many there are in all, where these are not all of them.
    """
    heads = "".join(f"<th>{escape(str(name))}</th>" for name in (rows[0] if rows else ()))
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    table = f"<table>{named}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    if of is None or of == len(rows):
        return table if rows else f"{table}<p>0</p>"
    return f"{table}<p>{len(rows)} / {of}</p>"


def sections_html(sections: Sections) -> str:
    """Return one table for each of *sections* that has rows, under its name and their number."""
    told = (
        rows_html(rows[:SHOWN], caption=f"{name} ({len(rows)})")
        for name, rows in sections.items()
        if rows
    )
    return "".join(told) or "<p>0</p>"


def _cells(row: Row) -> str:
    return "".join(f"<td>{_cell(value)}</td>" for value in row.values())


def _cell(value: object) -> str:
    return "" if value is None else escape(str(value))
