"""What a forked process does: answer one query after another over a read-only snapshot."""

import ctypes
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from kg.errors import QkgError
from kg.store.embedded import EmbeddedStore
from kg.store.engine import Sink, opened, written
from kg.store.generation import FrozenGeneration
from kg.store.workers.messages import HEAD, Kind, Request, frame, told, unpacked

FIRST_BLOCK = 1 << 16
"""An answer up to this size comes whole; an error before it is told instead of the answer."""

_BLOCK = 1 << 18
_READ = 1 << 16
_PR_SET_PDEATHSIG = 1
_MORE_LIKELY = "500"  # to be chosen when the machine is out of memory, before the service is


class Reader(EmbeddedStore):
    """A snapshot that writes its answers out while they are being found."""

    def write_answer(self, request: Request, out: Callable[[str], Sink]) -> None:
        """Write the answer to what *out* makes of its media type.

        Raises:
            QkgError: As `kg.store.port.Store.answer`; some of the answer may have been written.
        """
        writing = partial(written, accept=request.accept, opened=out)
        self._evaluated(request.text, writing, dataset=request.dataset, base=request.base)


class Line:
    """The worker's end of the line: an answer goes out in blocks, the first one held back."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._media_type = b""
        self._started = False
        self._held: list[bytes] = []
        self._size = 0

    def begin(self, media_type: str) -> "Line":
        """Return itself, ready for an answer of this media type."""
        self._media_type = media_type.encode() + b"\0"
        self._started = False
        self._held, self._size = [], 0
        return self

    def write(self, data: bytes) -> int:
        """Take bytes of the answer in; return how many."""
        self._held.append(data)
        self._size += len(data)
        if self._size >= (_BLOCK if self._started else FIRST_BLOCK):
            self._send(Kind.BLOCK if self._started else Kind.START)
        return len(data)

    def flush(self) -> None:
        """Do nothing: the library asks when it has written all, and `end` sends it."""

    def end(self) -> None:
        """Send what is left."""
        if not self._started:
            self._send(Kind.WHOLE)
            return
        if self._held:
            self._send(Kind.BLOCK)
        self._channel.sendall(frame(Kind.END))

    def fail(self, error: QkgError) -> None:
        """Say what went wrong; nothing more of the answer follows."""
        self._channel.sendall(frame(Kind.ERROR, told(error)))

    def _send(self, kind: Kind) -> None:
        head = b"" if self._started else self._media_type
        self._channel.sendall(frame(kind, head, *self._held))
        self._started = True
        self._held, self._size = [], 0


def serve(channel: socket.socket, *, memory_mb: int, service_allow: Sequence[str]) -> None:
    """Answer requests until the other end is closed.

    Args:
        channel: The line to the service.
        memory_mb: How far a query may grow this process; the service watches that, and well above
            it the system refuses.
        service_allow: Addresses that SERVICE may reach.
    """
    _settle(memory_mb)
    line = Line(channel)
    channel.sendall(frame(Kind.READY, str(os.getpid()).encode()))
    reader: Reader | None = None
    while (request := _next(channel)) is not None:
        try:
            if reader is None or reader.address != request.folder:
                reader = None  # let the old one go first: its files may be deleted then
                reader = _reader(request.folder, service_allow)
            if reader is None:
                line.begin("").end()
                continue
            reader.write_answer(request, line.begin)
            line.end()
        except QkgError as error:
            line.fail(error)
        except MemoryError:
            os.abort()


def _reader(folder: str, service_allow: Sequence[str]) -> Reader | None:
    if not folder:
        return None
    quads = opened(Path(folder), holder=Path(folder), read_only=True)
    return Reader(
        quads, address=folder, generation=FrozenGeneration(folder), service_allow=service_allow
    )


def _next(channel: socket.socket) -> Request | None:
    data = channel.recv(_READ)
    while data:
        if len(data) >= HEAD.size:
            whole = HEAD.size + HEAD.unpack_from(data)[1]
            if len(data) == whole:
                return unpacked(data[HEAD.size :])
        more = channel.recv(_READ)
        if not more:
            return None
        data += more
    return None


def _settle(memory_mb: int) -> None:
    """Reset what a fork inherits, and make sure that this process outlives nobody."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the service, which ends us
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)  # it died before it could be tied to
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_MORE_LIKELY, "ascii")
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit = pages * resource.getpagesize() + _ROOM + 2 * memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


_ROOM = 1 << 30
"""Address space, not memory: stacks and caches of the engine, which it hardly ever fills."""
