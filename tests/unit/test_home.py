"""The data folder: made, opened, refused; texts kept by hash."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import HomeError, HomeFormatError, UnknownHomeError
from kg.home import Home, write_blocks


def test_a_home_is_made_once_and_opened_again(tmp_path: Path) -> None:
    made = Home.create(tmp_path / "home")
    assert Home.create(tmp_path / "home") == Home.open(tmp_path / "home") == made


def test_a_missing_home_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnknownHomeError, match="qkg build"):
        Home.open(tmp_path / "nowhere")


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(HomeError):
        Home.create(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_a_home_of_another_version_is_refused(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home")
    (home.path / "format").write_text("99", encoding="ascii")
    with pytest.raises(HomeFormatError, match="99"):
        Home.open(home.path)


def test_a_text_is_found_by_its_hash(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home")
    raw = home.keep_raw("質(zhì)量".encode())
    text = home.keep_text("质量", raw, [[0, 2, 0, 7]])
    assert home.text_of(text) == "质量"
    assert home.text_of("0" * 64) is None
    assert not [file for file in (home.path / "texts").iterdir() if file.name.startswith("tmp")]


def test_a_map_made_anew_stands_in_the_place_of_one_as_long(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home")
    raw = home.keep_raw("質(zhì)量".encode())
    home.keep_text("质量", raw, [[0, 2, 0, 7]])
    home.keep_text("质量", raw, [[0, 2, 0, 8]])
    assert (home.path / "texts" / f"{raw}.map.json").read_bytes() == b"[[0,2,0,8]]"


def test_what_cannot_be_written_leaves_no_draft(tmp_path: Path) -> None:
    def torn() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_blocks(tmp_path / "report.md", torn())
    assert list(tmp_path.iterdir()) == []
