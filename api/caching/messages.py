"""What passes between a client and the service: bodies read ahead, answers noted on their way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from starlette.types import Message, Receive, Scope, Send

from api.caching.results import Header, Whole

_OK = 200
_NEVER = (b"cache-control", b"no-store")


@dataclass(slots=True)
class Posted:
    """A body that was read ahead, to be received once more; ``None`` where it is too long."""

    body: bytes | None
    _rest: Receive
    _read: list[Message] = field(default_factory=list)

    async def __call__(self) -> Message:
        """Return what was read, then what comes."""
        return self._read.pop(0) if self._read else await self._rest()


async def read_ahead(scope: Scope, receive: Receive, *, most: int) -> Posted:
    """Return what a POST sends, read no further than *most* bytes; of a GET nothing."""
    if scope["method"] != "POST":
        return Posted(b"", receive)
    read: list[Message] = []
    size, more = 0, True
    while more and size <= most:
        message = await receive()
        read.append(message)
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    whole = size <= most and read[-1]["type"] == "http.request"
    body = b"".join(message["body"] for message in read) if whole else None
    return Posted(body, receive, read)


class Noted:
    """Passes an answer on, with headers of its own, and hands it over once it is whole."""

    def __init__(
        self, send: Send, *, added: Sequence[Header], most: int, keep: Callable[[Whole], None]
    ) -> None:
        """Stand before *send*.

        Args:
            send: Where the answer goes.
            added: Headers of an answer with status 200.
            most: Bytes of a body that is handed over.
            keep: Called with a whole answer; never for one that broke off.
        """
        self._send, self._added, self._keep = send, added, keep
        self._left = most
        self._headers: tuple[Header, ...] | None = None
        self._blocks: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """Pass one message on."""
        if message["type"] == "http.response.body":
            self._note(message)
        elif message["type"] == "http.response.start":
            if message["status"] == _OK:
                self._headers = tuple(message["headers"])
                message = {**message, "headers": merged(self._headers, self._added)}
            else:
                message = {**message, "headers": merged(message["headers"], (_NEVER,))}
        await self._send(message)

    def _note(self, message: Message) -> None:
        if self._headers is None:
            return
        block = message.get("body", b"")
        self._left -= len(block)
        if self._left < 0:
            self._headers = None
            self._blocks.clear()
            return
        self._blocks.append(block)
        if not message.get("more_body", False):
            self._keep(Whole(self._headers, b"".join(self._blocks)))


class Unkept:
    """Passes an answer on that nobody is to keep, unless it says otherwise itself."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def __call__(self, message: Message) -> None:
        """Pass one message on."""
        if message["type"] == "http.response.start":
            message = {**message, "headers": merged(message["headers"], (_NEVER,))}
        await self._send(message)


def merged(given: Sequence[Header], added: Sequence[Header]) -> list[Header]:
    """Return *given* with those of *added* that it does not have.

    >>> merged([(b"vary", b"Accept")], [(b"vary", b"*"), (b"etag", b'"1"')])
    [(b'vary', b'Accept'), (b'etag', b'"1"')]
    """
    names = {name.lower() for name, _ in given}
    return [*given, *(pair for pair in added if pair[0] not in names)]
