"""The index of one store, kept in step with it."""

import os
import sqlite3
from collections.abc import Collection
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from kg.explore.search import database
from kg.explore.search.finding import Name, found
from kg.explore.search.reading import graphs_of, said
from kg.progress import Progress, in_silence
from kg.store.port import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTLED_TOGETHER = 20_000  # things whose names are made at once
_MANY = 1_000  # things touched, after which the parts of the index are merged


class LabelIndex:
    """Finds things of a store by their names.

    It is a cache: its file may be deleted at any time, and one that is broken, of another version or
    of another store is made anew. Where the file cannot be written, the index lives in memory.
    """

    def __init__(self, path: Path | None = None, *, progress: Progress = in_silence) -> None:
        """Return an index that is opened with the first question.

        Args:
            path: Its file; ``None`` keeps it in memory.
            progress: Called with how many graphs have been read, and of how many.
        """
        self._path = path
        self._progress = progress
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0

    def find(
        self, store: Store, query: str, *, types: Collection[str] = (), limit: int = 10
    ) -> list[Name]:
        """Return the best name of each thing that fits, best first; `kg.explore.search` says how.

        Raises:
            StoreError: The store failed.
        """
        with self._lock, self._sound():
            return found(self._in_step(store), query, types=types, limit=limit)
        with self._lock:  # the file was broken and has been deleted
            return found(self._in_step(store), query, types=types, limit=limit)

    def refresh(self, store: Store) -> None:
        """Bring the index in step with the store, so that the next question need not wait.

        Raises:
            StoreError: The store failed.
        """
        self.find(store, "")

    def close(self) -> None:
        """Let go of the file; the next question opens it again."""
        with self._lock:
            self._forget()

    # ----------------------------------------------------------------------- inside

    @contextmanager
    def _sound(self) -> "Iterator[None]":
        """Delete a file that is broken, and go on behind the block."""
        try:
            yield
        except sqlite3.DatabaseError:
            self._forget()
            if self._path is None:
                raise
            self._discard()

    def _in_step(self, store: Store) -> sqlite3.Connection:
        connection = self._opened(store.address)
        changes = store.changes(database.noted(connection, "generation"))
        if changes.graphs == frozenset():
            return connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            self._read(connection, store, changes.graphs)
            database.note(connection, "generation", changes.word)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        return connection

    def _read(
        self, connection: sqlite3.Connection, store: Store, touched: frozenset[str | None] | None
    ) -> None:
        there = graphs_of(store)
        known = database.known_graphs(connection)
        for graph in known.difference(there):
            database.drop(connection, graph)
        stale = [
            graph for graph in there if touched is None or graph in touched or graph not in known
        ]
        things = waiting = 0
        for number, (graph, words) in enumerate(said(store, stale), 1):
            waiting += database.put(connection, graph, words)
            self._progress(number, len(stale))
            if waiting > _SETTLED_TOGETHER:
                database.settle(connection)
                things, waiting = things + waiting, 0
        database.settle(connection)
        if things + waiting > _MANY:
            database.merge(connection)

    def _opened(self, address: str) -> sqlite3.Connection:
        if self._connection is not None and self._is_there():
            return self._connection
        self._forget()
        about = {"version": database.VERSION, "address": address}
        connection = self._connect()
        if any(database.noted(connection, key) not in ("", value) for key, value in about.items()):
            connection.close()
            self._discard()
            connection = self._connect()
        for key, value in about.items():
            database.note(connection, key, value)
        self._connection = connection
        self._inode = self._path.stat().st_ino if self._path else 0
        return connection

    def _connect(self) -> sqlite3.Connection:
        try:
            return database.connected(self._path)
        except sqlite3.OperationalError:
            self._path = None  # a folder that cannot be written
            return database.connected(None)

    def _is_there(self) -> bool:
        with suppress(OSError):
            return self._path is None or self._path.stat().st_ino == self._inode
        return False

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _discard(self) -> None:
        for ending in ("", "-journal"):
            with suppress(OSError):
                os.unlink(f"{self._path}{ending}")  # noqa: PTH108
