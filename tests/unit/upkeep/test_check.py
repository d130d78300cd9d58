"""What `check` finds in a home that was damaged in one way; an invented plan, scraped with readings."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from kg.upkeep import FAULTS
from kg.workspace import Workspace, open_workspace
from tests.plans import STANDARDS

SCRAPED = STANDARDS.replace("质量", "質(zhì)量", 1)


@pytest.fixture
def space(tmp_path: Path) -> Iterator[Workspace]:
    (tmp_path / "plan.txt").write_text(SCRAPED, encoding="utf-8")
    with open_workspace(tmp_path / "home", create=True) as space:
        list(space.build([tmp_path / "plan.txt"]))
        yield space


def kept(space: Workspace, ending: str) -> Path:
    """Return the one file of the home that ends so."""
    (path,) = (space.home.path / "texts").glob(f"*{ending}")
    return path


def edited(name: str, value: str) -> Callable[[Workspace], None]:
    """Return a damage: the first mention with its words quoted says another *value*."""
    return lambda space: space.store.update(
        f"""PREFIX qkg: <https://w3id.org/qualitykg/ns#>
        DELETE {{ GRAPH ?g {{ ?x qkg:{name} ?old }} }}
        INSERT {{ GRAPH ?g {{ ?x qkg:{name} {value} }} }}
        WHERE {{
          {{ SELECT ?x {{ GRAPH ?h {{ ?x qkg:exact ?words }} }} ORDER BY ?x LIMIT 1 }}
          GRAPH ?g {{ ?x qkg:{name} ?old }}
        }}"""
    )


UNLED = """PREFIX qkg: <https://w3id.org/qualitykg/ns#>
DELETE WHERE { GRAPH ?g { ?x qkg:ledBy ?body } }"""

DAMAGES: list[tuple[str, Callable[[Workspace], object]]] = [
    ("altered", lambda space: kept(space, ".raw").write_bytes(SCRAPED.encode() + b"\n")),
    ("bytes-lost", lambda space: kept(space, ".raw").unlink()),
    ("text-lost", lambda space: kept(space, ".txt").unlink()),
    ("map-lost", lambda space: kept(space, ".map.json").unlink()),
    ("map-lost", lambda space: kept(space, ".map.json").write_text("[[0,3")),
    ("map-lost", lambda space: kept(space, ".map.json").write_text("[[0,3,0,3]]")),
    ("quote", edited("exact", '"别的话"')),
    ("place", edited("end", "100000")),
    ("raw-place", edited("rawEnd", "100000")),
    ("audit", lambda space: (space.home.path / "audit.jsonl").write_text("")),
    ("shortcut", lambda space: space.store.update(UNLED)),
]


def test_what_was_just_built_is_sound(space: Workspace) -> None:
    found = space.check()
    assert (found.documents, found.unkept, found.files, found.faults) == (1, 0, 2, ())
    assert found.spans > 10


@pytest.mark.parametrize(("code", "damage"), DAMAGES, ids=count())
def test_each_damage_is_told_by_its_name(
    space: Workspace, code: str, damage: Callable[[Workspace], object]
) -> None:
    damage(space)
    assert {fault.code for fault in space.check().faults} == {code}


def test_bytes_that_cannot_be_read_any_more_are_told(space: Workspace) -> None:
    kept(space, ".raw").write_bytes(b"\x00" * 100)
    assert {fault.code for fault in space.check().faults} == {"altered", "unreadable"}


def test_every_fault_has_a_damage_that_shows_it() -> None:
    assert {code for code, _ in DAMAGES} | {"unreadable"} == FAULTS.keys()


def test_a_document_from_elsewhere_is_counted_and_not_blamed(
    space: Workspace, tmp_path: Path
) -> None:
    space.export(tmp_path / "all.nq")
    with open_workspace(tmp_path / "other", create=True) as other:
        other.import_file(tmp_path / "all.nq")
        found = other.check()
    assert (found.documents, found.unkept, found.faults) == (0, 1, ())
