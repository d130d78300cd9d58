"""What the service says of itself (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator

from fastapi import Request, Response

from api.answers import streamed, typed
from api.formats import VARY
from kg import publish
from kg.store import formats

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
    return publish.rewritten([turtle], media_type)


def graph_response(ntriples: bytes, media_type: str, *, base: str) -> Response:
    """Return N-Triples as a response in a media type of graphs; JSON-LD names our context.

    Args:
        ntriples: What to say.
        media_type: One of `kg.store.formats.GRAPHS`.
        base: Where this service is, for the address of the context.
    """
    if media_type == formats.JSON_LD:
        body = publish.compacted(ntriples, context_url=base + publish.CONTEXT_PATH)
        return Response(body, media_type=typed(media_type), headers=dict(VARY))
    return streamed(publish.rewritten([ntriples], media_type), media_type)


def base_of(request: Request) -> str:
    """Return where this service is as the client sees it, with no slash at the end."""
    return str(request.base_url).rstrip("/")
