"""Reports of ten thousand findings: seconds and greatest memory, each format in a process of its own.

The findings are those of the shipped example, told again under other keys, so that they have the
words, the evidence and the candidates that findings have. What WeasyPrint needs beside, in a process
below, is told apart.
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
from kg.reference import example_plans
from kg.report import FORMATS, Report, Wish, write
from kg.report.lines import type_lines

FINDINGS = 10_000
_MB = 1024  # ru_maxrss is in kB


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
            yield Result(f"report {suffix} memory", told["own"], "MB at most")
            if told["below"]:
                yield Result(f"report {suffix} typesetting memory", told["below"], "MB at most")


def _measured(home: Path, target: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.report", str(home), str(target)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


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
        "own": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB,
        "below": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _MB,
    }


def _processor() -> float:
    """Return the processor time of this process and of those below it that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


MEASURES = {"report": findings}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(_write(*map(Path, sys.argv[1:]))))
