"""A provision as a reader wants it: its words, and what is stated there."""

from dataclasses import dataclass

from kg.model import Bilingual
from kg.publish.names import named
from kg.publish.terms import Term, term_of
from kg.store import Store
from kg.vocab import Class, Property

LISTED = 200
"""Most things of one class that are listed."""

_PLACE = f"""SELECT ?sha ?start ?end {{
  {{ VALUES ?p {{ %s }} }} UNION {{ %s <{Property.VERSION_OF}> ?p }}
  ?p a <{Class.PROVISION}> ; <{Property.START}> ?start ; <{Property.END}> ?end ;
    <{Property.PROVISION_OF}>/^<{Property.TEXT_OF}>/<{Property.TEXT_SHA256}> ?sha
}} LIMIT 1"""
_STATED = f"""SELECT ?kind ?thing (MIN(?at) AS ?first) {{
  ?p <{Property.WITHIN_PROVISION}>* %s . ?m <{Property.IN_PROVISION}> ?p ; <{Property.START}> ?at .
  ?thing <{Property.EVIDENCED_BY}> ?m ; a ?kind
}} GROUP BY ?kind ?thing ORDER BY ?first ?thing"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand: the hash of the clean text, and the half-open range in it."""

    text_sha256: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stated:
    """The things of one class that rest on words of a provision, in the order of the text."""

    kind: Term
    things: tuple[tuple[str, Bilingual], ...]
    count: int


def place_of(store: Store, identifier: str) -> Place | None:
    """Return where the provision *identifier* stands, or the one that it is a version of."""
    rows = store.select(_PLACE % (f"<{identifier}>", f"<{identifier}>")).rows
    if not rows:
        return None
    sha, start, end = rows[0]
    return Place(str(sha), int(start or 0), int(end or 0))


def stated_in(store: Store, identifier: str) -> tuple[Stated, ...]:
    """Return what rests on words of the provision *identifier* or of those within it, by class."""
    found: dict[str, list[str]] = {}
    for kind, thing, _ in store.select(_STATED % f"<{identifier}>").rows:
        found.setdefault(str(kind), []).append(str(thing))
    names = named(store, {thing for things in found.values() for thing in things[:LISTED]})
    return tuple(
        Stated(term, tuple((thing, names[thing]) for thing in things[:LISTED]), len(things))
        for kind, things in found.items()
        if (term := term_of(kind)) is not None
    )
