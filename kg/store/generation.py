"""How a store says that it has changed, to every process that reads it."""

import contextlib
import secrets
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kg.errors import WriteRefusedError
from kg.store.changes import Changes, Graphs, Journal, union
from kg.vocab import PREFIXES

_NOTED = 4096  # writes of which a process can tell the graphs without a file
GENERATION_GRAPH = "urn:qualitykg:generation"  # where an outside store keeps it
READ_GENERATION = f"SELECT ?word {{ GRAPH <{GENERATION_GRAPH}> {{ ?s ?p ?word }} }}"


def next_generation() -> str:
    """Return the update that gives an outside store a new word."""
    here = f"<{GENERATION_GRAPH}>"
    statement = f'{here} <{PREFIXES["rdf"]}value> "{secrets.token_hex(8)}"'
    return f"DROP SILENT GRAPH {here} ; INSERT DATA {{ GRAPH {here} {{ {statement} }} }}"


def lasting(word: str) -> bool:
    """Return whether a word of a store means the same state whenever and wherever it is met.

    Not one that was read during a write; nor that of an outside store, which others may write to
    without a new word.

    >>> lasting("3f2a.12"), lasting("3f2a.13.1718"), lasting("9c41d2aa01b3e7f5")
    (True, False, False)
    """
    name, _, count = word.partition(".")
    return bool(name) and count.isdecimal() and int(count) % 2 == 0


class Generation(Protocol):
    """A word that is another one after every write."""

    @property
    def word(self) -> str:
        """Return the word."""
        ...

    @property
    def finished(self) -> int:
        """Return how many writes this process has carried out: cheaper to ask than the word."""
        ...

    def changes(self, since: str) -> Changes:
        """Return the word of what is settled now, and the graphs that were touched since a word."""
        ...

    def writing(self, graphs: Graphs = ...) -> contextlib.AbstractContextManager[None]:
        """Return a context to write to *graphs* in."""
        ...


@dataclass(slots=True)
class CountedGeneration:
    """For a store that lives in this process alone."""

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    count: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    noted: deque[tuple[int, Graphs]] = field(default_factory=lambda: deque(maxlen=_NOTED))

    @property
    def word(self) -> str:
        """Return the word."""
        return f"{self.name}.{self.count}"

    def changes(self, since: str) -> Changes:
        """Return the word of what is settled now, and the graphs that were touched since a word."""
        settled = self.count - self.count % 2
        first, noted = _settled_in(since, self.name), list(self.noted)
        graphs = None if first is None else union(noted, first, settled)
        return Changes(f"{self.name}.{settled}", graphs)

    @property
    def finished(self) -> int:
        """Return how many writes have been carried out."""
        return self.count // 2

    @contextlib.contextmanager
    def writing(self, graphs: Graphs = None) -> Iterator[None]:
        """Return a context to write in, one at a time; the word changes before and after."""
        with self.lock:
            self.noted.append((self.count + 2, graphs))
            self.count += 1
            try:
                yield
            finally:
                self.count += 1


@dataclass(frozen=True, slots=True)
class FrozenGeneration:
    """For a reader of a store as it was at one instant."""

    word: str
    finished: int = 0

    def changes(self, since: str) -> Changes:
        """Return the word, and no graphs where it is *since*."""
        return Changes(self.word, frozenset() if since == self.word else None)

    @contextlib.contextmanager
    def writing(self, graphs: Graphs = None) -> Iterator[None]:
        """Return a context that nobody enters.

        Raises:
            WriteRefusedError: Always.
        """
        raise WriteRefusedError(en="the store was opened to be read", zh="存储以只读方式打开")
        yield


@dataclass(slots=True)
class FileGeneration:
    """A sequence lock in a file beside the data: odd while a write is under way, even at rest.

    An odd word carries the instant at which it was read, so nobody takes what he saw during a write
    (or after a writer was killed in one) for what anyone else saw. The one writer, who settles it
    first, remembers what it wrote: a service asks for the word with every request.
    """

    path: Path
    finished: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    written: tuple[str, int] | None = None
    noted: deque[tuple[int, Graphs]] = field(default_factory=lambda: deque(maxlen=_NOTED))

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
        self.written = name, count + count % 2

    def changes(self, since: str) -> Changes:
        """Return the word of what is settled now, and the graphs that were touched since a word.

        What a write under way will touch is told once it is settled.
        """
        name, count = self._read()
        settled, first = count - count % 2, _settled_in(since, name)
        graphs = None if first is None else self._between(first, settled)
        return Changes(f"{name}.{settled}", graphs)

    def _between(self, first: int, settled: int) -> Graphs:
        graphs = union(list(self.noted), first, settled)  # what this process wrote it knows
        return self._journal.between(first, settled) if graphs is None else graphs

    @contextlib.contextmanager
    def writing(self, graphs: Graphs = None) -> Iterator[None]:
        """Return a context to write in, one at a time; the word changes before and after."""
        with self.lock:
            name, count = self._read()
            self._journal.note(count + 2 + count % 2, graphs)
            self.noted.append((count + 2 + count % 2, graphs))
            self._write(name, count + 1 + count % 2)
            try:
                yield
            finally:
                self.finished += 1  # before the word: who knows the word knows of the write
                self._write(name, count + 2 + count % 2)

    @property
    def _journal(self) -> Journal:
        return Journal(self.path.with_name("changes"))

    def _read(self) -> tuple[str, int]:
        if self.written is not None:
            return self.written
        try:
            name, _, count = self.path.read_text("ascii").partition(".")
            return name, int(count)
        except (FileNotFoundError, ValueError):
            return secrets.token_hex(4), 0

    def _write(self, name: str, count: int) -> None:
        if self.written is not None:
            self.written = name, count
        new = self.path.with_suffix(".new")
        new.write_text(f"{name}.{count}", "ascii")
        new.replace(self.path)


def _settled_in(word: str, name: str) -> int | None:
    """Return the last settled count of a word, ``None`` where it is a word of another store."""
    parts = word.split(".")
    if parts[0] != name or len(parts) == 1 or not parts[1].isdigit():
        return None
    count = int(parts[1])
    return count - count % 2
