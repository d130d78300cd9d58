"""What the graph as a whole is: VoID (how much of what) and DCAT (who gives it on, and where).

https://www.w3.org/TR/void/ · https://www.w3.org/TR/vocab-dcat-3/
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.ids import BASE, digest
from kg.model import Bilingual
from kg.rdf.terms import Triple, integer, node, text
from kg.settings import Settings
from kg.store import Store, formats
from kg.vocab import NS, PREFIXES, RDF_TYPE, Property

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
_DCT, _FOAF = PREFIXES["dct"], "http://xmlns.com/foaf/0.1/"
_FORMATS = "http://www.w3.org/ns/formats/"
_IANA = "https://www.iana.org/assignments/media-types/"
TITLE = Bilingual("政策协同知识图谱", "Knowledge graph of policy coordination")
ABOUT = Bilingual(
    "政策文件中的目标、措施、责任主体及其依赖与协同安排，每条陈述都指向原文。",
    "Goals, measures and responsible bodies of policy documents, their dependencies and how they "
    "coordinate; every statement points to its words.",
)
_CLASSES = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c"
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"
_DOCUMENTS = f"SELECT (COUNT(DISTINCT ?d) AS ?n) {{ ?t <{Property.TEXT_OF}> ?d }}"
_EXAMPLES = f"SELECT DISTINCT ?d {{ ?t <{Property.TEXT_OF}> ?d }} ORDER BY ?d LIMIT 3"


@dataclass(frozen=True, slots=True)
class Census:
    """How much of what a store holds; a triple that two graphs hold counts twice, as in queries."""

    triples: int
    documents: int
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    examples: tuple[str, ...]


def census(store: Store) -> Census:
    """Return the counts of *store* as it is now: one look at every triple."""
    classes = _counted(store, _CLASSES)
    properties = _counted(store, _PROPERTIES)
    return Census(
        triples=sum(count for _, count in properties),
        documents=int(store.select(_DOCUMENTS).rows[0][0] or 0),
        classes=classes,
        properties=properties,
        examples=tuple(str(row[0]) for row in store.select(_EXAMPLES).rows),
    )


def void(counted: Census, *, base: str, settings: Settings) -> bytes:
    """Return the VoID description of the dataset served at *base* (no slash at its end)."""
    return _lines((*_dataset(counted, base, settings), *_partitions(counted, base)))


def catalog(counted: Census, *, base: str, settings: Settings) -> bytes:
    """Return the DCAT description of the catalogue, the dataset and the service at *base*."""
    return _lines((*_dataset(counted, base, settings), *_catalog(base, settings)))


def _counted(store: Store, query: str) -> tuple[tuple[str, int], ...]:
    """Return what *query* counts, our own terms first."""
    found = ((str(name), int(count or 0)) for name, count in store.select(query).rows)
    return tuple(sorted(found, key=lambda pair: (not pair[0].startswith(NS), pair[0])))


def _lines(triples: tuple[Triple, ...]) -> bytes:
    return "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode()


def dataset_iri(base: str) -> str:
    """Return the IRI of the dataset served at *base*."""
    return f"{base}/.well-known/void#dataset"


def _dataset(counted: Census, base: str, settings: Settings) -> Iterator[Triple]:
    this = node(dataset_iri(base))
    yield this, node(RDF_TYPE), node(f"{VOID}Dataset")
    yield this, node(RDF_TYPE), node(f"{DCAT}Dataset")
    yield from _named(this, TITLE, ABOUT)
    yield from _given_on(this, base, settings)
    for name, value in (
        ("triples", counted.triples),
        ("classes", len(counted.classes)),
        ("properties", len(counted.properties)),
        ("documents", counted.documents),
    ):
        yield this, node(VOID + name), integer(value)
    yield this, node(f"{VOID}sparqlEndpoint"), node(f"{base}/sparql")
    yield this, node(f"{VOID}dataDump"), node(f"{base}/store")
    yield this, node(f"{VOID}uriSpace"), text(BASE)
    yield this, node(f"{VOID}vocabulary"), node(NS)
    for name in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG"):
        yield this, node(f"{VOID}feature"), node(_FORMATS + name)
    for example in counted.examples:
        yield this, node(f"{VOID}exampleResource"), node(example)


def _partitions(counted: Census, base: str) -> Iterator[Triple]:
    this = node(dataset_iri(base))
    kinds = (
        ("class", counted.classes, "classPartition", "class", "entities"),
        ("property", counted.properties, "propertyPartition", "property", "triples"),
    )
    for kind, counts, has, of, amount in kinds:
        for iri, count in counts:
            part = node(f"{base}/.well-known/void#{kind}-{digest(iri)}")
            yield this, node(VOID + has), part
            yield part, node(RDF_TYPE), node(f"{VOID}Dataset")
            yield part, node(VOID + of), node(iri)
            yield part, node(VOID + amount), integer(count)


def _catalog(base: str, settings: Settings) -> Iterator[Triple]:
    this, dataset = node(f"{base}/catalog#catalog"), node(dataset_iri(base))
    service = node(f"{base}/catalog#sparql")
    yield this, node(RDF_TYPE), node(f"{DCAT}Catalog")
    yield from _named(this, Bilingual("目录", "Catalogue"), ABOUT)
    yield from _given_on(this, base, settings)
    yield this, node(f"{DCAT}dataset"), dataset
    yield this, node(f"{DCAT}service"), service
    for word in ("政策协同", "责任分工", "协同缺口"):
        yield dataset, node(f"{DCAT}keyword"), text(word, "zh")
    for word in ("policy coordination", "responsibility", "coordination gap"):
        yield dataset, node(f"{DCAT}keyword"), text(word, "en")
    yield dataset, node(f"{_DCT}conformsTo"), node(NS.removesuffix("#"))
    yield dataset, node(f"{DCAT}landingPage"), node(f"{base}/")
    yield service, node(RDF_TYPE), node(f"{DCAT}DataService")
    yield from _named(service, Bilingual("SPARQL 1.1 查询服务", "SPARQL 1.1 query service"), None)
    yield service, node(f"{DCAT}endpointURL"), node(f"{base}/sparql")
    yield service, node(f"{DCAT}endpointDescription"), node(f"{base}/openapi.json")
    yield service, node(f"{DCAT}servesDataset"), dataset
    yield service, node(f"{_DCT}conformsTo"), node("https://www.w3.org/TR/sparql11-protocol/")
    for name, media_type in (("nquads", formats.N_QUADS), ("trig", formats.TRIG)):
        part = node(f"{base}/catalog#{name}")
        yield dataset, node(f"{DCAT}distribution"), part
        yield part, node(RDF_TYPE), node(f"{DCAT}Distribution")
        yield part, node(f"{DCAT}accessURL"), node(f"{base}/store")
        yield part, node(f"{DCAT}mediaType"), node(_IANA + media_type)
        yield from _given_on(part, base, settings)


def _named(this: str, title: Bilingual, about: Bilingual | None) -> Iterator[Triple]:
    for lang in ("zh", "en"):
        yield this, node(f"{_DCT}title"), text(title.to(lang), lang)
        if about:
            yield this, node(f"{_DCT}description"), text(about.to(lang), lang)


def _given_on(this: str, base: str, settings: Settings) -> Iterator[Triple]:
    yield this, node(f"{_DCT}license"), node(settings.licence)
    if settings.publisher:
        publisher = node(f"{base}/catalog#publisher")
        yield this, node(f"{_DCT}publisher"), publisher
        yield publisher, node(RDF_TYPE), node(f"{_FOAF}Agent")
        yield publisher, node(f"{_FOAF}name"), text(settings.publisher)
