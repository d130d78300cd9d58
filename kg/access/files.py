"""Small JSON files of a home that only its owner reads: replaced whole, read again when they change."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from kg.errors import HomeError
from kg.home import write_blocks

Value = TypeVar("Value")
_OWNER = 0o600
_NOT_THERE = (0, 0, 0)


@dataclass(slots=True)
class KeptFile(Generic[Value]):
    """The value in a file; `value` looks at the file's inode, size and time and reads no more.

    Every write puts a new file in the place of the old one, so one that changed has another inode.
    """

    path: Path
    parse: Callable[[Any], Value]
    empty: Value
    _known: tuple[tuple[int, int, int], Value] | None = field(default=None, init=False)

    @property
    def value(self) -> Value:
        """Return what the file holds now, *empty* where there is none.

        Raises:
            HomeError: It cannot be read; nobody is let in by a file that says nothing.
        """
        state = self._state()
        known = self._known  # another thread may set it meanwhile
        if known is None or known[0] != state:
            known = state, self._read() if state != _NOT_THERE else self.empty
            self._known = known
        return known[1]

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Return a context in which no other process changes the file.

        Raises:
            HomeError: Nothing can be written beside it.
        """
        try:
            lock = os.open(
                self.path.with_name(f".{self.path.name}.lock"), os.O_RDWR | os.O_CREAT, _OWNER
            )
        except OSError as error:
            raise HomeError(path=self.path, detail=error.strerror or error) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def write(self, content: object) -> None:
        """Put *content* as JSON in the place of the file, whole or not at all.

        Raises:
            HomeError: It cannot be written.
        """
        data = json.dumps(content, ensure_ascii=False, indent=1).encode()
        write_blocks(self.path, [data], mode=_OWNER)

    def _state(self) -> tuple[int, int, int]:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return _NOT_THERE
        except OSError as error:
            raise HomeError(path=self.path, detail=error.strerror or error) from error
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _read(self) -> Value:
        try:
            return self.parse(json.loads(self.path.read_bytes()))
        except OSError as error:
            raise HomeError(path=self.path, detail=error.strerror or error) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            detail = f"its content is damaged ({error}); restore it from a backup"
            raise HomeError(path=self.path, detail=detail) from error
