"""The queries under way: who asked what, since when; and how to end one."""

from contextlib import suppress
from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.clients import address, caller_of, is_from_here, is_loopback
from api.deps import ShownDep, sees_all
from api.errors import problems
from kg.access import Role
from kg.editions import Editions
from kg.errors import UnknownRunningError
from kg.questions import Questions
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
def running(request: Request, found: ShownDep) -> list[RunningShape]:
    """Return the queries of clients that are under way, the oldest first.

    All of them to whoever has the role admin or asks from this machine, to others their own; none of
    those who may see more. Only those of the embedded store can be listed and ended.
    """
    every = [one for store in _pools(request, found) for one in store.running()]
    own, sees_all = address(request.scope), _sees_all(request)
    return [
        RunningShape.of(one)
        for one in sorted(every, key=lambda one: one.since)
        if sees_all or (one.client == own and not is_loopback(own))
    ]


@router.delete(
    "/running/{identifier}",
    responses=problems(401, 403, 404, 503),
)
def end(request: Request, found: ShownDep, identifier: str) -> RunningShape:
    """End a query; its client is told so."""
    for store in _pools(request, found):
        with suppress(UnknownRunningError):
            return RunningShape.of(store.kill(identifier))
    raise UnknownRunningError(id=identifier)


def _pools(request: Request, found: Questions) -> list[WorkerStore]:
    """Return the stores whose queries whoever asks may know of: of the whole, those of both."""
    editions: Editions = request.app.state.editions
    stores = editions.stores() if sees_all(request) else (found.store,)
    return [store for store in stores if isinstance(store, WorkerStore)]


def _sees_all(request: Request) -> bool:
    """Return whether other clients' queries are this one's business: they may hold names of people."""
    return caller_of(request.scope).role is Role.ADMIN or is_from_here(request.scope)
