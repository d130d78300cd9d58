"""Which graphs the last writes touched, so that what is made from a store can be made anew in part."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.store.sparql.lexer import Token, TokenKind, expanded, tokens

Graphs = frozenset[str | None] | None
"""Names of graphs, ``None`` among them being the default graph; ``None`` instead: perhaps all."""

_MOST_GRAPHS = 100
_MOST_BYTES = 1_000_000
_BEFORE_GRAPH = frozenset({"GRAPH", "WITH", "TO", "COPY", "MOVE", "ADD", "CLEAR", "DROP", "CREATE"})
_BETWEEN = frozenset({"SILENT", "GRAPH"})
_NOT_PLAIN = re.compile(r"BASE$|ALL$|NAMED$|.+(?:GRAPH|WITH|COPY|MOVE|CLEAR|DROP|CREATE)")
"""Words that name graphs otherwise, and such as the engine reads as two: ``trueGRAPH``."""
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Changes:
    """What was written since a generation: the word of now, and the graphs that may be touched."""

    word: str
    graphs: Graphs


def touched(update: str) -> Graphs:
    """Return the graphs that a SPARQL update may write to, or ``None`` where that is not plain.

    The default graph is always among them. A graph that is only read counts too.

    >>> sorted(
    ...     str(graph) for graph in touched("INSERT DATA { GRAPH <urn:g> { <urn:s> a <urn:c> } }")
    ... )
    ['None', 'urn:g']
    >>> touched("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }") is None
    True
    """
    if "\\" in update:
        return None  # an escape may stand for any character of a name
    words = [token for token in tokens(update) if token.counts]
    if any(":" not in word.text and _NOT_PLAIN.match(word.keyword) for word in words):
        return None
    names = set(_named(words))
    if not all(_ABSOLUTE.match(name) for name in names):
        return None
    return frozenset({None, *names}) if len(names) <= _MOST_GRAPHS else None


def _named(words: list[Token]) -> Iterator[str]:
    """Yield the name of each graph, and nothing in the place of one that is not plain."""
    prefixes: dict[str, str] = {}
    for place, word in enumerate(words):
        if word.keyword == "PREFIX" and len(words) > place + 2:
            prefixes[words[place + 1].text] = words[place + 2].text.strip("<>")
        if word.keyword not in _BEFORE_GRAPH:
            continue
        after = next((one for one in words[place + 1 :] if one.keyword not in _BETWEEN), None)
        if after is None or after.keyword == "DEFAULT":
            continue
        yield "" if after.kind is TokenKind.VARIABLE else expanded(after.text, prefixes)


@dataclass(frozen=True, slots=True)
class Journal:
    """A file with a line for each write: the number that the write ends with, and its graphs."""

    path: Path

    def note(self, number: int, graphs: Graphs) -> None:
        """Add a line; where the file has grown long, its older half goes."""
        few = graphs is not None and len(graphs) <= _MOST_GRAPHS
        listed = sorted(graphs, key=str) if few and graphs is not None else None
        if self.path.exists() and self.path.stat().st_size > _MOST_BYTES:
            lines = self.path.read_text("utf-8").splitlines(keepends=True)
            shorter = self.path.with_suffix(".new")
            shorter.write_text("".join(lines[len(lines) // 2 :]), "utf-8")
            shorter.replace(self.path)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([number, listed], ensure_ascii=False) + "\n")

    def between(self, first: int, last: int) -> Graphs:
        """Return the graphs of the writes after *first* up to *last* (even numbers)."""
        if first == last:
            return frozenset()
        if first > last or not self.path.exists():
            return None
        return union(self._lines(), first, last)

    def _lines(self) -> Iterator[tuple[int, Graphs]]:
        for line in self.path.read_text("utf-8").splitlines():
            try:
                number, listed = json.loads(line)
            except ValueError:
                continue  # a line that a killed writer left half-written
            yield number, None if listed is None else frozenset(listed)


def union(noted: Iterable[tuple[int, Graphs]], first: int, last: int) -> Graphs:
    """Return the graphs of all writes after *first* up to *last*, ``None`` where one is missing.

    >>> union([(2, frozenset({"urn:a"})), (4, frozenset({"urn:b"}))], 2, 4)
    frozenset({'urn:b'})
    >>> union([(4, frozenset())], 0, 4) is None
    True
    """
    by_number = {number: graphs for number, graphs in noted if first < number <= last}
    found: set[str | None] = set()
    for number in range(first + 2, last + 1, 2):
        graphs = by_number.get(number)
        if graphs is None:
            return None
        found |= graphs
    return frozenset(found)
