"""The one thing that a person means by a name, an alias, a key or an IRI."""

import json
import unicodedata
from collections.abc import Collection

from kg.errors import AmbiguousNameError, UnknownNameError, UnknownNodeError
from kg.explore.nodes import nodes_of
from kg.explore.search import Hit, search
from kg.explore.sparql import iri_of
from kg.explore.terms import BODY_TYPES
from kg.extract.bodies.resolve import resolve
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


def meant(store: Store, name: str, *, types: frozenset[str]) -> Node:
    """Return the node of one of *types* that *name* means.

    Its IRI or key (``kind/key``) decides; then the very name or alias; then a part of a name, where
    one thing alone has it, be it shortened as plans shorten bodies (省市场监管局).

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
    found = _holding(near, given)
    full = in_full(given) if types <= BODY_TYPES else given
    if not found and full != given:
        found = _holding(search(store, full, types=types, limit=_LOOKED_AT), full)
    if found:
        return _only(name, found)
    raise UnknownNameError(name=name, near=_nearest(near), **_wanted(types))


def in_full(name: str) -> str:
    """Return the name of a body with what plans shorten in it written out.

    >>> in_full("省市场监管局"), in_full("云溪省发改委")
    ('省市场监督管理局', '云溪省发展和改革委员会')
    """
    for start in range(len(name)):
        rest = name[start:]
        # Any area will do: it only says that this is a local organ.
        full = resolve("省" + rest).canonical.removeprefix("省")
        if full != rest:
            return name[:start] + full
    return name


def _holding(hits: Collection[Hit], words: str) -> list[Node]:
    return [hit.node for hit in hits if _plain(words) in _plain(hit.matched)]


def _wanted(types: Collection[str]) -> dict[str, str]:
    """Return what was looked for, in the words of the glossary."""
    if BODY_TYPES.issuperset(types):
        return {"what_zh": "责任主体", "what_en": "body"}
    if MEASURE_TYPES.issuperset(types):
        return {"what_zh": "措施", "what_en": "measure"}
    return {"what_zh": "措施或目标", "what_en": "measure or goal"}


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
