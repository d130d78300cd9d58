"""The cleaner as a whole: its map, its account of itself, its speed, and the seed article."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Edit, Run, Span
from kg.text.characters import simplified
from kg.text.clean import CleanText, clean, clean_in_place, identity


def test_every_clean_character_points_to_its_raw_ones() -> None:
    found = clean("質(zhì)量,,第一")
    assert found.text == "质量，第一"
    places = [found.raw_span(Span(at, at + 1)) for at in range(5)]
    assert places == [Span(0, 6), Span(6, 7), Span(8, 9), Span(9, 10), Span(10, 11)]


def test_a_span_keeps_its_first_and_last_character() -> None:
    raw = "加強(qiáng)質(zhì)量"
    found = clean(raw)
    assert found.raw_span(Span(1, 3)).of(raw) == "強(qiáng)質(zhì)"


def test_an_empty_span_stays_empty_at_its_place() -> None:
    found = clean("質(zhì)量")
    assert found.raw_span(Span(1, 1)) == Span(6, 6)
    assert found.raw_span(Span(2, 2)) == Span(7, 7)
    assert clean("").raw_span(Span(0, 0)) == Span(0, 0)


def test_a_map_is_read_back_as_it_was_written() -> None:
    found = clean("質(zhì)量,,第一")
    again = CleanText.from_map(found.text, found.to_map())
    assert again.runs == found.runs
    assert again.raw_span(Span(0, 2)) == found.raw_span(Span(0, 2))


def test_identity_is_one_run() -> None:
    assert identity("质量").runs == (Run(0, 2, 0, 2),)
    assert identity("").runs == ()
    assert identity("质量").raw_span(Span(1, 2)) == Span(1, 2)


def test_the_edits_tell_what_was_done_in_raw_places() -> None:
    edits = clean("質(zhì)量,,第一").edits
    assert edits[0] == Edit("pinyin", Span(0, 6), "質(zhì)", "質")
    assert edits[1] == Edit("noise-comma", Span(7, 8), ",", "")


def test_edits_carried_out_give_the_clean_text() -> None:
    raw = "目標?!毒V要》提出,,質(zhì)量著力"
    assert clean(raw).replay(raw) == clean(raw).text


def test_edits_do_not_fit_another_text() -> None:
    with pytest.raises(ValueError, match="expects"):
        clean("質(zhì)量").replay("数(shù)量")


def test_a_gap_has_an_issue_at_its_place() -> None:
    found = clean("高質量發展?！痹趦蓵?場內外")
    [issue] = found.issues
    assert issue.code == "lost-character"
    assert issue.span is not None
    assert issue.span.of(found.text) == "□"


def test_clean_text_passes_with_one_run_and_no_edit() -> None:
    text = "一、总体要求\n坚持质量第一，到2025年合格率达到95%以上（市市场监管局牵头）。\n"
    found = clean(text)
    assert found.text == text
    assert found.edits == ()
    assert len(found.runs) == 1


@pytest.mark.slow
def test_clean_text_passes_at_a_million_characters_a_second() -> None:
    text = "坚持质量第一，到2025年合格率达到95%以上（市市场监管局牵头）。\n" * 30_000
    clean(text[:100])
    start = time.process_time()
    clean(text)
    assert len(text) / (time.process_time() - start) > 1_000_000


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["质 ", "?", "？啊", "(a)", "的(de)", "（", ",", '。& " ', "质("])
def test_a_line_of_nothing_but_one_piece_takes_bounded_time(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    start = time.process_time()
    clean(text)
    assert time.process_time() - start < 10


@pytest.mark.shared
def test_the_seed_article_is_cleaned_to_the_character(shared: Path) -> None:
    raw = (shared / "corpus/seed-article.txt").read_text(encoding="utf-8")
    gold = (shared / "gold/seed_clean.txt").read_text(encoding="utf-8")
    found = clean(raw)
    assert found.text == gold
    assert found.replay(raw) == gold
    entities = json.loads((shared / "gold/seed.json").read_text(encoding="utf-8"))["entities"]
    assert len(entities) >= 150
    for entity in entities:
        place = found.raw_span(Span(entity["start"], entity["end"]))
        assert (place.start, place.end) == (entity["raw_start"], entity["raw_end"]), entity["text"]


@pytest.mark.shared
def test_garbled_copies_keep_no_reading_and_no_traditional_character(shared: Path) -> None:
    files = sorted((shared / "corpus/docs").glob("0[79]*.txt")) + sorted(
        (shared / "corpus/docs").glob("08*.txt")
    )
    assert len(files) >= 20
    for file in files:
        raw = file.read_text(encoding="utf-8")
        found = clean(raw)
        assert clean(found.text).text == found.text, file.name
        assert found.replay(raw) == found.text, file.name
        assert not [issue for issue in found.issues if issue.code.startswith("bracket")], file.name
        assert simplified(found.text) == found.text, file.name


@pytest.mark.slow
def test_a_repair_with_too_much_to_do_is_refused_and_said_so() -> None:
    raw = "质 量 " * 500_000
    found = clean(raw)
    assert found.text == raw
    assert "repair-refused" in {issue.code for issue in found.issues}


def test_repairs_in_place_keep_every_offset() -> None:
    text = '推進"互聯網＋監管"系統(試點),構建“數字財政"體系。'
    found = clean_in_place(text)
    assert found == "推进“互联网＋监管”系统（试点），构建“数字财政”体系。"
    assert len(found) == len(text)


@given(st.text(alphabet='质量監管“”"(),，。:1a\n ', max_size=60))
def test_repairs_in_place_put_one_character_for_one(text: str) -> None:
    assert len(clean_in_place(text)) == len(text)
    assert clean_in_place(clean_in_place(text)) == clean_in_place(text)
