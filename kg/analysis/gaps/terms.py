"""The gap types that other packages add, as terms beside those of the ontology."""

from collections.abc import Iterator

from kg.analysis.gaps.registry import catalogue
from kg.rdf.terms import Triple, node, text
from kg.vocab import NS, PREFIXES, RDF_TYPE, RDFS_LABEL, Class

_SKOS = PREFIXES["skos"]


def added_terms() -> Iterator[Triple]:
    """Yield what the ontology would say of each gap type that a package adds.

    Raises:
        PluginError: The catalogue of a package is wrong.

    >>> list(added_terms())
    []
    """
    for kind in catalogue().values():
        if kind.added_by is None:
            continue
        this = node(NS + kind.id)
        yield this, node(RDF_TYPE), node(Class.GAP_TYPE)
        yield this, node(f"{_SKOS}inScheme"), node(f"{NS}gapTypes")
        yield this, node(f"{_SKOS}notation"), text(kind.id)
        for lang in ("zh", "en"):
            yield this, node(RDFS_LABEL), text(kind.name.to(lang), lang)
            yield this, node(f"{_SKOS}prefLabel"), text(kind.name.to(lang), lang)
            yield this, node(f"{_SKOS}definition"), text(kind.definition.to(lang), lang)
