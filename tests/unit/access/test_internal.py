"""Which documents are internal, as a file of the home says."""

from pathlib import Path

import pytest

from kg.access import Internal
from kg.errors import HomeError


def test_marks_are_added_and_taken_away_and_seen_by_every_process(tmp_path: Path) -> None:
    ours, theirs = Internal(tmp_path), Internal(tmp_path)
    assert ours.documents() == frozenset()
    theirs.restrict(["a1", "b2"])
    assert ours.documents() == {"a1", "b2"}
    ours.open(["a1", "unknown"])
    assert theirs.documents() == {"b2"}


def test_only_the_owner_reads_the_file_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    Internal(tmp_path).restrict(["a1"])
    assert (tmp_path / "internal.json").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir() if not path.name.endswith(".lock")} == {
        "internal.json"
    }


@pytest.mark.parametrize(
    "content", ["", "null", "[]", "{}", '{"documents": [1]}', '{"documents": 1}']
)
def test_a_damaged_file_says_nothing_of_any_document(tmp_path: Path, content: str) -> None:
    (tmp_path / "internal.json").write_text(content, "utf-8")
    with pytest.raises(HomeError, match=r"internal\.json"):
        Internal(tmp_path).documents()


def test_a_folder_that_is_not_there_has_nothing_internal_and_cannot_get_it(tmp_path: Path) -> None:
    nowhere = Internal(tmp_path / "no")
    assert nowhere.documents() == frozenset()
    with pytest.raises(HomeError):
        nowhere.restrict(["a1"])
