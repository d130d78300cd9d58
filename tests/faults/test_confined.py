"""What runs away while it is read costs its own reading: time, memory, a broken process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kg.confined import within_limits
from kg.errors import (
    InternalFaultError,
    QkgError,
    RunawayDocumentError,
    SettingsError,
)
from kg.model import Metadata
from kg.pipeline import Options
from kg.settings import Settings
from kg.storing import Status
from kg.workspace import open_workspace
from tests.faults.work import busy, refused
from tests.fuzz.hostile import nested_forms, plan
from tests.service.conftest import processes_below

STRICT = Settings(read_limit_s=1, read_memory_mb=200)
RUNAWAYS: dict[str, tuple[Callable[[], object], type[QkgError], str]] = {
    "computes": (partial(pow, 7, 10**10), RunawayDocumentError, "1 s or 200 MB"),
    "waits": (partial(time.sleep, 60), RunawayDocumentError, "QKG_READ_LIMIT_S"),
    "hoards": (partial(bytes, 10**9), RunawayDocumentError, "QKG_READ_MEMORY_MB"),
    "aborts": (os.abort, RunawayDocumentError, "SIGABRT"),
    "breaks": (partial(signal.raise_signal, signal.SIGSEGV), RunawayDocumentError, "SIGSEGV"),
    "leaves": (partial(os._exit, 7), RunawayDocumentError, "exit 7"),
    "fails": (partial(int, "x"), InternalFaultError, "ValueError"),
}


def settled(work: Callable[[], object]) -> object:
    return within_limits(work, name="a.txt", settings=STRICT)


@pytest.mark.parametrize("kind", RUNAWAYS)
def test_a_runaway_is_one_clear_error_and_the_next_is_read(kind: str) -> None:
    work, error, words = RUNAWAYS[kind]
    began = time.monotonic()
    with pytest.raises(error, match=words) as raised:
        settled(work)
    assert time.monotonic() - began < 10
    assert "a.txt" in raised.value.text("zh")
    assert settled(partial(len, "质量")) == 2


def test_an_error_of_ours_comes_back_as_it_is() -> None:
    with pytest.raises(SettingsError, match="QKG_PAGE_LIMIT"):
        settled(refused)


def test_one_process_reads_all_documents_until_one_overruns() -> None:
    first = settled(os.getpid)
    assert settled(os.getpid) == first != os.getpid()
    with pytest.raises(RunawayDocumentError):
        settled(os.abort)
    assert settled(os.getpid) != first


def test_a_process_that_was_killed_while_it_waited_is_replaced() -> None:
    process = settled(os.getpid)
    assert isinstance(process, int)
    os.kill(process, signal.SIGKILL)
    time.sleep(0.1)
    assert settled(partial(len, "质量")) == 2


def test_limits_are_of_each_document_and_not_of_all_together() -> None:
    first = settled(os.getpid)
    for _ in range(4):
        settled(partial(busy, 0.7))
    assert settled(os.getpid) == first


def test_what_a_library_prints_is_no_answer() -> None:
    assert settled(partial(print, "printed")) is None
    assert settled(partial(os.system, "echo printed by the system")) == 0


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    script = (
        "import os, sys, time; from kg.confined import within_limits; from kg.settings import Settings;"
        "print(within_limits(os.getpid, name='a', settings=Settings()), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert child in processes_below(parent.pid)
        parent.kill()
    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_blows_up_is_one_failed_document(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QKG_READ_LIMIT_S", "2")
    files = tmp_path / "files"
    files.mkdir()
    (files / "1.txt").write_text(plan("宁远市"), encoding="utf-8")
    (files / "2.pdf").write_bytes(nested_forms(8))
    (files / "3.txt").write_text(plan("临江市"), encoding="utf-8")
    with open_workspace(tmp_path / "home", create=True) as space:
        done = list(space.build(space.find([files]), options=Options(Metadata(title=""), jobs)))
        assert [one.status for one in done] == [Status.NEW, Status.FAILED, Status.NEW]
        assert isinstance(done[1].error, RunawayDocumentError)
        found = space.check()
    assert (found.documents, found.faults) == (2, ())
