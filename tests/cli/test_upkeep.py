"""`qkg check`: what it prints and how it ends."""

from pathlib import Path

from tests.cli.conftest import Command


def test_a_sound_home_ends_with_nothing_to_list(linked: Command) -> None:
    done = linked("check")
    assert (done.returncode, done.stdout) == (0, "")
    assert "documents 2" in done.stderr


def test_a_damaged_home_lists_what_and_where(linked: Command, tmp_path: Path) -> None:
    text = next((tmp_path / "qkg-data" / "texts").glob("*.txt"))
    text.write_text("别的话", encoding="utf-8")
    done = linked("check")
    assert done.returncode == 1
    assert "altered" in done.stdout
    assert text.name[:10] in done.stdout


def test_a_copy_comes_back_as_a_home(linked: Command) -> None:
    done = linked("backup", "copy")
    assert done.returncode == 0
    assert "copied: copy" in done.stderr
    assert linked("restore", "copy", "--home", "again").returncode == 0
    assert "documents 2" in linked("check", "--home", "again").stderr


def test_a_damaged_copy_is_told_in_both_languages(linked: Command, tmp_path: Path) -> None:
    linked("backup", "copy")
    next((tmp_path / "copy" / "texts").glob("*.raw")).unlink()
    for lang, words in (("en", "is lost; take another one"), ("zh", "请换一份")):
        done = linked("restore", "copy", "--home", "again", lang=lang)
        assert done.returncode == 1
        assert words in done.stderr.replace("\n", "")
