"""All that the graph says of one thing, both ways, in words that a person can read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg import ids
from kg.errors import UnknownNodeError
from kg.model import Bilingual
from kg.publish.names import named
from kg.publish.terms import Term, term_of
from kg.store import Store, formats
from kg.store.port import Value
from kg.vocab import PREFIXES, RDF_TYPE, RDFS_LABEL, Property

SHOWN = 40
"""Most values of one property on a page."""
SENT = 2000
"""Most statements of others about a thing in its RDF description."""

_QUIET = frozenset(
    {RDF_TYPE, RDFS_LABEL, str(Property.EVIDENCED_BY)}
)  # the page has places for them


@dataclass(frozen=True, slots=True)
class Said:
    """One value: its words, its language where it has one, and its IRI where it is a thing."""

    words: Bilingual
    iri: str | None = None
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Statements:
    """What one property says, or what others say by it: the first values and how many there are."""

    iri: str
    term: Term | None
    values: tuple[Said, ...]
    count: int

    @property
    def left_out(self) -> int:
        """Return how many values are not shown."""
        return self.count - len(self.values)


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with its name, its classes, what it says and what others say of it.

    *size* is the number of statements in it where it is a graph.
    """

    iri: str
    name: Bilingual
    classes: tuple[str, ...]
    own: tuple[Statements, ...]
    others: tuple[Statements, ...]
    size: int | None = None


def thing(store: Store, identifier: str) -> Thing:
    """Return the thing with the IRI *identifier*, which must be a good one.

    Raises:
        UnknownNodeError: The graph says nothing of it.
    """
    own = _grouped(store, identifier, outward=True)
    others = _grouped(store, identifier, outward=False)
    size = _size(store, identifier)
    if not own and not others and size is None:
        raise UnknownNodeError(key=ids.key_of(identifier))
    classes = tuple(str(row[0]) for one in own if one[0] == RDF_TYPE for row in one[1])
    iris = {value for _, rows, _ in (*own, *others) for value in _iris(rows)} | {identifier}
    names = named(store, iris)
    return Thing(
        iri=identifier,
        name=names[identifier],
        classes=classes,
        own=tuple(_statements(one, names) for one in own if one[0] not in _QUIET),
        others=tuple(_statements(one, names) for one in others),
        size=size,
    )


def described(store: Store, identifier: str) -> tuple[bytes, bool]:
    """Return the RDF description of a thing as N-Triples, and whether it was cut.

    It holds what the thing says, the words that it rests on, what rests on words in it where it is
    a provision, and what others say of it (at most `SENT` of these).

    Raises:
        UnknownNodeError: The graph says nothing of it.
    """
    here, mention = f"<{identifier}>", f"<{Property.EVIDENCED_BY}>"
    inward = f"{{ SELECT DISTINCT ?s ?q {{ ?s ?q {here} }} ORDER BY ?s ?q LIMIT {SENT} }}"
    lies_in = f"<{Property.IN_PROVISION}>"
    construct = (
        f"CONSTRUCT {{ {here} ?p ?o . ?m ?mp ?mo . ?s ?q {here} . ?x {mention} ?n }} "
        f"WHERE {{ {{ {here} ?p ?o }} UNION {{ {here} {mention} ?m . ?m ?mp ?mo }} "
        f"UNION {{ ?n {lies_in} {here} . ?x {mention} ?n }} UNION {inward} }}"
    )
    triples = b"".join(store.answer(construct, [formats.N_TRIPLES]).blocks)
    if not triples:
        raise UnknownNodeError(key=ids.key_of(identifier))
    count = store.select(f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?q {{ ?s ?q {here} }} }}")
    return triples, int(count.rows[0][0] or 0) > SENT


_Row = tuple[Value, ...]  # value, its language, whether it is an IRI
_Group = tuple[str, tuple[_Row, ...], int]  # property, first values, how many


def _grouped(store: Store, identifier: str, *, outward: bool) -> list[_Group]:
    pattern = f"<{identifier}> ?p ?x" if outward else f"?x ?p <{identifier}>"
    counts = f"SELECT ?p (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }} GROUP BY ?p ORDER BY ?p"
    groups = []
    for prop, count in store.select(counts).rows:
        bound = pattern.replace("?p", f"<{prop}>")
        values = store.select(
            f"SELECT DISTINCT ?x (LANG(?x) AS ?lang) (ISIRI(?x) AS ?iri) {{ {bound} }} "
            f"ORDER BY ?x LIMIT {SHOWN}"
        )
        groups.append((str(prop), values.rows, int(count or 0)))
    return groups


def _size(store: Store, identifier: str) -> int | None:
    if not identifier.startswith(ids.graph_iri("")) or not store.has_graph(identifier):
        return None
    rows = store.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{identifier}> {{ ?s ?p ?o }} }}").rows
    return int(rows[0][0] or 0)


def _iris(rows: Iterable[_Row]) -> Iterator[str]:
    return (str(value) for value, _, is_iri in rows if is_iri)


def _statements(group: _Group, names: dict[str, Bilingual]) -> Statements:
    prop, rows, count = group
    values = tuple(_said(row, names) for row in rows)
    return Statements(prop, term_of(prop), values, count)


def _said(row: _Row, names: dict[str, Bilingual]) -> Said:
    value, lang, is_iri = row
    if is_iri:
        return Said(names[str(value)], iri=str(value))
    words = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return Said(Bilingual(words, words), lang=str(lang or ""))


def short(identifier: str) -> str:
    """Return an IRI with a known prefix in its short form.

    >>> short("https://w3id.org/qualitykg/ns#Task"), short("urn:x")
    ('qkg:Task', 'urn:x')
    """
    for prefix, namespace in PREFIXES.items():
        if identifier.startswith(namespace):
            return f"{prefix}:{identifier.removeprefix(namespace)}"
    return identifier
