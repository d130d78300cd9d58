"""Each repair and each mark alone, on the examples and counter-examples of repairs.toml."""

import pytest

from kg.text import repairs
from kg.text.alignment import Draft
from kg.text.repairs import Mark, Repair, alphabet_of, catalogue

EXAMPLES = [(repair, *example) for repair in catalogue().repairs for example in repair.examples]
COUNTER = [(repair, text) for repair in catalogue().repairs for text in repair.unchanged]
BY_NAME = {repair.name: repair for repair in catalogue().repairs}
MARKED = [(mark, text) for mark in catalogue().marks for text in mark.examples]
UNMARKED = [(mark, text) for mark in catalogue().marks for text in mark.unchanged]


def outcome(repair: Repair, text: str) -> str:
    draft = Draft(text)
    if repair.fits(alphabet_of(text)):
        repair.run(draft)
    return draft.text


@pytest.mark.parametrize(
    ("repair", "before", "after"), EXAMPLES, ids=lambda x: getattr(x, "name", None)
)
def test_a_repair_does_what_its_example_says(repair: Repair, before: str, after: str) -> None:
    assert outcome(repair, before) == after


@pytest.mark.parametrize(("repair", "text"), COUNTER, ids=lambda x: getattr(x, "name", None))
def test_a_repair_leaves_its_counter_example_alone(repair: Repair, text: str) -> None:
    assert outcome(repair, text) == text


@pytest.mark.parametrize(("mark", "text"), MARKED, ids=lambda x: getattr(x, "code", None))
def test_a_mark_finds_its_example(mark: Mark, text: str) -> None:
    assert [issue.code for issue in mark.issues(text)] == [mark.code] * len(list(mark.issues(text)))
    assert list(mark.issues(text))
    assert mark.needs is None or mark.needs.search(alphabet_of(text))


@pytest.mark.parametrize(("mark", "text"), UNMARKED, ids=lambda x: getattr(x, "code", None))
def test_a_mark_passes_over_its_counter_example(mark: Mark, text: str) -> None:
    assert not list(mark.issues(text))


def test_there_are_enough_examples_and_every_rule_has_a_reason_in_two_languages() -> None:
    assert len(EXAMPLES) >= 20
    assert len(COUNTER) >= 30
    for rule in (*catalogue().repairs, *catalogue().marks):
        assert rule.reason.zh
        assert rule.reason.en
        assert rule.unchanged


def test_names_of_repairs_are_unique() -> None:
    names = [repair.name for repair in catalogue().repairs]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("text", ["", "质", "b\U00020000a\ud800a", "統計，统计。"])
def test_the_alphabet_is_each_character_once_in_order(text: str) -> None:
    assert alphabet_of(text) == "".join(sorted(set(text)))


def test_a_long_text_is_simplified_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "統計部門公開資料，體現質量。" * 9
    whole = outcome(BY_NAME["simplified"], text)
    monkeypatch.setattr(repairs, "_STRETCH", 7)
    assert outcome(BY_NAME["simplified"], text) == whole == "统计部门公开资料，体现质量。" * 9


def test_spaces_between_all_characters_are_found_at_the_end_of_a_text_too() -> None:
    assert (
        outcome(BY_NAME["spaced-out"], "建设规划：质 量 强 市 建 设 规")
        == "建设规划：质量强市建设规"
    )
