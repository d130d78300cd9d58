"""What workers read: snapshots of a store that is written to, and the view of a service that reads."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import OverloadedError, StoreError
from kg.settings import Settings
from kg.store import open_store
from kg.store.embedded.views import VIEWS
from kg.store.formats import CSV
from kg.store.workers import worker_store
from kg.store.workers.job import Asked
from kg.store.workers.pool import Pool
from kg.store.workers.snapshots import Published
from tests.service.conftest import Service, processes_below

pytestmark = pytest.mark.slow

COUNT = "SELECT (COUNT(*) AS ?n) { ?s <urn:written> ?o }"


def counted(service: Service) -> int:
    answer = service.ask(f"{COUNT} # {time.monotonic()}", headers={"Accept": CSV})
    assert answer.status_code == 200, answer.text
    return int(answer.text.split()[1])


def end_workers(service: Service) -> None:
    """Kill every worker, so that others take their places."""
    below = processes_below(service.process.pid)
    for pid in (one for one in below if not processes_below(one)):
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.3)


def test_a_worker_that_comes_later_sees_what_the_service_saw(begin: Callable[..., Service]) -> None:
    writing = begin()
    reading = begin(read_only=True)
    assert counted(reading) == 0
    assert writing.update("INSERT DATA { <urn:w> <urn:written> 1 }").status_code == 204
    assert counted(writing) == 1
    end_workers(reading)
    assert counted(reading) == 0


def test_the_view_of_a_service_that_was_killed_goes_and_that_of_another_stays(
    begin: Callable[..., Service],
) -> None:
    killed, other = begin(read_only=True), begin(read_only=True)
    views = other.home / "store" / VIEWS
    assert sum(one.is_dir() for one in views.iterdir()) == 2
    killed.process.kill()
    killed.process.wait()
    again = begin(read_only=True)
    assert sum(one.is_dir() for one in views.iterdir()) == 2
    end_workers(other)
    assert counted(other) == counted(again) == 0


def test_data_that_are_read_themselves_must_not_change(tmp_path: Path) -> None:
    with_data = open_store(tmp_path, settings=Settings())
    with_data.update("INSERT DATA { <urn:w> <urn:written> 1 }")
    with_data.close()
    (tmp_path / VIEWS).write_text("no folder", "ascii")
    reading = worker_store(tmp_path, settings=Settings(query_workers=1), read_only=True)
    assert b"".join(reading.answer(COUNT, [CSV]).blocks).split()[1] == b"1"
    writing = open_store(tmp_path, settings=Settings())
    writing.update("INSERT DATA { <urn:w> <urn:written> 2 }")
    writing.close()
    with pytest.raises(StoreError, match="start the service again"):
        reading.answer(COUNT, [CSV])
    reading.close()


def test_a_query_that_waits_for_its_snapshot_is_told_in_time(tmp_path: Path) -> None:
    async def ask() -> float:
        snapshots = Published(
            tmp_path / "snapshots", make=lambda _: time.sleep(8), finished=lambda: 1
        )
        pool = Pool(Settings(query_limit_s=0.1), snapshots)
        began = time.monotonic()
        waiting = pool.begin(Asked("ASK {}", (CSV,)))
        with pytest.raises(OverloadedError):
            await waiting.media_type
        took_s = time.monotonic() - began
        pool.close()
        snapshots.close()
        return took_s

    assert 5 <= asyncio.run(ask()) < 6


def test_half_of_a_snapshot_is_deleted(tmp_path: Path) -> None:
    def half(folder: Path) -> None:
        folder.mkdir()
        (folder / "000001.sst").write_bytes(b"half")
        raise StoreError(address=folder, detail="the disk is full")

    async def refresh() -> None:
        snapshots = Published(tmp_path / "snapshots", make=half, finished=lambda: 1)
        with pytest.raises(StoreError, match="full"):
            await snapshots.refresh()
        assert list((tmp_path / "snapshots").iterdir()) == []
        snapshots.close()

    asyncio.run(refresh())
