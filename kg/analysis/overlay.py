"""Changes laid over the tables: what would be there if. The tables that are given stay as they are.

A change of bodies reaches every table that names them (`BODY_COLUMNS`), so that a body that is gone
holds no duty, no seat and no channel, and a channel that connects nobody any more covers nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.analysis.project import Tables
from kg.errors import SameBodyError, UnknownNodeError
from kg.ids import digest, iri
from kg.model import Basis, Role

BODY_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "bodies": ("id",),
        "responsibilities": ("body",),
        "channels": ("body_a", "body_b", "via"),
        "members": ("body", "coordination_body"),
        "answering": ("body",),
        "coordinating": ("coordinator", "body"),
        "evaluations": ("arrangement", "subject"),
    }
)
"""Every column that can hold a body. An arrangement too may evaluate or coordinate; IRIs differ."""

_SAME = {
    "responsibilities": ("measure", "body", "role"),
    "channels": ("id", "body_a", "body_b"),
    "members": ("body", "coordination_body"),
    "answering": ("body", "matter"),
    "coordinating": ("coordinator", "body"),
    "evaluations": ("arrangement", "subject"),
}
_APART = {
    "channels": ("body_a", "body_b"),
    "members": ("body", "coordination_body"),
    "coordinating": ("coordinator", "body"),
    "evaluations": ("arrangement", "subject"),
}


@dataclass(frozen=True, slots=True)
class Remove:
    """A body is dissolved, and with it all it holds."""

    body: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A body is merged into another, which takes over all it holds."""

    kept: str
    gone: str


@dataclass(frozen=True, slots=True)
class Delay:
    """A measure (or a goal) is due in another year."""

    measure: str
    year: int


@dataclass(frozen=True, slots=True)
class Assign:
    """A body is given a duty for a measure; those who have one keep theirs."""

    measure: str
    body: str
    role: Role = Role.LEAD


@dataclass(frozen=True, slots=True)
class Channel:
    """Two bodies are given a way to coordinate."""

    one: str
    other: str


Change = Remove | Merge | Delay | Assign | Channel


def overlaid(tables: Tables, changes: Iterable[Change]) -> Tables:
    """Return *tables* as they would be after *changes*, one after the other; IRIs name the things.

    Raises:
        UnknownNodeError: A thing is not there, or an earlier change took it away.
        SameBodyError: A body would be merged, or have a channel, with itself.

    >>> from kg.analysis.project import tables_of
    >>> duty = {"id": "1", "measure": "t", "body": "a", "role": "lead"}
    >>> plan = tables_of({"bodies": [{"id": "a"}], "responsibilities": [duty]})
    >>> overlaid(plan, [Remove("a")]).responsibilities.num_rows
    0
    >>> plan.responsibilities.num_rows
    1
    """
    return reduce(lambda known, change: _HOW[type(change)](known, change), changes, tables)


def _removed(tables: Tables, change: Remove) -> Tables:
    _check(tables, "bodies", change.body)
    left = {
        name: getattr(tables, name).filter(
            pc.invert(_names(getattr(tables, name), columns, change))
        )
        for name, columns in BODY_COLUMNS.items()
    }
    return replace(tables, **left, covering=_covering(tables, left["channels"]))


def _merged(tables: Tables, change: Merge) -> Tables:
    if change.kept == change.gone:
        raise SameBodyError(name=change.kept)
    _check(tables, "bodies", change.kept, change.gone)
    made = {
        name: _taken_over(name, getattr(tables, name), change)
        for name in BODY_COLUMNS
        if name != "bodies"
    }
    others = tables.bodies.filter(pc.not_equal(tables.bodies["id"], change.gone))
    covering = _covering(tables, made["channels"])
    return replace(tables, **made, bodies=others, covering=covering)


def _delayed(tables: Tables, change: Delay) -> Tables:
    found = {
        name: _set(getattr(tables, name), "due_year", where=change.measure, to=change.year)
        for name in ("measures", "goals")
        if change.measure in _ids(getattr(tables, name))
    }
    if not found:
        raise UnknownNodeError(key=change.measure)
    return replace(tables, **found)


