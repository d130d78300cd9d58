"""Which documents are internal: a list of their keys in the home, beside the store and not in it.

So nothing that is done to the store can lose it, and a key stays on it when its document goes: the
same document, built again, is internal again.
"""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from kg.access.files import KeptFile

FILE = "internal.json"


class Internal:
    """The internal documents of one home, as the file says at the moment."""

    def __init__(self, home: Path) -> None:
        """Take note of where the file is, or may come to be."""
        self._file: KeptFile[frozenset[str]] = KeptFile(home / FILE, _keys, frozenset())

    def documents(self) -> frozenset[str]:
        """Return the keys of the internal documents.

        Raises:
            HomeError: The file is there and cannot be read.
        """
        return self._file.value

    def restrict(self, keys: Collection[str]) -> None:
        """Mark documents internal.

        Raises:
            HomeError: The file cannot be read or written.
        """
        with self._file.turn():
            self._write(self._file.value | frozenset(keys))

    def open(self, keys: Collection[str]) -> None:
        """Make documents public.

        Raises:
            HomeError: The file cannot be read or written.
        """
        with self._file.turn():
            self._write(self._file.value - frozenset(keys))

    def _write(self, keys: frozenset[str]) -> None:
        if keys != self._file.value:
            self._file.write({"documents": sorted(keys)})


@cache
def internal_of(home: Path) -> Internal:
    """Return the internal documents of *home*: one for a process, so that its file is read once."""
    return Internal(home)


def _keys(content: dict[str, list[str]]) -> frozenset[str]:
    keys = content["documents"]
    if not all(isinstance(key, str) for key in keys):
        message = "a key is no string"
        raise TypeError(message)
    return frozenset(keys)
