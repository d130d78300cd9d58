"""docs/security.md names guards and tests that are there."""

import re
from importlib.util import find_spec
from pathlib import Path

from kg.settings import described

ROW = re.compile(
    r"^\| (?!threat|-)(?P<threat>[^|]+) \| (?P<guard>[^|]+) \| (?P<test>[^|]+) \|$", re.M
)
MODULE = re.compile(r"`((?:kg|api|viz)(?:\.\w+)*)`")
TEST = re.compile(r"`(test_\w+)`")
FILE = re.compile(r"`(tests/[\w/]+\.py)`")


def threats(root: Path) -> list[re.Match[str]]:
    page = (root / "docs" / "security.md").read_text("utf-8")
    parts = [part for part in page.split("\n\n") if part.startswith("| threat |")]
    return [row for part in parts for row in ROW.finditer(part)]


def test_every_threat_has_a_test_that_is_there(root: Path) -> None:
    sources = "".join(file.read_text("utf-8") for file in (root / "tests").rglob("test_*.py"))
    found = threats(root)
    assert len(found) >= 30
    for row in found:
        files, tests = FILE.findall(row["test"]), TEST.findall(row["test"])
        assert files or tests, row["threat"]
        assert [file for file in files if not (root / file).is_file()] == []
        assert [name for name in tests if f"def {name}(" not in sources] == []


def test_every_guard_that_is_named_is_there(root: Path) -> None:
    named = {name for row in threats(root) for name in MODULE.findall(row["guard"])}
    assert len(named) >= 15
    assert [name for name in sorted(named) if find_spec(name) is None] == []


def test_every_setting_that_is_named_is_there(root: Path) -> None:
    page = (root / "docs" / "security.md").read_text("utf-8")
    assert set(re.findall(r"QKG_[A-Z_]+", page)) <= {name for name, _, _ in described()}
