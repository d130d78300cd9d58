"""What holds for the cleaner on any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Span
from kg.text.clean import CleanText, clean

PIECES = st.sampled_from(
    [
        *"质量強國,，.。!！?？:：;；()（）《》“” \n\r\t\u200b著着□、%1A",
        "質(zhì)",
        "的(de)",
        "品(pin) ",
        "?!毒V要",
        "。《",
        "?。ㄒ唬",
        ",,",
        "1,000",
        "10:30",
        "(R&D)",
        "⺠",
        '& J" N+ v9 ',
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60))


@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean(raw).text
    assert clean(once).text == once


@given(TEXTS)
def test_the_runs_cover_the_clean_text_and_ascend_in_the_raw(raw: str) -> None:
    found = clean(raw)
    clean_at = raw_at = 0
    for run in found.runs:
        assert run.clean_start == clean_at < run.clean_end
        assert raw_at <= run.raw_start < run.raw_end <= len(raw)
        size = run.clean_end - run.clean_start
        assert size in {1, run.raw_end - run.raw_start}
        clean_at, raw_at = run.clean_end, run.raw_end
    assert clean_at == len(found.text)


@given(TEXTS)
def test_each_clean_character_has_its_own_raw_place(raw: str) -> None:
    found = clean(raw)
    at = 0
    for index, char in enumerate(found.text):
        place = found.raw_span(Span(index, index + 1))
        assert at <= place.start < place.end
        at = place.end
        untouched = len(place.of(raw)) == 1 and not found.edits
        assert not untouched or place.of(raw) == char


@given(TEXTS)
def test_the_edits_replayed_give_the_clean_text(raw: str) -> None:
    assert clean(raw).replay(raw) == clean(raw).text


@given(TEXTS)
def test_a_map_written_and_read_is_the_same_map(raw: str) -> None:
    found = clean(raw)
    assert CleanText.from_map(found.text, found.to_map()).runs == found.runs


@settings(max_examples=50)
@given(
    st.text(st.sampled_from("质量强国建设标准计量，。、；：（）《》“”\n0123456789%"), max_size=80)
)
def test_a_text_of_full_width_chinese_is_never_touched_but_for_doubled_marks(raw: str) -> None:
    found = clean(raw)
    assert {edit.rule for edit in found.edits} <= {"noise-comma", "hard-line-end"}
