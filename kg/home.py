"""The data folder: where the store, the texts, the reports and the log of runs live.

    store/       the embedded RDF store
    texts/       by hash: <raw>.raw bytes as read, <text>.txt clean text, <raw>.map.json the way back,
                 <fingerprint>.source.json what a build was told of a document
    reports/     reports that were written without a path of their own
    runs.jsonl   one line a run: what was asked, what came of it
    labels.sqlite  names of the graph, for search: a cache that may be deleted at any time
    tables/      what analysis reads of the store, as Parquet: a cache likewise
    spill/       what gap rules have no memory for, while they run
    tokens.json, internal.json, audit.jsonl  who may do what, and who wrote what (`kg.access`)
    public/      what everybody may see of the store (`kg.editions`), while a service runs
    reference    hash of the ontology and authorities that the store was given
    format       the version of this layout (`kg.migration`)

Everything in texts/ is content-addressed and written whole or not at all.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import (
    DocumentTooLargeError,
    HomeError,
    MissingFileError,
    OccupiedFolderError,
    UnknownHomeError,
)
from kg.migration import FORMAT, steps

if TYPE_CHECKING:
    from kg.settings import Settings

FOLDERS = ("texts", "reports")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def sha256(data: bytes) -> str:
    """Return the SHA-256 of *data* in hexadecimal.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


def read_file(path: Path, settings: "Settings") -> bytes:
    """Return the bytes of the file at *path*.

    Raises:
        MissingFileError: There is no such file.
        DocumentTooLargeError: It is larger than the setting allows.
        HomeError: It cannot be read.
    """
    try:
        size_mb = path.stat().st_size / 1e6
        if size_mb > settings.max_document_mb:
            limit_mb = settings.max_document_mb
            raise DocumentTooLargeError(name=path.name, size_mb=size_mb, limit_mb=limit_mb)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingFileError(path=path) from error
    except OSError as error:
        raise HomeError(path=path, detail=error.strerror or error) from error


def write_blocks(path: Path, blocks: Iterable[bytes], *, mode: int = 0o666) -> None:
    """Write *blocks* to *path*, whole or not at all, with the permissions *mode* less the umask.

    Raises:
        HomeError: The file cannot be written.
    """
    own = threading.get_native_id()  # two may write the same
    draft = path.with_name(f".{path.name}.{own}.part")
    try:
        draft.unlink(missing_ok=True)  # one that was left may have been given other permissions
        with os.fdopen(os.open(draft, _NEW, mode), "wb") as file:
            file.writelines(blocks)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise HomeError(path=path, detail=error.strerror or error) from error
    finally:
        with suppress(OSError):  # what went wrong above is what is told
            draft.unlink(missing_ok=True)


def _is_content(path: Path) -> bool:
    """Return whether somebody keeps *path*: accounts and volumes begin with files of the system."""
    return not path.name.startswith(".") and path.name != "lost+found"


