"""Inferred dependencies, coverage of the supervision loop, tied policy areas, uptake: by brute force."""

from collections import Counter
from itertools import combinations
from math import prod

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kg.analysis.areas import policy_areas
from kg.analysis.gaps.hits import sql_hits
from kg.analysis.gaps.registry import gap_type
from kg.analysis.gaps.workbench import Workbench
from kg.analysis.inferred import grounds, inferred
from kg.analysis.project import Tables, tables_of
from kg.analysis.rates import uptake_rates
from kg.analysis.supervision import supervision
from kg.settings import Settings
from tests.property.test_gap_twins import Rows, plans

quick = hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
MEASURES = "abcdef"
GOALS = "xyz"
MOST = 3
some_goals = st.lists(
    st.tuples(st.sampled_from(MEASURES), st.sampled_from(GOALS), st.sampled_from([0.4, 1.0])),
    max_size=12,
    unique_by=lambda row: row[:2],
)
forest = st.lists(st.integers(-1, len(MEASURES) - 2), min_size=6, max_size=6).map(
    lambda up: {MEASURES[n]: MEASURES[p] for n, p in enumerate(up) if 0 <= p < n}
)
some_pairs = st.lists(
    st.tuples(st.sampled_from(MEASURES), st.sampled_from(MEASURES)), max_size=4, unique=True
)


def above(parents: dict[str, str], name: str) -> set[str]:
    """Return what stands above *name*, itself included."""
    found = {name}
    while name in parents:
        name = parents[name]
        found.add(name)
    return found


@quick
@given(some_goals, forest, some_pairs)
def test_a_common_goal_ties_exactly_the_pairs_that_counting_finds(
    serving: list[tuple[str, str, float]], parents: dict[str, str], stated: list[tuple[str, str]]
) -> None:
    tables = tables_of(
        {
            "measures": [{"id": name, "document": "p"} for name in MEASURES],
            "goals": [{"id": name, "label_zh": name, "document": "p"} for name in GOALS],
            "parents": [{"child": child, "parent": up} for child, up in parents.items()],
            "contributions": [
                {"id": f"{m}{g}", "measure": m, "goal": g, "confidence": sure}
                for m, g, sure in serving
            ],
            "dependencies": [{"id": a + b, "source": a, "target": b} for a, b in stated],
        }
    )
    sure = {(m, g): confidence for m, g, confidence in serving}
    sharing = {g: [m for m in MEASURES if (m, g) in sure] for g in GOALS}
    expected = {}
    for one, other in combinations(MEASURES, 2):
        common = [g for g in GOALS if {one, other} <= set(sharing[g]) and len(sharing[g]) <= MOST]
        tied = {(one, other), (other, one)} & set(stated)
        tied |= {one} & above(parents, other) | {other} & above(parents, one)
        if common and not tied:
            ground = grounds()["sharedGoal"].confidence
            left = (
                1 - ground * min(sure[one, g], sure[other, g]) / (len(sharing[g]) - 1)
                for g in common
            )
            expected[one, other] = pytest.approx(1 - prod(left), abs=1e-5)
    assert {link.measures: link.weight for link in inferred(tables, most=MOST)} == expected


@quick
@given(forest, st.lists(st.sampled_from(MEASURES), max_size=3), st.booleans())
def test_a_stage_covers_what_stands_at_or_below_its_subjects_and_tells_the_highest_of_the_rest(
    parents: dict[str, str], subjects: list[str], whole: bool
) -> None:
    told = [{"arrangement": "body", "subject": name} for name in [*subjects, *(["p"] * whole)]]
    tables = tables_of(
        {
            "measures": [{"id": name, "document": "p"} for name in MEASURES],
            "parents": [{"child": child, "parent": up} for child, up in parents.items()],
            "bodies": [{"id": "body", "kind": "department"}],
            "evaluations": told,
        }
    )
    (loop,) = supervision(tables).loops
    inspection = loop.stages[1]
    covered = {m for m in MEASURES if whole or above(parents, m) & set(subjects)}
    assert inspection.by == (("body",) if told else ())
    assert inspection.measures == len(covered)
    rest = set(MEASURES) - covered if told else set()
    assert set(inspection.uncovered) == {m for m in rest if parents.get(m) not in rest}


