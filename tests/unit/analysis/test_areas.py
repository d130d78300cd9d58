"""Policy areas: what belongs to each, which are empty, which work on one thing apart. Invented."""

import pytest

from kg import authorities
from kg.analysis.areas import PolicyArea, policy_areas
from kg.analysis.inferred import inferred
from kg.analysis.project import Tables, tables_of

AREAS = {"f": "财政", "e": "环境", "t": "人才", "q": "质量"}


def tables(**more: list[dict[str, object]]) -> Tables:
    """Return a plan that names four areas and has one measure and one goal besides."""
    rows = {
        "policy_areas": [{"id": name, "label_zh": label} for name, label in AREAS.items()],
        "measures": [
            {"id": "m", "label_zh": "推动财政、环境、人才政策与质量政策协同", "document": "p"},
            {"id": "w", "label_zh": "削减工业污染", "document": "p"},
        ],
        "goals": [{"id": "g", "label_zh": "生态持续改善", "document": "p"}],
        "placements": [{"element": "m", "policy_area": name} for name in AREAS],
        "bodies": [
            {"id": "b", "label": "云溪省生态环境厅", "kind": "department"},
            {"id": "d", "label": "云溪省财政厅", "kind": "department"},
        ],
    }
    return tables_of({name: rows.get(name, []) + more.get(name, []) for name in {*rows, *more}})


def area(given: Tables, label: str) -> PolicyArea:
    """Return the area with this label."""
    (found,) = (one for one in policy_areas(given).areas if one.label == label)
    return found


def test_a_word_of_the_area_places_a_measure_and_a_goal_in_it() -> None:
    found = area(tables(), "环境")
    assert (found.named, found.measures, found.goals) == (("m",), ("m", "w"), ("g",))
    assert not found.is_empty


def test_an_area_that_is_named_and_nothing_else_is_empty() -> None:
    assert [one.label for one in policy_areas(tables()).areas if one.is_empty] == [
        "人才",
        "财政",
        "质量",
    ]


def test_a_body_of_the_area_counts_where_it_acts_and_brings_what_it_leads() -> None:
    idle = area(tables(), "财政")
    assert (idle.bodies, idle.measures) == ((), ("m",))
    duty = {"id": "1", "body": "d", "measure": "w", "role": "lead"}
    leading = area(tables(responsibilities=[duty]), "财政")
    assert (leading.bodies, leading.measures, leading.is_empty) == (("d",), ("m", "w"), False)
    helping = area(tables(responsibilities=[duty | {"role": "support"}]), "财政")
    assert (helping.bodies, helping.measures) == (("d",), ("m",))


def test_areas_of_a_scope_are_told_of_its_elements_alone() -> None:
    (one,) = (one for one in policy_areas(tables(), within={"w"}).areas)
    assert (one.label, one.measures, one.named) == ("环境", ("w",), ())


def working(*channels: dict[str, object], other: str = "d") -> Tables:
    """Return two measures of two areas that need one catalogue, led by b and by *other*."""
    lead = {"role": "lead"}
    words = {"x": "编制重点污染物减排目录", "y": "对列入污染物减排目录的企业给予财政补贴"}
    return tables(
        measures=[
            {"id": name, "kind": "task", "label_zh": text, "document": "p"}
            for name, text in (("x", "编制减排清单"), ("y", "给予财政补贴"))
        ],
        evidence=[
            {"node": name, "document": "p", "start": 0, "end": 20, "sentence": n, "exact": text}
            for n, (name, text) in enumerate(words.items())
        ],
        responsibilities=[
            {"id": "1", "body": "b", "measure": "x", **lead},
            {"id": "2", "body": other, "measure": "y", **lead},
        ],
        channels=list(channels),
    )


CHANNEL = {"id": "c", "body_a": "b", "body_b": "d", "via": "m"}


@pytest.mark.parametrize(
    ("given", "apart"),
    [(working(), 1), (working(CHANNEL), 0), (working(other="b"), None)],
    ids=["no channel", "a channel", "one body leads both"],
)
def test_two_areas_work_apart_on_a_thing_where_no_body_and_no_channel_joins_them(
    given: Tables, apart: int | None
) -> None:
    pairs = policy_areas(given, inferred=inferred(given, most=5)).pairs
    found = [pair for pair in pairs if set(pair.labels) == {"财政", "环境"}]
    assert [len(pair.apart) for pair in found] == ([] if apart is None else [apart])
    if apart:
        assert found[0].things == ("染物减排目录",)


def test_a_plan_that_names_no_body_is_not_said_to_work_apart() -> None:
    given = working()
    silent = tables_of(
        {
            name: table.to_pylist()
            for name, table in given.named().items()
            if name != "responsibilities"
        }
    )
    pairs = policy_areas(silent, inferred=inferred(silent, most=5)).pairs
    assert pairs
    assert not any(pair.apart for pair in pairs)


def test_every_area_of_the_authority_file_has_words_and_none_has_one_of_a_body_twice() -> None:
    assert len(authorities.policy_areas()) >= 25
    for one in authorities.policy_areas():
        assert one.words
        assert len(set(one.words)) == len(one.words)
        assert len(set(one.bodies)) == len(one.bodies)
