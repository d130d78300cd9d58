"""The queries under way: who asked what, since when; and how to end one."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.clients import address, is_loopback, token_name
from api.deps import MayEnd, SettingsDep, StoreDep, is_from_here
from api.errors import problems
from kg.errors import UnknownRunningError
from kg.settings import Settings
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
def running(request: Request, settings: SettingsDep, store: StoreDep) -> list[RunningShape]:
    """Return the queries of clients that are under way, the oldest first.

    All of them to whoever gives the token or asks from this machine, to others their own. Only
    those of the embedded store can be listed and ended; there are none otherwise.
    """
    found: Sequence[Running] = store.running() if isinstance(store, WorkerStore) else ()
    sees_all = _sees_all(request, settings)
    own = address(request.scope)
    return [
        RunningShape.of(one)
        for one in found
        if sees_all or (one.client == own and not is_loopback(own))
    ]


@router.delete(
    "/running/{identifier}",
    dependencies=[MayEnd],
    responses=problems(401, 403, 404, 503),
)
def end(store: StoreDep, identifier: str) -> RunningShape:
    """End a query; its client is told so."""
    if not isinstance(store, WorkerStore):
        raise UnknownRunningError(id=identifier)
    return RunningShape.of(store.kill(identifier))


def _sees_all(request: Request, settings: Settings) -> bool:
    """Return whether other clients' queries are this one's business: they may hold names of people."""
    return bool(token_name(request.scope, settings.token)) or is_from_here(request)
