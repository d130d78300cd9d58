"""The measure of the gap rules: what it says of given times, and that it times every type."""

from pathlib import Path

import pytest

from bench.gaps import ALL, PROJECTION, Run, Timing, bearable, edges_of, exponent, runs, table
from kg.analysis.gaps import catalogue
from kg.analysis.project import tables_of


def taking(*seconds: float) -> list[Run]:
    sizes = (100_000, 1_000_000)
    return [
        Run(size, size // 6, {"G22": Timing(cpu, cpu), PROJECTION: Timing(1.0, 1.0)}, 100.0)
        for size, cpu in zip(sizes, seconds, strict=True)
    ]


@pytest.mark.parametrize(
    ("seconds", "grown", "right"),
    [
        ((0.1, 1.0), 1.0, True),
        ((0.1, 1.2), 1.079, True),  # n log n
        ((0.1, 10.0), 2.0, False),
        ((0.001, 0.05), None, True),  # too quick to tell
    ],
)
def test_growth_worse_than_n_log_n_is_told(
    seconds: tuple[float, float], grown: float | None, right: bool
) -> None:
    before, after = taking(*seconds)
    assert exponent(before, after, "G22") == (grown and pytest.approx(grown, abs=0.001))
    assert bearable(before, after, "G22") is right
    assert (" | NO |" in table([before, after])) is not right


def test_an_edge_is_a_row_that_relates_two_things() -> None:
    rows = {
        "measures": [{"id": "a"}, {"id": "b"}],
        "parents": [{"child": "b", "parent": "a"}],
        "responsibilities": [{"id": "r", "measure": "a", "body": "c", "role": "lead"}],
    }
    assert edges_of(tables_of(rows)) == 2


@pytest.mark.slow
def test_every_type_is_timed_on_a_store_on_disk(tmp_path: Path) -> None:
    (found,) = runs(tmp_path, sizes=["10k"], times=1)
    assert found.steps.keys() > {*catalogue(), PROJECTION, ALL}
    assert found.steps[ALL].count > 10
    assert found.edges > 500
    assert 50 < found.peak_mb < 2000
