"""What is alike is found without comparing all with all, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.likeness import alike, grams, likeness

words = st.lists(st.sampled_from("提升质量标准，。"), max_size=12).map("".join)


@given(st.lists(words, max_size=14), st.sampled_from([0.3, 0.5, 0.6, 0.8, 1.0]))
def test_the_pairs_are_those_that_comparing_all_with_all_gives(
    texts: list[str], threshold: float
) -> None:
    sets = [grams(text) for text in texts]
    every = {
        (a, b): likeness(sets[a], sets[b])
        for b in range(len(texts))
        for a in range(b)
        if sets[a] and likeness(sets[a], sets[b]) >= threshold
    }
    found = list(alike(texts, threshold=threshold))
    assert {(a, b): score for a, b, score in found} == every
    assert len(found) == len(every)


@given(words, words)
def test_likeness_is_mutual_and_whole_only_for_the_same_grams(one: str, other: str) -> None:
    a, b = grams(one), grams(other)
    assert likeness(a, b) == likeness(b, a)
    assert (likeness(a, b) == 1.0) == (a == b and bool(a))
