"""The W3C SHACL suite on the library that `qkg validate` uses, by the harness beside the checkout.

Two tests fail, both in the library; the harness says which when this test fails. The
numbers are exact: one test fewer or one unexpected pass fails.
"""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.mark.parametrize(("part", "passed", "failed"), [("core", 97, 1), ("sparql", 21, 1)])
def test_shapes_are_checked_as_the_standard_says(
    shared: Path, suites: Path, part: str, passed: int, failed: int
) -> None:
    harness = shared / "conformance" / "shacl_suite.py"
    found = next(suites.parent.rglob("data-shapes-test-suite/tests"))
    done = subprocess.run(
        [sys.executable, str(harness), "--suite", str(found), "--part", part],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    total = next(line for line in done.stdout.splitlines() if line.startswith(f"= {part}"))
    assert total.split()[-2:] == [str(passed), str(failed)], done.stdout + done.stderr
