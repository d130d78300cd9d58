"""docs/extending.md: every package of the page is written, installed and used as the page says."""

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

BLOCK = re.compile(r"```(\w+)(?: (\S+))?\n(.*?)```", re.DOTALL)
PAGE = Path(__file__).parents[2] / "docs" / "extending.md"
SECTIONS = [part for part in PAGE.read_text("utf-8").split("\n## ")[1:] if part]
_MOST_LINES = 66  # what a page holds


@dataclass(frozen=True, slots=True)
class Toy:
    """A section of the page, written to a folder: its package is installed there."""

    folder: Path
    commands: str
    answer: str

    def run(self, commands: str) -> "subprocess.CompletedProcess[str]":
        """Run *commands* in a shell that finds the package and the product."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}"
        told = {"PATH": path, "PYTHONPATH": str(self.folder), "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            ["bash", "-ec", commands],
            cwd=self.folder,
            env=told,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )


def written(section: str, folder: Path) -> Toy:
    """Write the files of *section* and what an installer would; return the rest of it."""
    blocks = [*BLOCK.findall(PAGE.read_text("utf-8").split("\n## ")[0]), *BLOCK.findall(section)]
    for _, name, text in blocks:
        if name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    install(folder)
    rest = {kind: text for kind, name, text in blocks if not name}
    return Toy(folder, rest["bash"], rest["text"])


def install(folder: Path) -> None:
    """Write the metadata that a package in *folder* has when it is installed."""
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    ((group, named),) = project["entry-points"].items()
    (target,) = named.values()
    package = target.partition(":")[0]
    (folder / package / "__init__.py").touch()
    info = folder / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    lines = [f"{name} = {value}\n" for name, value in named.items()]
    (info / "entry_points.txt").write_text(f"[{group}]\n{''.join(lines)}", encoding="utf-8")


def title(section: str) -> str:
    return section.partition("\n")[0].partition(" · ")[2]


@pytest.mark.slow
@pytest.mark.parametrize("section", SECTIONS, ids=title)
def test_what_the_page_adds_works_as_it_says(section: str, tmp_path: Path) -> None:
    toy = written(section, tmp_path)
    done = toy.run(toy.commands)
    assert done.returncode == 0, done.stderr
    assert done.stdout == toy.answer
    listed = toy.run("qkg plugins")
    assert listed.returncode == 0, listed.stderr
    assert len(listed.stdout.splitlines()) == 2


def test_there_are_five_things_to_add_each_in_under_a_page() -> None:
    assert len(SECTIONS) == 5
    assert [title(part) for part in SECTIONS if len(part.splitlines()) > _MOST_LINES] == []
