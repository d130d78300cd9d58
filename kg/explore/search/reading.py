"""Names and types out of a store, graph by graph, by SPARQL alone, so that any store will do."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.errors import QkgError
from kg.explore.sparql import among, values
from kg.explore.terms import NODE_TYPES, TYPE_RANK
from kg.ids import BASE
from kg.store import formats
from kg.store.port import Store, Value
from kg.store.remote.endpoints import SCHEME
from kg.vocab import PREFIXES, RDF_TYPE, RDFS_LABEL, Property

_NAMES = (
    RDFS_LABEL,
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["skos"] + "altLabel",
    str(Property.ALIAS),
)
_TOGETHER = 20
"""Graphs read by one query: a plan has a hundred names, so an answer has some thousand rows."""

_MOST_ROWS = 9_000
"""Rows of an outside store asked for at once: Virtuoso as it comes silently cuts at 10,000."""

_MOST_ROWS_HERE = 200_000
"""Rows asked for at once otherwise: a page of them is held in memory."""

_MOST_DIGITS = 4  # a hundred million things


@dataclass(frozen=True, slots=True)
class Said:
    """What one graph says of names (thing, text) and of types (thing, place of the type)."""

    names: set[tuple[str, str]] = field(default_factory=set)
    types: set[tuple[str, int]] = field(default_factory=set)


def graphs_of(store: Store) -> list[str | None]:
    """Return the graphs that are searched: the default one (``None``) and all of ours."""
    return [None, *(graph for graph in store.graphs() if graph.startswith(BASE))]


def said(store: Store, graphs: Sequence[str | None]) -> Iterator[tuple[str | None, Said]]:
    """Yield each of *graphs* with what it says; one that is not there says nothing.

    Raises:
        StoreError: The store failed.
    """
    if None in graphs:
        yield None, _of_default(store)
    named = [graph for graph in graphs if graph is not None]
    for at in range(0, len(named), _TOGETHER):
        together = named[at : at + _TOGETHER]
        found: defaultdict[str, Said] = defaultdict(Said)
        for graph, thing, text in _rows(store, together, _NAMED):
            _add_name(found[str(graph)], thing, text)
        for graph, thing, cls in _rows(store, together, _TYPED):
            found[str(graph)].types.add((str(thing), TYPE_RANK[NODE_TYPES[str(cls)]]))
        for graph in together:
            yield graph, found[graph]


_NAMED = f"?x {'|'.join(f'<{name}>' for name in _NAMES)} ?y"
_TYPED = f"?x <{RDF_TYPE}> ?y {among('y', NODE_TYPES)}"


def _rows(
    store: Store, graphs: Sequence[str], pattern: str
) -> Iterator[tuple[Value, Value, Value]]:
    """Yield graph, thing and value; what is too much for one answer is asked for in halves."""
    found = _answer(store, "?g ?x ?y", f"{values('g', graphs)} GRAPH ?g {{ {pattern} }}")
    if found is not None:
        yield from ((graph, thing, value) for graph, thing, value in found)
    elif len(graphs) > 1:
        middle = len(graphs) // 2
        yield from _rows(store, graphs[:middle], pattern)
        yield from _rows(store, graphs[middle:], pattern)
    else:
        for thing, value in _parts(store, f"GRAPH <{graphs[0]}> {{ {pattern} }}"):
            yield graphs[0], thing, value


def _parts(store: Store, pattern: str, digits: str = "") -> Iterator[tuple[Value, Value]]:
    """Yield thing and value; what is too much for one answer is asked for in sixteen parts.

    A part is told by how the digest of the thing begins. Pages by order or offset will not do:
    Virtuoso compares Chinese wrongly, and sorts no more rows than it may answer.
    """
    part = f'FILTER(STRSTARTS(MD5(STR(?x)), "{digits}"))' if digits else ""
    found = _answer(store, "?x ?y", f"{pattern} FILTER(ISIRI(?x)) {part}")
    if found is None and len(digits) < _MOST_DIGITS:
        for digit in "0123456789abcdef":
            yield from _parts(store, pattern, digits + digit)
    else:
        yield from ((thing, value) for thing, value in found or ())


def _answer(store: Store, names: str, pattern: str) -> tuple[tuple[Value, ...], ...] | None:
    """Return the rows, ``None`` where there may be more of them than one answer holds."""
    most = _MOST_ROWS if store.address.startswith(SCHEME) else _MOST_ROWS_HERE
    found = store.select(f"SELECT DISTINCT {names} WHERE {{ {pattern} }} LIMIT {most}").rows
    return found if len(found) < most else None


def _of_default(store: Store) -> Said:
    """Return what only the default graph says; mostly that is empty, and nothing is asked."""
    found = Said()
    if not _default_may_hold(store):
        return found
    elsewhere = f'GRAPH ?g {{ %s }} FILTER(STRSTARTS(STR(?g), "{BASE}"))'
    for pattern, add in ((_NAMED, _add_name), (_TYPED, _add_type)):
        alone = f"{pattern} FILTER NOT EXISTS {{ {elsewhere % pattern} }}"
        for thing, value in _parts(store, alone):
            add(found, thing, value)
    return found


def _default_may_hold(store: Store) -> bool:
    try:
        return any(block.strip() for block in store.read_graph(None, formats.N_TRIPLES))
    except QkgError:
        return True  # a service that does not show its default graph; the query tells


def _add_name(found: Said, thing: Value, text: Value) -> None:
    words = " ".join(str(text).split())
    if words:
        found.names.add((str(thing), words))


def _add_type(found: Said, thing: Value, cls: Value) -> None:
    found.types.add((str(thing), TYPE_RANK[NODE_TYPES[str(cls)]]))
