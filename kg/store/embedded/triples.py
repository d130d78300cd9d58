"""RDF of any kind as N-Triples, for engines that cannot be given it as it came."""

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from kg.errors import PayloadError
from kg.store import formats
from kg.store.embedded.engine import RDF, SHORT, first_fitting, parsed
from kg.store.port import Body

_BLOCK = 1 << 16


def triples_of(body: Body) -> bytes:
    r"""Return the triples of a body as N-Triples.

    Raises:
        FormatError: Its media type is not one of graphs.
        PayloadError: It is not what its media type says.

    >>> triples_of(Body(b"<urn:s> <urn:p> 'a' .", formats.TURTLE))
    b'<urn:s> <urn:p> "a" .\n'
    """
    first_fitting([body.media_type], formats.GRAPHS)
    return _written(quad.triple for quad in parsed(body))


def graphs_of(bodies: Sequence[Body]) -> dict[str | None, bytes]:
    r"""Return the triples of each graph of datasets, ``None`` naming the default graph.

    Raises:
        FormatError: A media type is not one of datasets.
        PayloadError: A body is not what its media type says, or a blank node names a graph.

    >>> graphs_of([Body(b'<urn:s> <urn:p> "a" <urn:g> .', formats.N_QUADS)])
    {'urn:g': b'<urn:s> <urn:p> "a" .\n'}
    """
    found: dict[str | None, list[ox.Triple]] = {}
    for body in bodies:
        first_fitting([body.media_type], formats.DATASETS)
        for quad in parsed(body):
            found.setdefault(_name(quad.graph_name), []).append(quad.triple)
    return {graph: _written(triples) for graph, triples in found.items()}


def triples_in(ntriples: bytes, media_type: str) -> Iterator[bytes]:
    r"""Return N-Triples in another format.

    Raises:
        FormatError: The format is not one of triples.
        PayloadError: They are no N-Triples.

    >>> b"".join(triples_in(b"<urn:s>\t<urn:p>\t<urn:o> .", formats.N_TRIPLES))
    b'<urn:s> <urn:p> <urn:o> .\n'
    """
    chosen = first_fitting([media_type], formats.TRIPLES)
    triples = [quad.triple for quad in parsed(Body(ntriples, formats.N_TRIPLES))]
    out = ox.serialize(triples, format=RDF[chosen], prefixes=SHORT) or b""
    return (out[at : at + _BLOCK] for at in range(0, len(out), _BLOCK))


def _name(graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> str | None:
    if isinstance(graph, ox.BlankNode):
        raise PayloadError(detail=f"the graph {graph} has no IRI")
    return graph.value if isinstance(graph, ox.NamedNode) else None


def _written(triples: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
