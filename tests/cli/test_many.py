"""Many documents at once: read by several processes, killed, resumed, told how fast."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.generator import Form, generate
from kg.cli.pace import Line
from kg.inputs import readable_files
from kg.rdf.runs import RUN_GRAPH
from kg.workspace import Workspace, open_workspace

QKG = Path(sys.executable).parent / "qkg"
PLANS = 48


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("nation")
    generate(folder, documents=PLANS, form=Form.TEXTS)
    return folder


def building(texts: Path, home: Path) -> "subprocess.Popen[str]":
    command: list[str | Path] = [QKG, "build", texts, "--home", home, "--jobs", "2"]
    return subprocess.Popen(command, cwd=home.parent, stderr=subprocess.PIPE, text=True)


def below(pid: int) -> Iterator[int]:
    """Yield the processes that a process has started."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            yield int(status.parent.name)


def stored(home: Path) -> int:
    """Return how many documents a build has put into its store so far."""
    changes = home / "store" / "changes"
    return changes.read_text("utf-8").count("/graph/") if changes.exists() else 0


def dumped(space: Workspace) -> dict[str, list[bytes]]:
    """Return the lines of each graph, but for the one that tells when builds ran."""
    return {
        graph: sorted(b"".join(space.store.read_graph(graph, "application/n-triples")).splitlines())
        for graph in space.store.graphs()
        if graph != RUN_GRAPH
    }


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_a_build_that_is_killed_twice_ends_with_the_same_store(texts: Path, tmp_path: Path) -> None:
    home, known = tmp_path / "home", 0
    for _ in range(2):
        with building(texts, home) as build:
            while build.poll() is None and stored(home) < known + 6:
                time.sleep(0.02)
            readers = list(below(build.pid))
            build.send_signal(signal.SIGKILL)
        known = stored(home)
        assert readers
        assert gone(readers), "who read for it outlives it"
    with building(texts, home) as build:
        _, told = build.communicate()
    assert build.returncode == 0, told
    assert "unchanged" in told  # it went on where it stopped
    with open_workspace(home) as killed, open_workspace(tmp_path / "whole", create=True) as whole:
        assert all(outcome.error is None for outcome in whole.build(whole.find([texts])))
        assert (killed.check().documents, killed.check().faults) == (PLANS, ())
        assert dumped(killed) == dumped(whole)


def gone(processes: list[int]) -> bool:
    end = time.monotonic() + 20
    while any(Path(f"/proc/{one}").exists() for one in processes) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(Path(f"/proc/{one}").exists() for one in processes)


@pytest.mark.slow
def test_a_build_tells_how_fast_it_was(texts: Path, tmp_path: Path) -> None:
    some = sorted(texts.rglob("*.txt"))[:3]
    command: list[str | Path] = [QKG, "build", *some, "--home", tmp_path / "home"]
    first, second = (
        subprocess.run(command, check=True, capture_output=True, text=True).stderr for _ in range(2)
    )
    characters = sum(len(path.read_text("utf-8")) for path in some)
    assert "new 3" in first
    assert f"读入 read 3 份 documents，{characters:,} 字 characters" in first
    assert "每核 per core" in first
    assert second.strip() == "unchanged 3"  # nothing was read


def test_a_line_tells_how_many_are_done_of_late_and_how_long_the_rest_will_take() -> None:
    said: list[str] = []
    line = Line("reading", said.append, every_s=30, since_s=100)
    line.at(10, 20_000, now_s=129)  # too early
    line.at(300, 20_000, now_s=130)
    line.at(300, 20_000, now_s=170)  # nothing new: no rate
    line.at(400, 20_000, now_s=180)
    assert said == [
        "reading 300/20,000  10.0/s  0:32:50",
        "reading 400/20,000  2.0/s  2:43:20",
    ]


def test_a_folder_of_very_many_names_is_listed_at_once(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number % 7}").mkdir(exist_ok=True)
        (tmp_path / f"{number % 7}" / f"{number}.txt").touch()
        (tmp_path / f"{number % 7}" / f"{number}.bin").touch()
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = readable_files([tmp_path])
    assert len(found) == 300
    assert found == sorted(found)
