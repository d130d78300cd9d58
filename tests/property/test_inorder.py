"""Things found by their place or their words are those that looking through all of them gives."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.inorder import spans_in_order
from kg.extract.relations.meant import Measures
from kg.model import Kind, Mention, Span

spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda at: Span(at[0], sum(at)))
words = st.lists(st.sampled_from("建设标准平台 "), max_size=12).map("".join)


@given(st.lists(spans, max_size=20), spans)
def test_what_lies_at_a_place_is_found_in_the_order_of_the_text(
    things: list[Span], place: Span
) -> None:
    found = spans_in_order(things)
    ordered = sorted(things, key=lambda one: one.start)
    assert found.touching(place) == [one for one in ordered if one.overlaps(place)]
    assert found.inside(place) == [one for one in ordered if place.covers(one)]
    assert found.around(place) == [one for one in ordered if one.covers(place)]
    assert found.any_touches(place) == any(one.overlaps(place) for one in things)
    behind = next((one for one in ordered if one.end > place.end), None)
    assert found.first_behind(place.end) == behind


@given(st.lists(words, max_size=12), words, st.integers(0, 12))
def test_the_measure_that_is_meant_is_the_likest_of_all(
    texts: list[str], condition: str, taken: int
) -> None:
    measures = [
        Mention(str(at), Kind.TASK, Span(at, at + 1), text, "task.verb")
        for at, text in enumerate(texts)
    ]
    free = [one for one in measures if one.id != str(taken)]
    best = max(free, key=lambda one: _likeness(condition, one.text), default=None)
    score = _likeness(condition, best.text) if best else 0.0
    expected = (round(score, 2), best) if score >= 0.5 else (0.0, None)
    found = Measures(measures).meant(condition, but=lambda one: one.id == str(taken))
    assert found == expected


def _likeness(condition: str, text: str) -> float:
    """Return the share of the bigrams of *condition* in *text*, less a little for other words."""
    squeezed = "".join(text.split())
    pairs = {condition[at : at + 2] for at in range(len(condition) - 1)}
    own = {squeezed[at : at + 2] for at in range(len(squeezed) - 1)}
    shared = len([pair for pair in pairs if pair in squeezed])
    return shared / len(pairs) - 0.1 * (1 - shared / max(1, len(own))) if pairs else 0.0
