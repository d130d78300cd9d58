"""The house rules that a machine can keep, beside what ruff, mypy and import-linter keep."""

import re
import tempfile
from importlib.resources import files
from pathlib import Path

import pytest

from kg import settings
from kg.cli import app

ADDRESS = re.compile(r"https?://[^\s\"]*(?:simple|index|\.whl|\.tar\.gz|\.tgz)")

COMMON = ("/", "/tmp", tempfile.gettempdir())
"""Folders that texts may name, though a checkout may lie right in them."""

LINES = 300
LONGER = {
    "kg/analysis/schema.py": "a list: every table, declared once, each a few lines",
    "kg/extract/duties/clause.py": "one grammar of brackets and clauses, which calls itself",
}


def test_pins_are_exact_and_name_no_address(root: Path) -> None:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert len(pins) > 60
    assert [pin for pin in pins if not re.fullmatch(r"[\w.\-]+==[\w.\-+!]+", pin)] == []


def test_no_file_names_a_package_address_or_a_folder_of_a_machine(root: Path) -> None:
    texts = [
        path
        for path in root.rglob("*")
        if path.suffix in {".py", ".toml", ".md", ".txt", ".js", ".sh"}
        and not {".venv", ".git", "damaged", "demo-data", "qkg-data"} & set(path.parts)
        and not path.name.startswith("yasqe.")  # built from npm, not in git: names of vocabularies
    ]
    assert len(texts) > 200
    here = str(root) + "/" if str(root.parent) in COMMON else str(root.parent) + "/"
    bad = [
        path.name
        for path in texts
        if ADDRESS.search(text := path.read_text(encoding="utf-8")) or here in text
    ]
    assert bad == []


def test_a_module_is_read_in_one_go(root: Path) -> None:
    modules = [path for room in ("kg", "api", "viz") for path in (root / room).rglob("*.py")]
    assert len(modules) > 400
    long = {
        path.relative_to(root).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in modules
    }
    assert {name for name, lines in long.items() if lines > LINES} <= LONGER.keys()


@pytest.mark.parametrize(
    "path",
    ["ontology/quality.ttl", "ontology/shapes.ttl", "data/planted.toml", "data/facts/outline.nq"],
)
def test_what_ships_is_found_as_a_resource(path: str) -> None:
    found = files(path.split("/")[0])
    for part in path.split("/")[1:]:
        found = found.joinpath(part)
    assert found.is_file()


def test_every_decision_is_numbered_once(root: Path) -> None:
    numbers = [path.name[:3] for path in (root / "docs" / "decisions").glob("*.md")]
    assert sorted(numbers) == [f"{n:03}" for n in range(1, len(numbers) + 1)]


def test_commands_and_settings_have_one_name_each() -> None:
    commands = [command.name or command.callback.__name__ for command in app.registered_commands]
    names = [name for name, _, _ in settings.described()]
    assert len(commands) == len(set(commands))
    assert len(names) == len(set(names))
