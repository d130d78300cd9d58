"""A text in stretches keeps every letter and tells the innermost fact."""

from hypothesis import given
from hypothesis import strategies as st

from api.stretches import stretches

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6)


@given(text=st.text(max_size=25), start=st.integers(0, 10), facts=SPANS, doubts=SPANS)
def test_no_letter_is_lost_and_each_doubt_begins_once(
    text: str, start: int, facts: list[tuple[int, int]], doubts: list[tuple[int, int]]
) -> None:
    made = stretches(text, start=start, facts=facts, doubts=doubts)
    assert "".join(one.words for one in made) == text
    assert all(one.words for one in made)
    begun = [one.doubt for one in made if one.first]
    assert len(begun) == len(set(begun))


def test_a_body_in_the_words_of_its_task_is_told_by_itself() -> None:
    made = stretches("由甲局牵头推进共享。", start=100, facts=[(100, 109), (101, 103)], doubts=[])
    assert [(one.words, one.fact) for one in made] == [
        ("由", 0),
        ("甲局", 1),
        ("牵头推进共享", 0),
        ("。", None),
    ]


def test_a_doubt_across_facts_is_numbered_where_it_begins() -> None:
    made = stretches("提出九项任务", start=0, facts=[(2, 4)], doubts=[(1, 6)])
    assert [(one.words, one.doubt, one.first) for one in made] == [
        ("提", None, False),
        ("出", 0, True),
        ("九项", 0, False),
        ("任务", 0, False),
    ]
