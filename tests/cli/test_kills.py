"""Work killed at any moment: what was told to be there is there, and nothing is half there.

`KILLS=200 pytest tests/cli/test_kills.py` kills as often as one likes, all kinds of work together.
"""

import csv
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from kg.errors import QkgError
from kg.ledger import statuses
from kg.storing import decisions
from kg.upkeep import restore
from kg.workspace import Workspace, open_workspace
from tests.plans import STANDARDS
from tests.service.conftest import serving

KILLS = max(1, int(os.environ.get("KILLS", "6")) // 6)  # of each kind of work
PLANS = 12
QKG = Path(sys.executable).parent / "qkg"
EARLIEST = 0.3  # of the time that work takes: before it the program is being loaded


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    return written(tmp_path / "plans", "分级评价")


@pytest.fixture
def home(tmp_path: Path, plans: Path) -> Path:
    done = run("build", plans, "--home", tmp_path / "home")
    assert done.returncode == 0, done.stderr
    return tmp_path / "home"


def written(folder: Path, word: str) -> Path:
    """Return a folder of plans that say *word*."""
    folder.mkdir()
    for number in range(PLANS):
        text = STANDARDS.replace("云溪省", f"云溪{number}省").replace(
            "质量", "質(zhì)量", number % 3
        )
        words = text.replace("分级评价", word)
        (folder / f"{number}.txt").write_text(words, encoding="utf-8")
    return folder


def started(*command: str | Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [QKG, *command],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*command: str | Path) -> "subprocess.CompletedProcess[str]":
    with started(*command) as process:
        out, err = process.communicate()
    return subprocess.CompletedProcess([], process.returncode, out, err)


def seconds(*command: str | Path) -> float:
    """Return how long a command takes that nobody kills."""
    began = time.monotonic()
    done = run(*command)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - began


def killed(*command: str | Path, after_s: float) -> bool:
    """Run a command and kill it (-9) after so long; return whether it had said that it was done."""
    with started(*command) as process:
        try:
            process.wait(after_s)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
    return process.returncode == 0


def sound(space: Workspace) -> int:
    """Return the number of documents of a home in which nothing is half there."""
    found = space.check()
    assert found.faults == ()
    return found.documents


def test_whatever_moment_a_build_is_killed_the_home_stays_sound(
    tmp_path: Path, plans: Path
) -> None:
    moments = random.Random(7)  # no secret
    whole = seconds("build", plans, "--home", tmp_path / "first")
    home, known = tmp_path / "home", 0
    for _ in range(KILLS):
        after_s = moments.uniform(EARLIEST, 1) * whole
        done = killed("build", plans, "--home", home, after_s=after_s)
        if not (home / "format").exists():
            continue
        with open_workspace(home) as space:
            assert sound(space) >= (PLANS if done else known)  # nothing that was stored is lost
            for document in space.documents()[::2]:
                space.remove(document.key)
            known = len(space.documents())
    assert run("build", plans, "--home", home).returncode == 0
    with open_workspace(home) as space:
        assert sound(space) == PLANS


def test_whatever_moment_documents_are_replaced_each_is_the_old_one_or_the_new(
    tmp_path: Path, plans: Path, home: Path
) -> None:
    versions = (written(tmp_path / "newer", "星级评定"), plans)
    moments = random.Random(8)
    whole = seconds("build", versions[0], "--home", home)
    for number in range(KILLS):
        after_s = moments.uniform(EARLIEST, 1) * whole
        killed("build", versions[1 - number % 2], "--home", home, after_s=after_s)
        with open_workspace(home) as space:
            assert sound(space) == PLANS


@dataclass(frozen=True, slots=True)
class Whole:
    """Work that is all there or not at all: a sheet with the same word in each row is taken in.

    Attributes:
        what: The sheet, and the command that takes it.
        column: Where the word stands.
        words: Two words, taken in by turns.
        seen: Return what is there of them.
    """

    what: str
    column: str
    words: tuple[str, str]
    seen: Callable[[Workspace], Counter[Hashable]]


WHOLE = (
    Whole(
        "review",
        "decision",
        ("accept", "reject"),
        lambda space: Counter(one.verdict for one in decisions(space.store)),
    ),
    Whole(
        "ledger",
        "progress",
        ("甲", "乙"),
        lambda space: Counter(one.progress for one in statuses(space.store)),
    ),
)


def filled(sheet: Path, column: str, word: str) -> Path:
    """Return a copy of a sheet in which each row says *word*."""
    copy = sheet.with_stem(f"{sheet.stem}-{word}")
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    place = next(at for at, heading in enumerate(head) if heading.split()[-1] == column)
    with copy.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [head, *([*row[:place], word, *row[place + 1 :]] for row in rows)]
        )
    return copy


