"""The one thing that a person means by a name, an alias, a key or an IRI."""

import json
import unicodedata
from collections.abc import Collection

from kg.errors import AmbiguousNameError, UnknownNameError, UnknownNodeError
from kg.explore.nodes import nodes_of
from kg.explore.search import Hit, search
from kg.explore.sparql import iri_of
from kg.explore.terms import BODY_TYPES
from kg.model import MEASURE_KINDS, Node
from kg.store.port import Store
from kg.vocab import PREFIXES, RDFS_LABEL, Property

MEASURE_TYPES = frozenset({*(kind.value for kind in MEASURE_KINDS), "measure"})
__all__ = ["BODY_TYPES", "MEASURE_TYPES", "meant"]

_NAMES = (
    RDFS_LABEL,
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["skos"] + "altLabel",
    str(Property.ALIAS),
)
_TOLD = 5  # keys in a message
_LOOKED_AT = 50


def meant(store: Store, name: str, *, types: Collection[str]) -> Node:
    """Return the node of one of *types* that *name* means.

    Its IRI or key (``kind/key``) decides; then the very name or alias; then a part of a name, where
    one thing alone has it.

    Raises:
        UnknownNameError: There is none; it tells the nearest names.
        AmbiguousNameError: There are several; it tells their keys.
        StoreError: The store failed.
    """
    given = name.strip()
    for found in (_by_key(store, given, types), _by_name(store, given, types)):
        if found:
            return _only(name, found)
    near = search(store, given, types=types, limit=_LOOKED_AT) if given else []
    holding = [hit.node for hit in near if _plain(given) in _plain(hit.matched)]
    if holding:
        return _only(name, holding)
    raise UnknownNameError(
        name=name, key=name, types=" / ".join(sorted(types)), near=_nearest(near) or "-"
    )


def _by_key(store: Store, given: str, types: Collection[str]) -> list[Node]:
    try:
        found = nodes_of(store, [iri_of(given)]) if "/" in given else {}
    except UnknownNodeError:  # a name with a stroke and a blank in it is no key
        return []
    return [node for node in found.values() if node.type in types]


def _by_name(store: Store, given: str, types: Collection[str]) -> list[Node]:
    """Return what has this very name; the words are quoted as JSON, which SPARQL reads alike."""
    quoted = json.dumps(given, ensure_ascii=False)
    properties = " ".join(f"<{name}>" for name in _NAMES)
    query = (
        f"SELECT DISTINCT ?s {{ VALUES ?name {{ {quoted} {quoted}@zh {quoted}@en }} "
        f"VALUES ?p {{ {properties} }} ?s ?p ?name }}"
    )
    things = sorted(str(row[0]) for row in store.select(query).rows)
    return [node for node in nodes_of(store, things).values() if node.type in types]


def _only(name: str, found: Collection[Node]) -> Node:
    first, *others = found
    if not others:
        return first
    keys = ", ".join(f"{node.key} ({node.label.zh})" for node in list(found)[:_TOLD])
    raise AmbiguousNameError(name=name, count=len(found), keys=keys)


def _nearest(near: Collection[Hit]) -> str:
    return "、".join(f"{hit.node.label.zh} ({hit.node.key})" for hit in list(near)[:_TOLD])


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split()).casefold()
