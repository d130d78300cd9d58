"""The graph as linked data: what a name says when it is looked up, and what leaves the house.

`terms` the words of the ontology, `context` their short names for JSON-LD, `thing` all that is said
of one thing, `provision` what stands in one, `dataset` what the graph as a whole is (VoID, DCAT),
`annotations` the evidence in Web Annotation form, `exchange` RDF files out and in, `network` and
`tables` the facts for other programs, `files` all of them by their endings; for those who write
queries, `vocabulary` the words in use and `drawn` a picture of what came out.
"""

from kg.publish.annotations import annotations
from kg.publish.context import CONTEXT_PATH, context, context_json
from kg.publish.dataset import ABOUT, TITLE, Census, catalog, census, void
from kg.publish.drawn import drawn
from kg.publish.exchange import (
    ENDINGS,
    ending_of,
    export,
    media_type_of,
    read_graphs,
    rewritten,
)
from kg.publish.files import write_export
from kg.publish.finding import finding_triples
from kg.publish.importing import Watched, take_in, unwatched
from kg.publish.jsonld import compacted
from kg.publish.names import named
from kg.publish.network import whole_network
from kg.publish.provision import Place, Stated, place_of, stated_in
from kg.publish.terms import (
    KINDS,
    Term,
    ontology_header,
    ontology_terms,
    ontology_turtle,
    term_of,
)
from kg.publish.thing import SENT, Statements, Thing, described, short, thing
from kg.publish.vocabulary import vocabulary

__all__ = [
    "ABOUT",
    "CONTEXT_PATH",
    "ENDINGS",
    "KINDS",
    "SENT",
    "TITLE",
    "Census",
    "Place",
    "Stated",
    "Statements",
    "Term",
    "Thing",
    "Watched",
    "annotations",
    "catalog",
    "census",
    "compacted",
    "context",
    "context_json",
    "described",
    "drawn",
    "ending_of",
    "export",
    "finding_triples",
    "media_type_of",
    "named",
    "ontology_header",
    "ontology_terms",
    "ontology_turtle",
    "place_of",
    "read_graphs",
    "rewritten",
    "short",
    "stated_in",
    "take_in",
    "term_of",
    "thing",
    "unwatched",
    "vocabulary",
    "void",
    "whole_network",
    "write_export",
]
