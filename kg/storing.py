"""What was read comes into the home and the store, many documents in one go.

Twenty plans together cost the store that ships less than half of what they cost one by one. Each
document is there whole or not at all, and one that cannot be stored keeps no other out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from time import monotonic

from kg import rdf
from kg.errors import QkgError
from kg.home import Home
from kg.ids import document_of, graph_iri
from kg.model import Decision
from kg.rdf import DECISION_GRAPH
from kg.reading import Reading, quads_of
from kg.store import Store

_TOGETHER_BYTES = 16_000_000  # of quads, some twenty plans: the engine takes 300 MB for them
_TOGETHER_S = 1.0
_WRITERS = 8  # files on their way to the disk at once, each waiting until it is there


class Status(StrEnum):
    """What became of one file in a build."""

    NEW = "new"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its status, the error where it failed, how long its text is."""

    path: Path
    status: Status
    key: str | None = None
    error: QkgError | None = None
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was read: what it says, and the same as N-Quads, before any decisions."""

    path: Path
    reading: Reading
    quads: bytes

    @property
    def key(self) -> str:
        """Return the key of the document."""
        return self.reading.source.key

    def became(self, status: Status, error: QkgError | None = None) -> Outcome:
        """Return what became of it."""
        return Outcome(self.path, status, self.key, error, len(self.reading.cleaned.text))


def together(found: Iterable[Taken | Outcome]) -> Iterator[list[Taken | Outcome]]:
    """Yield in lists what is found within a time, or less where that would be much to hold."""
    batch: list[Taken | Outcome] = []
    size, began = 0, monotonic()
    for one in found:
        batch.append(one)
        size += len(one.quads) if isinstance(one, Taken) else 0
        if size >= _TOGETHER_BYTES or monotonic() - began >= _TOGETHER_S:
            yield batch
            batch, size, began = [], 0, monotonic()
    if batch:
        yield batch


def became(taken: Taken, *, known: frozenset[str], failed: Mapping[str, QkgError]) -> Outcome:
    """Return what became of a file that was to be stored.

    Args:
        taken: The file.
        known: Keys of the documents that were there before.
        failed: What went wrong with which, by key.
    """
    if taken.key in failed:
        return taken.became(Status.FAILED, failed[taken.key])
    return taken.became(Status.REPLACED if taken.key in known else Status.NEW)


def stored(taken: Sequence[Taken], *, home: Home, store: Store) -> dict[str, QkgError]:
    """Put documents into *home* and *store*; return what went wrong with which, by their keys."""
    with ThreadPoolExecutor(_WRITERS) as writers:
        errors = list(writers.map(partial(_kept, home=home), taken))
    failed = {one.key: error for one, error in zip(taken, errors, strict=True) if error}
    fine = [one for one in taken if one.key not in failed]
    with store.turn:
        decided = _decided(store)
        graphs = {one.key: _with(decided.get(one.key, ()), one) for one in fine}
        return failed | _put(graphs, store)


def _kept(taken: Taken, *, home: Home) -> QkgError | None:
    try:
        keep_reading(taken.reading, home=home)
    except QkgError as error:
        return error
    return None


def _decided(store: Store) -> dict[str, list[Decision]]:
    """Return what reviewers decided, by the key of the document that it is on."""
    found: dict[str, list[Decision]] = {}
    if store.has_graph(DECISION_GRAPH):
        for decision in decisions(store):
            found.setdefault(document_of(decision.statement), []).append(decision)
    return found


def _with(decided: Sequence[Decision], taken: Taken) -> bytes:
    return quads_of(taken.reading, decided) if decided else taken.quads


def _put(documents: Mapping[str, bytes], store: Store) -> dict[str, QkgError]:
    """Put the N-Quads of documents, by key, into *store*; one that fails keeps no other out."""
    try:
        store.replace_each({graph_iri(key): quads for key, quads in documents.items()})
    except QkgError as error:
        if len(documents) == 1:
            return dict.fromkeys(documents, error)
        return {
            failed: reason
            for key, quads in documents.items()
            for failed, reason in _put({key: quads}, store).items()
        }
    return {}


def keep_reading(reading: Reading, *, home: Home) -> None:
    """Keep the bytes, the text and what the build was told, so that it can be read again."""
    raw_sha256 = home.keep_raw(reading.data)
    home.keep_text(reading.cleaned.text, raw_sha256, reading.cleaned.to_map())
    overrides = reading.overrides and asdict(reading.overrides)
    told = {"name": reading.source.name, "raw_sha256": raw_sha256, "overrides": overrides}
    home.keep_source(reading.source.fingerprint, told)


def decisions(store: Store, document: str | None = None) -> list[Decision]:
    """Return what reviewers decided, on one document where its key is given."""
    return rdf.decisions_in(store.select(rdf.decisions_query(document)).dicts())
