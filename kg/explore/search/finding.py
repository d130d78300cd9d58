"""Names that fit a query, best first."""

import math
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.explore.search.database import least
from kg.explore.search.words import (
    TYPE,
    Gram,
    folded,
    grams_of_initials,
    grams_of_part,
    pairs_of,
)
from kg.explore.terms import NODE_TYPES

_MOST_PARTS = 8
_MOST_GRAMS = 16  # of one query; the rest of a longer one is told by looking at the names
_MOST_LOOKED_AT = 1_000
_MOST_ALIKE = 300  # names looked at that may be loosely alike; the shortest of a rare pair
_ALIKE = 0.5  # share of a query's pairs that a loosely alike name must hold


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the index, as it is compared, and the initials of its pinyin."""

    number: int
    thing: str
    text: str
    folded: str
    letters: str


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to fit: by the text or by the initials of its pinyin, at its beginning or anywhere."""

    letters: bool
    first: bool

    def grams(self, parts: Sequence[str]) -> list[Gram]:
        """Return the grams that a name must have."""
        of_part = grams_of_initials if self.letters else grams_of_part
        asked = [
            gram
            for place, part in enumerate(parts)
            for gram in of_part(part, first=self.first and place == 0)
        ]
        return list(dict.fromkeys(asked))[:_MOST_GRAMS]

    def fits(self, name: Name, parts: Sequence[str]) -> bool:
        """Return whether a name that has the grams holds the parts whole."""
        text = name.letters if self.letters else name.folded
        begins = not self.first or text.startswith(parts[0])
        return begins and all(part in text for part in parts)


_TYPES = frozenset(NODE_TYPES.values())
_BY_TEXT = (_Way(letters=False, first=True), _Way(letters=False, first=False))
_BY_LETTERS = (_Way(letters=True, first=True), _Way(letters=True, first=False))


def found(
    connection: sqlite3.Connection, query: str, *, types: Collection[str], limit: int
) -> list[Name]:
    """Return the best name of each thing that fits, best first, at most *limit*."""
    known = _TYPES.intersection(types)  # what is no type may not be a word of FTS5 either
    return [] if types and not known else _best(connection, query, types=known, limit=limit)


def _best(
    connection: sqlite3.Connection, query: str, *, types: Collection[str], limit: int
) -> list[Name]:
    parts = [part for part in map(folded, query.split()) if part][:_MOST_PARTS]
    latin = all(part.isascii() and part.isalnum() for part in parts)
    best: dict[str, Name] = {}
    for way in (*_BY_TEXT, *_BY_LETTERS) if latin else _BY_TEXT:
        longest = max(map(len, parts), default=0)
        for name in _matching(connection, _all_of(way.grams(parts)), types, length=longest):
            if way.fits(name, parts):
                best.setdefault(name.thing, name)
            if len(best) >= limit:
                return list(best.values())
    if not best:
        for name in _loosely(connection, pairs_of(parts)[:_MOST_GRAMS], types):
            best.setdefault(name.thing, name)
    return list(best.values())[:limit]


def _matching(
    connection: sqlite3.Connection,
    expression: str,
    types: Collection[str],
    *,
    length: int = 0,
    most: int = _MOST_LOOKED_AT,
) -> Iterator[Name]:
    """Yield names that fit an expression of FTS5 and have at least *length* characters, in order."""
    if not expression:
        return
    asked = " OR ".join(_quoted(Gram(TYPE + type_)) for type_ in sorted(types))
    both = f"({expression}) AND ({asked})" if asked else expression
    for row in connection.execute(_MATCHING, (both, least(length), most)):
        yield Name(*row)


_MATCHING = """
SELECT name.id, thing.iri, name.text, name.folded, name.letters FROM gram
CROSS JOIN name ON name.id = gram.rowid
CROSS JOIN thing ON thing.id = name.thing
WHERE gram MATCH ? AND gram.rowid >= ? ORDER BY gram.rowid LIMIT ?"""


def _loosely(
    connection: sqlite3.Connection, pairs: Sequence[str], types: Collection[str]
) -> list[Name]:
    """Return names that hold enough of *pairs*, those with most of them first.

    A name with enough holds one of any choice of them that leaves out fewer than enough; so the
    rarest are looked up.
    """
    if len(pairs) == 1:
        return []
    enough = math.ceil(_ALIKE * len(pairs))
    rarest = sorted(pairs, key=lambda pair: (_count(connection, pair), pair))
    chosen = rarest[: len(pairs) - enough + 1]
    asked = " OR ".join(_quoted(Gram(pair)) for pair in chosen)
    shared = [
        (sum(pair in name.folded for pair in pairs), name)
        for name in _matching(connection, asked, types, most=_MOST_ALIKE)
    ]
    alike = [(number, name) for number, name in shared if number >= enough]
    return [name for number, name in sorted(alike, key=lambda one: (-one[0], one[1].number))]


def _count(connection: sqlite3.Connection, gram: str) -> int:
    row = connection.execute("SELECT doc FROM gram_count WHERE term = ?", (gram,)).fetchone()
    return int(row[0]) if row else 0


def _all_of(grams: Iterable[Gram]) -> str:
    return " AND ".join(map(_quoted, grams))


def _quoted(gram: Gram) -> str:
    """Return a gram as a string of FTS5; it holds letters, digits and our marks, no quotes."""
    return f'"{gram.text}"*' if gram.open else f'"{gram.text}"'
