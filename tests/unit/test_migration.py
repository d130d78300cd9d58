"""A home of an older version is brought up, with all that people corrected in it.

tests/data/homes/format-1.tar.xz was written by the product as it was then: one invented plan, built, and
one duty rejected by a reviewer.
"""

import tarfile
from pathlib import Path

import pytest

from kg.errors import HomeFormatError
from kg.home import Home
from kg.migration import FORMAT, FORMATS, STEPS
from kg.model import Verdict
from kg.storing import decisions
from kg.vocab import Class
from kg.workspace import Workspace, open_workspace

HOMES = Path(__file__).parents[1] / "data" / "homes"


def has_duty(space: Workspace, body: str) -> bool:
    return space.store.ask(
        f"""ASK {{ ?duty a <{Class.RESPONSIBILITY}> ; ?by ?body . ?body ?named ?name
        FILTER(STRENDS(STR(?name), "{body}")) }}"""
    )


@pytest.fixture
def old(tmp_path: Path) -> Path:
    with tarfile.open(HOMES / "format-1.tar.xz") as packed:
        packed.extractall(tmp_path / "home", filter="data")
    return tmp_path / "home"


def test_each_step_leads_to_the_next_and_says_what_it_does() -> None:
    assert [step.new for step in STEPS[:-1]] == [step.old for step in STEPS[1:]]
    assert STEPS[-1].new == FORMAT
    assert len(FORMATS) == len(STEPS) + 1
    for step in STEPS:
        assert step.meaning.zh
        assert step.meaning.en


def test_a_home_of_every_older_format_is_kept_here() -> None:
    kept = {file.name.partition(".")[0].removeprefix("format-") for file in HOMES.iterdir()}
    assert kept == FORMATS - {FORMAT}


def test_an_older_home_is_brought_up_when_it_is_opened_once_and_for_all(old: Path) -> None:
    for cache in ("labels.sqlite", "labels.sqlite-wal", "store/holder"):
        (old / cache).write_text("older", encoding="utf-8")
    (old / "tables").mkdir()
    assert (old / "format").read_text("ascii") == "1"
    Home.open(old)
    assert (old / "format").read_text("ascii") == FORMAT
    assert not [*old.glob("labels*"), *old.glob("tables"), *old.glob("store/holder")]
    (old / "labels.sqlite").write_text("newer", encoding="utf-8")
    Home.open(old)
    assert (old / "labels.sqlite").exists()


def test_a_step_that_was_cut_off_is_done_again(old: Path) -> None:
    STEPS[0].work(old)  # and the process is killed before the number is written
    with open_workspace(old) as space:
        assert space.check().faults == ()


def test_what_people_corrected_outlives_the_upgrade_and_the_next_build(
    old: Path, tmp_path: Path
) -> None:
    with open_workspace(old) as space:
        found = space.check()
        assert (found.documents, found.faults) == (1, ())
        (decision,) = decisions(space.store)
        assert decision.verdict is Verdict.REJECT
        assert len(space.documents()) == 1
        assert space.gaps() is not None
        raw = next((old / "texts").glob("*.raw")).read_bytes()
        (tmp_path / "city.txt").write_bytes(raw)
        outcomes = list(space.build([tmp_path / "city.txt"]))
        assert [str(outcome.status) for outcome in outcomes] == ["replaced"]
        assert decisions(space.store) == [decision]
        assert has_duty(space, "云溪市教育局")
        assert not has_duty(space, "云溪市财政局")
        assert space.check().faults == ()


def test_a_home_of_a_newer_version_is_left_as_it_is(old: Path) -> None:
    (old / "format").write_text("99", encoding="ascii")
    before = sorted(old.rglob("*"))
    with pytest.raises(HomeFormatError, match="99"):
        Home.open(old)
    assert sorted(old.rglob("*")) == before