def _assigned(tables: Tables, change: Assign) -> Tables:
    _check(tables, "measures", change.measure)
    _check(tables, "bodies", change.body)
    duties = tables.responsibilities
    of_measure = duties.filter(pc.equal(duties["measure"], change.measure)).to_pylist()
    if any((row["body"], row["role"]) == (change.body, change.role.value) for row in of_measure):
        return tables
    row = {
        "id": iri("responsibility", digest("whatif", change.measure, change.body, change.role)),
        "measure": change.measure,
        "body": change.body,
        "role": change.role.value,
        "basis": Basis.DECISION.value,
        "confidence": 1.0,
        "list_open": False,
        "position": 1 + max((row["position"] or 0 for row in of_measure), default=0),
        "stated": False,
    }
    return replace(tables, responsibilities=_with(duties, row))


def _connected(tables: Tables, change: Channel) -> Tables:
    if change.one == change.other:
        raise SameBodyError(name=change.one)
    _check(tables, "bodies", change.one, change.other)
    first, second = sorted((change.one, change.other))
    row = {
        "id": iri("channel", digest("whatif", first, second)),
        "body_a": first,
        "body_b": second,
        "confidence": 1.0,
    }
    return replace(tables, channels=_with(tables.channels, row))


_HOW: Mapping[type, Callable[[Tables, Any], Tables]] = MappingProxyType(
    {
        Remove: _removed,
        Merge: _merged,
        Delay: _delayed,
        Assign: _assigned,
        Channel: _connected,
    }
)


def _check(tables: Tables, name: str, *wanted: str) -> None:
    known = _ids(getattr(tables, name))
    for identifier in wanted:
        if identifier not in known:
            raise UnknownNodeError(key=identifier)


def _ids(table: pa.Table) -> set[str]:
    return set(table["id"].to_pylist())


def _names(table: pa.Table, columns: Iterable[str], change: Remove) -> Any:
    """Return which rows name the body of *change*; an empty cell names nobody."""
    masks = (pc.fill_null(pc.equal(table[column], change.body), False) for column in columns)  # noqa: FBT003  Arrow's own
    return reduce(pc.or_, masks)


def _covering(tables: Tables, left: pa.Table) -> pa.Table:
    """Return what channels cover without those of which no pair is left."""
    lost = set(tables.channels["id"].to_pylist()) - set(left["id"].to_pylist())
    named = pc.is_in(tables.covering["channel"], pa.array(sorted(lost), type=pa.string()))
    return tables.covering.filter(pc.invert(named))


def _taken_over(name: str, table: pa.Table, change: Merge) -> pa.Table:
    """Return *table* with one body in the other's place, each statement once, none with itself."""
    for column in BODY_COLUMNS[name]:
        table = _put(table, column, change)
    rows = table.to_pylist()
    met: set[tuple[object, ...]] = set()
    kept = []
    for row in rows:
        if name == "channels":
            row["body_a"], row["body_b"] = sorted((row["body_a"], row["body_b"]))
        if change.kept in {row[column] for column in BODY_COLUMNS[name]}:
            same = tuple(row[column] for column in _SAME[name])
            apart = _APART.get(name)
            if same in met or (apart and row[apart[0]] == row[apart[1]]):
                continue
            met.add(same)
        kept.append(row)
    return pa.Table.from_pylist(kept, schema=table.schema)


def _put(table: pa.Table, column: str, change: Merge) -> pa.Table:
    gone = pc.fill_null(pc.equal(table[column], change.gone), False)  # noqa: FBT003  Arrow's own
    made = pc.if_else(gone, change.kept, table[column])
    return table.set_column(table.column_names.index(column), column, made)


def _set(table: pa.Table, column: str, *, where: str, to: int) -> pa.Table:
    kind = table.schema.field(column).type
    made = pc.if_else(pc.equal(table["id"], where), pa.scalar(to, type=kind), table[column])
    return table.set_column(table.column_names.index(column), column, made)


def _with(table: pa.Table, row: Mapping[str, object]) -> pa.Table:
    return pa.concat_tables([table, pa.Table.from_pylist([dict(row)], schema=table.schema)])
