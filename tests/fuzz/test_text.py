"""Any text in: cleaning and extraction end, soon, with offsets that fit."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.text.clean import clean
from tests.fuzz.seeds import TEXT_PIECES as PIECES

LONG = 30_000  # characters; work that grows with the square shows here
LIMIT_S = 12  # a busy machine takes ten times as long as the 0.1 s to 1 s that are usual


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=60).map("".join))
def test_any_text_is_cleaned_and_extracted_with_offsets_that_fit(raw: str) -> None:
    found = clean(raw)
    assert not any("\ud800" <= char <= "\udfff" for char in found.text)
    facts = extract(found.text)
    for mention in facts.mentions:
        assert mention.span.end <= len(found.text)
        assert mention.text == mention.span.of(found.text) or mention.fragments
        found.raw_span(mention.span)


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_a_piece_repeated_ends_soon(piece: str) -> None:
    start = time.process_time()
    extract(clean(piece * (LONG // len(piece))).text)
    assert time.process_time() - start < LIMIT_S


@pytest.mark.slow
@pytest.mark.parametrize(("opener", "closer"), ["（》", "《）", "（）", "“）"])
def test_brackets_opened_and_closed_in_crowds_end_soon(opener: str, closer: str) -> None:
    start = time.process_time()
    extract(clean(opener * LONG + closer * LONG).text)
    assert time.process_time() - start < LIMIT_S
