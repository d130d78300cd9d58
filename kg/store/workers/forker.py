"""The process that forks workers: the library loaded, one thread, no file of the service.

``python -c START FD MEMORY_MB ALLOW`` reads commands of five bytes from the
socket *FD*, each a letter and a process id: ``f`` forks a worker that is given the socket and the
shared memory sent along, ``k`` kills one, ``n`` makes one give way to others. It reports who has ended, with which
code. It alone collects its children, so a process id that it knows is never another process's.
"""

import gc
import json
import os
import signal
import socket
import struct
import sys
import traceback
from contextlib import suppress

from kg.store.workers.line import Line
from kg.store.workers.shared import shared_memory
from kg.store.workers.worker import serve

COMMAND = struct.Struct("=ci")
ENDED = struct.Struct("=ii")
FORK, KILL, NICE = b"f", b"k", b"n"
NICENESS = 19


START = "from kg.store.workers.forker import main; main()"  # -m would load this module twice


def main() -> None:
    """Carry out commands until the service is gone; the workers go with this process."""
    descriptor, memory_mb, allow = sys.argv[1:]
    control = socket.socket(fileno=int(descriptor))
    children: set[int] = set()

    def collect(*_: object) -> None:
        for pid, code in _ended():
            children.discard(pid)
            with suppress(OSError):  # the service is gone: so are we, in a moment
                control.sendall(ENDED.pack(pid, code))

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the service
    signal.signal(signal.SIGCHLD, collect)
    gc.freeze()  # what is shared with the children stays shared
    while command_and_line := _next(control):
        command, pid, descriptors = command_and_line
        if command == FORK:
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])  # not before it is known
            children.add(_forked(control, descriptors, memory_mb, allow))
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
        elif pid in children:
            _told(command, pid)
    for pid in list(children):
        _told(KILL, pid)


def _next(control: socket.socket) -> tuple[bytes, int, list[int]] | None:
    try:
        data, descriptors, _, _ = socket.recv_fds(control, COMMAND.size, 2, socket.MSG_WAITALL)
    except ConnectionResetError:  # the service was killed
        return None
    return (*COMMAND.unpack(data), descriptors) if len(data) == COMMAND.size else None


def _forked(control: socket.socket, descriptors: list[int], memory_mb: str, allow: str) -> int:
    pid = os.fork()
    if pid:
        for descriptor in descriptors:
            os.close(descriptor)
        return pid
    status = 1
    try:
        control.close()
        channel, memory = descriptors
        line = Line(socket.socket(fileno=channel), shared_memory(memory))
        with suppress(OSError):
            serve(line, memory_mb=int(memory_mb), service_allow=json.loads(allow))
        status = 0
    except BaseException:  # noqa: BLE001  the edge of the process: tell it, and end
        traceback.print_exc()
    finally:
        os._exit(status)  # nothing of the forking process is cleaned up twice


def _ended() -> list[tuple[int, int]]:
    found = []
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            found.append((pid, os.waitstatus_to_exitcode(status)))
    return found


def _told(command: bytes, pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if command == KILL:
            os.kill(pid, signal.SIGKILL)
        elif sys.platform == "linux":
            # nice alone lets whoever wakes up wait for a tick of the clock
            os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
        else:
            os.setpriority(os.PRIO_PROCESS, pid, NICENESS)
