"""A file made to harm ends in a clear error, or in a text, within bounded time and memory."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fuzz import hostile

pytestmark = pytest.mark.slow

MEMORY_MB = 3000  # of addresses; what is really used is asserted
PEAK_MB = 900
EACH_S = 20  # of computing for one file
ALL_S = 240

Cases = Callable[[], Iterator[tuple[str, bytes, str]]]


@pytest.mark.parametrize(
    ("cases", "at_least"),
    [(hostile.office, 30), (hostile.pages, 7), (hostile.texts, 8), (hostile.scans, 2)],
    ids=["office", "pages", "texts", "scans"],
)
def test_a_hostile_file_is_refused_or_read_within_bounds(
    cases: Cases, at_least: int, tmp_path: Path
) -> None:
    wanted: dict[str, str] = {}
    for name, data, outcome in cases():
        (tmp_path / name).write_bytes(data)
        wanted[name] = outcome
    probe = Path(__file__).with_name("probe.py")
    done = subprocess.run(
        [sys.executable, str(probe), str(MEMORY_MB), str(ALL_S), *(tmp_path / n for n in wanted)],
        capture_output=True,
        text=True,
        timeout=4 * ALL_S,
        check=False,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {name: outcome.split()[0] for name, outcome, _, _ in found} == wanted, done.stderr
    assert [row for row in found if row[2] > EACH_S or row[3] > PEAK_MB] == []
    assert len(found) >= at_least
