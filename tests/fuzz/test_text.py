"""Any text in: cleaning and extraction end, soon, with offsets that fit."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.text.clean import clean

# What the rules of cleaning, cutting and extraction look for, and what none of them expects.
PIECES = (
    *"(（)）《》“”「,，、。；：:!?！？·□—-\n\r\t \u3000\0\x0c\ud800\udfff\u200b\u202e\u2067\ue5e5ㄅ若质",
    *(
        "質(zhì)",
        "(a)",
        "?!毒V要",
        ",,",
        "质 ",
        '&" ',
        "a ",
        "20",
        "①",
        "——",
        "1.",
        "（一）",
        "一、",
    ),
    *("第一条", "专栏1", "附件", "一是", "等", "和", "及", "各县", "市", "人民政府", "财政部、"),
    *(
        "（财政部牵头）",
        "（财政部",
        "牵头单位：",
        "负责",
        "推进",
        "实施",
        "工程",
        "到2025年",
        "提高",
    ),
    *(
        "《a》",
        "关于印发",
        "的通知",
        "质量、\n",
        "序号\t任务\n",
        "1\t提升质量\t市财政局\n",
        "（" * 9 + "》",
    ),
)
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
