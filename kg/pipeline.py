"""The story in one place: bytes -> text -> mentions -> facts -> quads -> store.

`read_document` is pure, and runs in processes with limits; `build` is the one writer. A document is
replaced whole or not at all, so a build that is killed leaves each document old or new, and the
next build goes on where it stopped.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import cache, partial
from glob import glob, has_magic
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg import rdf
from kg.confined import within_limits
from kg.engine import mapper
from kg.errors import DocumentClashError, NoDocumentsError, QkgError
from kg.extract import extract
from kg.extract.metadata import UNTITLED
from kg.home import Home, read_file
from kg.ids import document_key, graph_iri
from kg.model import Decision, Extraction, Level, Metadata, Source, Span
from kg.settings import Settings
from kg.store import Store
from kg.text.clean import CleanText, clean
from kg.text.readers import OTHER_SUFFIXES, READABLE_SUFFIXES, read
from kg.vocab import Class, Property

# The rooms that decide what a reading says.
READING = (
    "text",
    "text/readers",
    "extract",
    "extract/bodies",
    "extract/duties",
    "extract/measures",
    "extract/metadata",
    "extract/relations",
    "extract/rules",
    "rdf",
)


class Status(StrEnum):
    """What became of one file in a build."""

    NEW = "new"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Reading:
    """One document, read and understood."""

    source: Source
    data: bytes
    cleaned: CleanText
    extraction: Extraction
    overrides: Metadata | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How a build reads: what is known about the documents, in how many processes or on what engine."""

    overrides: Metadata | None = None
    jobs: int = 1
    engine: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its status, and the error where it failed."""

    path: Path
    status: Status
    key: str | None = None
    error: QkgError | None = None
    reading: Reading | None = None


def read_document(
    name: str, data: bytes, *, settings: Settings, overrides: Metadata | None = None
) -> Reading:
    """Return what the document *data* with this file *name* says.

    Raises:
        DocumentError: The bytes cannot be read.
    """
    raw = read(name, data, settings=settings)
    cleaned = clean(raw.text)
    found = _titled(extract(cleaned.text, overrides=overrides), name)
    source = Source(
        key=document_key(name, found.metadata.title),
        name=name,
        media_type=raw.media_type,
        raw_sha256=raw.sha256,
        text_sha256=sha256(cleaned.text.encode()).hexdigest(),
        fingerprint=fingerprint(name, data, overrides),
    )
    issues = (*raw.issues, *cleaned.issues, *found.issues)
    return Reading(source, data, cleaned, replace(found, issues=issues), overrides)


def read_confined(
    name: str, data: bytes, *, settings: Settings, overrides: Metadata | None = None
) -> Reading:
    """Return the same as `read_document`, read within limits: *data* may be anybody's.

    Raises:
        DocumentError: The bytes cannot be read, or take more than *settings* allow.
    """
    work = partial(read_document, name, data, settings=settings, overrides=overrides)
    return within_limits(work, name=name, settings=settings)


def _titled(found: Extraction, name: str) -> Extraction:
    """Return *found* under the name of its file where the text says no title of its own."""
    if found.metadata.title_span or found.metadata.title != UNTITLED:
        return found
    return replace(found, metadata=replace(found.metadata, title=Path(name).stem))


def store_document(reading: Reading, *, home: Home, store: Store) -> None:
    """Put one document into *home* and *store*, in the place of its earlier version."""
    keep_reading(reading, home=home)
    with store.turn:
        decided = decisions(store, reading.source.key)
        store.replace(graph_iri(reading.source.key), quads_of(reading, decided))


def keep_reading(reading: Reading, *, home: Home) -> None:
    """Keep the bytes, the text and what the build was told, so that it can be read again."""
    raw_sha256 = home.keep_raw(reading.data)
    home.keep_text(reading.cleaned.text, raw_sha256, reading.cleaned.to_map())
    overrides = reading.overrides and asdict(reading.overrides)
    told = {"name": reading.source.name, "raw_sha256": raw_sha256, "overrides": overrides}
    home.keep_source(reading.source.fingerprint, told)


def quads_of(reading: Reading, decided: Sequence[Decision]) -> bytes:
    """Return what a document says as N-Quads, with the decisions on it carried out."""
    return rdf.quads(reading.source, reading.extraction, reading.cleaned, decisions=decided)


def decisions(store: Store, document: str | None = None) -> list[Decision]:
    """Return what reviewers decided, on one document where its key is given."""
    return rdf.decisions_in(store.select(rdf.decisions_query(document)).dicts())


def document_keys(store: Store) -> frozenset[str]:
    """Return the keys of all documents that were built into *store*."""
    return frozenset(_fingerprints(store).values())


def read_again(key: str, *, home: Home, store: Store, settings: Settings) -> Reading | None:
    """Return a document of the store read anew from the bytes in *home*, as its build was told.

    It is ``None`` where the home does not have them: the document came as facts, or was built with
    another home.

    Raises:
        DocumentError: The bytes cannot be read.
    """
    found = {document: print_ for print_, document in _fingerprints(store).items()}
    kept = home.source_of(found[key]) if key in found else None
    if kept is None:
        return None
    source, data = kept
    told = source["overrides"]
    overrides = Metadata(**{**told, **_typed(told)}) if told else None
    return read_confined(source["name"], data, settings=settings, overrides=overrides)


def _typed(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what JSON has no words for, so that the fingerprint of a build stays the same."""
    span = told["title_span"]
    return {
        "level": Level(told["level"]) if told["level"] else None,
        "implements": tuple(told["implements"]),
        "title_span": Span(**span) if span else None,
    }


