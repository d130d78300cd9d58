"""Answers in blocks as responses: whole where they are short, streamed where they are long."""

from collections.abc import Iterator
from itertools import chain

from fastapi import Response
from fastapi.responses import StreamingResponse

from api.formats import VARY


def streamed(blocks: Iterator[bytes], media_type: str) -> Response:
    """Return the blocks as a response; an error before the second block is an error of its own."""
    first = next(blocks, b"")
    second = next(blocks, None)
    if second is None:
        return Response(first, media_type=typed(media_type), headers=dict(VARY))
    rest = chain((first, second), blocks)
    return StreamingResponse(rest, media_type=typed(media_type), headers=dict(VARY))


def typed(media_type: str) -> str:
    """Return the Content-Type of a media type; text says that it is UTF-8.

    >>> typed("text/csv"), typed("application/n-quads")
    ('text/csv; charset=utf-8', 'application/n-quads')
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
