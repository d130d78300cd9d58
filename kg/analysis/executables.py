"""The saved queries as data in the store, so that editors of SPARQL find them there.

Each is a sh:SPARQLSelectExecutable (SHACL-AF, section 5.1), told in the habit of the sparql-examples
of the SIB: class, comment, text and prefixes, which query editors look for. The text declares its
prefixes itself, so that it can be pasted as it stands; sh:prefixes says the same as data.
"""

from collections.abc import Iterator

from kg import ids
from kg.analysis.saved import SavedQuery, saved_queries
from kg.rdf.terms import Triple, any_uri, node, nquads, text
from kg.vocab import NS, PREFIXES, RDF_TYPE, RDFS_LABEL

QUERY_GRAPH = ids.graph_iri("queries")
_SH = "http://www.w3.org/ns/shacl#"
_COMMENT = PREFIXES["rdfs"] + "comment"
_IDENTIFIER = PREFIXES["dct"] + "identifier"
_ONTOLOGY = NS.removesuffix("#")


def query_quads() -> bytes:
    """Return the saved queries as N-Quads, all in `QUERY_GRAPH`.

    >>> query_quads().count(b"#SPARQLSelectExecutable>") == len(saved_queries())
    True
    """
    return nquads(_triples(), QUERY_GRAPH)


def query_iri(name: str) -> str:
    """Return the IRI of the saved query called *name*.

    >>> query_iri("g03")
    'https://w3id.org/qualitykg/id/query/g03'
    """
    return ids.iri("query", name)


def _triples() -> Iterator[Triple]:
    for query in saved_queries():
        yield from _query_triples(query)
    for prefix, namespace in PREFIXES.items():
        declared = node(ids.iri("prefix", prefix))
        yield node(_ONTOLOGY), node(_SH + "declare"), declared
        yield declared, node(RDF_TYPE), node(_SH + "PrefixDeclaration")
        yield declared, node(_SH + "prefix"), text(prefix)
        yield declared, node(_SH + "namespace"), any_uri(namespace)


def _query_triples(query: SavedQuery) -> Iterator[Triple]:
    this = node(query_iri(query.name))
    for kind in ("SPARQLExecutable", "SPARQLSelectExecutable"):
        yield this, node(RDF_TYPE), node(_SH + kind)
    for lang in ("zh", "en"):
        yield this, node(RDFS_LABEL), text(query.answers.to(lang), lang)
        yield this, node(_COMMENT), text(query.answers.to(lang), lang)
    yield this, node(_SH + "select"), text(query.text)
    yield this, node(_SH + "prefixes"), node(_ONTOLOGY)
    if query.question is not None:
        yield this, node(_IDENTIFIER), text(f"CQ{query.question:02}")
