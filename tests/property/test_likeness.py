"""What is alike is found without comparing all with all, and nothing else is."""

from random import Random

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


@given(st.lists(st.tuples(words, st.sampled_from("县市")), max_size=14))
def test_only_texts_of_one_place_are_compared(placed: list[tuple[str, str]]) -> None:
    texts, places = [text for text, _ in placed], [place for _, place in placed]
    together = alike(texts, threshold=0.5)
    expected = {pair for pair in together if places[pair[0]] == places[pair[1]]}
    found = list(alike(texts, threshold=0.5, places=places))
    assert set(found) == expected
    assert len(found) == len(expected)


@given(st.integers(0, 2**32), st.sampled_from([0.6, 0.8]))
def test_long_texts_that_differ_in_little_are_found_among_many(seed: int, threshold: float) -> None:
    chance = Random(seed)
    signs = [chr(0x4E00 + n) for n in range(200)]
    texts = []
    for _ in range(12):
        text = chance.choices(signs, k=chance.randint(20, 120))
        texts.append("".join(text))
        for place in chance.sample(range(len(text)), k=chance.randint(0, len(text) // 6)):
            text[place] = chance.choice(signs)
        texts.append("".join(text))
    sets = [grams(text) for text in texts]
    every = {
        (a, b)
        for b in range(len(texts))
        for a in range(b)
        if likeness(sets[a], sets[b]) >= threshold
    }
    assert {(a, b) for a, b, _ in alike(texts, threshold=threshold)} == every


@given(words, words)
def test_likeness_is_mutual_and_whole_only_for_the_same_grams(one: str, other: str) -> None:
    a, b = grams(one), grams(other)
    assert likeness(a, b) == likeness(b, a)
    assert (likeness(a, b) == 1.0) == (a == b and bool(a))
