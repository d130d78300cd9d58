"""A wheel made of what git tracks, and installed beside no checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOMS = ("kg", "api", "viz", "ontology", "data")
BUILT = "api/static/yasqe."  # not in git; the better editor is there or it is not
_BESIDE = ("pyproject.toml", "README.md", "LICENSE", "hatch_build.py", "editor")
_LONGEST_S = 300


def tracked(root: Path, *names: str) -> list[str]:
    """Return the files of these folders that git knows, without those that somebody removed."""
    if shutil.which("git") is None or not (root / ".git").exists():
        pytest.skip("no git here to tell what belongs to the product")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *names],
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [name for name in listed.split("\0") if name and (root / name).is_file()]


@pytest.fixture(scope="session")
def source(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what the product is made of, without any file that git does not know."""
    folder = tmp_path_factory.mktemp("source")
    built = [path.relative_to(root).as_posix() for path in root.glob(f"{BUILT}*")]
    for name in (*tracked(root, *ROOMS, *_BESIDE), *built):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel, built without the index."""
    made = tmp_path_factory.mktemp("wheel")
    pip(["wheel", "--no-build-isolation", "--no-deps", "--no-index", "-w", str(made), str(source)])
    (found,) = made.glob("*.whl")
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """An environment of its own with the product from the wheel, and an empty folder to work in."""

    environment: Path
    folder: Path

    @property
    def qkg(self) -> str:
        """Return the command."""
        return str(self.environment / "bin" / "qkg")

    def run(self, *command: str) -> str:
        """Return what a program of the environment prints, run in the folder."""
        done = subprocess.run(
            [str(self.environment / "bin" / command[0]), *command[1:]],
            cwd=self.folder,
            env=own_environment(),
            capture_output=True,
            text=True,
            timeout=_LONGEST_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def own_environment() -> dict[str, str]:
    """Return what a process gets to know of this one: no path of Python, no setting of ours."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": os.environ.get("HOME", "/")}


@pytest.fixture(scope="session")
def place(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return an environment that has the libraries of this one, and the product from the wheel."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, symlinks=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    python = str(environment / "bin" / "python")
    pip(["--python", python, "install", "--no-deps", "--no-index", "--force-reinstall", str(wheel)])
    return Place(environment, tmp_path_factory.mktemp("elsewhere"))


def pip(arguments: Sequence[str]) -> None:
    """Run pip, quietly."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    done = subprocess.run(
        command,
        env=own_environment(),
        capture_output=True,
        text=True,
        timeout=_LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
