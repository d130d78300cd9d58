"""How a store says that it has changed, to every process that reads it."""

import contextlib
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kg.errors import WriteRefusedError
from kg.vocab import PREFIXES

GENERATION_GRAPH = "urn:qualitykg:generation"  # where an outside store keeps it
READ_GENERATION = f"SELECT ?word {{ GRAPH <{GENERATION_GRAPH}> {{ ?s ?p ?word }} }}"


def next_generation() -> str:
    """Return the update that gives an outside store a new word."""
    here = f"<{GENERATION_GRAPH}>"
    statement = f'{here} <{PREFIXES["rdf"]}value> "{secrets.token_hex(8)}"'
    return f"DROP SILENT GRAPH {here} ; INSERT DATA {{ GRAPH {here} {{ {statement} }} }}"


class Generation(Protocol):
    """A word that is another one after every write."""

    @property
    def word(self) -> str:
        """Return the word."""
        ...

    def writing(self) -> contextlib.AbstractContextManager[None]:
        """Return a context to write in."""
        ...


@dataclass(slots=True)
class CountedGeneration:
    """For a store that lives in this process alone."""

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    count: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def word(self) -> str:
        """Return the word."""
        return f"{self.name}.{self.count}"

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Return a context to write in, one at a time; the word changes before and after."""
        with self.lock:
            self.count += 1
            try:
                yield
            finally:
                self.count += 1


@dataclass(frozen=True, slots=True)
class FrozenGeneration:
    """For a reader of a store as it was at one instant."""

    word: str

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Return a context that nobody enters.

        Raises:
            WriteRefusedError: Always.
        """
        raise WriteRefusedError(en="the store was opened to be read", zh="存储以只读方式打开")
        yield


@dataclass(frozen=True, slots=True)
class FileGeneration:
    """A sequence lock in a file beside the data: odd while a write is under way, even at rest.

    An odd word carries the instant at which it was read, so nobody takes what he saw during a write
    (or after a writer was killed in one) for what anyone else saw.
    """

    path: Path
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def word(self) -> str:
        """Return the word."""
        name, count = self._read()
        return f"{name}.{count}" if count % 2 == 0 else f"{name}.{count}.{time.time_ns()}"

    def settle(self) -> None:
        """Put an even count in the place of an odd one that a killed writer left, or the first."""
        name, count = self._read()
        if count % 2 or not self.path.exists():
            self._write(name, count + count % 2)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Return a context to write in, one at a time; the word changes before and after."""
        with self.lock:
            name, count = self._read()
            self._write(name, count + 1 + count % 2)
            try:
                yield
            finally:
                self._write(name, count + 2 + count % 2)

    def _read(self) -> tuple[str, int]:
        try:
            name, _, count = self.path.read_text("ascii").partition(".")
            return name, int(count)
        except (FileNotFoundError, ValueError):
            return secrets.token_hex(4), 0

    def _write(self, name: str, count: int) -> None:
        new = self.path.with_suffix(".new")
        new.write_text(f"{name}.{count}", "ascii")
        new.replace(self.path)
