"""The queries under way: who asked what, since when; and how to end one."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from api.deps import MayWrite, StoreDep
from api.errors import problems
from kg.errors import UnknownRunningError
from kg.store.workers import Running, WorkerStore

router = APIRouter(prefix="/api", tags=["sparql"])


class RunningShape(BaseModel):
    """A query under way; its text may be cut at the end."""

    id: str
    text: str
    client: str
    since: datetime
    seconds: float

    @classmethod
    def of(cls, running: Running) -> "RunningShape":
        """Return the shape of a query."""
        return cls(
            id=running.id,
            text=running.text,
            client=running.client,
            since=running.since,
            seconds=running.seconds,
        )


@router.get("/running", responses=problems(503))
def running(store: StoreDep) -> list[RunningShape]:
    """Return the queries of clients that are under way, the oldest first.

    Only those of the embedded store can be listed and ended; there are none otherwise.
    """
    found: Sequence[Running] = store.running() if isinstance(store, WorkerStore) else ()
    return [RunningShape.of(one) for one in found]


@router.delete(
    "/running/{identifier}",
    dependencies=[MayWrite],
    responses=problems(401, 403, 404, 503),
)
def end(store: StoreDep, identifier: str) -> RunningShape:
    """End a query; its client is told so."""
    if not isinstance(store, WorkerStore):
        raise UnknownRunningError(id=identifier)
    return RunningShape.of(store.kill(identifier))
