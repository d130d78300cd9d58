"""The store on disk whose client queries run in processes that can be ended."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import StoreError
from kg.settings import Settings
from kg.store.embedded.disk import Opened, open_folder
from kg.store.embedded.engine import query_errors
from kg.store.embedded.store import EmbeddedStore
from kg.store.port import Answer, Dataset
from kg.store.workers.frozen import Frozen
from kg.store.workers.job import Asked, Delivery, Running
from kg.store.workers.pool import Pool
from kg.store.workers.snapshots import Published, Snapshots

SNAPSHOTS = "snapshots"
_ATTEMPTS, _PAUSE_S = 100, 0.05
_T = TypeVar("_T")
_NO_DATASET = Dataset()


class WorkerStore(EmbeddedStore):
    """An embedded store that answers what clients ask in worker processes.

    A query sees every write that was carried out before it came. What the product itself asks
    (`select`, `ask`) stays in this process.
    """

    def __init__(
        self, folder: Path, found: Opened, *, settings: Settings, frozen: Frozen | None
    ) -> None:
        """Take over an opened store.

        Args:
            folder: Where it is.
            found: What it is made of.
            settings: Limits, and how many workers.
            frozen: The one state to read, where this process only reads.
        """
        generation = found.generation  # a closure over `found` would keep replaced files open
        super().__init__(
            found.quads,
            address=str(folder),
            generation=generation,
            service_allow=settings.service_allow,
            place=found.place,
        )
        self._snapshots: Snapshots = frozen or Published(
            folder / SNAPSHOTS,
            make=self._make_snapshot,
            finished=lambda: generation.finished,
        )
        self._pool = Pool(settings, self._snapshots)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._over = False

    def attach(self) -> None:
        """Start the workers, on the event loop that runs here, where `begin` is to be awaited."""
        self._loop = asyncio.get_running_loop()
        self._pool.start()

    def begin(self, asked: Asked) -> Delivery:
        """Return a query under way; await its ``media_type`` to know that there is an answer.

        It is to be called on the event loop that the store is attached to.

        Raises:
            OverloadedError: Too many wait already.
        """
        return self._pool.begin(asked)

    def answer(
        self,
        query: str,
        accept: Sequence[str],
        *,
        dataset: Dataset = _NO_DATASET,
        base: str | None = None,
        limit_s: float | None = None,
    ) -> Answer:
        """Return the result of any query form, serialised as the first of *accept* that fits it.

        It must not be called on the event loop that the store is attached to.

        Raises:
            FormatError: None of *accept* fits the form of the query.
            MalformedQueryError: The text is not SPARQL.
            QueryRefusedError: It would reach an address that is not allowed.
            QueryError: It cannot be evaluated, was ended, or there is no room for it.
            StoreError: The store failed.
        """
        asked = Asked(query, tuple(accept), dataset, base, limit_s)
        delivery = self._await(self._begun(asked))
        return Answer(delivery.media_type.result(), self._blocks(delivery))

    def running(self) -> Sequence[Running]:
        """Return the queries under way."""
        return self._await(self._now(self._pool.running))

    def kill(self, identifier: str) -> Running:
        """End a query; return what it was.

        Raises:
            UnknownRunningError: There is none with this id.
        """
        return self._await(self._now(partial(self._pool.kill, identifier)))

    def close(self) -> None:
        """Let go of the files and end the workers; a second call does nothing."""
        if self._over:
            return
        loop, thread = self._loop, self._thread
        if loop is not None and loop.is_running():
            if thread is None and _runs_here(loop):
                self._pool.close()
            else:
                self._await(self._now(self._pool.close))
                self._await(self._pool.closed())
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()
        self._over = True
        self._snapshots.close()
        super().close()

    # ----------------------------------------------------------------------- inside

    def _make_snapshot(self, folder: Path) -> None:
        """Make a snapshot; the library flushes first, so no log is read when it is opened."""
        for _ in range(_ATTEMPTS):
            if self._quads is not None:
                break
            time.sleep(_PAUSE_S)  # a long file is just taking the place of the data
        with query_errors(self.address, what="update"):
            self._open_quads.backup(str(folder))

    async def _begun(self, asked: Asked) -> Delivery:
        delivery = self._pool.begin(asked)
        await delivery.media_type
        return delivery

    def _blocks(self, delivery: Delivery) -> Iterator[bytes]:
        try:
            while block := self._await(delivery.next_block()):
                yield block
        finally:
            if not delivery.ended:
                self._await(self._now(delivery.cancel))

    async def _now(self, work: Callable[[], _T]) -> _T:
        return work()

    def _await(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Return what comes of *work* on the event loop of the workers, from another thread."""
        if self._over:
            work.close()
            raise StoreError(address=self.address, detail="it is closed already")
        with self._starting:
            loop = self._loop or self._start_loop()
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    def _start_loop(self) -> asyncio.AbstractEventLoop:
        """Start an event loop of our own, where no service has one."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="workers", daemon=True)
        self._thread.start()
        return self._loop


def worker_store(folder: Path, *, settings: Settings, read_only: bool = False) -> WorkerStore:
    """Return the store in *folder*, which is made where there is none.

    Args:
        folder: Where it is.
        settings: Limits, and how many workers.
        read_only: Whether to see the store as it is now, frozen, without keeping writers out.

    Raises:
        StoreLockedError: Another process writes to it.
        StoreUnavailableError: The folder cannot be used.
    """
    frozen = Frozen.of(folder) if read_only else None
    found = frozen.opened if frozen else open_folder(folder, read_only=False)
    return WorkerStore(folder, found, settings=settings, frozen=frozen)


def _runs_here(loop: asyncio.AbstractEventLoop) -> bool:
    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False
