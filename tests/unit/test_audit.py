"""What the audit of dependencies makes of an answer, and of none."""

import json

import pytest

from tests.audit import judged

SOUND = {"name": "a", "version": "1", "vulns": []}
FAULTY = {"name": "b", "version": "2", "vulns": [{"id": "X-1", "fix_versions": ["3"]}]}
UNKNOWN = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "status", "strict", "words"),
    [
        ([SOUND], 0, 0, "CHECKED: 1 of 1, 0 known faults"),
        ([SOUND, UNKNOWN], 0, 2, "NOT CHECKED, the service does not know them: c"),
        ([SOUND, FAULTY], 1, 1, "b 2: X-1, mended in ['3']"),
        ([FAULTY, UNKNOWN], 1, 1, "CHECKED: 1 of 2, 1 known faults"),
        (
            [UNKNOWN],
            0,
            2,
            "NOT CHECKED, nothing is proved: the advisory service knows none of the 1",
        ),
    ],
)
def test_a_fault_fails_and_what_was_not_checked_is_told(
    packages: list[object], status: int, strict: int, words: str
) -> None:
    verdict = judged(json.dumps({"dependencies": packages}), "")
    assert (verdict.status(strict=False), verdict.status(strict=True)) == (status, strict)
    assert words in verdict.words


def test_a_service_out_of_reach_is_told_and_fails_where_the_audit_is_strict() -> None:
    verdict = judged("", "ERROR: no route to host\n")
    assert verdict.words.startswith("dependencies NOT CHECKED, nothing is proved: ERROR: no route")
    assert (verdict.status(strict=False), verdict.status(strict=True)) == (0, 2)
