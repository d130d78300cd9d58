"""The service's end of the line to one worker."""

import asyncio
import mmap
from pathlib import Path
from resource import getpagesize
from typing import Protocol, cast

from kg.store.workers.job import Delivery
from kg.store.workers.messages import HEAD, SIZE, Kind, Request, frame, packed, raised
from kg.store.workers.shared import SLOT_BYTES, SLOTS
from kg.store.workers.snapshots import Snapshot

_PAGE = getpagesize()
_TAKEN = frame(Kind.TAKEN)


class Owner(Protocol):
    """What is told of a worker."""

    def ready(self, worker: "Channel") -> None:
        """Take note that a worker waits for its next request."""
        ...

    def lost(self, worker: "Channel") -> None:
        """Take note that a worker has ended."""
        ...

    def release(self, snapshot: Snapshot) -> None:
        """Take note that a worker no longer reads a snapshot."""
        ...


class Channel(asyncio.Protocol):
    """One worker: what it does, what it reads, and the frames it sends."""

    def __init__(self, owner: Owner, memory: mmap.mmap) -> None:
        self.pid = 0
        self.job: Delivery | None = None
        self.long = False  # it left its place in the lane, see `kg.store.workers.pool`
        self.gives_way = False
        self.idle_bytes = 0
        self.snapshot: Snapshot | None = None
        self._before: Snapshot | None = None  # still read until the next frame comes
        self._owner = owner
        self._memory = memory
        self._slot = 0
        self._came = b""  # frames are short: blocks lie in the memory
        self._transport: asyncio.Transport | None = None

    # ----------------------------------------------------------------------- to the worker

    def ask(self, job: Delivery, snapshot: Snapshot) -> None:
        """Have a query answered over a snapshot."""
        self.job = job
        self._slot = 0
        job.source = self
        asked = job.asked
        self._send(
            Request(str(snapshot.folder), asked.text, asked.accept, asked.dataset, asked.base),
            snapshot,
        )

    def let_go(self) -> None:
        """Have the worker close the files of its snapshot."""
        self._send(Request(""), None)

    def close(self) -> None:
        """Close the line: an idle worker ends."""
        if self._transport is not None:
            self._transport.abort()

    def taken(self, job: Delivery) -> None:
        """Let the worker go on: its client has taken a block."""
        if self.job is job and self._transport is not None:
            self._transport.write(_TAKEN)

    def grown_bytes(self) -> int:
        """Return by how much the worker has grown since it was idle."""
        return max(0, _own_bytes(self.pid) - self.idle_bytes)

    def _send(self, request: Request, snapshot: Snapshot | None) -> None:
        if self.snapshot is not snapshot:
            self._settle()
            self._before, self.snapshot = self.snapshot, snapshot
            if snapshot is not None:
                snapshot.readers += 1
        if self._transport is not None:
            self._transport.write(packed(request))

    def _settle(self) -> None:
        """Release the snapshot that was read before."""
        before, self._before = self._before, None
        if before is not None:
            self._owner.release(before)

    # ----------------------------------------------------------------------- from the worker

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the line."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take frames in as they come."""
        self._came += data
        while len(self._came) >= HEAD.size:
            kind, size = HEAD.unpack_from(self._came)
            end = HEAD.size + size
            if len(self._came) < end:
                return
            body, self._came = self._came[HEAD.size : end], self._came[end:]
            self._take(Kind(kind), body)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell that the worker has ended."""
        self._settle()
        if self.snapshot is not None:
            self._owner.release(self.snapshot)
            self.snapshot = None
        self._transport = None
        self._memory.close()
        self._owner.lost(self)

    def _take(self, kind: Kind, body: bytes) -> None:
        if self._before is not None:
            self._settle()
        if kind is Kind.READY:
            self.pid = int(body)
            self.idle_bytes = _own_bytes(self.pid)
        elif self.job is not None:
            self._answer(self.job, kind, body)
        if kind is not Kind.START and kind is not Kind.BLOCK:
            self._owner.ready(self)

    def _answer(self, job: Delivery, kind: Kind, body: bytes) -> None:
        if kind is Kind.ERROR:
            job.fail(raised(body, address=""))
            return
        start = self._slot * SLOT_BYTES
        self._slot = (self._slot + 1) % SLOTS
        block = self._memory[start : start + SIZE.unpack_from(body)[0]]
        if kind is Kind.BLOCK:
            job.add(block)
        elif kind is Kind.END:
            job.end(block)
        else:
            media_type = body[SIZE.size :].decode()
            job.start(media_type, block, whole=kind is Kind.WHOLE)


def _own_bytes(pid: int) -> int:
    """Return the memory that belongs to a process alone; nothing where the system does not tell."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()
    except OSError:
        return 0
    return (int(pages[1]) - int(pages[2])) * _PAGE
