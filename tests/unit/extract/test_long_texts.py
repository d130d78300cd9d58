"""Reading a text four times as long is four times the work, counted in lines run and not in time."""

import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from kg.extract import extract

pytestmark = pytest.mark.slow

LENGTH, TIMES = 12_000, 4
ROWS = 300
GREATEST = 1.1 * TIMES  # to look through all tasks for each cue made it seven times


@pytest.mark.parametrize("name", ["yunling-province", "linjiang-city", "qinghe-county"])
def test_the_work_on_a_text_grows_as_its_length(root: Path, name: str) -> None:
    plan = (root / "data" / "plans" / f"{name}.txt").read_text(encoding="utf-8")
    copies = TIMES * LENGTH // len(plan) + 1
    long = "\n".join(_renumbered(plan, by) for by in range(copies))[: TIMES * LENGTH]
    extract(long)  # what is kept from one reading to the next is known to both
    short = _lines_run(partial(extract, long[:LENGTH]))
    assert _lines_run(partial(extract, long)) < GREATEST * short


def test_the_work_on_a_table_grows_as_its_rows() -> None:
    def table(rows: int) -> str:
        told = (f"{n}\t检测{n // 20}类\t推广检测设备{n}型\t市科技局" for n in range(1, rows + 1))
        return "\n".join(["一、任务清单", "序号\t任务类别\t重点任务\t责任单位", *told])

    extract(table(ROWS * TIMES))  # what is kept from one reading to the next is known to both
    short = _lines_run(partial(extract, table(ROWS)))
    assert _lines_run(partial(extract, table(ROWS * TIMES))) < GREATEST * short


def test_each_turn_of_a_loop_is_work() -> None:
    assert _lines_run(lambda: [one for one in range(60) if one]) > 60


def _renumbered(plan: str, by: int) -> str:
    """Return *plan* with other numbers, years aside."""
    return re.sub(r"(?<!\d)[1-9]\d{0,2}(?!\d)", lambda found: str(int(found[0]) + by), plan)


def _lines_run(work: Callable[[], object]) -> int:
    """Return how many lines of Python *work* runs; a loop within one line counts every turn."""
    count = 0

    def step(_frame: FrameType, _event: str, _arg: Any) -> Any:
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
