"""What a forked process does: answer one query after another over a read-only snapshot."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from kg.errors import QkgError
from kg.store.embedded.engine import Sink, opened, written
from kg.store.embedded.place import InFolder
from kg.store.embedded.store import EmbeddedStore
from kg.store.generation import FrozenGeneration
from kg.store.workers.line import Line
from kg.store.workers.messages import Kind, Request

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


def serve(line: Line, *, memory_mb: int, service_allow: Sequence[str]) -> None:
    """Answer requests until the other end is closed.

    Args:
        line: The line to the service.
        memory_mb: How far a query may grow this process; the service watches that, and well above
            it the system refuses.
        service_allow: Addresses that SERVICE may reach.
    """
    _settle(memory_mb)
    line.say(Kind.READY, str(os.getpid()).encode())
    reader: Reader | None = None
    while (request := line.next_request()) is not None:
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
    data = Path(folder)
    quads = opened(data, holder=data, read_only=True)
    return Reader(
        quads,
        address=folder,
        generation=FrozenGeneration(folder),
        service_allow=service_allow,
        place=InFolder(data.parent, frozen=data),
    )


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
