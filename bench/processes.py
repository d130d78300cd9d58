"""What a process and those below it take: processor time and memory, as the kernel tells it now."""

import os
from collections.abc import Iterator
from pathlib import Path

_KB_IN_MB = 1024
_TICKS = os.sysconf("SC_CLK_TCK")


def family(process: int) -> Iterator[int]:
    """Yield *process* and all that it and those below it have started."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):  # of each thread its own
        try:
            below = children.read_text().split()
        except OSError:
            continue
        for number in below:
            yield from family(int(number))


def memory(process: int) -> dict[str, float]:
    """Return what *process* alone holds (MB): ``pss`` counts shared pages by share, ``rss`` whole.

    One that has just ended holds nothing.
    """
    held = {"pss": 0.0, "rss": 0.0}
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return held
    for line in lines:
        name, _, amount = line.partition(":")
        if name.lower() in held:
            held[name.lower()] += int(amount.split()[0]) / _KB_IN_MB
    return held


def memory_of_all(process: int) -> dict[str, float]:
    """Return what *process* and all below it hold together (MB)."""
    each = [memory(one) for one in family(process)]
    return {name: sum(held[name] for held in each) for name in ("pss", "rss")}


def processor(process: int) -> float:
    """Return the seconds of the processor that *process* and all below it have used until now.

    Those that have ended count, since whoever started them has waited for them.
    """
    ticks = 0
    for number in family(process):
        try:
            told = Path(f"/proc/{number}/stat").read_text("utf-8", "replace")
        except OSError:
            continue
        ticks += sum(map(int, told.rpartition(")")[2].split()[11:15]))
    return ticks / _TICKS
