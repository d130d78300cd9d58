"""A short run of every fuzz target: `make fuzz` runs a hundred thousand cases, other ones each time."""

import pytest

from tests.fuzz.__main__ import run
from tests.fuzz.targets import TARGETS

pytestmark = pytest.mark.slow
CASES = 4000


@pytest.mark.parametrize("name", TARGETS)
def test_every_case_comes_out_as_it_must(name: str) -> None:
    cases = max(10, round(CASES * TARGETS[name].share))
    failed = {case: found for case in range(cases) if (found := run(name, case))}
    assert failed == {}


def test_there_are_cases_of_everything_that_reads() -> None:
    assert len(TARGETS) >= 10
    assert sum(target.share for target in TARGETS.values()) == pytest.approx(1)
