"""The service's side of the process that forks workers."""

import asyncio
import json
import mmap
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

from kg.settings import Settings
from kg.store.workers.forker import COMMAND, ENDED, FORK, KILL, NICE, START
from kg.store.workers.shared import shared_file, shared_memory

_BATCH = 64 * ENDED.size
_PATIENCE_S = 5.0


class Forking:
    """Starts the forking process when it is first needed, and again when it has ended."""

    def __init__(self, settings: Settings, *, ended: Callable[[int, int], None]) -> None:
        """Take note of what workers need.

        Args:
            settings: Memory of one query, addresses that SERVICE may reach.
            ended: Called with the process id and the exit code of each worker that ended.
        """
        self._settings = settings
        self._ended = ended
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def fork(self) -> tuple[socket.socket, mmap.mmap]:
        """Return the line to a new worker, and the memory that it shares.

        Raises:
            OSError: The forking process cannot be started, or has just ended.
        """
        ours, theirs = socket.socketpair()
        file = shared_file()
        try:
            control = self._control or self._start()
            socket.send_fds(control, [COMMAND.pack(FORK, 0)], [theirs.fileno(), file])
        except OSError:
            ours.close()
            os.close(file)
            raise
        finally:
            theirs.close()
        ours.settimeout(0)
        return ours, shared_memory(file)

    def kill(self, pid: int) -> None:
        """End a worker, whatever it is doing."""
        self._tell(KILL, pid)

    def give_way(self, pid: int) -> None:
        """Let others go before this worker from now on."""
        self._tell(NICE, pid)

    def close(self) -> None:
        """End the forking process, and with it every worker."""
        if self._control is None:
            return
        self._forget(self._control)
        self._bury()

    def _bury(self) -> None:
        if self._process is None:
            return
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        allow = json.dumps(self._settings.service_allow)
        memory = str(self._settings.query_memory_mb)
        command = [sys.executable, "-c", START, str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own module
                [*command, memory, allow],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # signals of the terminal are for the service
                env={**os.environ, "MALLOC_ARENA_MAX": "1"},  # or it keeps what queries needed
            )
        ours.settimeout(0)
        self._control = ours
        asyncio.get_running_loop().add_reader(ours, self._read, ours)
        return ours

    def _read(self, control: socket.socket) -> None:
        try:
            data = control.recv(_BATCH)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._forget(control)
            self._bury()
        for at in range(0, len(data), ENDED.size):
            self._ended(*ENDED.unpack_from(data, at))

    def _forget(self, control: socket.socket) -> None:
        asyncio.get_running_loop().remove_reader(control)
        control.close()
        self._control = None

    def _tell(self, command: bytes, pid: int) -> None:
        if self._control is not None:
            with suppress(OSError):  # it has ended, and its workers with it
                self._control.send(COMMAND.pack(command, pid))
