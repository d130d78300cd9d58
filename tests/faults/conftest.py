"""A small disk of its own for a test, in a namespace that ends with it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fuzz.hostile import plan

QKG = Path(sys.executable).with_name("qkg")
SIZE_KB = 24_000


@dataclass(frozen=True, slots=True)
class Disk:
    """A file system of `SIZE_KB`, seen by the processes that it runs alone."""

    path: Path
    namespace: int

    def run(self, *command: str | Path, **given: object) -> "subprocess.CompletedProcess[str]":
        """Run a command that sees the disk."""
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            self.seen_by(*command), capture_output=True, text=True, check=False, **given
        )

    def seen_by(self, *command: str | Path) -> list[str | Path]:
        """Return the command that runs *command* where the disk is seen."""
        enter = ["nsenter", "--preserve-credentials", "-U", "-m", "-t", str(self.namespace), "env"]
        return [*enter, "LC_ALL=C.UTF-8", "QKG_LANG=en", *command]

    def qkg(self, *words: str | Path) -> "subprocess.CompletedProcess[str]":
        """Run `qkg` on the home of the disk."""
        return self.run(QKG, *words, "--home", self.path / "home")

    def fill(self, *, leaving_kb: int) -> None:
        """Leave so much room and no more; what is filled already stays so."""
        filler = self.path / "filler"
        script = f"free=$(df -k --output=avail {self.path} | tail -1); dd if=/dev/zero of={filler} bs=1k count=$((free-{leaving_kb})) oflag=append conv=notrunc; test $(df -k --output=avail {self.path} | tail -1) -le {leaving_kb}"
        assert self.run("sh", "-c", script).returncode == 0

    def free(self) -> None:
        """Make room again."""
        assert self.run("rm", self.path / "filler").returncode == 0

    def remount(self, how: str) -> None:
        """Make it ``ro`` or ``rw``."""
        done = self.run("mount", "-o", f"remount,{how},size={SIZE_KB}k", self.path)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Give a small disk; skip where no file system may be mounted."""
    if not (shutil.which("unshare") and shutil.which("nsenter")):
        pytest.skip("no unshare and nsenter (util-linux) on this machine")
    path = tmp_path / "disk"
    path.mkdir()
    mount = f"mount -t tmpfs -o size={SIZE_KB}k none {path} && echo there && exec sleep 600"
    with ExitStack() as stack:
        holder = stack.enter_context(
            subprocess.Popen(
                ["unshare", "-U", "-r", "-m", "sh", "-c", mount],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        stack.callback(holder.kill)
        assert holder.stdout is not None
        if holder.stdout.readline() != "there\n":
            pytest.skip("this machine lets nobody mount a file system of their own")
        yield Disk(path, holder.pid)


@pytest.fixture
def plans(tmp_path: Path) -> list[Path]:
    """Give three plans, the last of them long."""
    files = []
    for number, area in enumerate(("宁远市", "临江市", "清河市")):
        file = tmp_path / f"{number}.txt"
        file.write_text(plan(area) + f"专栏{number}说明。\n" * 20, encoding="utf-8")
        files.append(file)
    return files
