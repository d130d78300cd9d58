"""The index itself: an SQLite file with what each graph says, and the names that follow from it.

A name is one text of one thing, with the thing's most special type, whichever graphs they come from.
Its number says where it stands among the hits: the shorter text first, then the earlier type, then
an order that is fixed but tells nothing. FTS5 hands out numbers in rising order, so the first hits
of a word that half of all names hold are found without looking at the others.
"""

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from kg.explore.search.reading import Said
from kg.explore.search.words import MARKS, folded, grams, initials
from kg.explore.terms import NODE_TYPES

VERSION = "1"
"""Changes with the schema and with the grams: an older file is made anew."""

SHIFT = 39
"""Below the length of a name its number holds 5 bits of type and 34 that are fixed by its words."""

_LONGEST = 127
_TYPES = tuple(NODE_TYPES.values())
_BUSY_S = 60
_CACHE_KB = 64_000

_SCHEMA = f"""
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE graph (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE label (graph INTEGER, thing INTEGER, text TEXT, PRIMARY KEY (graph, thing, text))
  WITHOUT ROWID;
CREATE INDEX label_thing ON label (thing, text);
CREATE TABLE type (graph INTEGER, thing INTEGER, rank INTEGER, PRIMARY KEY (graph, thing, rank))
  WITHOUT ROWID;
CREATE INDEX type_thing ON type (thing, rank);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, rank INTEGER NOT NULL,
  text TEXT NOT NULL, folded TEXT NOT NULL, letters TEXT NOT NULL);
CREATE INDEX name_thing ON name (thing);
CREATE VIRTUAL TABLE gram USING fts5(grams, content='', columnsize=0, detail=none,
  tokenize="ascii tokenchars '{MARKS}'");
CREATE VIRTUAL TABLE gram_count USING fts5vocab(gram, row);
"""


def connected(path: Path | None) -> sqlite3.Connection:
    """Return a connection to the index at *path*, with its tables; ``None`` is one in memory.

    Raises:
        sqlite3.Error: The file cannot be used, or is something else.
    """
    connection = sqlite3.connect(
        path or ":memory:", timeout=_BUSY_S, isolation_level=None, check_same_thread=False
    )
    for pragma in (
        "synchronous=OFF",  # a cache: after a power cut it is made anew
        "journal_mode=TRUNCATE",
        "temp_store=MEMORY",
        f"cache_size=-{_CACHE_KB}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TEMP TABLE touched (thing INTEGER PRIMARY KEY)")
    connection.execute("BEGIN IMMEDIATE")
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchone():
        for statement in _SCHEMA.split(";\n"):
            connection.execute(statement)
    connection.execute("COMMIT")
    return connection


