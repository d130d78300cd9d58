"""Builds killed at any moment: what was told to be there is there, and nothing is half there.

`KILLS=200 pytest tests/cli/test_kills.py` kills as often as one likes.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.upkeep import restore
from kg.workspace import open_workspace
from tests.plans import STANDARDS

KILLS = int(os.environ.get("KILLS", "6"))
PLANS = 40
QKG = Path(sys.executable).parent / "qkg"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    for number in range(PLANS):
        text = STANDARDS.replace("云溪省", f"云溪{number}省").replace(
            "质量", "質(zhì)量", number % 3
        )
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


def killed(command: list[str | Path], cwd: Path, *, after_s: float) -> str:
    """Run a command, kill it (-9) after so long, and return what it had printed."""
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [QKG, *command], cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
        printed, _ = process.communicate()
    return printed.decode()


def test_whatever_moment_a_build_is_killed_the_home_stays_sound(
    tmp_path: Path, plans: Path
) -> None:
    moments = random.Random(7)  # no secret
    home, known = tmp_path / "home", 0
    for number in range(KILLS):
        killed(["build", plans, "--home", home], tmp_path, after_s=moments.uniform(0.3, 2.5))
        if not (home / "format").exists():
            continue
        with open_workspace(home) as space:
            found = space.check()
            assert found.faults == (), number
            assert found.documents >= known, number  # nothing that was stored is lost
            known = found.documents
            if known == PLANS:
                for document in space.documents()[::2]:
                    space.remove(document.key)
                known = len(space.documents())
    with open_workspace(home, create=True) as space:
        assert all(outcome.error is None for outcome in space.build(space.find([plans])))
        assert (space.check().documents, space.check().faults) == (PLANS, ())


def test_a_copy_made_while_a_build_writes_is_one_instant(tmp_path: Path, plans: Path) -> None:
    home = tmp_path / "home"
    with open_workspace(home, create=True) as space:
        space.keep_reference()
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    counts = []
    with subprocess.Popen([QKG, "build", plans, "--home", home], cwd=tmp_path, env=env) as build:
        for number in range(30):
            with open_workspace(home, read_only=True) as space:
                space.backup(tmp_path / f"copy{number}")
            restore(tmp_path / f"copy{number}", tmp_path / f"again{number}")
            with open_workspace(tmp_path / f"again{number}") as again:
                found = again.check()
            assert found.faults == (), number
            counts.append(found.documents + found.unkept)
            if build.poll() is not None:
                break
    assert build.returncode == 0
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]
