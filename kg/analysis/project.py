"""The store read once into typed tables, kept for as long as the store does not change.

They are kept in memory, and as Parquet where a home is given (`keep_in`): a process that starts beside
an unchanged store reads no triple. Where a store can keep the state that they were read from, only
what hangs on the graphs that were written since is read (`kg.analysis.renewed`).
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pyarrow as pa
import pyarrow.compute as pc

from kg.analysis.columns import TableSpec
from kg.analysis.facts import Facts
from kg.analysis.filling import filled
from kg.analysis.kept import put_tables, tables_folder, tables_in
from kg.analysis.lineage import above
from kg.analysis.renewed import CLASSES, MOST_GRAPHS, STEPS, renewed
from kg.analysis.schema import SPECS
from kg.ids import BASE, key_of
from kg.rdf.decisions import DECISION_GRAPH
from kg.rdf.findings import is_findings_graph
from kg.rdf.runs import RUN_GRAPH
from kg.store.generation import lasting
from kg.store.port import Instant, Store


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that analysis knows; columns and meaning of each table: `kg.analysis.schema`.

    ``above`` has a row ``(element, ancestor, distance)`` for each element and each of its ancestors
    by ``partOf`` and ``realises``, itself at distance 0 included.
    """

    documents: pa.Table
    implementing: pa.Table
    measures: pa.Table
    goals: pa.Table
    parents: pa.Table
    targets: pa.Table
    quantifying: pa.Table
    observations: pa.Table
    statuses: pa.Table
    bodies: pa.Table
    responsibilities: pa.Table
    dependencies: pa.Table
    contributions: pa.Table
    conflicts: pa.Table
    uptake: pa.Table
    channels: pa.Table
    covering: pa.Table
    members: pa.Table
    answering: pa.Table
    coordinating: pa.Table
    policy_areas: pa.Table
    placements: pa.Table
    evaluations: pa.Table
    evidence: pa.Table
    above: pa.Table

    def named(self) -> dict[str, pa.Table]:
        """Return the tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def tables_of(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Tables:
    """Return tables with the *rows* given by table name; columns left out are null.

    >>> tables_of({"parents": [{"child": "b", "parent": "a"}]}).above.num_rows
    3
    """
    return _whole({spec.name: _table(spec, rows.get(spec.name, ())) for spec in SPECS})


@dataclass(frozen=True, slots=True)
class _Kept:
    """Tables under the word of the state that they were read from, and that state where it is kept."""

    word: str
    tables: Tables
    state: Instant | None


_BESIDE = frozenset({DECISION_GRAPH, RUN_GRAPH})
_kept: WeakKeyDictionary[Any, _Kept] = WeakKeyDictionary()
_folders: WeakKeyDictionary[Any, Path] = WeakKeyDictionary()
_lock = threading.Lock()


def keep_in(store: Store, folder: Path) -> None:
    """Keep the tables of *store* in *folder* too, so that the next process need not read it."""
    _folders[store] = folder


def kept_files(store: Store) -> Path | None:
    """Return the folder in which the tables of *store* as it is now are kept as Parquet, if any."""
    folder = _folders.get(store)
    return tables_folder(folder, store.generation) if folder else None


def project(store: Store) -> Tables:
    """Return what *store* holds as typed tables, read anew only when the store has changed.

    Raises:
        StoreError: The store failed.
    """
    with _lock:
        generation = store.generation
        kept = _kept.get(store)
        if kept is not None and kept.word != generation:
            kept = _unless_read(store, kept) or _renewed(store, kept)
        if kept is None:
            _kept.pop(store, None)  # let go of its state before another is kept
            tables = _read_once(store, generation)
            kept = _Kept(generation, tables, _state(store, generation))
        _kept[store] = kept
        return kept.tables


def projected(store: Store) -> Tables | None:
    """Return the tables of *store* as it is now if they were read already; nobody waits."""
    kept = _kept.get(store)
    if kept is not None and kept.word != store.generation:
        kept = _unless_read(store, kept)
    return kept.tables if kept else None


def _unless_read(store: Store, kept: _Kept) -> _Kept | None:
    """Return the same tables under the word of now, where only what they do not hold was written."""
    since = store.changes(kept.word)
    if since.graphs is None or not all(map(_is_beside, since.graphs)):
        return None
    return replace(kept, word=since.word)


def _renewed(store: Store, kept: _Kept) -> _Kept | None:
    """Return the tables of now, where what was written since hangs on few graphs."""
    since = store.changes(kept.word)
    if kept.state is None or since.graphs is None or len(since.graphs) > MOST_GRAPHS:
        return None
    state = _state(store, since.word)
    if state is None:
        return None
    graphs = [graph for graph in since.graphs if _is_read(graph)]
    named = kept.tables.named()
    known = {spec.name: named[spec.name].select(spec.schema.names) for spec in SPECS}
    made = renewed(known, kept.state, state, graphs)
    if made is None:
        return None
    tables = kept.tables if made is known else _whole(made)
    _put(store, since.word, tables)
    return _Kept(since.word, tables, state)


def _state(store: Store, word: str) -> Instant | None:
    """Return the store as it is now, where its word is still this one and it can be kept."""
    state = store.instant()
    return state if state is not None and state.generation == word else None


def _is_read(graph: str | None) -> bool:
    """Return whether tables may be filled from a graph."""
    return not _is_beside(graph) and (graph is None or graph.startswith(BASE))


def _is_beside(graph: str | None) -> bool:
    """Return whether a graph is of those that no table is filled from."""
    return graph in _BESIDE or (graph is not None and is_findings_graph(graph))


def _read_once(store: Store, generation: str) -> Tables:
    folder = _folders.get(store)
    if folder is None or not lasting(generation):
        return read(store)
    known = tables_in(folder, generation)
    if known is not None and known.keys() == {field.name for field in fields(Tables)}:
        return Tables(**known)
    tables = read(store)
    _put(store, generation, tables)
    return tables


def _put(store: Store, word: str, tables: Tables) -> None:
    """Put the tables on disk, where they have a place there and nobody wrote meanwhile."""
    folder = _folders.get(store)
    if folder is not None and lasting(word) and store.generation == word:
        put_tables(folder, word, tables.named())


def read(store: Store) -> Tables:
    """Return what *store* holds as typed tables, read now.

    Raises:
        StoreError: The store failed.
    """
    facts = Facts.of(store, classes=CLASSES, steps=STEPS)
    return _whole({spec.name: filled(facts, spec) for spec in SPECS})


def _table(spec: TableSpec, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    listed = list(rows)
    columns = [
        pa.array(
            [_cast(row.get(column.name, column.default), column.type) for row in listed],
            type=column.type,
        )
        for column in spec.columns
    ]
    return pa.Table.from_arrays(columns, schema=spec.schema)


def _whole(made: Mapping[str, pa.Table]) -> Tables:
    """Return the tables with what follows from them: ``key``, ``stated``, ``above``."""
    derived = {name: _with_derived(name, table) for name, table in made.items()}
    elements = [*made["measures"]["id"].chunks, *made["goals"]["id"].chunks]
    names = pa.chunked_array(elements, pa.string())
    return Tables(**derived, above=above(names, made["parents"]))


def _with_derived(name: str, table: pa.Table) -> pa.Table:
    if name == "documents":
        keys = [key_of(identifier) for identifier in table["id"].to_pylist()]
        return table.append_column("key", pa.array(keys, type=pa.string()))
    if "basis" in table.column_names:
        stated = pc.fill_null(pc.equal(table["basis"], "stated"), False)  # noqa: FBT003  Arrow's own
        return table.append_column("stated", stated)
    return table


def _cast(value: object, kind: pa.DataType) -> object:
    """Return *value* as its column holds it; what does not fit is null (text is data)."""
    if value is None:
        return None
    if pa.types.is_string(kind):
        return str(value)
    if pa.types.is_boolean(kind):
        return value if isinstance(value, bool) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if pa.types.is_integer(kind) else float(value)
