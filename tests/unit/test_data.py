"""The shipped plans and the gaps planted in them."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

PLANS = ("yunling-province.txt", "linjiang-city.txt", "qinghe-county.txt")
TYPES = [f"G{number:02}" for number in range(1, 26)]
PAIR_TYPES = {"G13", "G14", "G16", "G17", "G22", "G23"}
SEVERITIES = {"info", "low", "medium", "high"}
RUN = 20  # characters in a row that no real document may share with ours

Entry = dict[str, object]


@pytest.fixture(scope="module")
def plans(root: Path) -> dict[str, str]:
    folder = root / "data" / "plans"
    return {path.name: path.read_text("utf-8") for path in folder.glob("*.txt")}


@pytest.fixture(scope="module")
def planted(root: Path) -> dict[str, list[Entry]]:
    return tomllib.loads((root / "data" / "planted.toml").read_text("utf-8"))


def entries(planted: dict[str, list[Entry]]) -> list[Entry]:
    return [*planted["gap"], *planted["lookalike"]]


def subjects(entry: Entry) -> list[tuple[str, str]]:
    """Return each subject of an entry with the file in which it stands."""
    document = str(entry["document"])
    several = entry.get("subjects")
    if isinstance(several, list):
        return list(zip((document, str(entry.get("other", document))), several, strict=True))
    return [(document, str(entry["subject"]))]


def runs(text: str) -> Iterator[str]:
    return (text[at : at + RUN] for at in range(len(text) - RUN + 1))


def test_there_are_three_plans(plans: dict[str, str]) -> None:
    assert set(plans) == set(PLANS)


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_is_as_long_as_a_short_real_one(name: str, plans: dict[str, str]) -> None:
    assert 3000 <= len(plans[name]) <= 6000


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_says_that_it_is_fictional(name: str, plans: dict[str, str]) -> None:
    last = plans[name].splitlines()[-1]
    assert last.startswith("本文件为虚构示例")
    assert "quality-kg" in last


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_is_clean_text(name: str, plans: dict[str, str]) -> None:
    text = plans[name]
    assert text.endswith("\n")
    assert not any(line != line.strip() or not line for line in text.splitlines())
    for left, right in ("（）", "《》", "〔〕"):
        assert text.count(left) == text.count(right)


def test_the_lower_plans_refer_to_the_plan_above(plans: dict[str, str]) -> None:
    for name, above in (
        ("yunling-province.txt", "《质量强国建设纲要》"),
        ("linjiang-city.txt", "《云岭省质量强省建设行动方案（2025—2027年）》"),
        ("qinghe-county.txt", "《临江市质量强市建设实施方案（2025—2027年）》"),
    ):
        assert above in plans[name]


def test_the_rows_of_the_table_have_as_many_cells_as_its_header(plans: dict[str, str]) -> None:
    rows = [line.split("\t") for line in plans["qinghe-county.txt"].splitlines() if "\t" in line]
    assert rows[0] == ["序号", "重点任务", "牵头单位", "责任单位", "完成时限"]
    assert {len(row) for row in rows} == {5}
    assert len(rows) > 10


def test_every_subject_stands_in_its_plan_letter_for_letter(
    plans: dict[str, str], planted: dict[str, list[Entry]]
) -> None:
    places = [place for entry in entries(planted) for place in subjects(entry)]
    places += [
        (str(entry["upper"]), str(entry["upper_subject"]))
        for entry in entries(planted)
        if "upper_subject" in entry
    ]
    assert [(name, words) for name, words in places if words not in plans[name]] == []
    assert len(places) > 100


def test_every_type_is_planted_twice_and_has_a_lookalike(
    planted: dict[str, list[Entry]],
) -> None:
    gaps = Counter(entry["type"] for entry in planted["gap"])
    lookalikes = Counter(entry["type"] for entry in planted["lookalike"])
    assert sorted(gaps) == sorted(lookalikes) == TYPES
    assert min(gaps.values()) >= 2
    assert min(lookalikes.values()) >= 1


def test_every_type_is_either_planted_completely_or_by_example(
    planted: dict[str, dict[str, list[str]]],
) -> None:
    scope = planted["scope"]
    assert sorted(scope["complete"] + scope["examples"]) == TYPES


def test_an_entry_is_complete_and_its_id_names_its_type(planted: dict[str, list[Entry]]) -> None:
    ids = [str(entry["id"]) for entry in entries(planted)]
    assert len(set(ids)) == len(ids)
    for entry in entries(planted):
        assert str(entry["id"]).startswith(f"{entry['type']}-")
        assert entry["note_zh"]
        assert entry["note_en"]
        assert entry.get("severity", "info") in SEVERITIES
        assert len(subjects(entry)) == (2 if entry["type"] in PAIR_TYPES else 1)


def test_no_place_is_both_a_gap_and_a_lookalike_of_one_type(
    planted: dict[str, list[Entry]],
) -> None:
    gaps, lookalikes = (
        {(entry["type"], *subjects(entry)) for entry in planted[kind]}
        for kind in ("gap", "lookalike")
    )
    assert gaps & lookalikes == set()


@pytest.mark.shared
def test_no_run_of_twenty_characters_is_taken_from_a_real_document(
    plans: dict[str, str], shared: Path
) -> None:
    ours = {run for text in plans.values() for run in runs(text)}
    files = sorted((shared / "corpus").rglob("*.txt"))
    taken = {
        run
        for path in files
        for run in runs(path.read_text("utf-8", errors="replace"))
        if run in ours
    }
    assert taken == set()
    assert len(files) > 70
