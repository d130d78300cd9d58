"""docs/architecture.md: the drawing is current, the session runs, what is named is there."""

import doctest
import importlib
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

NAMED = re.compile(r"`(kg\.[\w.]+)`")
PLACE = re.compile(r"`((?:kg|api|ontology|docs)/[^`]*)`")


@pytest.fixture(scope="module")
def script(script_of: Callable[[str], ModuleType]) -> ModuleType:
    return script_of("draw_house")


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "architecture.md").read_text("utf-8")


def test_the_drawing_of_the_house_is_current(root: Path, script: ModuleType) -> None:
    written = (root / "docs" / "house.svg").read_text("utf-8")
    assert written == script.drawing(), "run `python docs/draw_house.py`"


def test_every_room_is_drawn_once_and_none_that_is_not_there(
    root: Path, script: ModuleType
) -> None:
    drawn = [room for floor in script.floors() for room in floor.rooms]
    rooms = {
        path.stem
        for path in (root / "kg").iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").is_file()) and path.stem != "__init__"
    }
    assert sorted(drawn) == sorted({*rooms - {"queries"}, "api", "viz"})
    assert set(drawn) == set(script.WORDS)


def test_the_session_of_one_sentence_runs_as_written(root: Path) -> None:
    done = doctest.testfile(str(root / "docs" / "architecture.md"), module_relative=False)
    assert done.attempted >= 25
    assert done.failed == 0


def test_every_function_that_is_named_is_there(page: str) -> None:
    names = set(NAMED.findall(page))
    assert len(names) >= 14
    for name in names:
        module, _, function = name.rpartition(".")
        assert callable(getattr(importlib.import_module(module), function)), name


def test_every_place_that_is_named_is_there(root: Path, page: str) -> None:
    places = PLACE.findall(page)
    assert len(places) >= 14
    assert [place for place in places if not list(root.glob(place))] == []


def test_every_link_leads_somewhere(root: Path, page: str) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", page)
    assert len(targets) >= 4
    assert [target for target in targets if not (root / "docs" / target).exists()] == []
