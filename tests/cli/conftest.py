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

# Invented.
UPPER = """云溪省标准提升行动方案
一、重点任务
（一）提升旅游服务质量。完善景区服务规范。（省文化和旅游厅牵头）
（二）培育质量文化。组织质量知识进校园。（省教育厅牵头）
本文件为虚构示例。
"""
LOWER = """宁远市标准提升实施方案
根据《云溪省标准提升行动方案》，制定本方案。
一、重点任务
（一）提升旅游服务质量。完善景区服务规范。（市文化和旅游局牵头）
（二）压减检查质量频次。推行综合查一次制度。（市司法局牵头）
本文件为虚构示例。
"""


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


@pytest.fixture
def linked(qkg: Command, tmp_path: Path) -> Command:
    """Return the command line on a home with a plan and the plan that takes it up."""
    (tmp_path / "upper.txt").write_text(UPPER, encoding="utf-8")
    (tmp_path / "lower.txt").write_text(LOWER, encoding="utf-8")
    assert qkg("build", "lower.txt", "upper.txt").returncode == 0
    return qkg