def noted(connection: sqlite3.Connection, key: str) -> str:
    """Return what was noted under *key*, nothing where nothing was."""
    row = connection.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def note(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Note a value under *key*."""
    connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, value))


def known_graphs(connection: sqlite3.Connection) -> set[str | None]:
    """Return the graphs that the index holds; ``None`` is the default graph."""
    return {str(iri) or None for (iri,) in connection.execute("SELECT iri FROM graph")}


def put(connection: sqlite3.Connection, graph: str | None, said: Said) -> int:
    """Put what a graph says in the place of what it said; return how many things that touches.

    Names follow with `settle`.
    """
    number = _number_of(connection, graph)
    before = _held(connection, number)
    names, types = before.names ^ said.names, before.types ^ said.types
    touched = {thing for thing, _ in names | types}
    connection.executemany(
        "INSERT OR IGNORE INTO thing (iri) VALUES (?)", ((thing,) for thing in sorted(touched))
    )
    for (delete, insert), gone, new in (
        (_LABEL, names - said.names, names & said.names),
        (_TYPE, types - said.types, types & said.types),
    ):
        connection.executemany(delete, ((number, thing, value) for thing, value in gone))
        connection.executemany(insert, ((number, value, thing) for thing, value in new))
    connection.executemany(
        "INSERT OR IGNORE INTO touched SELECT id FROM thing WHERE iri = ?",
        ((thing,) for thing in touched),
    )
    return len(touched)


_LABEL = (
    "DELETE FROM label WHERE graph = ? AND thing = (SELECT id FROM thing WHERE iri = ?) AND text = ?",
    "INSERT INTO label SELECT ?, id, ? FROM thing WHERE iri = ?",
)
_TYPE = (
    "DELETE FROM type WHERE graph = ? AND thing = (SELECT id FROM thing WHERE iri = ?) AND rank = ?",
    "INSERT INTO type SELECT ?, id, ? FROM thing WHERE iri = ?",
)


def drop(connection: sqlite3.Connection, graph: str | None) -> None:
    """Take away a graph that is no more. Names follow with `settle`."""
    put(connection, graph, Said())
    connection.execute("DELETE FROM graph WHERE iri = ?", (graph or "",))


def settle(connection: sqlite3.Connection) -> None:
    """Make the names of all touched things anew."""
    wanted = {
        (int(thing), int(rank), str(text)): str(iri)
        for thing, rank, text, iri in connection.execute(_WANTED)
    }
    for number, thing, rank, text, name, letters in connection.execute(_NAMES).fetchall():
        if wanted.pop((thing, rank, text), None) is None:
            old = (number, grams(name, letters, _TYPES[rank]))
            connection.execute("INSERT INTO gram (gram, rowid, grams) VALUES ('delete', ?, ?)", old)
            connection.execute("DELETE FROM name WHERE id = ?", (number,))
    _add(connection, wanted.items())
    connection.execute("DELETE FROM touched")


_WANTED = """
SELECT label.thing, MIN(type.rank), label.text, thing.iri FROM touched
CROSS JOIN thing ON thing.id = touched.thing
CROSS JOIN label ON label.thing = touched.thing
CROSS JOIN type ON type.thing = touched.thing
GROUP BY label.thing, label.text"""
_NAMES = """
SELECT name.id, name.thing, rank, text, folded, letters FROM touched
CROSS JOIN name ON name.thing = touched.thing"""


def merge(connection: sqlite3.Connection) -> None:
    """Put the parts of the index in good order after many writes."""
    connection.execute("INSERT INTO gram (gram) VALUES ('optimize')")


def _add(
    connection: sqlite3.Connection, wanted: Iterable[tuple[tuple[int, int, str], str]]
) -> None:
    """Add names by rising number, which is how FTS5 takes them in without sorting."""
    taken: set[int] = set()
    rows = []
    for (thing, rank, text), iri in wanted:
        name = folded(text)
        number = _place(name, rank, iri)
        while number in taken or _is_taken(connection, number):
            number += 1
        taken.add(number)
        rows.append((number, thing, rank, text, name, initials(name)))
    rows.sort()
    connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO gram (rowid, grams) VALUES (?, ?)", map(_grams, rows))


def _grams(row: tuple[int, int, int, str, str, str]) -> tuple[int, str]:
    number, _, rank, _, name, letters = row
    return number, grams(name, letters, _TYPES[rank])


def _place(name: str, rank: int, iri: str) -> int:
    """Return the number of a name: names of equal words stand together."""
    words = blake2b(name.encode(), digest_size=2).digest()
    thing = blake2b(iri.encode(), digest_size=3).digest()
    rest = int.from_bytes(words) << 18 | int.from_bytes(thing) >> 6
    return min(len(name), _LONGEST) << SHIFT | rank << 34 | rest


def least(length: int) -> int:
    """Return a number that no shorter name has."""
    return min(length, _LONGEST) << SHIFT


def _is_taken(connection: sqlite3.Connection, number: int) -> bool:
    return connection.execute("SELECT 1 FROM name WHERE id = ?", (number,)).fetchone() is not None


def _number_of(connection: sqlite3.Connection, graph: str | None) -> int:
    connection.execute("INSERT OR IGNORE INTO graph (iri) VALUES (?)", (graph or "",))
    row = connection.execute("SELECT id FROM graph WHERE iri = ?", (graph or "",)).fetchone()
    return int(row[0])


def _held(connection: sqlite3.Connection, number: int) -> Said:
    names = connection.execute(
        "SELECT iri, text FROM label JOIN thing ON thing.id = thing WHERE graph = ?", (number,)
    )
    types = connection.execute(
        "SELECT iri, rank FROM type JOIN thing ON thing.id = thing WHERE graph = ?", (number,)
    )
    return Said(
        {(str(iri), str(text)) for iri, text in names},
        {(str(iri), int(rank)) for iri, rank in types},
    )
