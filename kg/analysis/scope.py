"""What a scope covers: a document, an element, a body, a policy area, an area or a level."""

from collections.abc import Container
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.ids import BASE

_PLACES = ("document", "level", "area")
_ELEMENTS = ("measures", "goals", "targets")
_THINGS = (*_ELEMENTS, "documents", "bodies", "policy_areas")


def in_scope(tables: Tables, scope: str) -> frozenset[str]:
    """Return the identifiers that *scope* covers, itself included.

    Args:
        tables: The projection.
        scope: The IRI or ``kind/key`` of a document (its elements), an element (those below it), a
            body (what it acts for) or a policy area (what is placed in it); the name of an area;
            a level.

    >>> from kg.analysis.project import tables_of
    >>> rows = {"measures": [{"id": "t", "level": "county"}]}
    >>> sorted(in_scope(tables_of(rows), "county"))
    ['county', 't']
    """
    named = BASE + scope if "/" in scope and "://" not in scope else scope
    found = {scope, named}
    for name in _ELEMENTS:
        table = getattr(tables, name)
        for place in _PLACES:
            found |= _where(table, place, named, "id")
    found |= _where(tables.responsibilities, "body", named, "measure")
    found |= _where(tables.placements, "policy_area", named, "element")
    below = tables.above.filter(pc.is_in(tables.above["ancestor"], _array(found)))
    return frozenset(found.union(below["element"].to_pylist()))


def is_there(tables: Tables, covered: frozenset[str]) -> bool:
    """Return whether what a scope covers has anything of the graph in it: a typing error has not.

    >>> from kg.analysis.project import tables_of
    >>> tables = tables_of({"measures": [{"id": "t", "level": "county"}]})
    >>> is_there(tables, in_scope(tables, "county")), is_there(tables, in_scope(tables, "contry"))
    (True, False)
    """
    wanted = _array(set(covered))
    return any(pc.any(pc.is_in(getattr(tables, name)["id"], wanted)).as_py() for name in _THINGS)


def whole_documents(tables: Tables, covered: Container[str]) -> frozenset[str]:
    """Return the documents of which a scope covers everything: what was in them was covered, too.

    >>> from kg.analysis.project import tables_of
    >>> rows = [{"id": "a", "document": "d"}, {"id": "b", "document": "e"}]
    >>> sorted(whole_documents(tables_of({"measures": rows}), {"a"}))
    ['d']
    """
    named = tables.documents["id"].to_pylist()
    parts = {document for document in named if document in covered}
    broken: set[str] = set()
    for name in _ELEMENTS:
        for element, document in rows_of(getattr(tables, name), "id", "document"):
            (parts if element in covered else broken).add(document)
    return frozenset(parts - broken)


def _where(table: Any, column: str, value: str, wanted: str) -> set[str]:
    return set(table.filter(pc.equal(table[column], value))[wanted].to_pylist())


def _array(values: set[str]) -> Any:
    return pa.array(sorted(values), type=pa.string())
