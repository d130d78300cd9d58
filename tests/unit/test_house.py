"""The house rules that a machine can keep, beside what ruff, mypy and import-linter keep."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from kg import settings
from kg.cli import app

ADDRESS = re.compile(r"https?://[^\s\"]*(?:simple|index|\.whl|\.tar\.gz|\.tgz)")


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
    here = str(root.parent) + "/"
    bad = [
        path.name
        for path in texts
        if ADDRESS.search(text := path.read_text(encoding="utf-8"))
        or (here != "/" and here in text)
    ]
    assert bad == []


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