def build(
    paths: Sequence[Path], *, home: Home, store: Store, settings: Settings, options: Options
) -> Iterator[Outcome]:
    """Yield what became of each file of *paths* (see `readable_files`), as it is stored."""
    known = _fingerprints(store)
    seen: dict[str, Outcome] = {}
    for outcome in _read_all(paths, settings, options, frozenset(known)):
        status = _clash(outcome, seen) or outcome
        if status.reading is not None and status.status is Status.NEW:
            status = _stored(status, home=home, store=store, known=set(known.values()))
        yield status


def readable_files(paths: Sequence[str | Path]) -> list[Path]:
    """Return the files that *paths* name: files, folders (searched whole) and globs, in order.

    Raises:
        NoDocumentsError: Nothing readable is there.
    """
    found = [file for path in paths for file in _expanded(Path(path))]
    if not found:
        raise NoDocumentsError(paths="、".join(str(path) for path in paths))
    return list(dict.fromkeys(found))


def fingerprint(name: str, data: bytes, overrides: Metadata | None) -> str:
    """Return a hash of all that decides what a build makes of *data*."""
    parts = (name.encode(), data, repr(overrides).encode(), _rules_digest().encode())
    return sha256(b"\x1f".join(sha256(part).digest() for part in parts)).hexdigest()


@cache
def _rules_digest() -> str:
    """Hash every file that reading depends on, code and data: new rules mean a new build."""
    digest = sha256()
    for room in READING:
        for item in sorted(files("kg").joinpath(room).iterdir(), key=lambda item: item.name):
            if item.name.endswith((".py", ".toml", ".tsv")):
                digest.update(item.read_bytes())
    return digest.hexdigest()


def _expanded(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(
            file
            for file in path.rglob("*")
            if file.suffix.lower() in READABLE_SUFFIXES | OTHER_SUFFIXES and file.is_file()
        )
    if not path.exists() and has_magic(str(path)):
        return sorted(Path(match) for match in glob(str(path), recursive=True))  # noqa: PTH207  absolute too
    return [path]


def _read_all(
    paths: Sequence[Path], settings: Settings, options: Options, known: frozenset[str]
) -> Iterator[Outcome]:
    here = Path.cwd()  # an executor elsewhere stands in another folder
    work = partial(
        _read_file, folder=here, settings=settings, overrides=options.overrides, known=known
    )
    with mapper(options.engine, jobs=options.jobs) as chosen:
        yield from chosen.map(work, paths)


def _read_file(
    path: Path,
    *,
    folder: Path,
    settings: Settings,
    overrides: Metadata | None,
    known: frozenset[str],
) -> Outcome:
    try:
        data = read_file(folder / path, settings)
        if fingerprint(path.name, data, overrides) in known:
            return Outcome(path, Status.UNCHANGED)
        reading = read_confined(path.name, data, settings=settings, overrides=overrides)
    except QkgError as error:
        return Outcome(path, Status.FAILED, error=error)
    return Outcome(path, Status.NEW, key=reading.source.key, reading=reading)


def _clash(outcome: Outcome, seen: dict[str, Outcome]) -> Outcome | None:
    """Return what is wrong where another file of this build has the same identity."""
    if outcome.reading is None or outcome.key is None:
        return None
    first = seen.setdefault(outcome.key, outcome)
    if first is outcome or first.reading is None:
        return None
    if first.reading.source.fingerprint == outcome.reading.source.fingerprint:
        return replace(outcome, status=Status.UNCHANGED)
    clash = DocumentClashError(name=outcome.path, other=first.path, key=outcome.key)
    return replace(outcome, status=Status.FAILED, error=clash)


def _stored(outcome: Outcome, *, home: Home, store: Store, known: set[str]) -> Outcome:
    assert outcome.reading is not None  # noqa: S101  the caller looked
    try:
        store_document(outcome.reading, home=home, store=store)
    except QkgError as error:
        return replace(outcome, status=Status.FAILED, error=error)
    return replace(outcome, status=Status.REPLACED if outcome.key in known else Status.NEW)


def _fingerprints(store: Store) -> dict[str, str]:
    """Map the fingerprint of each document in *store* to its key."""
    table = store.select(
        f"SELECT ?print ?document {{ ?document a <{Class.DOCUMENT}> ; "
        f"<{Property.FINGERPRINT}> ?print }}"
    )
    return {str(row[0]): str(row[1]).rpartition("/")[2] for row in table.rows}
