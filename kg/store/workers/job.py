"""One query under way: what was asked, how long it has run, and the blocks of its answer."""

import asyncio
import itertools
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from kg.errors import QkgError, QueryCancelledError
from kg.store.port import Dataset

_SHOWN = 300
_PREFIX, _numbers = secrets.token_hex(3), itertools.count(1)
_NO_DATASET = Dataset()


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as a client sent it; *limit_s* may only shorten the store's own limit."""

    text: str
    accept: tuple[str, ...]
    dataset: Dataset = _NO_DATASET
    base: str | None = None
    limit_s: float | None = None
    client: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """A query under way as it is listed; *seconds* since *since*."""

    id: str
    text: str
    client: str
    since: datetime
    seconds: float


class Source(Protocol):
    """Where blocks come from."""

    def taken(self, job: "Delivery") -> None:
        """Let one more come."""
        ...


class Delivery:
    """The answer to a query, as its blocks come; whoever gets it asks for all or calls `cancel`."""

    def __init__(
        self, asked: Asked, *, limit_s: float, cancel: Callable[["Delivery"], None]
    ) -> None:
        """Take note of a query.

        Args:
            asked: The query.
            limit_s: How long it may run.
            cancel: Ends it.
        """
        loop = asyncio.get_running_loop()
        self._number = next(_numbers)
        self.asked = asked
        self.limit_s = limit_s
        self.began = loop.time()
        self.whole = False
        self.ended = False
        self.media_type: asyncio.Future[str] = loop.create_future()
        self.source: Source | None = None  # once a worker has it
        self._loop = loop
        self._cancel = cancel
        self._blocks: deque[bytes] = deque()
        self._error: QkgError | None = None
        self._waiting: asyncio.Future[None] | None = None

    @property
    def id(self) -> str:
        """Return its name, which no other query has."""
        return f"{_PREFIX}{self._number:x}"

    def running(self) -> Running:
        """Return it as it is listed."""
        seconds = round(self._loop.time() - self.began, 3)
        text = " ".join(self.asked.text[: 10 * _SHOWN].split())
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        since = datetime.now(UTC) - timedelta(seconds=seconds)
        return Running(self.id, shown, self.asked.client, since, seconds)

    async def next_block(self) -> bytes:
        """Return the next block, nothing at the end.

        Raises:
            QkgError: The query failed, or was ended, in the middle of its answer.
        """
        while not self._blocks:
            if self._error is not None:
                raise self._error
            if self.ended:
                return b""
            self._waiting = self._loop.create_future()
            await self._waiting
        block = self._blocks.popleft()
        if self.source is not None and not self.whole:
            self.source.taken(self)
        return block

    def cancel(self) -> None:
        """End the query, if it has not ended."""
        if not self.ended:
            self._cancel(self)

    # ----------------------------------------------------------------------- for the pool

    def start(self, media_type: str, block: bytes, *, whole: bool) -> None:
        """Take the beginning of the answer in, or all of it."""
        self.whole = self.ended = whole
        self._blocks.append(block)
        if not self.media_type.done():
            self.media_type.set_result(media_type)

    def add(self, block: bytes) -> None:
        """Take a further block in."""
        self._blocks.append(block)
        self._wake()

    def end(self, block: bytes) -> None:
        """Take the last block in, which may be empty."""
        if block:
            self._blocks.append(block)
        self.ended = True
        self._wake()

    def fail(self, error: QkgError) -> None:
        """Take note that no more will come, and why."""
        self.ended = True
        self._error = error
        if self.media_type.done():
            self._blocks.clear()  # the answer is cut in any case
            self._wake()
        else:
            self.media_type.set_exception(error)
            if isinstance(error, QueryCancelledError):
                self.media_type.exception()  # whoever asked may have left: nobody has to look

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
