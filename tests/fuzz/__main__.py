"""Fuzz: `python -m tests.fuzz --cases 1000000`; what fails is told once by its place, with a case.

`python -m tests.fuzz clause --case 4711` runs that one again.
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from tests.fuzz.targets import TARGETS

SLOW_S = 10
"""Computing one case for longer counts as a failure."""


def run(name: str, case: int) -> str | None:
    """Return where a case of a target failed, None where it came out as it must."""
    began = time.process_time()
    try:
        TARGETS[name].once(Random(f"{name} {case}"))
    except Exception as error:  # noqa: BLE001  any failure is what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        detail = str(error).partition("\n")[0][:80]
        return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {detail}"
    spent = time.process_time() - began
    return f"took {SLOW_S} s and more" if spent > SLOW_S else None


def all_of(name: str, cases: int, *, first: int) -> Counter[str]:
    """Run so many cases of a target; return what failed, by place, each told once."""
    failed: Counter[str] = Counter()
    began = time.monotonic()
    for case in range(first, first + cases):
        if found := run(name, case):
            place = found.partition(": ")[0]
            failed[place] += 1
            if failed[place] == 1:
                print(f"{name} --case {case}: {found}", flush=True)
    rate = cases / max(time.monotonic() - began, 0.001)
    print(f"{name}: {cases:,} cases, {rate:,.0f}/s, {failed.total()} failed", flush=True)
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--cases", type=int, default=100_000, help="of all targets together")
    parser.add_argument("--first", type=int, default=int(time.time()) * 1000, help="number")
    parser.add_argument("--case", type=int, help="run this one alone, and show how it fails")
    given = parser.parse_args()
    names = given.targets or list(TARGETS)
    if given.case is not None:
        TARGETS[names[0]].once(Random(f"{names[0]} {given.case}"))
        return 0
    whole = sum(TARGETS[name].share for name in names)
    failed = [
        all_of(name, round(given.cases * TARGETS[name].share / whole), first=given.first)
        for name in names
    ]
    return int(any(failed))


if __name__ == "__main__":
    sys.exit(main())
