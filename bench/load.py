"""Load on a server: requests over kept connections, and what its processes use of the processor."""

import os
import selectors
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

import httpx2

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGESIZE")
JSON = "application/sparql-results+json"


@dataclass(slots=True)
class Loaded:
    """What came of a load: requests a second, and how long each took, in seconds, sorted."""

    per_second: float
    seconds: list[float]

    def quantile(self, share: float) -> float:
        """Return the time within which *share* of the requests were answered."""
        return self.seconds[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


@dataclass(slots=True)
class _Kept:
    """A connection with one request under way."""

    line: socket.socket
    began: float = 0.0
    came: bytearray = field(default_factory=bytearray)

    def send(self, request: bytes) -> None:
        self.came.clear()
        self.began = time.perf_counter()
        self.line.sendall(request)

    def is_answered(self) -> bool:
        """Return whether the whole answer has come; a status but 200 ends the measure."""
        head = self.came.find(b"\r\n\r\n")
        if head < 0:
            return False
        if not self.came.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(self.came[:400].decode("utf-8", "replace"))
        names = bytes(self.came[:head]).lower()
        place = names.find(b"content-length:")
        if place < 0:
            return self.came.endswith(b"0\r\n\r\n")
        return len(self.came) >= head + 4 + int(names[place + 15 :].split(b"\r\n")[0])


def get(path: str, query: str) -> bytes:
    """Return a request for a query."""
    target = f"{path}?{urlencode({'query': query})}"
    return f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {JSON}\r\n\r\n".encode()


def load(port: int, requests: Sequence[bytes], *, seconds: float, connections: int = 8) -> Loaded:
    """Send *requests* in turn over kept connections, one after the answer to another."""
    kept = [_Kept(socket.create_connection(("127.0.0.1", port))) for _ in range(connections)]
    turn, times, under_way = cycle(requests), [], len(kept)
    with selectors.DefaultSelector() as ready:
        start = time.perf_counter()
        for one in kept:
            ready.register(one.line, selectors.EVENT_READ, one)
            one.send(next(turn))
        while under_way:  # those under way when the time is over are waited for
            for key, _ in ready.select():
                one = key.data
                one.came += one.line.recv(1 << 20)
                if not one.is_answered():
                    continue
                now = time.perf_counter()
                times.append(now - one.began)
                if now - start < seconds:
                    one.send(next(turn))
                else:
                    under_way -= 1
        elapsed = time.perf_counter() - start
    for one in kept:
        one.line.close()
    return Loaded(len(times) / elapsed, sorted(times))


def first_byte(port: int, request: bytes) -> float:
    """Return the seconds until the first byte of an answer comes; the rest is read too."""
    one = _Kept(socket.create_connection(("127.0.0.1", port)))
    one.send(request)
    one.came += one.line.recv(1 << 16)
    first = time.perf_counter() - one.began
    while not one.is_answered():
        one.came += one.line.recv(1 << 20)
    one.line.close()
    return first


def processes(pid: int) -> list[int]:
    """Return a process and all below it."""
    below: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        if fields := _fields(status):
            below.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found = [pid]
    for one in found:
        found += below.get(one, [])
    return found


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process and all below it, those that have ended included."""
    fields = (_fields(Path(f"/proc/{one}/stat")) for one in processes(pid))
    return sum(sum(map(int, one[11:15])) for one in fields if one) / _TICKS


def own_mb(pid: int) -> float:
    """Return the memory that belongs to a process alone, in MB."""
    pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()
    return (int(pages[1]) - int(pages[2])) * _PAGE / 1e6


def wait_until_idle(pid: int, *, seconds: float = 3.0) -> None:
    """Return when a process and those below it have hardly worked for a while."""
    since, before = time.monotonic(), cpu_seconds(pid)
    while time.monotonic() - since < seconds:
        time.sleep(0.5)
        now = cpu_seconds(pid)
        if now - before > 0.05:
            since = time.monotonic()
        before = now


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Return ports of this machine that nobody listens at, no two the same."""
    with ExitStack() as held:
        found = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in found:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in found]


def answers(
    address: str,
    server: "subprocess.Popen[bytes]",
    *,
    seconds: float = 300.0,
    one_s: float = 300.0,
) -> bool:
    """Return True as soon as *server* answers with anything, False when it has ended instead.

    Whoever else holds the address of a server that has ended, answering or silent, is not taken for it.

    Args:
        address: What is asked for.
        server: The process.
        seconds: How long to ask again.
        one_s: How long one request may take, in seconds.

    Raises:
        TransportError: It does neither within *seconds*.
    """
    end = time.monotonic() + seconds
    while server.poll() is None:
        try:
            httpx2.get(address, trust_env=False, timeout=one_s)
        except httpx2.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return server.poll() is None
    return False


def wait_until_open(port: int) -> None:
    """Return when a server listens.

    Raises:
        TimeoutError: None does within a minute.
    """
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    message = f"nobody listens at {port}"
    raise TimeoutError(message)


def _fields(status: Path) -> list[str]:
    try:
        return status.read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return []
