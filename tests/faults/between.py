"""A stretch of wire between two programs that can be made to fail: a proxy on a real socket."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum

_BLOCK = 1 << 16


class Wire(Enum):
    """What the wire does with an answer."""

    SOUND = "sound"
    DOWN = "down"  # whoever calls is hung up on
    SILENT = "silent"  # nothing comes back
    SLOW = "slow"  # letter by letter
    GARBAGE = "garbage"  # something else comes back
    TORN = "torn"  # half of the answer comes back


GARBAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
    b'Content-Length: 21\r\nConnection: close\r\n\r\n{"head":{\xff\xfe<html>\0\0\0'
)


class Between:
    """The proxy: *wire* may be changed at any time."""

    def __init__(self, target: int) -> None:
        self.wire = Wire.SOUND
        self._target = target
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Let nobody call any more."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        with caller, suppress(OSError):
            if self.wire is Wire.DOWN:
                return
            with socket.create_connection(("127.0.0.1", self._target)) as server:
                threading.Thread(target=_pumped, args=(caller, server), daemon=True).start()
                while (data := server.recv(_BLOCK)) and self._passed(data, caller):
                    pass

    def _passed(self, data: bytes, caller: socket.socket) -> bool:
        """Send an answer on, or what the wire makes of it; return whether the line still stands."""
        match self.wire:
            case Wire.SOUND:
                caller.sendall(data)
            case Wire.SILENT:
                time.sleep(60)
            case Wire.SLOW:
                for at in range(len(data)):
                    caller.sendall(data[at : at + 1])
                    time.sleep(0.02)
            case Wire.GARBAGE:
                caller.sendall(GARBAGE)
            case Wire.TORN:
                caller.sendall(data[: len(data) // 2])
        return self.wire is Wire.SOUND


def _pumped(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(_BLOCK):
            target.sendall(data)


@contextmanager
def between(target: int) -> Iterator[Between]:
    """Give a proxy before the port *target*."""
    proxy = Between(target)
    try:
        yield proxy
    finally:
        proxy.close()
