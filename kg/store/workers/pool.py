"""Which worker answers which query, and when one is ended.

There is a lane of a few places for whatever comes, first come, first served. A query that is not
done after `LONG_S` leaves its place, which another worker takes; after `GIVE_WAY_S` its process
gives way to all others. So a short query waits for short ones only, however many long ones run; of
these no more than a set number do, and one more is refused. Every worker runs one query at a time,
and one that gave way (which cannot be taken back), or grew much, answers no other.
"""

import asyncio
import signal
from collections import deque
from collections.abc import Coroutine, Sequence
from typing import Any

from kg.errors import QkgError, QueryCancelledError, UnknownRunningError
from kg.settings import Settings
from kg.store.workers import endings
from kg.store.workers.channel import Channel
from kg.store.workers.forking import Forking
from kg.store.workers.job import Asked, Delivery, Running
from kg.store.workers.snapshots import Snapshot, Snapshots

LONG_S = 0.1
GIVE_WAY_S = 1.0
_TICK_S = 0.05
_QUEUED_S = 5.0  # a query waits as long at least: workers may have to be started first
_GRAVE_S = 2.0
_PAUSES_S = (0.0, 0.1, 0.5, 2.0, 5.0)  # before a start, after so many that did not come up


class Pool:
    """Workers, the queries that they answer, and those that wait. It lives on one event loop."""

    def __init__(self, settings: Settings, snapshots: Snapshots) -> None:
        """Take note of the limits; the first query starts the workers.

        Args:
            settings: Limits, and how many of what.
            snapshots: What workers read.
        """
        self._settings = settings
        self._snapshots = snapshots
        self._forking = Forking(settings, ended=self._collected)
        self._workers: set[Channel] = set()  # in the lane and out of it
        self._idle: list[Channel] = []
        self._waiting: deque[Delivery] = deque()
        self._unready: set[Delivery] = set()  # those of them that wait for a newer snapshot
        self._most_idle = 2 * settings.query_workers  # the places, and some who left and came back
        self._coming = 0
        self._failures = 0
        self._codes: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ticking = False
        self._closed = False

    # ----------------------------------------------------------------------- queries

    def begin(self, asked: Asked) -> Delivery:
        """Return a query under way; await its ``media_type`` to know that there is an answer.

        Raises:
            OverloadedError: Too many wait already.
        """
        if len(self._waiting) >= self._settings.query_queue:
            raise endings.full(len(self._waiting))
        limit_s = self._settings.query_limit_s
        if asked.limit_s is not None:
            limit_s = min(limit_s, asked.limit_s)
        job = Delivery(asked, limit_s=limit_s, cancel=self._cancelled)
        self._waiting.append(job)
        if self._snapshots.fresh() and not self._unready:
            self._feed()
        else:
            self._unready.add(job)
            self._do(self._refreshed(job))
            self._watch()
        return job

    def running(self) -> Sequence[Running]:
        """Return the queries under way, the oldest first; those that wait come last."""
        jobs = [worker.job for worker in self._workers if worker.job is not None]
        jobs.sort(key=lambda job: job.began)
        return [job.running() for job in (*jobs, *self._waiting)]

    def kill(self, identifier: str) -> Running:
        """End a query; return what it was.

        Raises:
            UnknownRunningError: There is none with this id.
        """
        jobs = [worker.job for worker in self._workers if worker.job is not None]
        for job in (*jobs, *self._waiting):
            if job.id == identifier:
                self._end(job, QueryCancelledError())
                return job.running()
        raise UnknownRunningError(id=identifier)

    def start(self) -> None:
        """Start the workers of the lane, so that the first query finds them."""
        self._fill()

    def close(self) -> None:
        """End all workers; queries under way fail."""
        self._closed = True
        for job in list(self._waiting):
            self._end(job, QueryCancelledError())
        for worker in list(self._workers):
            if worker.job is not None:
                worker.job.fail(QueryCancelledError())
            worker.close()
        for task in self._tasks:
            task.cancel()
        self._forking.close()

    async def closed(self) -> None:
        """Return once workers that were just being started have let go of their lines as well."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # ----------------------------------------------------------------------- what workers tell

    def ready(self, worker: Channel) -> None:
        """Give a worker its next query, or send it home where it is not to answer another."""
        if worker not in self._workers:
            self._coming -= 1
            self._failures = 0
            self._workers.add(worker)
        job, worker.job = worker.job, None
        grown = job is not None and self._has_grown(worker, job)
        if worker.gives_way or grown or (worker.long and self._lane() >= self._most_idle):
            self._retire(worker)
        else:
            worker.long = False
            self._idle.append(worker)
            self._feed()

    def lost(self, worker: Channel) -> None:
        """Put another worker in the place of one that has ended."""
        known = worker in self._workers
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if not known and worker.pid == 0:
            self._coming -= 1
            self._failures += 1
        job, worker.job = worker.job, None
        if job is not None and not job.ended:
            self._do(self._mourned(worker.pid, job))
        self._fill()

    def release(self, snapshot: Snapshot) -> None:
        """Take note that a worker no longer reads a snapshot."""
        self._snapshots.release(snapshot)

    # ----------------------------------------------------------------------- inside

    async def _refreshed(self, job: Delivery) -> None:
        """Let a query go on once there is a snapshot with every write that came before it."""
        try:
            await self._snapshots.refresh()
        except QkgError as error:
            self._end(job, error)
        self._unready.discard(job)
        self._tell_idle()
        self._feed()

    def _feed(self) -> None:
        """Give waiting queries to idle workers."""
        while self._waiting and self._idle and self._waiting[0] not in self._unready:
            snapshot = self._snapshots.newest
            if snapshot is None:
                break
            job = self._waiting.popleft()
            job.began = asyncio.get_running_loop().time()
            self._idle.pop().ask(job, snapshot)
        if self._waiting:
            self._fill()
        self._watch()

    def _fill(self) -> None:
        """Start as many workers as the lane is short of."""
        if self._closed:
            return
        for _ in range(self._settings.query_workers - self._lane() - self._coming):
            self._coming += 1
            self._do(self._started())

    def _lane(self) -> int:
        return sum(not worker.long for worker in self._workers)

    async def _started(self) -> None:
        await asyncio.sleep(_PAUSES_S[min(self._failures, len(_PAUSES_S) - 1)])
        if self._closed:
            return
        try:
            line, memory = self._forking.fork()
            await asyncio.get_running_loop().create_connection(
                lambda: Channel(self, memory), sock=line
            )
        except OSError:  # the forking process has just ended, or no process may be started
            self._coming -= 1
            self._failures += 1
            self._fill()

    def _watch(self) -> None:
        """See to it that somebody looks at the clock while anything runs."""
        if not self._ticking:
            self._ticking = True
            asyncio.get_running_loop().call_later(_TICK_S, self._tick)

    def _tick(self) -> None:
        self._ticking = False
        if self._closed:
            return
        now = asyncio.get_running_loop().time()
        for worker in list(self._workers):
            if worker.job is not None:
                self._look_at(worker, worker.job, now - worker.job.began)
        for job in list(self._waiting):
            if now - job.began > max(job.limit_s, _QUEUED_S):
                self._end(job, endings.full(len(self._waiting)))
        if self._waiting or any(worker.job for worker in self._workers):
            self._watch()

    def _look_at(self, worker: Channel, job: Delivery, age_s: float) -> None:
        """End a query that is past a limit; have a long one leave the lane."""
        limit_mb = self._settings.query_memory_mb
        if age_s > job.limit_s:
            self._end(job, endings.too_long(job))
        elif age_s > _TICK_S and worker.grown_bytes() > limit_mb * 1_000_000:
            self._end(job, endings.too_large(job, limit_mb))
        elif age_s > LONG_S and not worker.long:
            self._leave_lane(worker, job)
        elif age_s > GIVE_WAY_S and not worker.gives_way:
            worker.gives_way = True
            self._forking.give_way(worker.pid)

    def _leave_lane(self, worker: Channel, job: Delivery) -> None:
        long = sum(one.long for one in self._workers)
        if long >= self._settings.query_long:
            self._end(job, endings.too_many_long(long))
            return
        worker.long = True
        self._fill()

    def _cancelled(self, job: Delivery) -> None:
        self._end(job, QueryCancelledError())

    def _end(self, job: Delivery, error: QkgError) -> None:
        """End a query, and the process that works on it."""
        job.fail(error)
        if job in self._waiting:
            self._waiting.remove(job)
        for worker in self._workers:
            if worker.job is job:
                self._forking.kill(worker.pid)
                self._retire(worker)
                break

    def _retire(self, worker: Channel) -> None:
        self._workers.discard(worker)
        worker.job = None
        worker.close()
        self._fill()

    def _has_grown(self, worker: Channel, job: Delivery) -> bool:
        """Return whether a worker kept much of what its last query needed."""
        if asyncio.get_running_loop().time() - job.began < _TICK_S:
            return False
        return worker.grown_bytes() > self._settings.query_memory_mb * 1_000_000 / 4

    def _tell_idle(self) -> None:
        """Have idle workers let go of an older snapshot, so that it can be deleted."""
        newest = self._snapshots.newest
        for worker in list(self._idle):
            if worker.snapshot is not None and worker.snapshot is not newest:
                self._idle.remove(worker)
                worker.let_go()

    async def _mourned(self, pid: int, job: Delivery) -> None:
        """Fail a query whose process ended, once it is known how."""
        loop = asyncio.get_running_loop()
        until = loop.time() + _GRAVE_S
        while pid not in self._codes and loop.time() < until:
            await asyncio.sleep(0.01)
        code = self._codes.get(pid)
        if code == -signal.SIGABRT:  # the allocator of the engine was refused
            job.fail(endings.too_large(job, self._settings.query_memory_mb))
        else:
            job.fail(endings.lost(code))

    def _collected(self, pid: int, code: int) -> None:
        self._codes[pid] = code
        while len(self._codes) > self._settings.query_workers + self._settings.query_long:
            del self._codes[next(iter(self._codes))]

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
