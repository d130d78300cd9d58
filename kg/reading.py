"""One document, from bytes to quads: read, cleaned, understood, in a process of its own where asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from kg import rdf
from kg.confined import within_limits
from kg.extract import extract
from kg.extract.metadata import UNTITLED
from kg.ids import document_key
from kg.model import Decision, Extraction, Metadata, Source
from kg.plugins import Kind, plugins
from kg.settings import Settings
from kg.text.clean import CleanText, clean
from kg.text.readers import read
from kg.text.uncollected import uncollected

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


@dataclass(frozen=True, slots=True)
class Reading:
    """One document, read and understood."""

    source: Source
    data: bytes
    cleaned: CleanText
    extraction: Extraction
    overrides: Metadata | None = None


def read_document(
    name: str, data: bytes, *, settings: Settings, overrides: Metadata | None = None
) -> Reading:
    """Return what the document *data* with this file *name* says.

    Raises:
        DocumentError: The bytes cannot be read.
    """
    raw = read(name, data, settings=settings)
    with uncollected():
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


def read_and_said(
    name: str, data: bytes, *, settings: Settings, overrides: Metadata | None = None
) -> tuple[Reading, bytes]:
    """Return the same as `read_confined`, and what it says as N-Quads, written there too.

    Raises:
        DocumentError: The bytes cannot be read, or take more than *settings* allow.
    """
    work = partial(_with_quads, name, data, settings=settings, overrides=overrides)
    return within_limits(work, name=name, settings=settings)


def _with_quads(
    name: str, data: bytes, *, settings: Settings, overrides: Metadata | None
) -> tuple[Reading, bytes]:
    reading = read_document(name, data, settings=settings, overrides=overrides)
    return reading, quads_of(reading, ())


def _titled(found: Extraction, name: str) -> Extraction:
    """Return *found* under the name of its file where the text says no title of its own."""
    if found.metadata.title_span or found.metadata.title != UNTITLED:
        return found
    return replace(found, metadata=replace(found.metadata, title=Path(name).stem))


def quads_of(reading: Reading, decided: Sequence[Decision]) -> bytes:
    """Return what a document says as N-Quads, with the decisions on it carried out."""
    return rdf.quads(reading.source, reading.extraction, reading.cleaned, decisions=decided)


def fingerprint(name: str, data: bytes, overrides: Metadata | None) -> str:
    """Return a hash of all that decides what a build makes of *data*."""
    parts = (name.encode(), data, repr(overrides).encode(), _rules_digest().encode())
    return sha256(b"\x1f".join(sha256(part).digest() for part in parts)).hexdigest()


@cache
def _rules_digest() -> str:
    """Hash all that reading depends on, code and data: new rules mean a new build.

    What other packages add counts by their versions.
    """
    digest = sha256()
    for room in READING:
        for item in sorted(files("kg").joinpath(room).iterdir(), key=lambda item: item.name):
            if item.name.endswith((".py", ".toml", ".tsv")):
                digest.update(item.read_bytes())
    for added in (*plugins(Kind.READERS), *plugins(Kind.RULES)):
        digest.update(f"{added.kind} {added.name} {added.package}".encode())
    return digest.hexdigest()
