"""The story in one place: bytes -> text -> mentions -> facts -> quads -> store.

`kg.reading` makes quads of one document, in processes with limits; `build` is the one writer. A document is
replaced whole or not at all, so a build that is killed leaves each document old or new, and the
next build goes on where it stopped.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kg.access import internal_of
from kg.engine import mapper
from kg.errors import DocumentClashError, QkgError
from kg.home import Home, read_file
from kg.ids import iri
from kg.model import Level, Metadata, Span
from kg.reading import Reading, fingerprint, read_and_said, read_confined
from kg.settings import Settings
from kg.store import Store
from kg.storing import Outcome, Status, Taken, became, stored, together
from kg.vocab import Class, Property


@dataclass(frozen=True, slots=True)
class Options:
    """How a build reads: what is known about the documents, how many at once.

    ``internal`` documents are marked so before they are stored: nobody sees them for a moment.
    """

    overrides: Metadata | None = None
    jobs: int = 1
    internal: bool = False


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
    prints = store.select(
        f"SELECT ?print {{ <{iri('document', key)}> <{Property.FINGERPRINT}> ?print }}"
    )
    kept = next(filter(None, (home.source_of(str(row[0])) for row in prints.rows)), None)
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
) -> Iterator[list[Outcome]]:
    """Yield what became of the files of *paths*, in their order, as they are stored together."""
    known = _fingerprints(store)
    keys = frozenset(known.values())
    seen: dict[str, tuple[Path, str]] = {}
    for found in together(_read_all(paths, settings, options, known)):
        judged = [_clash(one, seen) if isinstance(one, Taken) else one for one in found]
        if options.internal:
            internal_of(home.path).restrict([one.key for one in judged if one.key])
        taken = [one for one in judged if isinstance(one, Taken)]
        failed = stored(taken, home=home, store=store)
        yield [
            became(one, known=keys, failed=failed) if isinstance(one, Taken) else one
            for one in judged
        ]


def _read_all(
    paths: Sequence[Path], settings: Settings, options: Options, known: Mapping[str, str]
) -> Iterator[Taken | Outcome]:
    here = Path.cwd()  # an executor elsewhere stands in another folder
    work = partial(
        _read_file, folder=here, settings=settings, overrides=options.overrides, known=known
    )
    with mapper(settings.engine, jobs=options.jobs) as chosen:
        yield from chosen.map(work, paths)


def _read_file(
    path: Path,
    *,
    folder: Path,
    settings: Settings,
    overrides: Metadata | None,
    known: Mapping[str, str],
) -> Taken | Outcome:
    try:
        data = read_file(folder / path, settings)
        key = known.get(fingerprint(path.name, data, overrides))
        if key is not None:
            return Outcome(path, Status.UNCHANGED, key)
        reading, quads = read_and_said(path.name, data, settings=settings, overrides=overrides)
    except QkgError as error:
        return Outcome(path, Status.FAILED, error=error)
    return Taken(path, reading, quads)


def _clash(taken: Taken, seen: dict[str, tuple[Path, str]]) -> Taken | Outcome:
    """Return *taken*, or what is wrong where another file of this build has the same identity."""
    own = taken.path, taken.reading.source.fingerprint
    path, fingerprint_ = seen.setdefault(taken.key, own)
    if path == taken.path:
        return taken
    if fingerprint_ == own[1]:
        return taken.became(Status.UNCHANGED)
    clash = DocumentClashError(name=taken.path, other=path, key=taken.key)
    return taken.became(Status.FAILED, clash)


def _fingerprints(store: Store) -> dict[str, str]:
    """Map the fingerprint of each document in *store* to its key."""
    table = store.select(
        f"SELECT ?print ?document {{ ?document a <{Class.DOCUMENT}> ; "
        f"<{Property.FINGERPRINT}> ?print }}"
    )
    return {str(row[0]): str(row[1]).rpartition("/")[2] for row in table.rows}
