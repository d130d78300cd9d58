"""Chains over plans of three levels. The plans are invented."""

import pytest

from kg.analysis.chains import Chain, chains
from kg.analysis.project import Tables, tables_of
from kg.errors import UnknownNodeError

LEVELS = {"nation": "central", "yunxi": "province", "ningyuan": "prefecture", "baishi": "county"}
PLACED = {
    "goal": "nation",
    "group": "nation",
    "task": "nation",
    "provincial": "yunxi",
    "municipal": "ningyuan",
    "local": "baishi",
}
BODIES = {"task": "ministry", "provincial": "bureau", "municipal": "office", "local": "station"}


def plans(
    *,
    uptake: tuple[tuple[str, str], ...] = (
        ("provincial", "task"),
        ("municipal", "provincial"),
        ("local", "municipal"),
    ),
    leads: dict[str, str] = BODIES,
    **more: list[dict[str, object]],
) -> Tables:
    """A goal, a group that serves it, its task, and what takes that up level by level."""
    elements = [
        {"id": name, "document": plan, "level": LEVELS[plan], "area": plan}
        for name, plan in PLACED.items()
    ]
    rows = {
        "documents": [{"id": plan, "level": level} for plan, level in LEVELS.items()],
        "implementing": [
            {"lower": lower, "upper": upper}
            for upper, lower in (("nation", "yunxi"), ("yunxi", "ningyuan"), ("ningyuan", "baishi"))
        ],
        "goals": elements[:1],
        "measures": elements[1:],
        "parents": [{"child": "task", "parent": "group"}],
        "contributions": [{"id": "c", "measure": "group", "goal": "goal", "confidence": 0.8}],
        "uptake": [
            {"id": f"u{n}", "lower": lower, "upper": upper, "confidence": 0.5}
            for n, (lower, upper) in enumerate(uptake)
        ],
        "responsibilities": [
            {"id": measure, "measure": measure, "body": body, "role": "lead"}
            for measure, body in leads.items()
        ],
    }
    return tables_of({**rows, **more})


def ways(found: tuple[Chain, ...]) -> list[list[str]]:
    return [[step.element for step in one.steps] for one in found]


def test_a_chain_runs_from_the_goal_to_the_lowest_level() -> None:
    (one,) = chains(plans()).chains
    assert ways((one,)) == [["goal", "group", "task", "provincial", "municipal", "local"]]
    relations = [step.relation for step in one.steps]
    assert relations == [None, "contributesTo", "partOf", "takesUp", "takesUp", "takesUp"]
    assert one.is_complete
    assert one.confidence == pytest.approx(0.8 * 0.5**3)


def test_every_change_of_lead_is_a_hand_off_and_those_into_another_area_are_told() -> None:
    (one,) = chains(plans()).chains
    assert (one.handoffs, one.boundary_handoffs) == (3, 3)
    (same,) = chains(plans(leads=dict.fromkeys(BODIES, "ministry"))).chains
    assert (same.handoffs, same.boundary_handoffs) == (0, 0)


def test_a_hand_off_in_one_area_crosses_a_boundary_where_the_policy_areas_differ() -> None:
    leads = {**BODIES, "group": "council"}
    placements = [
        {"element": "group", "policy_area": "industry"},
        {"element": "task", "policy_area": "finance"},
    ]
    (one,) = chains(plans(leads=leads, uptake=())).chains
    assert ways((one,)) == [["goal", "group"]]
    (asked,) = chains(plans(leads=leads, uptake=()), measure="task").chains
    assert (asked.handoffs, asked.boundary_handoffs) == (1, 0)
    # what the task's group is placed in, the task is placed in too: no boundary is crossed
    (inside,) = chains(plans(leads=leads, uptake=(), placements=placements), measure="task").chains
    assert inside.boundary_handoffs == 0
    apart = [{"element": "provincial", "policy_area": "finance"}, placements[0]]
    area = {"id": "provincial", "document": "yunxi", "level": "province", "area": "nation"}
    measures = [area if row["id"] == "provincial" else row for row in plans().measures.to_pylist()]
    (one,) = chains(
        plans(uptake=(("provincial", "task"),), placements=apart, measures=measures)
    ).chains
    assert (one.handoffs, one.boundary_handoffs) == (1, 1)


