"""What strangers wrote is read in a process of its own, within time and memory.

No reader can be interrupted, and those in C++ end their process where memory ends. So a document that
blows up costs its own reading and nothing else: its process is ended, and the next document gets
another one. A process that keeps within its limits is kept for further documents.
"""

import atexit
import os
import pickle
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from signal import Signals
from threading import Timer
from time import process_time
from typing import IO, TypeVar, cast

from kg.errors import InternalFaultError, QkgError, RunawayDocumentError
from kg.settings import Settings

Result = TypeVar("Result")

_PATIENCE = 3  # times as long on the clock as in computing, for a busy machine
_GRACE_S = 2  # for a process that has closed its end and is on its way
_START = "from kg.confined import main; main()"  # -m would load this module twice


@dataclass(frozen=True, slots=True)
class _Call:
    """What a process is told to do: for which document, and within which limits."""

    work: Callable[[], object]
    name: str
    limit_s: float
    memory_mb: int


class _Process:
    """A process that carries out one call after another."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  our own module
            [sys.executable, "-P", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # signals of the terminal are for whoever waits
        )

    @property
    def lives(self) -> bool:
        """Return whether it can be told anything."""
        return self._process.poll() is None

    def answer(self, call: _Call) -> object:
        """Return what comes back.

        Raises:
            RunawayDocumentError: Nothing does, for it took too much, or its process broke.
        """
        late = Timer(call.limit_s * _PATIENCE, self._process.kill)
        late.start()
        try:
            calls, answers = self._process.stdin, self._process.stdout
            assert calls is not None  # noqa: S101  both are pipes
            assert answers is not None  # noqa: S101
            pickle.dump(call, calls)
            calls.flush()
            return pickle.load(answers)  # noqa: S301  from our own process
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise _lost(call, self.end(grace_s=_GRACE_S)) from error
        except BaseException:  # whoever waits was interrupted: what comes is nobody's answer
            self.end()
            raise
        finally:
            late.cancel()

    def end(self, *, grace_s: float = 0) -> int:
        """Return how it ended: by itself within a grace, else by our hand."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(grace_s)
        self._process.kill()
        self._process.communicate()
        return self._process.returncode


_idle: deque[_Process] = deque()


def within_limits(work: Callable[[], Result], *, name: str, settings: Settings) -> Result:
    """Return what *work* gives, done in another process within the limits of *settings*.

    Args:
        work: What is to be done; it and what it gives go from process to process by pickle.
        name: The document that it reads, for messages.
        settings: How long it may compute, and how much memory it may take.

    Raises:
        RunawayDocumentError: It took more than that, or broke the process.
        InternalFaultError: Our own code failed on it.
        QkgError: As *work*.

    >>> from functools import partial
    >>> within_limits(partial(len, "质量第一"), name="a.txt", settings=Settings())
    4
    """
    process = _taken()
    answer = process.answer(_Call(work, name, settings.read_limit_s, settings.read_memory_mb))
    _idle.append(process)
    if isinstance(answer, QkgError):
        raise answer
    return cast("Result", answer)


def _taken() -> _Process:
    """Return a process that waits for a call: an idle one, or a new one."""
    while _idle:
        process = _idle.pop()
        if process.lives:
            return process
        process.end()
    return _Process()


@atexit.register
def _end_all() -> None:
    while _idle:
        _idle.pop().end()


def _lost(call: _Call, ended: int) -> RunawayDocumentError:
    how = Signals(-ended).name if ended < 0 else f"exit {ended}"
    limits = {"limit_s": call.limit_s, "memory_mb": call.memory_mb}
    return RunawayDocumentError(name=call.name, how=how, **limits)


# ------------------------------------------------------------------------ in the other process


def main() -> None:
    """Carry out calls from stdin until there are no more."""
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while (call := _next(calls)) is not None:
        limits = _limits(call)
        _limit(limits)
        try:
            answer = pickle.dumps(_answer(call))
        except MemoryError:
            os._exit(1)  # what it holds cannot be told
        _limit(dict.fromkeys(limits))  # else the next call is read within what was left
        try:
            answers.write(answer)
            answers.flush()
        except BrokenPipeError:
            os._exit(0)  # whoever asked was killed


def _next(calls: IO[bytes]) -> _Call | None:
    try:
        call: _Call = pickle.load(calls)  # noqa: S301  from the process that started this one
    except EOFError:
        return None
    return call


def _answer(call: _Call) -> object:
    try:
        return call.work()
    except MemoryError:
        raise
    except QkgError as error:
        return error
    except Exception as error:  # noqa: BLE001  the edge: one document must not stop the rest
        place = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {error}"
        return InternalFaultError(name=call.name, detail=detail)


def _limits(call: _Call) -> dict[str, int | None]:
    """Return the limits of the system for *call*, by name: nothing where it has none."""
    if sys.platform == "win32":
        return {}  # there the caller's clock is the only limit
    limits: dict[str, int | None] = {"RLIMIT_CPU": int(process_time() + call.limit_s) + 1}
    if sys.platform.startswith("linux"):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        limits["RLIMIT_AS"] = pages * os.sysconf("SC_PAGESIZE") + (call.memory_mb << 20)
    return limits


def _limit(limits: Mapping[str, int | None]) -> None:
    """Let the system end this process when it goes beyond; ``None`` takes a limit back."""
    for name, most in limits.items():
        import resource  # not everywhere, but where there are limits

        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        soft = hard if most is None else most if hard < 0 else min(most, hard)
        resource.setrlimit(kind, (soft, hard))
