"""Run the measures: `python -m bench` all of them, `python -m bench clean whole` those named.

A measure is a function in ``MEASURES`` of one of the modules below; whoever adds a module names it
in ``MODULES``.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.measure import Measure, Result

MODULES = (
    "bench.reading",
    "bench.building",
    "bench.texts",
    "bench.queries",
    "bench.gaps",
    "bench.engines",
    "bench.searching",
    "bench.serving",
    "bench.mixed",
    "bench.peers",
    "bench.report",
    "bench.explorer",
)
RESULTS = Path(__file__).parent / "results"
LIBRARIES = ("quality-kg", "opencc", "numpy", "pyoxigraph", "duckdb")


def measures() -> Mapping[str, Measure]:
    """Return every measure by its name."""
    return {
        name: measure
        for module in MODULES
        for name, measure in import_module(module).MEASURES.items()
    }


def table(results: list[Result]) -> Table:
    """Return *results* as a table for the terminal."""
    out = Table("measure", "value", "unit", "ratio to peer")
    for one in results:
        ratio = f"{one.ratio:.2f}" if one.ratio is not None else ""
        out.add_row(one.measure, f"{one.value:,.1f}", one.unit, ratio)
    return out


def write(results: list[Result], folder: Path) -> Path:
    """Write *results* with the machine and the versions to a file named after the minute."""
    now = datetime.now(UTC)
    record = {
        "at": now.isoformat(timespec="seconds"),
        "machine": {
            "processor": platform.machine(),
            "cores": os.cpu_count(),
            "memory_gb": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9),
            "load": round(os.getloadavg()[2], 1),
            "system": platform.system(),
        },
        "versions": {"python": platform.python_version()} | {n: version(n) for n in LIBRARIES},
        "results": [asdict(one) for one in results],
    }
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{now:%Y-%m-%dT%H%M}.json"
    target.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return target


def main() -> None:
    """Run the measures that the command line names and print what they found."""
    known = measures()
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="MEASURE", help=", ".join(known))
    parser.add_argument("-o", "--output", type=Path, default=RESULTS)
    args = parser.parse_args()
    unknown = [name for name in args.names if name not in known]
    if unknown:
        parser.error(f"no measure {', '.join(unknown)}; there are {', '.join(known)}")
    results = [one for name in args.names or known for one in known[name]()]
    Console(file=sys.stdout).print(table(results))
    print(write(results, args.output))


if __name__ == "__main__":
    main()
