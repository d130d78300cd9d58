"""The report tells what could not be read: how often, why, and the first places."""

import json

import pytest

from kg.report import Report, Wish, render
from kg.report.doubts import PLACES


def test_issues_are_counted_by_kind_the_most_frequent_first(report: Report) -> None:
    (document,) = report.doubtful
    assert [(line.code, line.number, len(line.places)) for line in document.issues] == [
        ("lost-character", 5, PLACES),
        ("misread-encoding", 1, 0),
    ]


@pytest.mark.parametrize(("lang", "words"), [("zh", "此处有字丢失"), ("en", "bytes are lost here")])
@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_issues_stand_on_the_page_with_their_places(
    report: Report, suffix: str, lang: str, words: str
) -> None:
    raw = render(report, suffix, Wish(lang=lang)).decode()
    page = raw.replace("\\", "")
    assert words in page
    assert ("第 20–25 字" if lang == "zh" else "characters 20–25") in page
    assert ("第 40–45 字" if lang == "zh" else "characters 40–45") not in page
    assert "<script>" not in raw


def test_a_hostile_quote_does_not_break_the_table(report: Report) -> None:
    lines = render(report, ".md", Wish()).decode().splitlines()
    (row,) = [line for line in lines if "此处有字丢失" in line]
    assert row.count("|") - row.count("\\|") == 5


def test_issues_are_in_the_json(report: Report) -> None:
    (document,) = json.loads(render(report, ".json", Wish()))["documents"]
    first = document["issues"][0]
    assert (first["number"], first["places"][1]["start"]) == (5, 10)
