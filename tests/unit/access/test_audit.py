"""The log of writes: lines are added, and whoever changes one is found out."""

import json
import multiprocessing
from pathlib import Path

import pytest

from kg.access import Audit, Write
from kg.errors import HomeError


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    made = Audit(tmp_path)
    for number in range(4):
        made.note(Write("POST /update", "204", token="desk", what={"graphs": [f"urn:{number}"]}))
    return made


def _lines(home: Path) -> list[str]:
    return (home / "audit.jsonl").read_text("utf-8").splitlines()


def _put(home: Path, lines: list[str]) -> None:
    (home / "audit.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def test_a_line_tells_who_wrote_what_and_when(audit: Audit) -> None:
    told = list(audit.lines())
    assert [one["what"] for one in told] == [{"graphs": [f"urn:{n}"]} for n in range(4)]
    assert {key for key in told[0] if key != "what"} == {"at", "way", "outcome", "token", "hash"}
    assert audit.broken() == []


def test_only_the_owner_reads_it(audit: Audit, tmp_path: Path) -> None:
    for name in ("audit.jsonl", "audit.head"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_an_edited_line_is_found(audit: Audit, tmp_path: Path) -> None:
    lines = _lines(tmp_path)
    lines[1] = lines[1].replace("desk", "dask")
    _put(tmp_path, lines)
    assert audit.broken() == [2]


def test_a_line_that_was_edited_with_its_hash_breaks_the_next(audit: Audit, tmp_path: Path) -> None:
    other = Audit(tmp_path / "other")
    (tmp_path / "other").mkdir()
    other.note(Write("POST /update", "204", token="desk"))
    lines = _lines(tmp_path)
    lines[0] = _lines(tmp_path / "other")[0]
    _put(tmp_path, lines)
    assert audit.broken() == [2]


@pytest.mark.parametrize(("gone", "found"), [(0, [1]), (1, [2]), (3, [4])])
def test_a_line_that_was_cut_out_is_found_the_last_too(
    audit: Audit, tmp_path: Path, gone: int, found: list[int]
) -> None:
    lines = _lines(tmp_path)
    del lines[gone]
    _put(tmp_path, lines)
    assert audit.broken() == found


def test_a_log_that_is_gone_is_found(audit: Audit, tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").unlink()
    assert audit.broken() == [1]


def test_lines_in_another_order_are_found(audit: Audit, tmp_path: Path) -> None:
    lines = _lines(tmp_path)
    lines[1], lines[2] = lines[2], lines[1]
    _put(tmp_path, lines)
    assert audit.broken()


def test_what_a_killed_writer_left_half_written_goes_with_the_next_line(
    audit: Audit, tmp_path: Path
) -> None:
    with (tmp_path / "audit.jsonl").open("a") as file:
        file.write('{"at": "2026')
    audit.note(Write("POST /update", "204"))
    assert audit.broken() == []
    assert len(list(audit.lines())) == 5


def test_a_writer_killed_before_the_file_beside_knew_breaks_nothing(
    audit: Audit, tmp_path: Path
) -> None:
    head = (tmp_path / "audit.head").read_bytes()
    audit.note(Write("POST /update", "204"))
    (tmp_path / "audit.head").write_bytes(head)
    assert audit.broken() == []
    audit.note(Write("POST /update", "204"))
    assert audit.broken() == []


def test_words_of_any_kind_stay_one_line(audit: Audit, tmp_path: Path) -> None:
    audit.note(Write("a\nb", "204", what={"文件": "\u2028\x00"}))
    assert len(_lines_of_file(tmp_path)) == 5
    assert audit.broken() == []


def _lines_of_file(home: Path) -> list[bytes]:
    return (home / "audit.jsonl").read_bytes().split(b"\n")[:-1]


def _note(home: Path) -> None:
    for _ in range(5):
        Audit(home).note(Write("build", "done"))


@pytest.mark.slow
def test_processes_that_write_at_once_make_one_chain(tmp_path: Path) -> None:
    spawning = multiprocessing.get_context("spawn")
    writers = [spawning.Process(target=_note, args=(tmp_path,)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(list(Audit(tmp_path).lines())) == 15
    assert Audit(tmp_path).broken() == []


def test_a_line_longer_than_what_is_read_back_keeps_the_chain(audit: Audit) -> None:
    audit.note(Write("build", "done", what={"documents": ["0123456789"] * 10_000}))
    audit.note(Write("build", "done"))
    assert audit.broken() == []


def test_a_folder_that_is_not_there_takes_no_line(tmp_path: Path) -> None:
    with pytest.raises(HomeError):
        Audit(tmp_path / "no").note(Write("build", "done"))


def test_a_line_is_json_without_what_is_empty(audit: Audit, tmp_path: Path) -> None:
    assert "role" not in json.loads(_lines(tmp_path)[0])
