"""A clock that jumps, ahead by years and back again: nothing is lost, what is told keeps its order."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.conftest import QKG

FAKETIME = shutil.which("faketime")
JUMPS = ("2026-05-01", "2049-12-31", "1999-01-01")


@pytest.mark.skipif(FAKETIME is None, reason="no faketime on this machine (Debian: faketime)")
def test_builds_reviews_and_copies_go_on_when_the_clock_jumps(
    tmp_path: Path, plans: list[Path]
) -> None:
    home = tmp_path / "home"

    def qkg(day: str, *words: str | Path) -> str:
        done = subprocess.run(
            [str(FAKETIME), f"{day} 12:00:00", QKG, *words],
            env=os.environ | {"QKG_LANG": "en"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (day, words, done.stderr)
        return done.stdout + done.stderr

    for number, day in enumerate(JUMPS):
        qkg(day, "build", *plans[: 1 + number % 3], "--home", home)
        plans[0].write_text(plans[0].read_text("utf-8") + f"{day}修订。\n", encoding="utf-8")
        qkg(day, "build", plans[0], "--home", home)
        qkg(day, "gaps", "--keep", "--home", home)
        qkg(day, "backup", tmp_path / day, "--home", home)
        assert "documents" in qkg(day, "check", "--home", home)
    qkg(JUMPS[0], "restore", tmp_path / JUMPS[1], "--home", tmp_path / "again")
    assert "documents 2" in qkg(JUMPS[0], "check", "--home", tmp_path / "again")
    assert "documents 3" in qkg(JUMPS[0], "check", "--home", home)
