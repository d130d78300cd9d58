"""The words of the ontology as a reader meets them, read from ontology/quality.ttl itself."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.model import Bilingual
from kg.store import formats, memory_store
from kg.store.port import Body
from kg.vocab import NS, PREFIXES, RDF_TYPE, RDFS_LABEL

ONTOLOGY = NS.removesuffix("#")

_OWL, _RDFS, _SKOS = (PREFIXES[name] for name in ("owl", "rdfs", "skos"))
_KINDS = MappingProxyType(
    {
        f"{_OWL}Class": "class",
        f"{_OWL}ObjectProperty": "objectProperty",
        f"{_OWL}DatatypeProperty": "datatypeProperty",
        f"{_OWL}AnnotationProperty": "annotationProperty",
        f"{_SKOS}ConceptScheme": "scheme",
        f"{_OWL}NamedIndividual": "concept",
    }
)
KINDS = tuple(_KINDS.values())
"""What a term can be, in the order of reading."""

_Facts = dict[str, list[tuple[str, str]]]  # property -> values with their language


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the ontology; *kind* is one of `KINDS`, lists hold IRIs."""

    iri: str
    kind: str
    label: Bilingual
    definition: Bilingual
    scope_note: Bilingual
    examples: tuple[tuple[str, str], ...] = ()  # with their language
    types: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    inverse: tuple[str, ...] = ()
    scheme: str | None = None
    deprecated: bool = False

    @property
    def name(self) -> str:
        """Return the part of the IRI after the namespace."""
        return self.iri.removeprefix(NS)


def ontology_turtle() -> bytes:
    """Return the ontology as it is written."""
    return files("ontology").joinpath("quality.ttl").read_bytes()


@cache
def ontology_terms() -> Mapping[str, Term]:
    """Return IRI -> term for all terms of ours: classes first, then properties and concepts.

    >>> ontology_terms()["https://w3id.org/qualitykg/ns#Task"].label.en
    'task'
    """
    facts = _facts()
    terms = [
        _term(iri, kind, known)
        for iri, known in facts.items()
        if iri.startswith(NS) and (kind := _kind(known)) is not None
    ]
    terms.sort(key=lambda term: (KINDS.index(term.kind), term.scheme or "", term.name))
    return MappingProxyType({term.iri: term for term in terms})


@cache
def ontology_header() -> Mapping[str, Bilingual]:
    """Return what the ontology says of itself, by property; one value stands for both languages."""
    known = _facts()[ONTOLOGY]
    return MappingProxyType({prop: _bilingual(known, prop) for prop in known})


def term_of(iri: str) -> Term | None:
    """Return the term with this IRI, if it is one of ours."""
    return ontology_terms().get(iri)


@cache
def _facts() -> Mapping[str, _Facts]:
    store = memory_store()
    store.load([Body(ontology_turtle(), formats.TURTLE)], graph=None)
    found: dict[str, _Facts] = defaultdict(lambda: defaultdict(list))
    rows = store.select("SELECT ?s ?p ?o (LANG(?o) AS ?lang) { ?s ?p ?o } ORDER BY ?s ?p ?o").rows
    for subject, prop, value, lang in rows:
        found[str(subject)][str(prop)].append((str(value), str(lang or "")))
    return MappingProxyType(found)


def _kind(known: _Facts) -> str | None:
    types = {value for value, _ in known.get(RDF_TYPE, [])}
    if f"{_SKOS}ConceptScheme" in types:
        return "scheme"
    return next((kind for iri, kind in _KINDS.items() if iri in types), None)


def _term(iri: str, kind: str, known: _Facts) -> Term:
    return Term(
        iri=iri,
        kind=kind,
        label=_bilingual(known, RDFS_LABEL),
        definition=_bilingual(known, f"{_SKOS}definition"),
        scope_note=_bilingual(known, f"{_SKOS}scopeNote"),
        examples=tuple(known.get(f"{_SKOS}example", [])),
        types=_all(known, RDF_TYPE),
        above=_all(known, f"{_RDFS}subClassOf", f"{_RDFS}subPropertyOf"),
        domain=_all(known, f"{_RDFS}domain"),
        range=_all(known, f"{_RDFS}range"),
        similar=_all(known, f"{_SKOS}closeMatch", f"{_SKOS}exactMatch"),
        inverse=_all(known, f"{_OWL}inverseOf"),
        scheme=next(iter(_all(known, f"{_SKOS}inScheme")), None),
        deprecated="True" in _all(known, f"{_OWL}deprecated"),
    )


def _all(known: _Facts, *properties: str) -> tuple[str, ...]:
    return tuple(value for prop in properties for value, _ in known.get(prop, []))


def _bilingual(known: _Facts, prop: str) -> Bilingual:
    by_lang = {lang: value for value, lang in known.get(prop, [])}
    neutral = by_lang.get("", "")
    return Bilingual(by_lang.get("zh", neutral), by_lang.get("en", neutral))