@dataclass(frozen=True, slots=True)
class Home:
    """A data folder that exists and has the right format."""

    path: Path

    @classmethod
    def create(cls, path: Path) -> "Home":
        """Return the home at *path*, made if it is not there.

        Raises:
            HomeError: The folder cannot be made, or holds something else.
            HomeFormatError: Another version of the product wrote it.
        """
        if (path / "format").exists():
            return cls.open(path)
        if path.exists() and (not path.is_dir() or any(map(_is_content, path.iterdir()))):
            raise OccupiedFolderError(path=path)
        try:
            for folder in FOLDERS:
                (path / folder).mkdir(parents=True, exist_ok=True)
            (path / "format").write_text(FORMAT, encoding="ascii")
        except OSError as error:
            raise HomeError(path=path, detail=error.strerror or error) from error
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> "Home":
        """Return the home at *path*; one that an older version wrote is brought up to this one.

        Raises:
            UnknownHomeError: There is none.
            HomeFormatError: A version of the product wrote it that this one does not know.
            HomeError: It cannot be brought up.
        """
        try:
            found = (path / "format").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UnknownHomeError(path=path) from error
        for step in steps(path, found):
            try:
                step.work(path)
            except OSError as error:
                raise HomeError(path=path, detail=error.strerror or error) from error
            write_blocks(path / "format", [step.new.encode()])
        return cls(path)

    @property
    def store(self) -> Path:
        """Return the folder of the embedded store."""
        return self.path / "store"

    @property
    def tables(self) -> Path:
        """Return the folder of the typed tables of the store."""
        return self.path / "tables"

    def labels(self, *, read_only: bool = False) -> Path:
        """Return the file of the search index; one who sees an older store has one of his own."""
        return self.path / ("labels-read-only.sqlite" if read_only else "labels.sqlite")

    @property
    def reference(self) -> str | None:
        """Return the hash of the ontology and authorities that the store was given."""
        path = self.path / "reference"
        return path.read_text(encoding="ascii") if path.exists() else None

    def note_reference(self, version: str) -> None:
        """Remember which ontology and authorities the store was given."""
        write_blocks(self.path / "reference", [version.encode()])

    def keep_raw(self, data: bytes) -> str:
        """Keep the bytes of a document; return their hash."""
        digest = sha256(data)
        self._keep(self._text(f"{digest}.raw"), data)
        return digest

    def keep_text(self, text: str, raw_sha256: str, rows: Sequence[Sequence[int]]) -> str:
        """Keep a clean text and its map to the raw text; return the hash of the text."""
        data = text.encode()
        digest = sha256(data)
        self._keep(self._text(f"{digest}.txt"), data)
        packed = json.dumps(rows, separators=(",", ":")).encode()
        # The map hangs on the rules of cleaning too: an older one must go.
        write_blocks(self._text(f"{raw_sha256}.map.json"), [packed])
        return digest

    def keep_source(self, fingerprint: str, source: Mapping[str, object]) -> None:
        """Keep what a build was told of a document, so that it can be read again alike."""
        data = json.dumps(source, ensure_ascii=False, sort_keys=True).encode()
        self._keep(self._text(f"{fingerprint}.source.json"), data)

    def source_of(self, fingerprint: str) -> tuple[dict[str, Any], bytes] | None:
        """Return what a build was told and the bytes it read, or None where they are not kept."""
        path = self._text(f"{fingerprint}.source.json")
        if not path.exists():
            return None
        source: dict[str, Any] = json.loads(path.read_bytes())
        raw = self._text(f"{source['raw_sha256']}.raw")
        return (source, raw.read_bytes()) if raw.exists() else None

    def raw_of(self, raw_sha256: str) -> bytes | None:
        """Return the bytes of a document by their hash, or None where they are not kept."""
        path = self._text(f"{raw_sha256}.raw")
        return path.read_bytes() if path.exists() else None

    def text_of(self, text_sha256: str) -> str | None:
        """Return a clean text by its hash, or None where it is not kept."""
        path = self._text(f"{text_sha256}.txt")
        return path.read_bytes().decode() if path.exists() else None

    def map_of(self, raw_sha256: str) -> list[list[int]] | None:
        """Return the map of a clean text to its raw text, or None where it is not kept, or torn."""
        path = self._text(f"{raw_sha256}.map.json")
        try:
            rows: list[list[int]] = json.loads(path.read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return rows

    def kept(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the promised hash of each file in texts/ that is named by its content."""
        for path in (self.path / "texts").iterdir():
            if path.suffix in (".raw", ".txt"):
                yield path.name, path.stem

    def digest(self, name: str) -> str:
        """Return the hash of what a file in texts/ holds now."""
        with self._text(name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def log_run(self, run: Mapping[str, object]) -> None:
        """Add one line to runs.jsonl."""
        with (self.path / "runs.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(run, ensure_ascii=False) + "\n")

    def _text(self, name: str) -> Path:
        return self.path / "texts" / name

    def _keep(self, path: Path, data: bytes) -> None:
        """Write what its name alone decides, unless it is there already, whole."""
        if not path.exists() or path.stat().st_size != len(data):
            write_blocks(path, [data])
