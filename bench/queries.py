"""How the saved queries grow: ``python -m bench.queries`` times each on nations of three sizes.

What users get is measured: the port's own select on the embedded store on disk, a named graph for
each document, all merged, rows turned into plain values. CPU time of the process (the engine works
in it), the least of the runs. Each query runs in a process of its own that is ended when its CPU
time is over.

Reading itself slows down as a store outgrows the caches of the machine, the more so while others
work on it. So a yardstick that is linear by its nature, each element with its document and its
name, is timed in turns with the query, and growth is told against it: 1.00 grows as the yardstick
does. n log n is about 1.08 between 100 thousand and a million.
"""

import argparse
import math
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from bench.generator import Manifest, documents_of, fill, generate, generated, size_of
from bench.measure import Measure, Result
from kg.analysis.executables import query_quads
from kg.analysis.saved import SavedQuery, saved_queries
from kg.rdf.authority import authority_quads
from kg.settings import load
from kg.store import Store, open_store
from kg.validate import ontology_quads
from kg.vocab import RDFS_LABEL, Property

SIZES = ("10k", "100k", "1m")
LIMIT_S = 120
RUNS = 3
NOISE = 0.1
"""How far an exponent may lie above that of n log n by chance; found by running twice."""

SMALL_S = 0.1
"""Below this time at the largest size nothing is said about growth."""

LEAST_S = 0.1
"""A run asks again until it has taken so long: the clock of CPU time ticks in steps of 10 ms."""

YARDSTICK = f"""SELECT ?x ?document ?name {{
  ?x <{Property.STATED_IN}> ?document ; <{RDFS_LABEL}> ?name
}}"""


@dataclass(frozen=True, slots=True)
class Timing:
    """One query at one size.

    ``seconds`` of CPU is None where it ran out of time; ``yardstick`` is that of the linear query.
    """

    triples: int
    rows: int
    seconds: float | None
    yardstick: float


@dataclass(frozen=True, slots=True)
class Growth:
    """One query at all sizes, the smallest first."""

    query: SavedQuery
    timings: tuple[Timing, ...]

    @property
    def exponent(self) -> float | None:
        """Return e of t ~ nᵉ against the yardstick, None where a run was ended."""
        before, after = self.timings[-2:]
        if before.seconds is None or after.seconds is None:
            return None
        slower = (after.seconds / after.yardstick) / (before.seconds / before.yardstick)
        return 1 + math.log(slower) / math.log(after.triples / before.triples)

    @property
    def bearable(self) -> bool:
        """Return whether it grows no worse than n log n, as far as can be measured."""
        before, after = self.timings[-2:]
        if after.seconds is None or self.exponent is None:
            return False
        times = after.triples / before.triples
        most = 1 + math.log(math.log(after.triples) / math.log(before.triples)) / math.log(times)
        return after.seconds < SMALL_S or self.exponent <= most + NOISE


def stored(folder: Path, *, triples: int) -> Manifest:
    """Make a nation and a store of it in *folder*, unless they are there; return what it holds."""
    quads = folder / "quads"
    if (quads / "manifest.json").exists():
        return generated(quads)
    shutil.rmtree(folder, ignore_errors=True)
    manifest = generate(quads, documents=documents_of(triples))
    graphs = (ontology_quads(), authority_quads(), query_quads())
    fill(folder / "store", quads, manifest, more=graphs)
    return manifest


def growths(
    folder: Path, *, sizes: Sequence[str] = SIZES, names: Sequence[str] = (), runs: int = RUNS
) -> Iterator[Growth]:
    """Yield how each saved query grows over *sizes*; only those of *names* where some are given."""
    nations = [(folder / size, stored(folder / size, triples=size_of(size))) for size in sizes]
    for query in saved_queries():
        if not names or query.name in names:
            timings = [
                timing(place / "store", manifest, query=query, runs=runs)
                for place, manifest in nations
            ]
            yield Growth(query, tuple(timings))


def timing(store: Path, manifest: Manifest, *, query: SavedQuery, runs: int = RUNS) -> Timing:
    """Return the time of one query on one store, in a process that ends when its time is over."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    text = query.about(manifest.ask)
    child = context.Process(target=_time, args=(store, text, runs, theirs))
    child.start()
    theirs.close()
    try:
        rows, seconds, yardstick = ours.recv()
    except EOFError:
        rows, seconds, yardstick = 0, None, 1.0
    child.join()
    return Timing(manifest.triples, rows, seconds, yardstick)


def _time(store: Path, text: str, runs: int, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_S, LIMIT_S))  # of CPU: the machine may be busy
    opened = open_store(store, settings=load(), read_only=True)
    times: list[float] = []
    yardsticks: list[float] = []
    rows = 0
    while len(times) < runs and sum(times) + max(times, default=0) < LIMIT_S / 2:
        yardsticks.append(_run(opened, YARDSTICK)[1])
        rows, seconds = _run(opened, text)
        times.append(seconds)
    answer.send((rows, min(times), min(yardsticks)))


def _run(store: Store, text: str) -> tuple[int, float]:
    """Return the number of rows and the CPU seconds of one answer."""
    began, asked, rows = time.process_time(), 0, 0
    while not asked or time.process_time() - began < LEAST_S:
        rows = len(store.select(text).rows)
        asked += 1
    return rows, (time.process_time() - began) / asked


def table(found: Sequence[Growth]) -> str:
    """Return growths as a table in Markdown, the competency questions first."""
    ordered = sorted(found, key=lambda one: (one.query.question or 99, one.query.name))
    sizes = [f"{one.triples:,}" for one in ordered[0].timings]
    head = ["CQ", "query", *(f"ms at {size}" for size in sizes), "rows", "exponent", "≤ n log n"]
    lines = [head, ["---"] * len(head), *map(_cells, ordered)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _cells(one: Growth) -> list[str]:
    shown = ["over" if t.seconds is None else f"{t.seconds * 1000:.1f}" for t in one.timings]
    exponent = "" if one.exponent is None else f"{one.exponent:.2f}"
    verdict = "yes" if one.bearable else "NO"
    number = str(one.query.question or "")
    return [number, one.query.name, *shown, str(one.timings[-1].rows), exponent, verdict]


def measured() -> Iterator[Result]:
    """Yield the time of each saved query at the largest size, and how it grows."""
    with tempfile.TemporaryDirectory(prefix="nation-") as folder:
        for one in growths(Path(folder)):
            name = f"query {one.query.name} at {SIZES[-1]}"
            if (seconds := one.timings[-1].seconds) is not None:
                yield Result(name, seconds * 1000, "ms", seconds / one.timings[-1].yardstick)
            if one.exponent is not None:
                yield Result(f"growth of {one.query.name}", one.exponent, "exponent")


MEASURES: dict[str, Measure] = {"queries": measured}


def main(arguments: Sequence[str] | None = None) -> int:
    """Time the queries that the command line names; return 1 where one grows worse than n log n."""
    parser = argparse.ArgumentParser(prog="python -m bench.queries", description=__doc__)
    parser.add_argument("names", nargs="*", help="saved queries; all of them where none is given")
    parser.add_argument("--sizes", nargs="+", default=list(SIZES))
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--folder", type=Path, help="keep the nations here for the next time")
    chosen = parser.parse_args(arguments)
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="nation-"))
    found: list[Growth] = []
    for one in growths(folder, sizes=chosen.sizes, names=chosen.names, runs=chosen.runs):
        found.append(one)
        print(" ".join(_cells(one)), file=sys.stderr, flush=True)
    if not chosen.folder:
        shutil.rmtree(folder)
    print(table(found))
    return 0 if all(one.bearable for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
