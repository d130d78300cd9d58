"""Why a query does not end well: what whoever asked it is told, and what to do."""

import signal
from contextlib import suppress

from kg.errors import (
    OverloadedError,
    QueryMemoryError,
    QueryTimeoutError,
    StoppedQueryError,
    WorkerLostError,
)
from kg.store.sparql.advice import advice
from kg.store.workers.job import Delivery

_RETRY_S = 2


def full(waiting: int) -> OverloadedError:
    """Return the refusal of a query since so many are *waiting*."""
    return OverloadedError(
        en=f"{waiting} queries wait already", zh=f"已有 {waiting} 个查询在等待", retry_s=_RETRY_S
    )


def too_many_long(running: int) -> OverloadedError:
    """Return the end of a query that takes long while so many such are *running*."""
    en = f"{running} long queries run already, and no more may"
    return OverloadedError(en=en, zh=f"已有 {running} 个长查询在运行", retry_s=_RETRY_S)


def too_long(job: Delivery) -> StoppedQueryError:
    """Return the end of a query that is past its time, with advice where there is any."""
    return _with_hint(QueryTimeoutError(limit_s=job.limit_s), job)


def too_large(job: Delivery, limit_mb: int) -> StoppedQueryError:
    """Return the end of a query that needs more memory, with advice where there is any."""
    return _with_hint(QueryMemoryError(limit_mb=limit_mb), job)


def lost(code: int | None) -> WorkerLostError:
    """Return the end of a query whose process ended with *code*; below zero it is a signal's.

    >>> lost(-9).values["detail"]
    'SIGKILL'
    """
    if code is None:
        return WorkerLostError(detail="no exit code")
    with suppress(ValueError):
        return WorkerLostError(detail=signal.Signals(-code).name)
    return WorkerLostError(detail=f"exit code {code}")


def _with_hint(error: StoppedQueryError, job: Delivery) -> StoppedQueryError:
    found = advice(job.asked.text)
    if found is not None:
        error.hint = {"zh": found.zh, "en": found.en}
    return error
