"""Which files a build is asked to read."""

import os
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path

from kg.errors import NoDocumentsError
from kg.text.readers import known_suffixes


def readable_files(paths: Sequence[str | Path]) -> list[Path]:
    """Return the files that *paths* name: files, folders (searched whole) and globs, in order.

    Raises:
        NoDocumentsError: Nothing readable is there.
    """
    found = [file for path in paths for file in _expanded(Path(path))]
    if not found:
        raise NoDocumentsError(paths="、".join(str(path) for path in paths))
    return list(dict.fromkeys(found))


def _expanded(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(_below(path))
    if not path.exists() and has_magic(str(path)):
        return sorted(Path(match) for match in glob(str(path), recursive=True))  # noqa: PTH207  absolute too
    return [path]


def _below(folder: Path) -> Iterator[Path]:
    suffixes = known_suffixes()
    for place, _, names in os.walk(folder):
        yield from (
            file
            for name in names
            if os.path.splitext(name)[1].lower() in suffixes  # noqa: PTH122  ten times faster
            and (file := Path(place, name)).is_file()
        )
