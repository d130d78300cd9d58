"""How fast documents are read: read, clean, segment, extract, and the whole, in characters a second.

The texts are the shipped plans and their damaged copies, in CPU time of one core. Where the drafts
that the product grew from lie beside the repository, they run on the same texts and give the ratio.
"""

import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from bench.measure import Measure, Result, cpu_seconds
from kg.extract import extract
from kg.reading import read_document
from kg.settings import Settings
from kg.text.clean import clean
from kg.text.readers import read
from kg.text.segment import segment

T = TypeVar("T")

_ROOT = Path(__file__).parents[1]
_DRAFTS = _ROOT.parent / "shared" / "drafts" / "text"
_REAL = "../../shared/corpus/docs"  # from data/; not part of the product
_UNIT = "characters/s"
_DOCUMENTS = 1000


def reading() -> Iterator[Result]:
    """Yield the rate of bytes to text."""
    files = _files("plans")
    settings = Settings()
    work = lambda: [read(path.name, data, settings=settings) for path, data in files]  # noqa: E731
    yield _rate("read", work, _texts("plans"))


def cleaning() -> Iterator[Result]:
    """Yield the rate of cleaning, on clean and on damaged text."""
    for name, folder in (("clean, clean text", "plans"), ("clean, damaged text", "damaged")):
        texts = _texts(folder)
        peer = _draft("cleaner", "clean")
        yield _rate(name, partial(_each, clean, texts), texts, peer)


def segmenting() -> Iterator[Result]:
    """Yield the rate of cutting clean text into blocks."""
    texts = _texts("plans")
    yield _rate("segment", lambda: list(map(segment, texts)), texts)


def extracting() -> Iterator[Result]:
    """Yield the rate of extraction from clean text, segmentation included."""
    texts = _texts("plans")
    peer = _draft("extractor", "extract")
    yield _rate("extract", lambda: list(map(extract, texts)), texts, peer)


def whole() -> Iterator[Result]:
    """Yield the rate of bytes to facts on plain text."""
    settings = Settings()
    for name, folder in (("whole, shipped plans", "plans"), ("whole, real plans", _REAL)):
        files = _files(folder)
        if not files:
            continue
        work = partial(
            _each, lambda one: read_document(one[0].name, one[1], settings=settings), files
        )
        yield _rate(name, work, _texts(folder))


def memory() -> Iterator[Result]:
    """Yield what the process grew by over a thousand documents, after the first hundred."""
    files, settings = _files("plans") + _files("damaged"), Settings()
    for number in range(_DOCUMENTS):
        path, data = files[number % len(files)]
        read_document(
            f"{number}-{path.name}", data + b"\n" * (number // len(files)), settings=settings
        )
        if number == 100:
            before = _resident_mb()
    yield Result("memory, after 100 documents", before, "MB")
    yield Result("memory, after 1,000 documents", _resident_mb(), "MB")


MEASURES: dict[str, Measure] = {
    "read": reading,
    "clean": cleaning,
    "segment": segmenting,
    "extract": extracting,
    "whole": whole,
    "memory": memory,
}


@cache
def _files(folder: str) -> list[tuple[Path, bytes]]:
    paths = sorted((_ROOT / "data" / folder).glob("*.txt"))
    return [(path, path.read_bytes()) for path in paths]


@cache
def _texts(folder: str) -> list[str]:
    settings = Settings()
    return [read(path.name, data, settings=settings).text for path, data in _files(folder)]


def _each(work: Callable[[T], object], things: Sequence[T]) -> None:
    for one in things:
        work(one)


def _rate(
    name: str,
    work: Callable[[], object],
    texts: Sequence[str],
    peer: Callable[[str], object] | None = None,
) -> Result:
    seconds = cpu_seconds(work)
    ratio = cpu_seconds(lambda: list(map(peer, texts))) / seconds if peer else None
    return Result(name, sum(map(len, texts)) / seconds, _UNIT, ratio)


def _draft(module: str, function: str) -> Callable[[str], object] | None:
    """Return a function of the drafts, ``None`` where they are not there or do not load."""
    if not _DRAFTS.is_dir():
        return None
    sys.path.insert(0, str(_DRAFTS))
    try:
        found: Callable[[str], object] = getattr(importlib.import_module(module), function)
    except (ImportError, OSError, AttributeError):
        return None
    finally:
        sys.path.remove(str(_DRAFTS))
    return found


def _resident_mb() -> float:
    """Return the resident memory of this process, from Linux's /proc, else 0."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
