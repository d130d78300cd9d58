"""Reports of ten thousand findings: seconds and greatest memory, each format in a process of its own.

The findings are those of the shipped example, told again under other keys, so that they have the
words, the evidence and the candidates that findings have. Memory is that of the process and of those
below it together, at one time: proportional (what processes share counts once) and resident.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import kg
from bench.measure import Result
from bench.processes import memory_of_all
from kg.reference import example_plans
from kg.report import FORMATS, Report, Wish, write
from kg.report.lines import type_lines

FINDINGS = 10_000
_EACH_S = 0.2


def findings() -> Iterator[Result]:
    """Yield what each format takes, the report itself being there."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with kg.open(home, create=True) as space:
            space.load_example()
            list(space.build(example_plans()))
        for suffix in FORMATS:
            told = _measured(home, Path(folder) / f"report{suffix}")
            yield Result(f"report {suffix}", told["seconds"], f"s for {FINDINGS} findings")
            yield Result(f"report {suffix} processor", told["processor"], "s of processor time")
            yield Result(f"report {suffix} memory", told["pss"], "MB at most, shared pages once")
            yield Result(f"report {suffix} resident", told["rss"], "MB at most")


def _measured(home: Path, target: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.report", str(home), str(target)]
    most = {"pss": 0.0, "rss": 0.0}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as maker:
        while maker.poll() is None:
            now = memory_of_all(maker.pid)
            most = {name: max(most[name], now[name]) for name in most}
            time.sleep(_EACH_S)
        told = maker.communicate()[0]
    measured: dict[str, float] = json.loads(told)
    return measured | most


def _many(report: Report) -> Report:
    listed = islice(cycle(report.findings), FINDINGS)
    found = tuple(replace(one, id=f"{one.id}{place:05d}") for place, one in enumerate(listed))
    return replace(report, findings=found, types=type_lines(found))


def _write(home: Path, target: Path) -> dict[str, float]:
    with kg.open(home) as space:
        report = _many(space.report())
    began, worked = time.perf_counter(), _processor()
    write(report, target, Wish())
    return {
        "seconds": time.perf_counter() - began,
        "processor": _processor() - worked,
    }


def _processor() -> float:
    """Return the processor time of this process and of those below it that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


MEASURES = {"report": findings}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(_write(*map(Path, sys.argv[1:]))))
