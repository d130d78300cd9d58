"""What the pages on deployment say can be done: settings and commands that are there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main

from kg.cli import app
from kg.settings import described

NAMES = ("README.md", "quality-kg.service", "Containerfile")


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_and_command_named_there_exists(root: Path, name: str) -> None:
    text = (root / "docs" / "deploy" / name).read_text("utf-8")
    settings = set(re.findall(r"\bQKG_[A-Z_]+", text))
    assert settings
    assert settings <= {setting for setting, _, _ in described()}
    commands = set(re.findall(r"\bqkg ([a-z]+)", text))
    assert commands <= set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_unit_is_one(root: Path) -> None:
    unit = root / "docs" / "deploy" / "quality-kg.service"
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze here")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )
    faults = [line for line in done.stderr.splitlines() if "not executable" not in line]
    assert [line for line in faults if unit.name in line] == []
