"""Many texts built, killed and gone on with: ``python -m bench.building --documents 2000 --kills 2``.

A nation's texts are built by `qkg build --jobs N`, which is killed with SIGKILL as often as asked,
each time after another share of the documents, and started again. Memory and processor time are
taken every few seconds from the kernel, so that what a killed build used counts too. Then the same
texts are built anew and nobody kills it: both stores must hold the very same quads, which the engine
writes out in one order whatever order they came in. Only the notes of who ran when are left out.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from bench.generator import Form, generate
from bench.measure import Measure, Result
from bench.processes import family, memory, processor
from kg.rdf.runs import RUN_GRAPH

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

DOCUMENTS, JOBS, KILLS, EACH_S = 600, 2, 2, 2.0
_WHOSE = {"writer_mb": "the writer", "reader_mb": "a reader", "together_mb": "all together"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at a build: documents kept so far, memory (MB, shared pages by share), CPU seconds.

    ``reader_mb`` is that of the largest of the processes that read, ``together_mb`` of all.
    """

    passed_s: float
    documents: int
    writer_mb: float
    reader_mb: float
    together_mb: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Built:
    """One build from its start to its end, be it killed."""

    killed: bool
    samples: tuple[Sample, ...]

    @property
    def cpu_s(self) -> float:
        """Return the seconds of the processor that it used."""
        return self.samples[-1].cpu_s


@dataclass(frozen=True, slots=True)
class Facts:
    """What a store holds: how many quads, and a digest of them all."""

    quads: int
    digest: str


def built(
    texts: Path, home: Path, *, jobs: int = JOBS, kill_after: Sequence[int] = ()
) -> Iterator[Built]:
    """Yield each build of *texts* into *home*: one killed after so many documents, the last not."""
    for most in (*kill_after, None):
        yield _watched(texts, home, jobs=jobs, kill_after=most)


def _watched(texts: Path, home: Path, *, jobs: int, kill_after: int | None) -> Built:
    command = [str(Path(sys.executable).with_name("qkg")), "build", str(texts)]
    options = ["--home", str(home), "--jobs", str(jobs)]
    samples: list[Sample] = []
    began, killed = time.perf_counter(), False
    with subprocess.Popen([*command, *options]) as build:
        while build.poll() is None:
            samples.append(_looked(build.pid, home, time.perf_counter() - began))
            if kill_after is not None and samples[-1].documents >= kill_after:
                build.kill()
                killed = True
                break
            time.sleep(EACH_S)
    if build.returncode and not killed:
        message = f"the build of {texts} ended with {build.returncode}: see what it said"
        raise RuntimeError(message)
    return Built(killed, tuple(samples))


def _looked(build: int, home: Path, passed_s: float) -> Sample:
    held = {one: memory(one)["pss"] for one in family(build)}
    readers = [amount for one, amount in held.items() if one != build]
    return Sample(
        passed_s=round(passed_s, 1),
        documents=sum(1 for _ in (home / "texts").glob("*.raw")),
        writer_mb=round(held[build]),
        reader_mb=round(max(readers, default=0.0)),
        together_mb=round(sum(held.values())),
        cpu_s=round(processor(build), 1),
    )


class _Digest(BytesIO):
    """Keeps of what is written the digest and the number of lines alone."""

    def __init__(self) -> None:
        super().__init__()
        self.lines, self.sha = 0, sha256()

    def write(self, data: "ReadableBuffer") -> int:
        """Take the next bytes."""
        taken = bytes(data)
        self.lines += taken.count(b"\n")
        self.sha.update(taken)
        return len(taken)


def facts(home: Path) -> Facts:
    """Return how many quads the store of *home* holds, and a digest of them, graph by graph."""
    found = _Digest()
    store = ox.Store.read_only(str(home / "store" / "data"))
    for graph in sorted(store.named_graphs(), key=str):
        if str(graph) != f"<{RUN_GRAPH}>":
            found.write(str(graph).encode())
            store.dump(found, ox.RdfFormat.N_TRIPLES, from_graph=graph)
    return Facts(found.lines, found.sha.hexdigest())


def shares(documents: int, kills: int) -> tuple[int, ...]:
    """Return after how many documents to kill, so that the work falls into equal parts.

    >>> shares(600, 2)
    (200, 400)
    """
    return tuple(documents * number // (kills + 1) for number in range(1, kills + 1))


def measured(folder: Path, *, documents: int, kills: int, jobs: int = JOBS) -> Iterator[Result]:
    """Yield the rate and the memory of a build that is killed, and whether nothing is lost."""
    texts = folder / "texts"
    if not (texts / "manifest.json").exists():
        generate(texts, documents=documents, form=Form.TEXTS)
    parts = list(built(texts, folder / "killed", jobs=jobs, kill_after=shares(documents, kills)))
    _keep(folder / "killed.json", parts)
    cpu = sum(one.cpu_s for one in parts)
    at = f"{documents:,} texts"
    yield Result(f"building {at}, documents a second and core", documents / cpu, "1/s")
    yield Result(f"building {at}, characters a second and core", _characters(texts) / cpu, "1/s")
    for name in _WHOSE:
        held = [float(getattr(sample, name)) for one in parts for sample in one.samples]
        first, second = max(held[: len(held) // 2]), max(held[len(held) // 2 :])
        yield Result(f"building {at}, memory of {_WHOSE[name]}, first half", first, "MB at most")
        yield Result(f"building {at}, memory of {_WHOSE[name]}, second half", second, "MB at most")
    whole = list(built(texts, folder / "whole", jobs=jobs))
    _keep(folder / "whole.json", whole)
    lost = facts(folder / "whole"), facts(folder / "killed")
    yield Result(f"building {at}, quads", lost[0].quads, "quads")
    yield Result(f"building {at}, quads that {kills} kills lost", lost[0].quads - lost[1].quads, "")
    yield Result(
        f"building {at}, the same facts after {kills} kills", lost[0] == lost[1], "1 = yes"
    )


def _characters(texts: Path) -> int:
    return sum(len(path.read_text("utf-8")) for path in texts.rglob("*.txt"))


def _keep(target: Path, parts: Sequence[Built]) -> None:
    target.write_text(json.dumps([asdict(one) for one in parts], indent=1), "utf-8")


def building() -> Iterator[Result]:
    """Yield the figures of a few hundred texts."""
    with tempfile.TemporaryDirectory(prefix="nation-") as folder:
        yield from measured(Path(folder), documents=DOCUMENTS, kills=KILLS)


MEASURES: dict[str, Measure] = {"building": building}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of as many texts as the command line says; 1 where facts were lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.building", description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--jobs", type=int, default=JOBS)
    parser.add_argument("--folder", type=Path, help="keep texts, homes and samples here")
    chosen = parser.parse_args(arguments)
    told: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="nation-") as made:
        place = chosen.folder or Path(made)
        for one in measured(
            place, documents=chosen.documents, kills=chosen.kills, jobs=chosen.jobs
        ):
            told.append(one)
            print(f"{one.measure:70} {one.value:14,.2f} {one.unit}", flush=True)
    return 0 if told[-1].value else 1


if __name__ == "__main__":
    sys.exit(main())
