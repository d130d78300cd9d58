"""A picture with what belongs to it on a page: what it shows, what is left out, the same as a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.drawing import Picture
from kg.ids import BASE
from kg.model import Bilingual


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: its cells, what it is called on the page, words that it rests on."""

    cells: tuple[str, ...]
    anchor: str = ""
    quotes: tuple[str, ...] = ()
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, its title, how to read it, and the same as a table."""

    title: Bilingual
    reading: Bilingual
    picture: Picture
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


class Names:
    """What things are called, in one language."""

    def __init__(self, tables: Tables, lang: str) -> None:
        """Take the names of measures, goals, bodies and documents."""
        labelled = (
            (tables.measures, "label_zh"),
            (tables.goals, "label_zh"),
            (tables.bodies, "label"),
        )
        self._names = dict(_named(tables.documents, "title", ""))
        for table, zh in labelled:
            self._names |= dict(_named(table, zh, "label_en" if lang == "en" else ""))

    def __call__(self, thing: str) -> str:
        """Return the name of a thing; its key where it has none."""
        return self._names.get(thing) or thing.removeprefix(BASE)


def page_of(thing: str) -> str | None:
    """Return where the page of a thing is, on this service.

    >>> page_of("https://w3id.org/qualitykg/id/task/a.b")
    '/id/task/a.b'
    """
    return f"/id/{thing.removeprefix(BASE)}" if thing.startswith(BASE) else None


def quotes(tables: Tables, things: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the words that state each of some things, each once."""
    wanted = set(things)
    found: dict[str, dict[str, None]] = {}
    for node, exact in rows_of(tables.evidence, "node", "exact"):
        if node in wanted and exact:
            found.setdefault(node, {})[exact] = None
    return {node: tuple(words) for node, words in found.items()}


def _named(table: pa.Table, first: str, better: str) -> Iterable[tuple[str, str]]:
    for thing, name, other in rows_of(table, "id", first, better or first):
        if other or name:
            yield thing, other or name
