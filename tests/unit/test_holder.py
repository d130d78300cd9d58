"""Who holds a folder is told with what it runs; a process that has ended holds nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreLockedError
from kg.holder import lives, sign, signed
from kg.settings import Settings
from kg.store import open_store

NOBODY = "has not said who it is"
HOLD = """
import sys, time
from pathlib import Path
from kg.settings import Settings
from kg.store import open_store
sys.argv = ["qkg", "build", "plans"]
store = open_store(Path(sys.argv0), settings=Settings())
print("held", flush=True)
time.sleep(60)
"""


def test_who_signs_is_told_in_both_languages(tmp_path: Path) -> None:
    sign(tmp_path / "holder")
    told = signed(tmp_path / "holder")
    assert f"process {os.getpid()}: " in told.en
    assert f"进程 {os.getpid()}：" in told.zh
    assert "since 20" in told.en


@pytest.mark.parametrize(
    "content", ["", "123", "[]", '{"process": 1}', "\0", '{"process": "x", "command": 1}']
)
def test_a_file_that_says_nothing_sensible_names_nobody(tmp_path: Path, content: str) -> None:
    (tmp_path / "holder").write_text(content, encoding="utf-8")
    assert NOBODY in signed(tmp_path / "holder").en


def test_a_process_that_has_ended_is_not_named(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    assert not lives(ended.pid)
    content = f'{{"process": {ended.pid}, "command": "qkg build", "since": "2026-05-01"}}'
    (tmp_path / "holder").write_text(content, encoding="utf-8")
    assert NOBODY in signed(tmp_path / "holder").en


def test_a_second_process_is_told_who_holds_the_store_until_that_one_is_killed(
    tmp_path: Path, settings: Settings
) -> None:
    script = HOLD.replace("sys.argv0", repr(str(tmp_path / "s")))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StoreLockedError, match=f"process {other.pid}: qkg build plans, since"):
            open_store(tmp_path / "s", settings=settings)
        other.kill()
    store = open_store(tmp_path / "s", settings=settings)  # the lock of a dead process is none
    assert f"process {os.getpid()}" in signed(tmp_path / "s" / "holder").en
    store.close()
