"""The command line, run in this process on an empty folder; `process` runs the real command."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import cli


@dataclass(frozen=True)
class Result:
    """What a command printed and how it ended."""

    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Result]


@pytest.fixture
def qkg(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Command:
    """Return a function that runs `qkg` in an empty folder and returns what it printed."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("QKG_")]:
        monkeypatch.delenv(name)

    def run(*arguments: str | Path, lang: str = "en") -> Result:
        monkeypatch.setenv("QKG_LANG", lang)
        monkeypatch.setattr(sys, "argv", ["qkg", *map(str, arguments)])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capfd.readouterr()
        return Result(code, printed.out, printed.err)

    return run


@pytest.fixture
def process(tmp_path: Path) -> Command:
    """Return a function that runs `qkg` as a process of its own in an empty folder."""

    def run(*arguments: str | Path) -> Result:
        done = subprocess.run(
            [Path(sys.executable).parent / "qkg", *map(str, arguments)],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run
