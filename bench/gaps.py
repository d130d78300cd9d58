"""How the projection and the gap rules grow: ``python -m bench.gaps`` on nations of three sizes.

Each size in a process of its own, which tells its greatest memory. Times are CPU time of all its
threads, the least of the runs; what is to be done within a time is told as elapsed time too. An edge
is a row of a table that relates two things (a role, a dependency, a part and its whole, …).
"""

import argparse
import math
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from bench.generator import size_of
from bench.measure import Measure, Result
from bench.queries import NOISE, SIZES, SMALL_S, stored
from kg.analysis.gaps import catalogue, findings_of
from kg.analysis.gaps.findings import hits_of
from kg.analysis.gaps.workbench import Workbench
from kg.analysis.project import Tables, read
from kg.settings import load
from kg.store import open_store

RUNS = 3
PROJECTION, WORKBENCH, ALL = "projection", "tables laid out for SQL", "all findings in words"
_THINGS = ("documents", "measures", "goals", "targets", "observations", "bodies", "policy_areas")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Timing:
    """CPU and elapsed seconds of a step, and how many rows or findings came of it."""

    cpu: float
    elapsed: float
    count: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """What one nation took: each step by name, and the greatest memory of the process in MB."""

    triples: int
    edges: int
    steps: dict[str, Timing]
    peak_mb: float


def edges_of(tables: Tables) -> int:
    """Return how many rows relate two things; what follows from them is not counted."""
    left_out = {*_THINGS, "above"}
    return sum(table.num_rows for name, table in tables.named().items() if name not in left_out)


def runs(folder: Path, *, sizes: Sequence[str] = SIZES, times: int = RUNS) -> Iterator[Run]:
    """Yield what each of *sizes* took, the smallest first."""
    for size in sizes:
        manifest = stored(folder / size, triples=size_of(size))
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        place = folder / size / "store"
        child = context.Process(target=_run, args=(place, manifest.triples, times, theirs))
        child.start()
        theirs.close()
        yield ours.recv()
        child.join()


def exponent(before: Run, after: Run, step: str) -> float | None:
    """Return e of t ~ nᵉ, ``None`` where the step takes too little time to tell."""
    seconds = after.steps[step].cpu
    if seconds < SMALL_S:
        return None
    return math.log(seconds / before.steps[step].cpu) / math.log(after.triples / before.triples)


def bearable(before: Run, after: Run, step: str) -> bool:
    """Return whether a step grows no worse than n log n, as far as can be measured."""
    grown = exponent(before, after, step)
    times = after.triples / before.triples
    most = 1 + math.log(math.log(after.triples) / math.log(before.triples)) / math.log(times)
    return grown is None or grown <= most + NOISE


def _run(store: Path, triples: int, times: int, answer: Connection) -> None:
    settings = load()
    opened = open_store(store, settings=settings, read_only=True)
    steps: dict[str, Timing] = {}
    tables, steps[PROJECTION] = _timed(partial(read, opened), times)
    bench, steps[WORKBENCH] = _timed(partial(Workbench, tables), times)
    for kind in catalogue().values():
        found, timing = _timed(partial(hits_of, bench, kind, settings), times)
        steps[kind.id] = replace(timing, count=len(found))
    told, timing = _timed(partial(findings_of, tables, settings=settings), times)
    steps[ALL] = replace(timing, count=len(told))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.send(Run(triples, edges_of(tables), steps, peak))


def _timed(work: Callable[[], _Made], times: int) -> tuple[_Made, Timing]:
    cpu, elapsed = [], []
    for _ in range(times):
        began, start = time.process_time(), time.perf_counter()
        made = work()
        cpu.append(time.process_time() - began)
        elapsed.append(time.perf_counter() - start)
    return made, Timing(min(cpu), min(elapsed))


def table(found: Sequence[Run]) -> str:
    """Return the runs as a table in Markdown."""
    sizes = [f"{run.triples:,}" for run in found]
    head = ["step", *(f"ms at {size}" for size in sizes), "found", "exponent", "≤ n log n"]
    lines = [head, ["---"] * len(head)]
    for step, timing in found[-1].steps.items():
        grown = exponent(found[-2], found[-1], step) if len(found) > 1 else None
        told = "" if grown is None else f"{grown:.2f}"
        verdict = "yes" if len(found) == 1 or bearable(found[-2], found[-1], step) else "NO"
        shown = [f"{run.steps[step].cpu * 1000:.0f}" for run in found]
        lines.append([step, *shown, str(timing.count or ""), told, verdict])
    shown = [f"{run.steps[PROJECTION].cpu / run.edges * 1e6:.1f}" for run in found]
    lines.append(["projection, µs an edge", *shown, str(found[-1].edges), "", ""])
    lines.append(["peak memory, MB", *(f"{run.peak_mb:.0f}" for run in found), "", "", ""])
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def measured() -> Iterator[Result]:
    """Yield what the largest size took, and how each step grows."""
    with tempfile.TemporaryDirectory(prefix="nation-") as folder:
        found = list(runs(Path(folder)))
    last = found[-1]
    projection = last.steps[PROJECTION]
    yield Result("projection, an edge", projection.elapsed / last.edges * 1e6, "µs elapsed")
    yield Result("projection, an edge, CPU", projection.cpu / last.edges * 1e6, "µs")
    yield Result("all gap types", last.steps[ALL].elapsed, "s elapsed")
    yield Result("all gap types, peak memory", last.peak_mb, "MB")
    for step, timing in last.steps.items():
        yield Result(f"{step} at {SIZES[-1]}", timing.cpu * 1000, "ms")
        if (grown := exponent(found[-2], found[-1], step)) is not None:
            yield Result(f"growth of {step}", grown, "exponent")


MEASURES: dict[str, Measure] = {"gaps": measured}


def main(arguments: Sequence[str] | None = None) -> int:
    """Time everything; return 1 where a step grows worse than n log n."""
    parser = argparse.ArgumentParser(prog="python -m bench.gaps", description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=list(SIZES))
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--folder", type=Path, help="keep the nations here for the next time")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="nation-") as folder:
        place = chosen.folder or Path(folder)
        found = list(runs(place, sizes=chosen.sizes, times=chosen.runs))
    print(table(found))
    steps = found[-1].steps if len(found) > 1 else ()
    return 0 if all(bearable(found[-2], found[-1], step) for step in steps) else 1


if __name__ == "__main__":
    sys.exit(main())
