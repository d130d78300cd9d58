"""Builds that run beside the requests: one at a time, in one thread, with progress and cancel.

A job is what a client may ask for again: a frozen `Job` per moment, kept until `KEPT` newer ones
have come. Files wait in a folder of their own under the home and go when the job has ended, or, where
the service was killed, when it starts again.
"""

import os
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath

from kg.errors import (
    HomeError,
    OverloadedError,
    PayloadError,
    QkgError,
    UnknownJobError,
)
from kg.holder import lives
from kg.model import Bilingual
from kg.pipeline import Options
from kg.storing import Outcome
from kg.workspace import Workspace

KEPT = 200
_UPLOAD = "upload-"
_RETRY_S = 30


class JobStatus(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Return whether nothing more will happen."""
        return self not in (JobStatus.WAITING, JobStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file of a job."""

    file_name: str
    status: str
    key: str | None = None
    reason: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A build of uploaded files, as it stands now."""

    id: str
    status: JobStatus
    total: int
    outcomes: tuple[FileOutcome, ...] = ()
    internal: bool = False


class Jobs:
    """The jobs of one service."""

    def __init__(self, space: Workspace) -> None:
        self._space = space
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._cancelled: set[str] = set()
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="build")
        _clear_up(space.home.path)

    def submit(
        self,
        uploads: Sequence[tuple[str, bytes]],
        *,
        options: Options,
        ended: Callable[[Job], None],
    ) -> Job:
        """Take *uploads* (file name, bytes) in; return the job that will build them.

        Args:
            uploads: The files.
            options: What is known of them, and who may see them.
            ended: Called with the job before anybody is told that it has ended.

        Raises:
            PayloadError: There is no file, there are too many, or two have one name.
            OverloadedError: Too many uploads wait already.
            HomeError: The files cannot be kept.
        """
        most = self._space.settings.max_files
        names = [base_name(name) for name, _ in uploads]
        if not names or len(set(names)) < len(names):
            raise PayloadError(detail="give at least one file, each with a name of its own")
        if len(names) > most:
            raise PayloadError(detail=f"{len(names)} files; give at most {most} at once")
        self._refuse_more()
        job = Job(secrets.token_hex(8), JobStatus.WAITING, len(names), internal=options.internal)
        folder = self._kept_for(job, dict(zip(names, (data for _, data in uploads), strict=True)))
        self._keep(job)
        self._thread.submit(self._run, job, folder, options, ended)
        return job

    def _refuse_more(self) -> None:
        with self._lock:
            waiting = sum(job.status is JobStatus.WAITING for job in self._jobs.values())
        if waiting >= self._space.settings.max_jobs:
            en, zh = f"{waiting} uploads wait already", f"已有 {waiting} 个上传在等待"
            raise OverloadedError(en=en, zh=zh, retry_s=_RETRY_S)

    def _kept_for(self, job: Job, files: Mapping[str, bytes]) -> Path:
        """Return the folder in which the files of a job wait."""
        folder = self._space.home.path / f"{_UPLOAD}{os.getpid()}-{job.id}"
        try:
            folder.mkdir(mode=0o700)
            for name, data in files.items():
                (folder / name).write_bytes(data)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise HomeError(path=self._space.home.path, detail=error.strerror or error) from error
        return folder

    def find(self, identifier: str, *, everything: bool) -> Job:
        """Return the job with this id, as it stands now.

        Args:
            identifier: The id.
            everything: Whether one with an internal document is told of.

        Raises:
            UnknownJobError: There is none.
        """
        with self._lock:
            found = self._jobs.get(identifier)
        if found is None or not (everything or self._is_public(found)):
            raise UnknownJobError(id=identifier)
        return found

    def _is_public(self, job: Job) -> bool:
        keys = {outcome.key for outcome in job.outcomes}
        return not job.internal and keys.isdisjoint(self._space.internal())

    def cancel(self, identifier: str, *, everything: bool) -> Job:
        """Stop a job after the file that it is at; what was stored stays.

        Raises:
            UnknownJobError: There is none.
        """
        job = self.find(identifier, everything=everything)
        with self._lock:
            self._cancelled.add(job.id)
        return job

    def close(self) -> None:
        """Stop after the file that is being read, and wait for that."""
        with self._lock:
            self._cancelled |= set(self._jobs)
        self._thread.shutdown(wait=True)

    def _run(self, job: Job, folder: Path, options: Options, ended: Callable[[Job], None]) -> None:
        job = self._keep(replace(job, status=JobStatus.RUNNING))
        try:
            job = self._built(job, folder, options)
            ended(job)
        except QkgError as error:
            job = self._failed(job, error)
        except OSError as error:
            job = self._failed(job, HomeError(path=self._space.home.path, detail=error))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        self._keep(job)

    def _failed(self, job: Job, error: QkgError) -> Job:
        with self._lock:
            job = self._jobs.get(job.id, job)  # with what it had done by then
        reason = Bilingual(error.text("zh"), error.text("en"))
        told = (*job.outcomes, FileOutcome("", "failed", reason=reason))
        return replace(job, status=JobStatus.FAILED, outcomes=told)

    def _built(self, job: Job, folder: Path, options: Options) -> Job:
        files = sorted(file for file in folder.iterdir() if file.is_file())
        outcomes = self._space.build(files, options=options)
        while not self._is_cancelled(job) and (outcome := next(outcomes, None)):
            job = self._keep(replace(job, outcomes=(*job.outcomes, _told(outcome))))
        outcomes.close()
        return replace(job, status=self._end_of(job))

    def _end_of(self, job: Job) -> JobStatus:
        failed = sum(outcome.status == "failed" for outcome in job.outcomes)
        if len(job.outcomes) < job.total:
            return JobStatus.CANCELLED
        if failed == job.total:
            return JobStatus.FAILED
        return JobStatus.PARTIAL if failed else JobStatus.DONE

    def _is_cancelled(self, job: Job) -> bool:
        with self._lock:
            return job.id in self._cancelled

    def _keep(self, job: Job) -> Job:
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                oldest, _ = self._jobs.popitem(last=False)
                self._cancelled.discard(oldest)
        return job


def _clear_up(home: Path) -> None:
    """Remove the files that waited for a process which was killed."""
    for folder in home.glob(f"{_UPLOAD}*"):
        pid = folder.name.removeprefix(_UPLOAD).partition("-")[0]
        if not (pid.isdigit() and lives(int(pid))):
            shutil.rmtree(folder, ignore_errors=True)


def base_name(name: str) -> str:
    r"""Return the last part of a file name that a client gave, whatever system it wrote it on.

    Raises:
        PayloadError: Nothing is left of it.

    >>> base_name("C:\\plans\\..\\plan.docx"), base_name("../../etc/passwd")
    ('plan.docx', 'passwd')
    """
    last = PurePosixPath(PureWindowsPath(name).name).name
    if last.strip(". \0") == "" or "\0" in last or len(last.encode()) > 255:
        raise PayloadError(detail=f"{name!r} is no name for a file")
    return last


def _told(outcome: Outcome) -> FileOutcome:
    error = outcome.error
    reason = Bilingual(error.text("zh"), error.text("en")) if error else None
    return FileOutcome(outcome.path.name, outcome.status.value, outcome.key, reason)
