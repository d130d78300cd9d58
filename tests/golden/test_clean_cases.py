"""The cleaner on short invented texts: as met in the wild, to be left alone, and known failures."""

import json
from pathlib import Path

import pytest

from kg.text.clean import clean

CASES = json.loads((Path(__file__).parent / "cases/clean.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["wild"], ids=lambda case: case["name"])
def test_a_garbled_text_comes_out_clean(case: dict[str, str]) -> None:
    found = clean(case["raw"])
    assert found.text == case["clean"]
    assert found.issues == ()
    assert found.replay(case["raw"]) == case["clean"]
    assert clean(case["clean"]).text == case["clean"]


@pytest.mark.parametrize("text", CASES["negative"])
def test_a_sound_text_stays_as_it_is(text: str) -> None:
    found = clean(text)
    assert found.text == text
    assert found.edits == ()


@pytest.mark.parametrize("case", CASES["failure"], ids=lambda case: case["name"])
def test_what_cannot_be_repaired_is_marked(case: dict[str, str]) -> None:
    found = clean(case["raw"])
    assert found.text == case["clean"]
    assert case["issue"] in {issue.code for issue in found.issues}


def test_there_are_enough_cases() -> None:
    assert len(CASES["wild"]) >= 15
    assert len(CASES["negative"]) >= 15
