"""What the service says of itself (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator

from kg.store import formats, memory_store
from kg.store.port import Body

_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    *(f"{_FORMATS}SPARQL_Results_{name}" for name in ("JSON", "XML", "CSV", "TSV")),
    *(f"{_FORMATS}{name}" for name in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")),
    *(f"{_FORMATS}{name}" for name in ("N-Quads", "TriG")),
)
_SERVICE = """
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
[] a sd:Service ;
  sd:endpoint <{endpoint}> ;
  sd:supportedLanguage sd:SPARQL10Query, sd:SPARQL11Query, sd:SPARQL11Update ;
  sd:resultFormat {formats} ;
  sd:inputFormat {formats} ;
  sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"""


def description(endpoint: str, media_type: str) -> Iterator[bytes]:
    """Yield the description of the service at *endpoint*."""
    names = ", ".join(f"<{name}>" for name in _RESULT_FORMATS)
    return rewritten(_SERVICE.format(endpoint=endpoint, formats=names).encode(), media_type)


def rewritten(turtle: bytes, media_type: str) -> Iterator[bytes]:
    r"""Yield Turtle in another media type of graphs.

    >>> b"".join(rewritten(b"<urn:a> <urn:p> 'x' .", formats.N_TRIPLES))
    b'<urn:a> <urn:p> "x" .\n'
    """
    if media_type == formats.TURTLE:
        return iter((turtle,))
    store = memory_store()
    store.load([Body(turtle, formats.TURTLE)], graph=None)
    return store.read_graph(None, media_type)
