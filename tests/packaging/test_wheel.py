"""The wheel holds the product and nothing else, and works where there is no checkout."""

import json
import os
import shutil
import socket
import subprocess
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from tests.packaging.conftest import BUILT, ROOMS, Place, needed, own_environment, tracked

_UP_S = 60
_TASKS = "PREFIX qkg: <https://w3id.org/qualitykg/ns#> SELECT (COUNT(?t) AS ?n) { ?t a qkg:Task }"
# A command that each extra is for, and the extra that is there instead.
REFUSED = {
    "report": ("report", "-o", "report.docx"),
    "scale": ("gaps", "--engine", "local[1]"),
}
OTHER = {"report": "scale", "scale": "report"}
_ON_SPARK = """
from operator import pow
from kg.engine.spark import SparkMapper, session
from functools import partial
with session("local[1]") as spark:
    print(list(SparkMapper(spark).map(partial(pow, 2), [0, 1, 2])))
"""
_ASKED = ("/", "/static/explorer.js", "/static/explorer.css", "/sparql", "/gaps", "/ns", "/ready")


@pytest.fixture(scope="module")
def demo(place: Place) -> Place:
    """Return a place in which `qkg demo` was run."""
    assert "G01   无责任主体" in place.run("qkg", "demo", "--home", "demo-data")
    return place


@contextmanager
def served(place: Place) -> Iterator[httpx2.Client]:
    """Run `qkg demo --serve`; yield a client for it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [place.qkg, "demo", "--serve", "--home", "demo-data", "--port", str(port)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=place.folder, env=own_environment(), stdout=quiet, stderr=quiet
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
    root: Path, source: Path, archive: Path
) -> None:
    with tarfile.open(archive) as opened:
        held = {name.partition("/")[2] for name in opened.getnames()}
    built = {path.relative_to(source).as_posix() for path in source.glob(f"{BUILT}*")}
    tracked_files = set(tracked(root, *ROOMS, "hatch_build.py", "pyproject.toml", "LICENSE"))
    assert (tracked_files | built) - held == set()


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


@pytest.mark.slow
def test_pages_their_files_a_query_and_a_report_are_served_elsewhere(demo: Place) -> None:
    with served(demo) as client:
        for path in _ASKED:
            answer = client.get(path, headers={"Accept": "text/html,*/*"})
            assert answer.status_code == 200, path
            assert answer.content
        assert client.get("/api/gaps").json()["items"]
        told = client.post("/sparql", data={"query": _TASKS}, headers={"Accept": "text/csv"})
        assert int(told.text.splitlines()[1]) > 100
        report = client.get("/api/reports?format=html")
        assert "G01" in report.text
        for ending in ("pdf", "docx", "xlsx"):
            refused = client.get(f"/api/reports?format={ending}")
            assert refused.status_code == 501
            assert "pip install 'quality-kg[report]'" in refused.json()["detail"]


@pytest.mark.slow
@pytest.mark.parametrize("extra", REFUSED)
def test_what_an_extra_brings_is_refused_without_it_with_what_to_install(
    extra: str, demo: Place, place_of: Callable[[str], Place]
) -> None:
    without = replace(place_of(OTHER[extra]), folder=demo.folder)
    done = without.tried("qkg", *REFUSED[extra], "--home", "demo-data")
    assert done.returncode == 1
    assert f"pip install 'quality-kg[{extra}]'" in done.stderr


@pytest.mark.slow
def test_a_report_that_needs_no_extra_is_written_elsewhere(demo: Place) -> None:
    demo.run("qkg", "report", "-o", "report.json", "--home", "demo-data")
    assert (demo.folder / "report.json").stat().st_size > 2000


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf"])
def test_the_extra_for_reports_is_enough_to_write_them(
    demo: Place, place_of: Callable[[str], Place], ending: str
) -> None:
    place = replace(place_of("report"), folder=demo.folder)
    if ending == "pdf" and place.tried("python", "-c", "import weasyprint").returncode:
        pytest.skip("no pango here; tests/quality/install.sh gets it")
    place.run("qkg", "report", "-o", f"report.{ending}", "--home", "demo-data")
    assert (demo.folder / f"report.{ending}").stat().st_size > 2000


@pytest.mark.slow
def test_the_extra_for_scale_is_enough_for_spark(place_of: Callable[[str], Place]) -> None:
    if shutil.which("java", path=os.defpath) is None:
        pytest.skip("no java here; tests/engines/install.sh gets it")
    assert place_of("scale").run("python", "-c", _ON_SPARK).split() == ["[1,", "2,", "4]"]


def test_all_is_what_the_other_extras_bring_together(wheel: Path) -> None:
    def brought(extra: str) -> set[str]:
        return {library.name for library in needed(wheel, extra)}

    assert brought("all") == brought("report") | brought("scale")
    assert brought("report") > brought("")
    assert brought("scale") > brought("")


@pytest.mark.slow
def test_help_comes_in_less_than_half_a_second(place: Place) -> None:
    def seconds() -> float:
        begun = time.perf_counter()
        place.run("qkg", "--help")
        return time.perf_counter() - begun

    assert min(seconds() for _ in range(10)) < 0.5  # a machine that is busy only adds to it
