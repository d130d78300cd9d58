"""The wheel holds the product and nothing else, and works where there is no checkout."""

import json
import socket
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.packaging.conftest import BUILT, ROOMS, Place, own_environment, tracked

_UP_S = 60
_ASKED = ("/", "/static/explorer.js", "/static/explorer.css", "/sparql", "/gaps", "/ns", "/ready")


@pytest.fixture(scope="module")
def demo(place: Place) -> Place:
    """Return a place in which `qkg demo` was run."""
    assert "G01" in place.run("qkg", "demo", "--home", "demo-data")
    return place


@contextmanager
def served(place: Place) -> Iterator[httpx2.Client]:
    """Run the service on the demo's data; yield a client for it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [place.qkg, "serve", "--home", "demo-data", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=place.folder, env=own_environment(), stderr=subprocess.DEVNULL
    )
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            wait_for(client, process)
            yield client
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(client: httpx2.Client, process: "subprocess.Popen[bytes]") -> None:
    """Return once the service answers."""
    end = time.monotonic() + _UP_S
    while process.poll() is None and time.monotonic() < end:
        try:
            client.get("/health")
        except httpx2.TransportError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the service did not start (exit code {process.poll()})")


def test_the_wheel_holds_every_tracked_file_of_the_product_and_nothing_else(
    root: Path, wheel: Path
) -> None:
    wanted = {name for name in tracked(root, *ROOMS) if not name.startswith("data/damaged/")}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert len(wanted) > 500
    assert wanted - held == set()
    assert {name for name in held - wanted if not name.startswith(BUILT)} == set()


def test_the_source_archive_holds_what_the_wheel_is_made_of(
    root: Path, source: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        held = {name.partition("/")[2] for name in opened.getnames()}
    assert set(tracked(root, *ROOMS, "hatch_build.py", "pyproject.toml", "LICENSE")) - held == set()


def test_the_wheel_names_its_licence_its_command_and_each_extra(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        told = {
            name.partition(".dist-info/")[2]: archive.read(name).decode()
            for name in archive.namelist()
            if ".dist-info/" in name
        }
    assert "licenses/LICENSE" in told
    assert "qkg = kg.cli:main" in told["entry_points.txt"]
    lines = told["METADATA"].splitlines()
    assert {line for line in lines if line.startswith("Provides-Extra")} == {
        "Provides-Extra: all",
        "Provides-Extra: report",
        "Provides-Extra: scale",
    }


def test_what_runs_elsewhere_is_what_the_wheel_brought(place: Place) -> None:
    program = "import api, kg, viz; print(*(room.__file__ for room in (api, kg, viz)), sep='\\n')"
    rooms = place.run("python", "-c", program).splitlines()
    assert len(rooms) == 3
    assert [room for room in rooms if not room.startswith(str(place.environment))] == []
    assert "qkg demo" in place.run("qkg", "demo", "--help")


def test_ontology_authorities_and_rules_are_found_elsewhere(place: Place) -> None:
    assert len(place.run("qkg", "rules").splitlines()) > 100
    assert len(place.run("qkg", "queries").splitlines()) > 30
    (place.folder / "plan.txt").write_text(
        "云溪省质量方案\n一、重点任务\n（一）推广先进标准。开展对标。（省市场监管局牵头）\n",
        encoding="utf-8",
    )
    found = json.loads(place.run("qkg", "extract", "plan.txt"))
    assert [one["role"] for one in found["responsibilities"]] == ["lead"]


def test_the_demo_conforms_and_answers_a_saved_query_elsewhere(demo: Place) -> None:
    demo.run("qkg", "validate", "--home", "demo-data")
    told = demo.run("qkg", "query", "--name", "partners", "--home", "demo-data", "--format", "csv")
    assert len(told.splitlines()) > 3


@pytest.mark.parametrize("ending", ["html", "docx", "json"])
def test_a_report_is_written_elsewhere(demo: Place, ending: str) -> None:
    demo.run("qkg", "report", "-o", f"report.{ending}", "--home", "demo-data")
    assert (demo.folder / f"report.{ending}").stat().st_size > 2000


def test_pages_and_their_files_are_served_elsewhere(demo: Place) -> None:
    with served(demo) as client:
        for path in _ASKED:
            answer = client.get(path, headers={"Accept": "text/html,*/*"})
            assert answer.status_code == 200, path
            assert answer.content
        assert client.get("/api/gaps").json()["items"]
