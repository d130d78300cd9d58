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