@quick
@given(
    st.lists(st.sampled_from(["", "j", "k", "jk"]), min_size=6, max_size=6),
    some_pairs,
    st.lists(st.tuples(st.sampled_from("uvw"), st.sampled_from(MEASURES)), max_size=8, unique=True),
    st.lists(st.sampled_from(["uv", "uw", "vw"]), max_size=2, unique=True),
)
def test_areas_are_tied_and_apart_exactly_where_trying_all_pairs_finds_it(
    placed: list[str],
    needs: list[tuple[str, str]],
    duties: list[tuple[str, str]],
    channels: list[str],
) -> None:
    areas = dict(zip(MEASURES, map(set, placed), strict=True))
    tables = area_tables(areas, needs, duties, channels)
    acting = {m: {b for b, held in duties if held == m} for m in MEASURES}
    ties, apart = set(), set()
    for one, other in {(min(p), max(p)) for p in needs if p[0] != p[1]}:
        for pair in ((one, other), (other, one)):
            if "j" in areas[pair[0]] - areas[pair[1]] and "k" in areas[pair[1]] - areas[pair[0]]:
                ties.add(pair)
                sides = acting[pair[0]], acting[pair[1]]
                met = {"".join(sorted((a, b))) for a in sides[0] for b in sides[1]} & set(channels)
                if all(sides) and not sides[0] & sides[1] and not met:
                    apart.add(pair)
    found = policy_areas(tables).pairs
    assert {tie for pair in found for tie in pair.ties} == ties
    assert {tie for pair in found for tie in pair.apart} == apart


def area_tables(
    areas: dict[str, set[str]],
    needs: list[tuple[str, str]],
    duties: list[tuple[str, str]],
    channels: list[str],
) -> Tables:
    """Return measures placed in areas j and k, that need each other and are led by u, v and w."""
    return tables_of(
        {
            "measures": [{"id": name} for name in MEASURES],
            "policy_areas": [{"id": name, "label_zh": name * 3} for name in "jk"],
            "placements": [
                {"element": name, "policy_area": area} for name in areas for area in areas[name]
            ],
            "bodies": [{"id": name, "kind": "department"} for name in "uvw"],
            "dependencies": [
                {"id": a + b, "source": a, "target": b, "basis": "stated"} for a, b in needs
            ],
            "responsibilities": [
                {"id": b + m, "body": b, "measure": m, "role": "lead"} for b, m in duties
            ],
            "channels": [{"id": c, "body_a": c[0], "body_b": c[1], "via": "t"} for c in channels],
        }
    )


@quick
@given(plans())
def test_what_is_not_taken_up_by_the_rates_is_what_g19_tells(rows: Rows) -> None:
    tables = tables_of(rows)
    given_settings = Settings()
    with Workbench(tables) as bench:
        hits = sql_hits(bench, gap_type("G19"), given_settings)
    document = {row["id"]: row["document"] for row in tables.measures.to_pylist()}
    area = {row["id"]: row["area"] for row in tables.documents.to_pylist()}
    lacking: dict[tuple[str, str], dict[str, set[str]]] = {}
    for hit in hits:
        lower, *units = hit.subjects
        for unit in units:
            key = document[unit], area[lower]
            lacking.setdefault(key, {}).setdefault(unit, set()).add(lower)
    found = uptake_rates(tables, settings=given_settings)
    plans_of = Counter(area.values())
    for rate in found.areas:
        assert 0 <= rate.taken <= rate.asked
        told = lacking.get((rate.upper, rate.area), {})
        if plans_of[rate.area] == 1:
            assert rate.asked - rate.taken == len(told)
        else:  # one of several plans of an area is enough
            assert rate.asked - rate.taken <= len(told)
    assert sum(rate.asked for rate in found.groups) == sum(rate.asked for rate in found.areas)
    assert sum(rate.taken for rate in found.groups) == sum(rate.taken for rate in found.areas)
