"""The measure of growth: what it says of given times, and that it times what users get."""

from pathlib import Path

import pytest

from bench.queries import Growth, Timing, growths, table
from kg.analysis.saved import saved_query


def _growth(*seconds: float | None) -> Growth:
    sizes = (10_000, 100_000, 1_000_000)
    timings = (Timing(size, 1, time, size / 1e6) for size, time in zip(sizes, seconds, strict=True))
    return Growth(saved_query("due"), tuple(timings))


@pytest.mark.parametrize(
    ("seconds", "exponent", "bearable"),
    [
        ((0.01, 0.1, 1.0), 1.0, True),
        ((0.01, 0.1, 1.2), 1.079, True),  # n log n
        ((0.01, 1.0, 100.0), 2.0, False),
        ((0.01, 0.1, 3.0), 1.477, False),
        ((0.0001, 0.001, 0.04), 1.602, True),  # too quick to tell
    ],
)
def test_growth_worse_than_n_log_n_is_told(
    seconds: tuple[float, ...], exponent: float, bearable: bool
) -> None:
    found = _growth(*seconds)
    assert found.exponent == pytest.approx(exponent, abs=0.001)
    assert found.bearable is bearable


def test_a_query_that_was_ended_is_not_bearable() -> None:
    found = _growth(0.01, 0.1, None)
    assert found.exponent is None
    assert not found.bearable
    assert "| over |" in table([found])


@pytest.mark.slow
def test_queries_are_timed_on_stores_on_disk(tmp_path: Path) -> None:
    names = ["due", "led-by-body"]
    found = list(growths(tmp_path, sizes=["5k", "20k"], names=names, runs=1))
    assert [one.query.name for one in found] == names
    for one in found:
        small, large = one.timings
        assert small.triples < large.triples
        assert small.rows > 0
        assert small.seconds
        assert large.seconds
    lines = table(found).splitlines()
    assert [line.split(" | ")[1] for line in lines[2:]] == names