@pytest.mark.parametrize("work", WHOLE, ids=lambda work: work.what)
def test_whatever_moment_a_sheet_is_taken_in_all_of_it_is_there_or_nothing(
    tmp_path: Path, home: Path, work: Whole
) -> None:
    sheet = tmp_path / "sheet.csv"
    assert run(work.what, "export", sheet, "--home", home).returncode == 0
    sheets = [filled(sheet, work.column, word) for word in work.words]
    whole, outcomes = 0.0, []
    for one in sheets:
        whole = seconds(work.what, "import", one, "--home", home)
        with open_workspace(home) as space:
            outcomes.append(work.seen(space))
    assert outcomes[0] != outcomes[1]
    now, moments = 1, random.Random(9)
    for _ in range(KILLS):
        after_s = moments.uniform(EARLIEST, 1) * whole
        done = killed(work.what, "import", sheets[1 - now], "--home", home, after_s=after_s)
        with open_workspace(home) as space:
            assert sound(space) == PLANS
            seen = work.seen(space)
        assert seen in ([outcomes[1 - now]] if done else outcomes)
        now = outcomes.index(seen)


def test_whatever_moment_a_backup_is_killed_it_is_whole_or_not_there(
    tmp_path: Path, home: Path
) -> None:
    moments = random.Random(10)
    whole = seconds("backup", tmp_path / "first", "--home", home)
    for number in range(KILLS):
        copy, again = tmp_path / f"copy{number}", tmp_path / f"again{number}"
        after_s = moments.uniform(EARLIEST, 1) * whole
        done = killed("backup", copy, "--home", home, after_s=after_s)
        assert copy.exists() or not done
        with open_workspace(home) as space:
            assert sound(space) == PLANS
        try:
            restore(copy, again)
        except QkgError:
            assert not done
            assert not copy.exists()
            continue
        with open_workspace(again) as space:
            assert sound(space) == PLANS


def test_no_write_that_the_service_acknowledged_is_lost_when_it_is_killed(home: Path) -> None:
    moments, told = random.Random(11), set()
    for number in range(KILLS):
        with serving(home) as service:
            ends = time.monotonic() + moments.uniform(0.05, 1)
            while time.monotonic() < ends:
                one = f"{number}.{len(told)}"
                answer = service.update(f'INSERT DATA {{ <urn:kill> <urn:seen> "{one}" }}')
                assert answer.status_code in (200, 204), answer.text
                told.add(one)
            service.process.kill()
            service.process.wait()
            with pytest.raises(httpx2.TransportError):
                service.client.get("/health")
        with open_workspace(home) as space:
            rows = space.store.select("SELECT ?n { <urn:kill> <urn:seen> ?n }").rows
            assert {str(row[0]) for row in rows} == told
            assert sound(space) == PLANS
    assert told


def test_a_copy_made_while_a_build_writes_is_one_instant(tmp_path: Path, plans: Path) -> None:
    home = tmp_path / "home"
    with open_workspace(home, create=True) as space:
        space.keep_reference()
    counts = []
    with started("build", plans, "--home", home) as build:
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
