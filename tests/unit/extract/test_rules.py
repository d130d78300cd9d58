"""Every rule finds its example, leaves its counter-example alone, and a wrong file is refused."""

from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.extract.rules import Rule, all_rules, choice, parse, rule
from kg.extract.words import Words

RULES = all_rules()
GOOD = """
[[rule]]
id = "a"
finds = "task"
words = ["推进"]
reason = { zh = "理由", en = "reason" }
example = { text = "推进共享", found = "推进" }
counter_example = "共享"
"""


def test_there_are_rules_enough_to_test() -> None:
    assert len(RULES) >= 90
    assert len({r.id for r in RULES}) == len(RULES)


@pytest.mark.parametrize("made", RULES, ids=lambda made: made.id)
def test_a_rule_finds_its_example(made: Rule) -> None:
    found = made.search(made.example.text)
    assert found is not None
    assert made.example.found in (None, found[0])


@pytest.mark.parametrize("made", RULES, ids=lambda made: made.id)
def test_a_rule_leaves_its_counter_example_alone(made: Rule) -> None:
    assert made.search(made.counter_example) is None


@pytest.mark.parametrize("made", RULES, ids=lambda made: made.id)
def test_a_rule_says_why_in_both_languages(made: Rule) -> None:
    assert made.reason.zh
    assert made.reason.en
    assert made.reason.zh != made.reason.en


WRONG = {
    "no TOML": "[[rule",
    "no reason": GOOD.replace("reason", "cause"),
    "no example": GOOD.replace("\nexample", "\nexemple"),
    "words and a pattern": GOOD + "pattern = 'x'\n",
    "a pattern that does not compile": GOOD.replace('words = ["推进"]', "pattern = '('"),
    "a place that is none": GOOD + 'at = "middle"\n',
    "a word list that is none": GOOD.replace('words = ["推进"]', "pattern = '{{b}}'"),
    "twice the same identifier": GOOD + GOOD,
}


@pytest.mark.parametrize("source", WRONG.values(), ids=WRONG)
def test_a_wrong_rule_file_is_refused_by_name(source: str) -> None:
    with pytest.raises(RuleError, match=r"wrong\.toml"):
        parse({"wrong.toml": source})


def test_a_second_file_gives_a_rule_of_words_more_of_them() -> None:
    more = GOOD.replace("推进", "抓好")
    (made,) = parse({"ours.toml": GOOD, "theirs.toml": more}).values()
    assert made.file == "ours.toml"
    assert [made.search(text) is not None for text in ("推进共享", "抓好共享", "共享")] == [
        True,
        True,
        False,
    ]


def test_a_second_file_cannot_change_a_pattern() -> None:
    pattern = GOOD.replace('words = ["推进"]', "pattern = '推进'")
    with pytest.raises(RuleError, match=r"theirs\.toml.*taken"):
        parse({"ours.toml": pattern, "theirs.toml": GOOD})


def test_a_rule_that_is_not_there_is_asked_for_by_name() -> None:
    with pytest.raises(RuleError, match=r"no\.such"):
        rule("tasks", "no.such")


def test_the_longest_word_wins() -> None:
    words = Words(("推", "推进", "推动"))
    assert [words.end(text, 0) for text in ("推进共享", "推广", "共享")] == [2, 1, 0]


PLANS = sorted((Path(__file__).parents[3] / "data" / "plans").glob("*.txt"))
LOOKED_AHEAD = [made for made in RULES if made.needs]


@pytest.mark.parametrize("made", LOOKED_AHEAD, ids=lambda made: made.id)
def test_a_look_for_what_a_rule_needs_loses_no_find(made: Rule) -> None:
    texts = [plan.read_text(encoding="utf-8") for plan in PLANS]
    assert len(texts) >= 3
    for text in (*texts, *(line for whole in texts for line in whole.splitlines())):
        found = made.regex.search(text)
        assert (made.search(text) is None) == (found is None)
        every = [one.span() for one in made.finditer(text)]
        assert every == [one.span() for one in made.regex.finditer(text)]


def test_of_several_rules_none_is_tried_where_nothing_is_that_one_needs() -> None:
    times = choice("times", "time.point", "time.frequency")
    assert times.of("开展抽查") == ()
    assert [one.id for one in times.of("每年抽查")] == ["time.point", "time.frequency"]


def test_rules_are_tried_everywhere_where_one_of_them_needs_nothing() -> None:
    assert len(choice("tasks", "task.conjunction", "task.subject").of("并推进共享")) == 2
