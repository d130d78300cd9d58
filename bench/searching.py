"""How search, export and import grow: ``python -m bench.searching --sizes 10k 100k 1m 10m``.

Search is timed as a service asks for it, on the store on disk: names out of the index, then the
nodes from the store; its peer is the same question put to the store as CONTAINS. The questions are
words of the generator, short and long, pinyin initials, parts, and such as are in no name. Export
and import are N-Quads, packed, each in a process of its own, with the peak of its memory.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from bench.generator import size_of
from bench.measure import Measure, Result
from bench.queries import stored
from kg import explore
from kg.explore import LabelIndex
from kg.publish import export, take_in
from kg.settings import load
from kg.store import Store, open_store
from kg.vocab import RDFS_LABEL

SIZES = ("10k", "100k", "1m")
ASKED = (
    *(
        "质",
        "质量",
        "质量提升",
        "电池售后服务",
        "全国科学技术部",
        "方案",
        "95",
        "2027",
        "体系 建设",
    ),
    *("zl", "zlts", "gjdcshfw", "kxjsb", "z", "没有这样的名字", "服务售后电池建设", "qxwz"),
)
TIMES = 20
_LIMIT = 11


@dataclass(frozen=True, slots=True)
class Timing:
    """Search at one size; times in ms (wall clock, but for one), the index in seconds of CPU and MB."""

    triples: int
    names: int
    index_s: float
    index_mb: float
    median_ms: float
    p99_ms: float
    p99_cpu_ms: float
    contains_ms: float


@dataclass(frozen=True, slots=True)
class Carried:
    """A file out of a store or into it: seconds of CPU, peak of memory in MB."""

    seconds: float
    peak_mb: float


def searched(folder: Path, *, triples: int) -> Timing:
    """Return how search does on a nation of this size, which is made where it is not there."""
    manifest = stored(folder, triples=triples)
    store = open_store(folder / "store", settings=load(), read_only=True)
    path = folder / "labels.sqlite"
    path.unlink(missing_ok=True)
    index = LabelIndex(path)
    began = time.process_time()
    index.refresh(store)
    made_s = time.process_time() - began
    asked = [_ms(partial(_hits, store, index, query)) for query in ASKED * TIMES]
    names = store.select(f"SELECT (COUNT(*) AS ?n) {{ ?x <{RDFS_LABEL}> ?name }}").rows[0][0]
    contains = (
        f'SELECT ?x {{ ?x <{RDFS_LABEL}> ?n FILTER(CONTAINS(?n, "售后服务")) }} LIMIT {_LIMIT}00'
    )
    return Timing(
        triples=manifest.triples,
        names=int(names or 0),
        index_s=made_s,
        index_mb=path.stat().st_size / 1e6,
        median_ms=_quantile([wall for wall, _ in asked], 0.5),
        p99_ms=_quantile([wall for wall, _ in asked], 0.99),
        p99_cpu_ms=_quantile([cpu for _, cpu in asked], 0.99),
        contains_ms=_ms(partial(store.select, contains))[0],
    )


def carried(folder: Path, *, triples: int) -> tuple[Carried, Carried]:
    """Return what export and import of a nation of this size take."""
    stored(folder, triples=triples)
    out = _apart(_export, folder)
    return out, _apart(_import, folder)


def _hits(store: Store, index: LabelIndex, query: str) -> list[explore.Hit]:
    return explore.hits(store, index.find(store, query, limit=_LIMIT))


def _ms(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall clock and CPU time of *work*: the one is what users wait, the other what it is."""
    began, used = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000


def _quantile(times: Sequence[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


def _apart(work: Callable[[Path], None], folder: Path) -> Carried:
    """Return what *work* takes in a process that does nothing else."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_measured, args=(work, folder, theirs))
    child.start()
    theirs.close()
    found: Carried = ours.recv()
    child.join()
    return found


def _measured(work: Callable[[Path], None], folder: Path, answer: Connection) -> None:
    work(folder)
    status = Path("/proc/self/status").read_text("ascii")
    peak_kb = int(status.split("VmHWM:")[1].split()[0])
    answer.send(Carried(time.process_time(), peak_kb / 1000))


def _export(folder: Path) -> None:
    store = open_store(folder / "store", settings=load(), read_only=True)
    with (folder / "whole.nq.gz").open("wb") as file:
        file.writelines(export(store, ".nq.gz"))


def _import(folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        store = open_store(Path(place), settings=load())
        take_in(store, folder / "whole.nq.gz", keeping=())
        store.close()


def searching() -> Iterator[Result]:
    """Yield how long a question takes at each size, and what the index takes."""
    with tempfile.TemporaryDirectory(prefix="nation-") as folder:
        for size in SIZES:
            found = searched(Path(folder) / size, triples=size_of(size))
            peer = found.contains_ms
            yield Result(f"search at {size}, median", found.median_ms, "ms", found.median_ms / peer)
            yield Result(f"search at {size}, p99", found.p99_ms, "ms", found.p99_ms / peer)
            yield Result(f"search index at {size}", found.index_s, "s")


def carrying() -> Iterator[Result]:
    """Yield what export and import take at each size."""
    with tempfile.TemporaryDirectory(prefix="nation-") as folder:
        for size in SIZES:
            for name, found in zip(
                ("export", "import"),
                carried(Path(folder) / size, triples=size_of(size)),
                strict=True,
            ):
                yield Result(f"{name} at {size}", found.seconds, "s")
                yield Result(f"{name} at {size}, peak", found.peak_mb, "MB")


MEASURES: dict[str, Measure] = {"search": searching, "bulk": carrying}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table of search, export and import at the sizes that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench.searching", description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=list(SIZES))
    parser.add_argument("--folder", type=Path, help="keep the nations here for the next time")
    chosen = parser.parse_args(arguments)
    print("| triples | names | index s | index MB | median ms | p99 ms | of CPU | CONTAINS ms | export s | peak MB | import s | peak MB |")  # fmt: skip
    print("|---" * 12 + "|")
    with tempfile.TemporaryDirectory(prefix="nation-") as made:
        for size in chosen.sizes:
            place = (chosen.folder or Path(made)) / size
            found = searched(place, triples=size_of(size))
            out, back = carried(place, triples=size_of(size))
            cells = (
                *(f"{found.triples:,}", f"{found.names:,}", f"{found.index_s:.1f}"),
                *(f"{found.index_mb:.1f}", f"{found.median_ms:.1f}", f"{found.p99_ms:.1f}"),
                *(f"{found.p99_cpu_ms:.1f}", f"{found.contains_ms:.0f}"),
                *(f"{out.seconds:.1f}", f"{out.peak_mb:.0f}"),
                *(f"{back.seconds:.1f}", f"{back.peak_mb:.0f}"),
            )
            print("| " + " | ".join(cells) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
