"""docs/dependencies.md tells every dependency, its licence as installed, and why it is there."""

import re
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType

import pytest

ROW = re.compile(r"^\| ([\w.-]+) \| ([^|]+) \| (\d{4}-\d\d-\d\d) \| ([^|]+) \|$", re.M)
ALONG = re.compile(r"^\| ([\w.-]+) \| ([^|]+) \|$", re.M)
COPYLEFT = ("GPL", "AGPL", "GNU")


@pytest.fixture(scope="module")
def script(script_of: Callable[[str], ModuleType]) -> ModuleType:
    return script_of("list_dependencies")


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "dependencies.md").read_text("utf-8")


def installed(name: str) -> bool:
    """Return whether a package is there; a part that this machine does without is not."""
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def test_every_dependency_is_told_with_its_reason(script: ModuleType, page: str) -> None:
    told = {name: why for name, _, _, why in ROW.findall(page)}
    named = {one.name: one.why for one in script.dependencies()}
    assert len(named) > 45
    assert all(named.values())
    assert told == named, "run `python docs/list_dependencies.py`"


def test_licences_are_told_as_installed(script: ModuleType, page: str) -> None:
    told = {name: licence for name, licence, _, _ in ROW.findall(page) if installed(name)}
    assert len(told) > 35
    assert told == {name: script.licence(distribution(name)) for name in told}


def test_no_licence_is_gpl_or_agpl_without_a_choice(page: str) -> None:
    licences = {name: licence for name, licence, _, _ in ROW.findall(page)}
    licences |= dict(ALONG.findall(page))
    assert len(licences) > 100
    for name, licence in licences.items():
        assert licence != "?", name
        free = [one for one in licence.split(" OR ") if not one.startswith(COPYLEFT)]
        assert free, name


def test_what_the_product_brings_along_is_told(script: ModuleType, page: str) -> None:
    direct = [one.name for one in script.dependencies() if one.part == "product"]
    brought = script.brought_along(direct).keys() - set(direct)
    assert len(brought) > 30
    assert brought - dict(ALONG.findall(page)).keys() - {n.lower() for n in direct} == set()
