"""A disk that is full or may only be read: a message, nothing half there, and on it goes after."""

import subprocess
import time
from pathlib import Path

import httpx2
import pytest

from bench.load import answers, free_port
from tests.faults.conftest import QKG, Disk


def is_told(said: str) -> None:
    assert "Traceback" not in said, said
    assert any(word in said for word in ("cannot be used", "failed", "does not answer")), said


def is_sound(disk: Disk, documents: int) -> None:
    found = disk.qkg("check")
    assert (found.returncode, found.stdout) == (0, ""), found.stdout + found.stderr
    assert f"documents {documents}" in found.stderr


@pytest.mark.parametrize("room_kb", [0, 40, 200])
def test_a_build_on_a_full_disk_is_told_and_goes_on_when_there_is_room(
    disk: Disk, plans: list[Path], room_kb: int
) -> None:
    assert disk.qkg("build", *plans[:2]).returncode == 0
    disk.fill(leaving_kb=room_kb)
    done = disk.qkg("build", plans[2])
    if done.returncode != 0:
        is_told(done.stderr + done.stdout)
    assert room_kb > 0 or done.returncode == 1
    disk.free()
    is_sound(disk, 2 if done.returncode else 3)
    assert disk.qkg("build", *plans).returncode == 0
    is_sound(disk, 3)


def test_a_backup_to_a_full_disk_is_told_and_leaves_nothing(disk: Disk, plans: list[Path]) -> None:
    assert disk.qkg("build", *plans).returncode == 0
    disk.fill(leaving_kb=20)
    done = disk.qkg("backup", disk.path / "copy")
    assert done.returncode == 1
    is_told(done.stderr)
    assert disk.run("sh", "-c", f"ls -A {disk.path}").stdout.split() == ["filler", "home"]
    is_sound(disk, 3)


def test_a_disk_that_may_only_be_read_is_told_and_read(disk: Disk, plans: list[Path]) -> None:
    assert disk.qkg("build", *plans[:2]).returncode == 0
    disk.remount("ro")
    for words in (("build", plans[2]), ("backup", disk.path / "copy"), ("gaps", "--keep")):
        done = disk.qkg(*words)
        assert done.returncode == 1, words
        is_told(done.stderr)
    for words in (("check",), ("documents",), ("gaps",)):
        done = disk.qkg(*words)
        assert done.returncode in (0, 1), words
        assert "Traceback" not in done.stderr, done.stderr
    disk.remount("rw")
    assert disk.qkg("build", *plans).returncode == 0
    is_sound(disk, 3)


def test_a_service_on_a_full_disk_goes_on_answering_and_writes_when_there_is_room(
    disk: Disk, plans: list[Path]
) -> None:
    assert disk.qkg("build", *plans[:2]).returncode == 0
    port = free_port()
    command = [QKG, "serve", "--home", disk.path / "home", "--port", str(port), "--open-writes"]
    url = f"http://127.0.0.1:{port}"
    with (
        subprocess.Popen(disk.seen_by(*command), stderr=subprocess.DEVNULL) as service,
        httpx2.Client(base_url=url, trust_env=False, timeout=30) as client,
    ):
        try:
            assert answers(f"{url}/health", service)
            query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
            assert client.post("/sparql", data=query).status_code == 200
            said = refused(disk, client, plans[2])
            assert (said.status_code, said.json()["code"]) == (500, "home"), said.text
            assert client.post("/sparql", data=query).status_code == 200
            update = {"update": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}
            said = client.post("/update", data=update)
            assert said.status_code in (200, 204, 500, 503), said.text
            disk.free()
            assert ended(client, plans[2])["status"] == "done"
            assert client.post("/update", data=update).status_code in (200, 204)
        finally:
            service.terminate()
    is_sound(disk, 3)


def sent(client: httpx2.Client, plan: Path) -> httpx2.Response:
    return client.post("/api/documents", files={"files": (plan.name, plan.read_bytes())})


def refused(disk: Disk, client: httpx2.Client, plan: Path) -> httpx2.Response:
    """Fill the disk; return how a plan is refused: the store may set room free, which is filled again."""
    for _ in range(20):
        disk.fill(leaving_kb=0)
        said = sent(client, plan)
        if said.is_error:
            return said
    raise AssertionError(said.text)


def ended(client: httpx2.Client, plan: Path) -> dict[str, object]:
    """Upload a plan; return its job when it has ended."""
    taken = sent(client, plan)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        job: dict[str, object] = client.get(taken.headers["location"]).json()
        if job["status"] not in ("waiting", "running"):
            return job
        time.sleep(0.1)
    raise AssertionError(job)
