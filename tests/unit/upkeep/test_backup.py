"""A copy of a home and the way back: one instant, proved, whole or not at all."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from kg.errors import BackupError, HomeError, HomeFormatError, NoBackupError
from kg.upkeep import restore
from kg.upkeep.backup import LIST
from kg.workspace import Workspace, open_workspace
from tests.plans import STANDARDS


@pytest.fixture
def space(tmp_path: Path) -> Iterator[Workspace]:
    (tmp_path / "plan.txt").write_text(STANDARDS, encoding="utf-8")
    with open_workspace(tmp_path / "home", create=True) as space:
        list(space.build([tmp_path / "plan.txt"]))
        yield space


@pytest.fixture
def copy(space: Workspace, tmp_path: Path) -> Path:
    space.backup(tmp_path / "copy")
    return tmp_path / "copy"


def first(copy: Path, pattern: str) -> Path:
    """Return the first file of a copy that has such a name."""
    return min(copy.rglob(pattern))


def newer(copy: Path) -> None:
    """Say that another version made the copy."""
    told = json.loads((copy / LIST).read_bytes())
    (copy / LIST).write_text(json.dumps({**told, "format": "99"}))


DAMAGES: list[tuple[str, type[HomeError], Callable[[Path], object]]] = [
    ("is lost", BackupError, lambda copy: first(copy, "*.sst").unlink()),
    ("is not what it was", BackupError, lambda copy: first(copy, "*.raw").write_bytes(b"other")),
    ("does not belong", BackupError, lambda copy: (copy / "texts" / "new.raw").write_bytes(b"new")),
    ("no readable", BackupError, lambda copy: (copy / LIST).unlink()),
    ("no readable", BackupError, lambda copy: (copy / LIST).write_text("{")),
    ("no readable", BackupError, lambda copy: (copy / LIST).write_text("{}")),
    ("format 99", HomeFormatError, newer),
]


def test_what_comes_back_is_what_was_copied(space: Workspace, tmp_path: Path, copy: Path) -> None:
    space.remove(space.documents()[0].key)  # what happens later is not in it
    restore(copy, tmp_path / "again")
    with open_workspace(tmp_path / "again") as again:
        (document,) = again.documents()
        found = again.check()
    assert document.title == "云溪省标准提升行动方案"
    assert (found.documents, found.faults) == (1, ())


@pytest.mark.parametrize(("told", "kind", "damage"), DAMAGES, ids=count())
def test_a_damaged_copy_is_refused_and_nothing_is_written(
    tmp_path: Path,
    copy: Path,
    told: str,
    kind: type[HomeError],
    damage: Callable[[Path], object],
) -> None:
    damage(copy)
    with pytest.raises(kind, match=told):
        restore(copy, tmp_path / "again")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "home", "plan.txt"]


def test_a_folder_of_others_is_left_alone(space: Workspace, tmp_path: Path, copy: Path) -> None:
    for write in (space.backup, lambda folder: restore(copy, folder)):
        with pytest.raises(HomeError, match="holds other things"):
            write(tmp_path / "home")
    assert space.check().faults == ()


def test_a_store_elsewhere_is_not_said_to_be_copied(space: Workspace, tmp_path: Path) -> None:
    away = Workspace(
        space.home,
        space.store,
        space.settings.model_copy(update={"store": "sparql+http://x/sparql"}),
    )
    with pytest.raises(NoBackupError, match="qkg export"):
        away.backup(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_copy_says_when_it_was_made(copy: Path) -> None:
    made = datetime.fromisoformat(json.loads((copy / LIST).read_bytes())["made_at"])
    assert abs((datetime.now(UTC) - made).total_seconds()) < 600
