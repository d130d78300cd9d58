"""The typed tables after a few graphs were written: only rows that hang on what changed are read.

A row hangs on the statements along the paths of its columns (`kg.analysis.columns`). What changed is
the difference between what the store said before and says now of the subjects of those graphs, taken
over all graphs: a name that another document says too has not changed when one of them goes. From each
statement that came or went the paths are walked backwards to the nodes whose rows hang on it; their
rows are filled anew from what lies ahead of them. To walk back in the store of now is enough: where a
path was there before and is not now, its first statement that went is reached by what is still there.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from kg.analysis.columns import INVERSE, TYPE, Column, Path, Reading, TableSpec
from kg.analysis.facts import EN, ZH, Facts, table_of_csv
from kg.analysis.filling import filled
from kg.analysis.schema import SPECS
from kg.errors import MalformedQueryError
from kg.store import formats
from kg.store.port import Instant
from kg.vocab import RDF_TYPE, RDFS_LABEL

MOST_GRAPHS = 50
MOST_NODES = 20_000
"""Rows that hang on more nodes than this are read by scans of the whole store, in much the same time."""

_BATCH = 500
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`]*')
_Row = tuple[str, str, str, str]  # subject, property, object, language

CLASSES = frozenset(kind for spec in SPECS for kind in spec.classes)
STEPS = frozenset(
    step for spec in SPECS for column in spec.columns for path in column.paths for step in path
)
_LABELS = MappingProxyType({Reading.LABEL_ZH: (ZH, EN), Reading.LABEL_EN: (EN,)})
_PROPERTY_OF = MappingProxyType({TYPE: RDF_TYPE, ZH: RDFS_LABEL, EN: RDFS_LABEL})


def node_column(spec: TableSpec) -> str:
    """Return the column of a table that holds the node that its row stands for."""
    return next(column.name for column in spec.columns if column.key and column.paths == ((),))


def renewed(
    tables: Mapping[str, pa.Table], before: Instant, now: Instant, graphs: Collection[str | None]
) -> Mapping[str, pa.Table] | None:
    """Return the tables of *now*, given those of *before*, after writes to *graphs* alone.

    It is *tables* itself where no row hangs on what changed, and ``None`` where that cannot be told or
    is too much: blank nodes, a text that looks like an IRI and is none, more than `MOST_NODES` nodes.

    Raises:
        StoreError: The store failed.
    """
    try:
        subjects = _subjects(before, graphs) | _subjects(now, graphs)
        changed = _said_of(before, subjects) ^ _said_of(now, subjects)
        nodes = _hanging_on(now, changed) if _named(changed) else None
        if nodes is None or len(nodes) > MOST_NODES:
            return None
        if not nodes:
            return tables
        rows = _ahead_of(now, nodes)
    except MalformedQueryError:
        return None
    return _with_rows(tables, nodes, rows) if _named(rows) else None


def _with_rows(
    tables: Mapping[str, pa.Table], nodes: set[str], rows: set[_Row]
) -> dict[str, pa.Table]:
    told = pa.Table.from_arrays(
        [pa.array(column, pa.string()) for column in zip(*sorted(rows), strict=True)]
        or [pa.array([], pa.string())] * 4,
        names=["s", "p", "o", "lang"],
    )
    facts = Facts.around(sorted(nodes), told, classes=CLASSES, steps=STEPS)
    gone = pa.array(sorted(nodes), pa.string())
    return {
        spec.name: _replaced(tables[spec.name], filled(facts, spec), node_column(spec), gone)
        for spec in SPECS
    }


def _replaced(known: pa.Table, fresh: pa.Table, node: str, gone: pa.Array) -> pa.Table:
    """Return *known* with *fresh* in the place of the rows of nodes that are *gone*, in order."""
    stale = pc.is_in(known[node], gone)
    if not fresh.num_rows and not pc.any(stale).as_py():
        return known
    kept = known.filter(pc.invert(stale))
    whole = pa.concat_tables([kept, fresh]).combine_chunks()
    return whole.take(pc.sort_indices(whole[node]))


def _subjects(store: Instant, graphs: Iterable[str | None]) -> set[str]:
    return {
        line.partition(" ")[0].strip("<>")
        for graph in graphs
        for line in b"".join(store.read_graph(graph, formats.N_TRIPLES)).decode().split("\n")
        if line
    }


def _named(rows: Iterable[_Row]) -> bool:
    """Return whether there is no blank node in *rows*; a query cannot ask for one."""
    return not any(end.startswith("_:") for row in rows for end in (row[0], row[2]))


def _paths() -> Iterator[Path]:
    yield (TYPE,)
    for spec in SPECS:
        for column in spec.columns:
            yield from _paths_of(column)


def _paths_of(column: Column) -> Iterator[Path]:
    for path in column.paths:
        yield from ((*path, label) for label in _LABELS.get(column.reading, ()))
        yield path


_PATHS = frozenset(path for path in _paths() if path)
_DEEPEST = max(map(len, _PATHS))


def _hanging_on(store: Instant, changed: set[_Row]) -> set[str]:
    """Return the nodes that have a path over one of the *changed* statements."""
    starts: dict[str, set[str]] = defaultdict(set)
    for subject, prop, obj, _ in changed:
        starts[prop].add(subject)
        starts[INVERSE + prop].add(obj)
    nodes: set[str] = set()
    for path in _PATHS:
        reached: set[str] = set()
        for step in reversed(path):
            reached = _before(store, step, reached) | starts[_PROPERTY_OF.get(step, step)]
        nodes |= reached
    return nodes


def _before(store: Instant, step: str, reached: set[str]) -> set[str]:
    """Return from where *step* leads to what is *reached*."""
    if step.startswith(INVERSE):
        return {row[2] for row in _linked(store, "s", reached, step.removeprefix(INVERSE))}
    return {row[0] for row in _linked(store, "o", reached, step)}


def _ahead_of(store: Instant, nodes: set[str]) -> set[_Row]:
    """Return what is said along all paths from *nodes*."""
    rows: set[_Row] = set()
    frontier = nodes
    for depth in range(_DEEPEST):
        steps = {path[depth] for path in _PATHS if len(path) > depth}
        onward = {path[depth] for path in _PATHS if len(path) > depth + 1}
        said = _said_of(store, frontier)
        back = {
            row
            for step in sorted(steps)
            if step.startswith(INVERSE)
            for row in _linked(store, "o", frontier, step.removeprefix(INVERSE))
        }
        rows |= said | back
        frontier = {row[2] for row in said if row[1] in onward}
        frontier |= {row[0] for row in back if INVERSE + row[1] in onward}
    return rows


_READ = sorted(
    {_PROPERTY_OF.get(step, step.removeprefix(INVERSE)) for step in STEPS} | {RDFS_LABEL}
)
_WANTED = f"FILTER(?p IN ({', '.join(f'<{name}>' for name in _READ)}))"


def _said_of(store: Instant, subjects: set[str]) -> set[_Row]:
    """Return all statements of use about *subjects*."""
    return set(_rows(store, "s", subjects, f"?s ?p ?o {_WANTED}"))


def _linked(store: Instant, end: str, nodes: set[str], name: str) -> set[_Row]:
    """Return the statements with the property *name* whose subject or object is among *nodes*."""
    return set(_rows(store, end, nodes, f"?s <{name}> ?o BIND(<{name}> AS ?p)"))


def _rows(store: Instant, end: str, nodes: set[str], pattern: str) -> Iterator[_Row]:
    ordered = sorted(filter(_IRI.fullmatch, nodes))  # of a text that a path led to nothing is said
    for start in range(0, len(ordered), _BATCH):
        values = " ".join(f"<{node}>" for node in ordered[start : start + _BATCH])
        query = f"SELECT ?s ?p ?o (LANG(?o) AS ?lang) {{ VALUES ?{end} {{ {values} }} {pattern} }}"
        table = table_of_csv(store.csv(query))
        yield from zip(*(table[name].to_pylist() for name in table.column_names), strict=True)
