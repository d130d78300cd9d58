"""The worker's end of the line: requests come in, answers go out in blocks."""

import mmap
import socket

from kg.errors import QkgError
from kg.store.workers.messages import HEAD, SIZE, Kind, Request, frame, told, unpacked
from kg.store.workers.shared import SLOT_BYTES, SLOTS

FIRST_BLOCK = 1 << 17
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
        self._media_type = media_type.encode()
        self._started = False
        self._size = 0
        self._slot, self._free = 0, SLOTS
        return self

    def write(self, data: bytes) -> int:
        """Put bytes of the answer into the slot; where it is full, into the next once it is free."""
        left = data
        while left:
            if self._size == 0:
                self._await_room()
            most = SLOT_BYTES if self._started else FIRST_BLOCK
            part = left[: most - self._size]
            start = self._slot * SLOT_BYTES + self._size
            self._memory[start : start + len(part)] = part
            self._size += len(part)
            left = left[len(part) :]
            if self._size == most:
                self._give()
        return len(data)

    def flush(self) -> None:
        """Do nothing: the library asks when it has written all, and `end` sends it."""

    def end(self) -> None:
        """Give what is left, which may be nothing."""
        size = SIZE.pack(self._size)
        if self._started:
            self.say(Kind.END, size)
        else:
            self.say(Kind.WHOLE, size + self._media_type)

    def fail(self, error: QkgError) -> None:
        """Say what went wrong; nothing more of the answer follows."""
        self.say(Kind.ERROR, told(error))

    # ----------------------------------------------------------------------- inside

    def _give(self) -> None:
        size = SIZE.pack(self._size)
        if self._started:
            self.say(Kind.BLOCK, size)
        else:
            self.say(Kind.START, size + self._media_type)
            self._started = True
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
        if not self._filled(HEAD.size):
            return None, b""
        kind, size = HEAD.unpack_from(self._came)
        end = HEAD.size + size
        if not self._filled(end):
            return None, b""
        body, self._came = self._came[HEAD.size : end], self._came[end:]
        return Kind(kind), body

    def _filled(self, size: int) -> bool:
        """Return whether so many bytes have come, before the other end was closed."""
        parts = [self._came]
        missing = size - len(self._came)
        while missing > 0 and (part := self._channel.recv(max(missing, _READ))):
            parts.append(part)
            missing -= len(part)
        if len(parts) > 1:
            self._came = b"".join(parts)
        return missing <= 0
