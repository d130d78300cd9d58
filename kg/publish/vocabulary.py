"""The words that queries over a store are made of: classes, properties and named graphs in use."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Bilingual
from kg.publish.dataset import Census
from kg.publish.names import named
from kg.publish.terms import term_of
from kg.publish.thing import short
from kg.store import Store
from kg.vocab import Property

_SIZES = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY DESC(?n) ?g"
_DOCUMENTS = f"SELECT DISTINCT ?g ?d {{ GRAPH ?g {{ ?t <{Property.TEXT_OF}> ?d }} }}"


@dataclass(frozen=True, slots=True)
class Word:
    """A term or the name of a graph, and how often the store uses it.

    ``count`` is the number of things of a class, of triples of a property or in a graph.
    """

    iri: str
    name: str  # prefix:local where there is a prefix for it
    label: Bilingual | None
    count: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is in use, what is used most first; ``truncated``: there are more graphs than told."""

    classes: tuple[Word, ...]
    properties: tuple[Word, ...]
    graphs: tuple[Word, ...]
    truncated: bool


def vocabulary(store: Store, counted: Census, *, most_graphs: int) -> Vocabulary:
    """Return the words in use in *store*, of which *counted* is the census."""
    sizes = [(str(graph), int(count or 0)) for graph, count in store.select(_SIZES).rows]
    return Vocabulary(
        classes=_terms(counted.classes),
        properties=_terms(counted.properties),
        graphs=_graphs(store, sizes[:most_graphs]),
        truncated=len(sizes) > most_graphs,
    )


def _terms(counted: Iterable[tuple[str, int]]) -> tuple[Word, ...]:
    words = (Word(iri, short(iri), _label(iri), count) for iri, count in counted)
    return tuple(sorted(words, key=lambda word: (-word.count, word.iri)))


def _label(iri: str) -> Bilingual | None:
    term = term_of(iri)
    return term.label if term else None


def _graphs(store: Store, sizes: list[tuple[str, int]]) -> tuple[Word, ...]:
    """Return the graphs, each called by the documents whose texts it holds."""
    documents: dict[str, list[str]] = defaultdict(list)
    for graph, document in store.select(_DOCUMENTS).rows:
        documents[str(graph)].append(str(document))
    told = {graph for graph, _ in sizes}
    names = named(store, [one for graph in sorted(told) for one in documents.get(graph, [])])
    labels = {
        graph: _joined([names[one] for one in sorted(documents[graph])])
        for graph in told
        if documents.get(graph)
    }
    return tuple(Word(graph, short(graph), labels.get(graph), count) for graph, count in sizes)


def _joined(labels: list[Bilingual]) -> Bilingual:
    return Bilingual(
        "、".join(label.zh for label in labels), ", ".join(label.to("en") for label in labels)
    )
