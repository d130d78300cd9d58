"""Writes are noted before their answers leave, those that are refused too: see `kg.access.audit`."""

import logging
from collections.abc import Mapping
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import NAME
from api.clients import address, caller_of
from api.errors import answered
from api.roles import writing
from kg.access import Audit, Write
from kg.errors import HomeError

LOGGER = logging.getLogger("qkg.audit")
_WHAT = "qkg.what"
_REFUSED = 400
_GRAPHS = ("graph", "default")


class Audited:
    """Notes who asked for a write and what became of it."""

    def __init__(self, app: ASGIApp, *, audit: Audit) -> None:
        """Stand before *app*."""
        self.app = app
        self._audit = audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        found = writing(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        route, named = found
        what: dict[str, object] = scope.setdefault(_WHAT, {**named, **_graphs(scope)})
        fault: HomeError | None = None

        async def noting(message: Message) -> None:
            nonlocal fault
            if message["type"] == "http.response.start":
                write = write_of(scope, route, outcome=str(message["status"]), what=what)
                fault = await run_in_threadpool(self._note, write)
            if fault is None:
                await send(message)

        await self.app(scope, receive, noting)
        if fault is not None:
            await answered(Request(scope), fault)(scope, receive, send)

    def _note(self, write: Write) -> HomeError | None:
        """Add a line; what cannot be noted must not be said to be done, but may be refused."""
        try:
            self._audit.note(write)
        except HomeError as error:
            LOGGER.warning("not noted: %s", error)
            return error if int(write.outcome) < _REFUSED else None
        return None


def write_of(scope: Scope, route: str, *, outcome: str, what: Mapping[str, object]) -> Write:
    """Return a write by whoever sends a request."""
    caller = caller_of(scope)
    return Write(
        way=route,
        outcome=outcome,
        token=caller.name,
        role=caller.role.value,
        client=address(scope),
        request=scope.get(NAME, ""),
        what=what,
    )


def noted(request: Request, **what: object) -> None:
    """Have it noted what a write was about: keys of documents, names of graphs, counts."""
    request.scope.setdefault(_WHAT, {}).update(what)


def _graphs(scope: Scope) -> dict[str, object]:
    """Return the graph that the parameters of a request name."""
    given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return {name: value for name, value in given if name in _GRAPHS}