def test_a_chain_is_broken_at_each_level_where_a_plan_does_not_carry_it_on() -> None:
    (one,) = chains(plans(uptake=(("provincial", "task"),))).chains
    assert one.breaks == ("prefecture", "county")
    assert not one.is_complete
    (none,) = chains(plans(uptake=())).chains
    assert none.breaks == ("province", "prefecture", "county")


def test_a_level_that_is_passed_over_is_a_break_unless_it_is_reached_too() -> None:
    over = (("provincial", "task"), ("local", "provincial"))
    (one,) = chains(plans(uptake=over)).chains
    assert one.breaks == ("prefecture",)
    both = (("provincial", "task"), ("local", "provincial"), ("local", "municipal"))
    found = chains(plans(uptake=both), measure="provincial").chains
    assert [one.breaks for one in found] == [()]


def test_no_plan_below_is_no_break() -> None:
    (one,) = chains(plans(uptake=(("provincial", "task"),), implementing=[])).chains
    assert one.breaks == ()


def test_a_measure_without_a_lead_makes_a_chain_headless() -> None:
    (one,) = chains(plans(leads={"task": "ministry", "provincial": "bureau"})).chains
    assert one.headless == ("municipal", "local")
    assert next(step for step in one.steps if step.element == "group").leads == ("ministry",)


def test_a_measure_is_led_by_its_own_then_by_the_nearest_above_it() -> None:
    def of_task(leads: dict[str, str]) -> tuple[str, ...]:
        (one,) = chains(plans(leads=leads)).chains
        return next(step.leads for step in one.steps if step.element == "task")

    assert of_task({"group": "council", "task": "ministry"}) == ("ministry",)
    assert of_task({"group": "council"}) == ("council",)


def test_what_hinders_a_goal_begins_no_chain() -> None:
    hindering = [{"id": "c", "measure": "group", "goal": "goal", "strength": -1.0}]
    (one,) = chains(plans(contributions=hindering)).chains
    assert ways((one,)) == [["task", "provincial", "municipal", "local"]]


def test_chains_through_a_measure_go_up_and_down_from_it() -> None:
    two = (("provincial", "task"), ("municipal", "provincial"), ("local", "provincial"))
    found = chains(plans(uptake=two), measure="provincial").chains
    start = ["goal", "group", "task", "provincial"]
    assert ways(found) == [[*start, "local"], [*start, "municipal"]]
    assert ways(chains(plans(uptake=two), measure="local").chains) == [[*start, "local"]]


def test_a_measure_that_nothing_is_linked_to_is_a_chain_of_its_own() -> None:
    (one,) = chains(plans(uptake=()), measure="local").chains
    assert ways((one,)) == [["local"]]
    found = chains(plans(uptake=()), measure="local", within=frozenset({"goal"}))
    assert found.chains == ()


def test_a_loop_of_uptake_ends_where_it_comes_back() -> None:
    looped = (("provincial", "municipal"), ("municipal", "provincial"))
    found = chains(plans(uptake=looped), measure="provincial").chains
    assert ways(found) == [["municipal", "provincial"]]


def test_more_chains_than_asked_for_are_told() -> None:
    two = (("provincial", "task"), ("municipal", "provincial"), ("local", "provincial"))
    found = chains(plans(uptake=two), most=1)
    assert (len(found.chains), found.truncated) == (1, True)
    assert not chains(plans(uptake=two), most=2).truncated


def test_a_measure_that_is_not_there_is_told() -> None:
    with pytest.raises(UnknownNodeError, match="nowhere"):
        chains(plans(), measure="nowhere")


def test_a_notebook_shows_a_row_a_chain() -> None:
    shown = chains(plans(uptake=(("provincial", "task"),)))._repr_html_()
    assert "goal ← group ← task ← provincial" in shown
    assert "prefecture county" in shown
