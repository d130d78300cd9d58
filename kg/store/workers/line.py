"""The worker's end of the line: requests come in, answers go out in blocks."""

import mmap
import socket

from kg.errors import QkgError
from kg.store.workers.messages import HEAD, SIZE, Kind, Request, frame, told, unpacked
from kg.store.workers.shared import SLOT_BYTES, SLOTS

FIRST_BLOCK = 1 << 16
"""An answer up to this size comes whole; an error before it is told instead of the answer."""

_READ = 1 << 16


class Line:
    """What a worker reads its requests from and writes its answers to."""

    def __init__(self, channel: socket.socket, memory: mmap.mmap) -> None:
        self._channel = channel
        self._memory = memory
        self._came = b""
        self._media_type = b""
        self._started = False
        self._first: list[bytes] = []
        self._size = 0  # of the block that is being filled
        self._slot, self._free = 0, SLOTS

    # ----------------------------------------------------------------------- requests

    def next_request(self) -> Request | None:
        """Return the next request, or nothing where the other end is closed."""
        while True:
            kind, body = self._read()
            if kind is Kind.REQUEST:
                return unpacked(body)
            if kind is None:
                return None  # else it is about the answer before

    def say(self, kind: Kind, body: bytes = b"") -> None:
        """Send a frame."""
        self._channel.sendall(frame(kind, body))

    # ----------------------------------------------------------------------- answers

    def begin(self, media_type: str) -> "Line":
        """Return itself, ready for an answer of this media type."""
        self._media_type = media_type.encode() + b"\0"
        self._started = False
        self._first, self._size = [], 0
        self._slot, self._free = 0, SLOTS
        return self

    def write(self, data: bytes) -> int:
        """Take bytes of the answer in; return how many."""
        if self._started:
            self._fill(data)
            return len(data)
        self._first.append(data)
        self._size += len(data)
        if self._size >= FIRST_BLOCK:
            self._channel.sendall(frame(Kind.START, self._media_type, *self._first))
            self._started, self._first, self._size = True, [], 0
        return len(data)

    def flush(self) -> None:
        """Do nothing: the library asks when it has written all, and `end` sends it."""

    def end(self) -> None:
        """Send what is left."""
        if not self._started:
            self._channel.sendall(frame(Kind.WHOLE, self._media_type, *self._first))
            return
        self.say(Kind.END, SIZE.pack(self._size))

    def fail(self, error: QkgError) -> None:
        """Say what went wrong; nothing more of the answer follows."""
        self.say(Kind.ERROR, told(error))

    # ----------------------------------------------------------------------- inside

    def _fill(self, data: bytes) -> None:
        """Put bytes into the slot; where it is full, into the next as soon as that is free."""
        while data:
            if self._size == 0:
                self._await_room()
            part = data[: SLOT_BYTES - self._size]
            start = self._slot * SLOT_BYTES + self._size
            self._memory[start : start + len(part)] = part
            self._size += len(part)
            data = data[len(part) :]
            if self._size == SLOT_BYTES:
                self._give()

    def _give(self) -> None:
        self.say(Kind.BLOCK, SIZE.pack(self._size))
        self._slot = (self._slot + 1) % SLOTS
        self._free -= 1
        self._size = 0

    def _await_room(self) -> None:
        while self._free == 0:
            kind, _ = self._read()
            if kind is None:
                message = "the service is gone"
                raise BrokenPipeError(message)
            self._free += kind is Kind.TAKEN

    def _read(self) -> tuple[Kind | None, bytes]:
        """Return the next frame, or nothing where the other end is closed."""
        while True:
            if len(self._came) >= HEAD.size:
                kind, size = HEAD.unpack_from(self._came)
                end = HEAD.size + size
                if len(self._came) >= end:
                    body, self._came = self._came[HEAD.size : end], self._came[end:]
                    return Kind(kind), body
            more = self._channel.recv(_READ)
            if not more:
                return None, b""
            self._came += more
