"""Load, place and single points of bodies, on an invented pair of plans."""

from kg.analysis.project import Tables, tables_of
from kg.analysis.robustness import Position, robustness
from kg.settings import Settings


def tables() -> Tables:
    """Return a province whose bureau hands measures down to a city, where two bodies share one."""
    held = [("p1", "office"), ("c1", "bureau"), ("d1", "team"), ("c2", "bureau"), ("c2", "helper")]
    return tables_of(
        {
            "documents": [{"id": name, "title": name} for name in "pcd"],
            "measures": [
                {"id": name, "label_zh": name, "document": name[0], "kind": "task"}
                for name in ("p1", "c1", "c2", "d1")
            ],
            "bodies": [
                {"id": "office", "kind": "department", "level": "province", "label": "甲"},
                {"id": "bureau", "kind": "department", "level": "prefecture", "label": "乙"},
                {"id": "helper", "kind": "department", "level": "prefecture", "label": "丙"},
                {"id": "team", "kind": "department", "level": "county", "label": "丁"},
                {"id": "all", "kind": "openBody", "label": "各部门"},
            ],
            "responsibilities": [
                {
                    "id": body + measure,
                    "measure": measure,
                    "body": body,
                    "role": "support" if body == "helper" else "lead",
                }
                for measure, body in [*held, ("c2", "all")]
            ],
            "uptake": [
                {"id": "1", "lower": "c1", "upper": "p1"},
                {"id": "2", "lower": "d1", "upper": "c1"},
            ],
        }
    )


def positions(within: set[str] | None = None) -> dict[str, Position]:
    """Return the positions by body."""
    found = robustness(tables(), settings=Settings(), within=within)
    return {one.body: one for one in found.positions}


def test_load_counts_duties_and_leads_of_named_bodies() -> None:
    found = positions()
    assert list(found) == ["bureau", "office", "team", "helper"]
    assert (found["bureau"].leads, found["bureau"].duties) == (2, 2)
    assert (found["helper"].leads, found["helper"].duties) == (0, 1)
    assert not any(one.overloaded for one in found.values())


def test_who_needs_nobody_has_no_place_between_others() -> None:
    found = positions()
    assert found["office"].constraint is None
    assert (found["bureau"].constraint, found["bureau"].effective_size) == (1.0, 1.0)


def test_who_passes_measures_from_a_level_to_the_next_but_one_is_a_liaison() -> None:
    assert dict(positions()["bureau"].brokers) == {"liaison": 1}
    assert dict(positions()["office"].brokers) == {}


def test_a_scope_counts_its_own_duties_alone() -> None:
    found = positions({"c2"})
    assert {body: one.duties for body, one in found.items()} == {"bureau": 1, "helper": 1}


def test_single_points_are_those_of_the_gap_rule() -> None:
    points = robustness(tables(), settings=Settings()).single_points
    assert {(one.document, one.bodies, one.how) for one in points} == {("c", ("bureau",), "alone")}
    assert robustness(tables(), settings=Settings(), within={"p"}).single_points == ()
