"""Answers in blocks as responses: whole where they are short, streamed where they are long."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from types import TracebackType

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.formats import VARY
from kg.errors import QkgError
from kg.store.workers import Delivery

_PATIENCE_S = 0.05
"""How long an answer may take before anybody looks whether its client is still there."""


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


@lru_cache(maxsize=32)
def _headers(media_type: str) -> tuple[tuple[bytes, bytes], ...]:
    given = {"content-type": typed(media_type)} | VARY
    return tuple((name.lower().encode(), value.encode()) for name, value in given.items())


async def delivered(delivery: Delivery, request: Request, names: Mapping[str, str]) -> Response:
    """Return the answer of a worker as a response, once it has begun.

    Args:
        delivery: The query under way.
        request: Whose client may leave, which ends the query.
        names: What to call each media type.

    Raises:
        QkgError: The query failed, or was ended.
    """
    with Leaving(request.receive, delivery.cancel):
        media_type = names[await delivery.media_type]
    if not delivery.whole:
        return DeliveryResponse(delivery, media_type)
    return WholeResponse(await delivery.next_block(), media_type)


class WholeResponse(Response):
    """A short answer, made without what other responses need."""

    def __init__(self, body: bytes, media_type: str) -> None:
        self.status_code, self.background = 200, None
        self.body = body
        self.raw_headers = [*_headers(media_type), (b"content-length", str(len(body)).encode())]


class DeliveryResponse(Response):
    """The answer of a worker, block by block.

    Where it breaks off in the middle no end is sent, so that the server cuts the connection and no
    client takes what it has for the whole.
    """

    def __init__(self, delivery: Delivery, media_type: str) -> None:
        self.status_code, self.background = 200, None
        self.raw_headers = [*_headers(media_type)]
        self._delivery = delivery

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the blocks as they come."""
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        with Leaving(receive, self._delivery.cancel):
            try:
                await send(start)
                while block := await self._delivery.next_block():
                    await send({"type": "http.response.body", "body": block, "more_body": True})
            except QkgError:
                return
            finally:
                self._delivery.cancel()
            await send({"type": "http.response.body", "body": b""})


class Leaving:
    """While it is entered, calls *left* when the client has gone."""

    def __init__(self, receive: Receive, left: Callable[[], None]) -> None:
        self._receive = receive
        self._left = left
        self._watching: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        """Begin to look, though not at once: most answers are there before it would matter."""
        self._timer = asyncio.get_running_loop().call_later(_PATIENCE_S, self._begin)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Look no more."""
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()

    def _begin(self) -> None:
        self._watching = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._left()
