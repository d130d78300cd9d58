"""What the audit of dependencies makes of an answer, and of none."""

import json

import pytest

from tests.audit import judged

SOUND = {"name": "a", "version": "1", "vulns": []}
FAULTY = {"name": "b", "version": "2", "vulns": [{"id": "X-1", "fix_versions": ["3"]}]}
UNKNOWN = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "status", "words"),
    [
        ([SOUND, UNKNOWN], 0, "1 of 2 dependencies audited"),
        ([SOUND, FAULTY], 1, "b 2: X-1, mended in ['3']"),
        ([UNKNOWN], 0, "not audited: the index knows none of 1"),
    ],
)
def test_a_fault_fails_and_what_was_not_asked_is_told(
    packages: list[object], status: int, words: str
) -> None:
    ended, told = judged(json.dumps({"dependencies": packages}), "")
    assert ended == status
    assert words in told


def test_an_index_that_is_out_of_reach_is_told_and_nothing_fails() -> None:
    assert judged("", "ERROR: no route to host\n") == (
        0,
        "dependencies not audited: ERROR: no route to host",
    )
