"""A wheel made of a source archive of what git tracks, and installed beside no checkout."""

import email
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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
def archive(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a source archive."""
    made = tmp_path_factory.mktemp("archive")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(made)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = made.glob("*.tar.gz")
    return found


@pytest.fixture(scope="session")
def wheel(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel, built from the source archive and without the index."""
    made = tmp_path_factory.mktemp("wheel")
    pip(["wheel", "--no-build-isolation", "--no-deps", "--no-index", "-w", str(made), str(archive)])
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
        done = self.tried(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tried(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Return how a program of the environment ended, run in the folder."""
        return subprocess.run(
            [str(self.environment / "bin" / command[0]), *command[1:]],
            cwd=self.folder,
            env=own_environment(),
            capture_output=True,
            text=True,
            timeout=_LONGEST_S,
            check=False,
        )


def own_environment() -> dict[str, str]:
    """Return what a process gets to know of this one: no path of Python, no setting of ours."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": os.environ.get("HOME", "/")}


@pytest.fixture(scope="session")
def place_of(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Place]:
    """Return what gives an environment with the product, one extra, and what these ask for alone."""

    @cache
    def made(extra: str) -> Place:
        environment = tmp_path_factory.mktemp(f"environment-{extra}")
        venv.create(environment, symlinks=True)
        (packages,) = environment.glob("lib/python*/site-packages")
        for library in needed(wheel, extra):
            link(library, packages)
        python = str(environment / "bin" / "python")
        pip(["--python", python, "install", "--no-deps", "--no-index", str(wheel)])
        return Place(environment, tmp_path_factory.mktemp("elsewhere"))

    return made


@pytest.fixture(scope="session")
def place(place_of: Callable[[str], Place]) -> Place:
    """Return the environment of somebody who installs the wheel and no extra."""
    return place_of("")


def needed(wheel: Path, extra: str) -> Iterable[Distribution]:
    """Return what an installer would bring for the wheel with *extra*, as it is installed here."""
    with zipfile.ZipFile(wheel) as opened:
        (name,) = (name for name in opened.namelist() if name.endswith(".dist-info/METADATA"))
        told = email.message_from_bytes(opened.read(name)).get_all("Requires-Dist") or []
    found: dict[str, Distribution] = {}
    asked: set[str] = set()
    todo = [(line, extra) for line in told]
    while todo:
        line, wanted = todo.pop()
        one = Requirement(line)
        if one.marker is not None and not one.marker.evaluate({"extra": wanted}):
            continue
        if canonicalize_name(one.name) == "quality-kg":
            todo += [(line, own) for own in one.extras for line in told]
        elif str(one) not in asked:
            asked.add(str(one))
            found[canonicalize_name(one.name)] = library = distribution(one.name)
            todo += [(line, own) for own in one.extras or {""} for line in library.requires or ()]
    return found.values()


def link(library: Distribution, packages: Path) -> None:
    """Put the files of *library* where an environment finds them."""
    tops = {path.parts[0] for path in library.files or () if path.parts[0] != ".."}
    for top in tops - {"__pycache__"}:
        if not (packages / top).exists():
            (packages / top).symlink_to(Path(str(library.locate_file(top))))


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
