"""A copy of a home as it is at one instant, made while others write to it, and the way back.

Hard links hold the instant: first the store's files, then the texts, and again where a build put a
text there meanwhile. What can be made anew at any time (search index, tables) stays out. A copy
lists its files with their hashes, and is there whole or not at all; so is what comes back from it.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kg.errors import BackupError, BusyHomeError, HomeError, HomeFormatError, OccupiedFolderError
from kg.home import FOLDERS, Home, write_blocks
from kg.migration import FORMAT, FORMATS
from kg.progress import Progress, in_silence
from kg.store.embedded.linking import linked
from kg.store.embedded.place import DATA
from kg.store.embedded.views import VIEWS, View
from kg.version import __version__

LIST = "backup.json"

_STORE, _TEXTS = "store", "texts"
_MADE_ANEW = ("labels", "tables", "public")  # how the names of caches begin
_ATTEMPTS, _PAUSE_S = 50, 0.02
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy: where it is, how many files and bytes it has, when it was made and by which version."""

    path: Path
    files: Mapping[str, str]
    size: int
    made_at: str
    version: str


def backup(home: Home, target: Path, *, now: datetime, progress: Progress = in_silence) -> Backup:
    """Copy *home* as it is at one instant to *target*; who writes to it need not stop.

    Args:
        home: What is copied.
        target: A new or empty folder, on any disk.
        now: When it is made.
        progress: Called with how many files have been copied, and of how many.

    Raises:
        HomeError: *target* holds other things, or cannot be written.
        StoreUnavailableError: The store is written to without a pause.
    """
    with _arriving(target) as draft, _instant(home) as files:
        hashes: dict[str, str] = {}
        for name, file in files.items():
            hashes[name] = _copied(file, draft / name)
            progress(len(hashes), len(files))
        made = now.isoformat(timespec="seconds")
        size = sum((draft / name).stat().st_size for name in hashes)
        told = {"format": FORMAT, "version": __version__, "made_at": made, "files": hashes}
        write_blocks(draft / LIST, [json.dumps(told, indent=1).encode()])
    return Backup(target, hashes, size, made, __version__)


def restore(source: Path, target: Path, *, progress: Progress = in_silence) -> Backup:
    """Make a home at *target* from the copy at *source*, after every file proved to be what it was.

    Args:
        source: What `backup` made.
        target: A new or empty folder.
        progress: Called with how many files have come back, and of how many.

    Raises:
        BackupError: *source* is no copy, or a file of it is lost, altered or one too many.
        HomeFormatError: A version of the product made it that this one does not know.
        HomeError: *target* holds other things, or cannot be written.
    """
    found = _listed(source)
    with _arriving(target) as draft:
        for folder in FOLDERS:  # a copy lists files alone
            (draft / folder).mkdir()
        for number, (name, digest) in enumerate(found.files.items(), 1):
            if _copied(source / name, draft / name) != digest:
                raise _damaged(source, f"{name} is not what it was", f"{name} 已被改动")
            progress(number, len(found.files))
    return found


def _listed(source: Path) -> Backup:
    """Return what a copy says of itself, once its files are those that it names."""
    try:
        told = json.loads((source / LIST).read_bytes())
        files = dict(told["files"])
        found = Backup(source, files, 0, str(told["made_at"]), str(told["version"]))
        format_ = str(told["format"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        en, zh = f"it has no readable {LIST}", f"没有可读的 {LIST}"
        raise _damaged(source, en, zh) from error
    if format_ not in FORMATS:
        raise HomeFormatError(path=source, found=format_, expected=FORMAT)
    there = set(_below(source)) - {LIST}
    for name in sorted(there ^ files.keys()):
        if name in there:
            raise _damaged(source, f"{name} does not belong to it", f"{name} 不属于该备份")
        raise _damaged(source, f"{name} is lost", f"缺少 {name}")
    return found


def _damaged(source: Path, en: str, zh: str) -> BackupError:
    return BackupError(path=source, en=en, zh=zh)


@contextmanager
def _instant(home: Home) -> Iterator[dict[str, Path]]:
    """Give the files of a home as they are at one instant, by the names they have in a copy."""
    try:
        view = View.taken(home.store / VIEWS)
    except OSError as error:
        raise HomeError(path=home.path, detail=error.strerror or error) from error
    try:
        texts = view.folder / _TEXTS
        _linked_together(home, view.folder / DATA, texts)
        places = {f"{_STORE}/{DATA}": view.folder / DATA, _TEXTS: texts}
        held = {
            f"{at}/{name}": file for at, top in places.items() for name, file in _below(top).items()
        }
        yield {**_below(home.path, leaving=(_STORE, _TEXTS, *_MADE_ANEW)), **held}
    finally:
        view.close()


def _linked_together(home: Home, data: Path, texts: Path) -> None:
    """Link the store's files, then the texts, until no text came or went between."""
    for _ in range(_ATTEMPTS):
        before = _state(home.path / _TEXTS)
        linked(home.store / DATA, data)
        shutil.rmtree(texts, ignore_errors=True)
        texts.mkdir()
        for name in before:
            if not name.startswith("."):
                os.link(home.path / _TEXTS / name, texts / name)
        if _state(home.path / _TEXTS) == before:
            return
        time.sleep(_PAUSE_S)
    raise BusyHomeError(path=home.path)


def _state(folder: Path) -> dict[str, int]:
    """Return the files of a folder; one that is written anew has another number."""
    return {entry.name: entry.inode() for entry in os.scandir(folder)}


def _below(folder: Path, *, leaving: tuple[str, ...] = ()) -> dict[str, Path]:
    """Return the files at any depth below *folder* by name, but for *leaving* and drafts of writes."""
    found: dict[str, Path] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder)
        if not name.parts[0].startswith(leaving) and not file.name.startswith("."):
            found[name.as_posix()] = file
    return found


@contextmanager
def _arriving(target: Path) -> Iterator[Path]:
    """Give a draft of the folder *target*, which comes into its place at the end, or is gone."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OccupiedFolderError(path=target)
    draft = target.with_name(f".{target.name}.part")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        yield draft
        if target.exists():
            target.rmdir()
        draft.replace(target)
    except OSError as error:
        raise HomeError(path=target, detail=error.strerror or error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _copied(file: Path, copy: Path) -> str:
    """Copy a file and return the hash of what was copied; it is on the disk when this returns."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with file.open("rb") as source, copy.open("wb") as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    shutil.copymode(file, copy)  # tokens are their owner's alone, in a copy too
    return digest.hexdigest()
