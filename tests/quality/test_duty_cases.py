"""The reference clauses: every responsibility, its place, role, deadline and body."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.extract.bodies.resolve import Place, resolve
from kg.extract.duties.responsibilities import duties, scan
from kg.model import Basis, Level

pytestmark = pytest.mark.shared

LEAST_CASES, LEAST_DUTIES = 15, 63
ROLES = {"supervise": "supervisor", "guide": "supervisor", "participate": "participant"}


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[dict[str, Any]]:
    path = shared / "gold" / "dev" / "cases.json"
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cases"]
    return found


def _place(case: dict[str, Any]) -> Place:
    named = (case.get("context") or {}).get("place")
    if named is None:
        return Place()
    return Place(Level.CENTRAL) if named == "全国" else Place(Level.PROVINCE, named)


def _key(case: dict[str, Any], given: dict[str, Any]) -> tuple[object, ...]:
    role = ROLES.get(given["role"], given["role"])
    place = given["body_start"], given["body_end"]
    flags = given["open"], given["list_open"], given["stated"], given["role"] == "guide"
    return (*place, role, given["deadline"], *flags)


def test_every_reference_responsibility_is_found_and_nothing_else(
    cases: list[dict[str, Any]],
) -> None:
    total = 0
    for case in cases:
        place = _place(case)
        result = duties(case["text"], (), (), level=place.level, area=place.area)
        expected = {_key(case, given) for given in case["responsibilities"]}
        found = {
            (
                d.body_span.start,
                d.body_span.end,
                d.role.value,
                d.deadline,
                d.open,
                d.list_open,
                d.basis is Basis.STATED,
                d.guiding,
            )
            for d in result.responsibilities
            if d.body_span is not None
        }
        assert found == expected, case["id"]
        total += len(found)
    assert len(cases) >= LEAST_CASES
    assert total >= LEAST_DUTIES


def test_every_reference_clause_is_found_at_its_place(cases: list[dict[str, Any]]) -> None:
    for case in cases:
        spans = scan(case["text"]).clause_spans
        assert [[span.start, span.end] for span in spans] == case["clauses"], case["id"]


def test_every_reference_body_is_resolved(cases: list[dict[str, Any]]) -> None:
    # 省能源局 stands without its province in the reference, beside names that have theirs.
    seen = 0
    for case in cases:
        carried: dict[str, str | None] = {}
        for given in case["responsibilities"]:
            body = resolve(given["surface"], _place(case), carried.get("prefix"))
            short = given["body"].removeprefix("福建")
            assert body.canonical.removeprefix("福建") in {short, given["body"]}, case["id"]
            seen += 1
    assert seen >= LEAST_DUTIES
