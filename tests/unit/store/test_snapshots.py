"""Snapshots as the event loop sees them: whoever comes at any moment gets one with every write."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.workers.snapshots import Published


@pytest.fixture
def soon() -> Iterator[None]:
    """Break off a test that blocks its event loop, which no timeout of the loop could."""

    def late(*_: object) -> None:
        raise TimeoutError("the event loop is blocked")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("soon")
def test_a_write_in_the_very_moment_in_which_a_snapshot_is_ready_blocks_nobody(
    tmp_path: Path,
) -> None:
    writes = 0

    async def run() -> int:
        nonlocal writes
        kept = Published(tmp_path / "s", make=Path.mkdir, finished=lambda: writes)
        first = asyncio.ensure_future(kept.refresh())
        while kept.newest is None:
            await asyncio.sleep(0)
        writes += 1
        await kept.refresh()
        await first
        assert kept.newest.covers == writes
        kept.close()
        return kept.newest.covers

    assert asyncio.run(run()) == 1
