"""What is pushed out becomes what is pulled: the library writes to a file, callers ask for blocks."""

import io
from collections.abc import Callable, Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import IO, cast

BLOCK = 1 << 18
_WAITING = 4  # blocks between writer and reader: memory stays flat whatever the size
_PAUSE_S = 0.1


class _Sink(io.RawIOBase):
    """A file whose blocks another thread takes; it fails once nobody takes them any more."""

    def __init__(self) -> None:
        self.blocks: Queue[bytes | None] = Queue(_WAITING)
        self.abandoned = Event()

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        block = bytes(cast("bytes", data))
        self.put(block)
        return len(block)

    def put(self, block: bytes | None) -> None:
        while not self.abandoned.is_set():
            try:
                return self.blocks.put(block, timeout=_PAUSE_S)
            except Full:
                continue
        message = "nobody reads on"
        raise BrokenPipeError(message)


def blocks_written(write: Callable[[IO[bytes]], object]) -> Iterator[bytes]:
    r"""Yield what *write* writes, while it writes it, in blocks of 256 KiB.

    Raises:
        Exception: What *write* raised, when the blocks before it have been taken.

    >>> list(blocks_written(lambda out: out.write(b"a\n")))
    [b'a\n']
    """
    sink = _Sink()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            with io.BufferedWriter(sink, BLOCK) as out:
                write(out)
        except BaseException as error:  # noqa: BLE001  it is raised where the blocks are read
            failed.append(error)
        finally:
            if not sink.abandoned.is_set():
                sink.put(None)

    thread = Thread(target=work, name="blocks", daemon=True)
    thread.start()
    try:
        while (block := sink.blocks.get()) is not None:
            yield block
    finally:
        sink.abandoned.set()
        thread.join()
    if failed:
        raise failed[0]
