"""JSON-LD that names a context instead of spelling every IRI out; rdflib does the compaction."""

import json

from kg.publish.context import context


def compacted(ntriples: bytes, *, context_url: str) -> bytes:
    """Return N-Triples as JSON-LD in the words of `context`, which lies at *context_url*."""
    from rdflib import Graph  # a third of a second to import: only for who asks for JSON-LD
    from rdflib.plugins.serializers.jsonld import from_rdf

    graph = Graph().parse(data=ntriples, format="nt")
    told = from_rdf(  # type: ignore[no-untyped-call]
        graph, context_data=dict(context()), use_native_types=True
    )
    nodes = told.get("@graph", told) if isinstance(told, dict) else told
    return json.dumps(
        {"@context": context_url, "@graph": nodes if isinstance(nodes, list) else [nodes]},
        ensure_ascii=False,
        indent=1,
    ).encode()
