"""What one client may use in a minute: seconds of queries, and requests that fail.

A minute begins with a client's first request in it. Whoever is over the bound is told when it
ends; what it asked before and the service still knows it gets all the same (`api.caching` stands
before this). Memory is bounded: of more clients than `_CLIENTS` the quietest is forgotten.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from cachetools import TTLCache
from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.clients import address, caller_of, is_loopback
from api.errors import answered
from kg.errors import BudgetSpentError
from kg.settings import Settings

FREE = (
    "/api/jobs/",  # whoever watches a job waits, and asks nothing of the store
    "/api/running",
    "/docs",
    "/health",
    "/metrics",
    "/openapi.json",
    "/ready",
    "/static/",
)
"""Paths that cost nothing, and what a client needs who has nothing left."""

_WRITES = ("/update", "/store", "/api/documents")
_MINUTE_S = 60
_CLIENTS = 10_000
_GATEWAY_TIMEOUT = 504


@dataclass(slots=True)
class Spent:
    """What a client has used since a minute began."""

    began_s: float
    query_s: float = 0.0
    errors: int = 0


class Budgets:
    """Refuses the requests of a client that is over its budget with 429."""

    def __init__(
        self, app: ASGIApp, *, settings: Settings, timer: Callable[[], float] = monotonic
    ) -> None:
        """Stand before *app*; *timer* tells the seconds by which minutes end."""
        self.app = app
        self._settings = settings
        self._bounded = settings.budget_query_s > 0 or settings.budget_errors > 0
        self._now_s = timer
        self._spent: TTLCache[str, Spent] = TTLCache(_CLIENTS, ttl=_MINUTE_S, timer=timer)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what it used, or refuse it."""
        client = self._client(scope)
        if client is None:
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(client)
        if refusal is not None:
            await answered(Request(scope), refusal)(scope, receive, send)
            return
        measured = _Measured(send)
        try:
            await self.app(scope, receive, measured)
        finally:
            self._note(client, measured, writes=_writes(scope))

    def _client(self, scope: Scope) -> str | None:
        """Return whose budget a request is on; ``None`` where it is on nobody's."""
        if not self._bounded or scope["type"] != "http" or scope["path"].startswith(FREE):
            return None
        host = address(scope)
        if is_loopback(host):
            return None
        name = caller_of(scope).name
        return f"token {name}" if name else f"address {host}"

    def _refusal(self, client: str) -> BudgetSpentError | None:
        spent = self._spent.get(client)
        if spent is None:
            return None
        left_s = max(1, math.ceil(spent.began_s + _MINUTE_S - self._now_s()))
        if 0 < self._settings.budget_query_s <= spent.query_s:
            return BudgetSpentError(
                used=("query-seconds", "查询时间"),
                todo=(
                    "then narrow your queries (LIMIT, a document, a level) or ask less often",
                    "然后缩小查询范围（LIMIT、限定文件或层级）或降低查询频率",
                ),
                retry_s=left_s,
            )
        if 0 < self._settings.budget_errors <= spent.errors:
            return BudgetSpentError(
                used=("failing requests", "出错请求次数"),
                todo=(
                    "then mend the request: `detail` of the last answers says what is wrong",
                    "然后改正请求：此前各次应答的 detail 说明了错误所在",
                ),
                retry_s=left_s,
            )
        return None

    def _note(self, client: str, measured: "_Measured", *, writes: bool) -> None:
        spent = self._spent.get(client)
        if spent is None:
            spent = self._spent[client] = Spent(self._now_s())
        spent.query_s += 0.0 if writes else measured.used_s
        spent.errors += measured.failed


class _Measured:
    """Passes an answer on and notes what it took; waiting for a slow client takes nothing."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._began, self._waited_s = monotonic(), 0.0
        self.failed = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.failed = _is_clients_fault(message["status"])
        began = monotonic()
        await self._send(message)
        self._waited_s += monotonic() - began

    @property
    def used_s(self) -> float:
        return monotonic() - self._began - self._waited_s


def _writes(scope: Scope) -> bool:
    """Return whether a request loads data: who may write is not hurried."""
    return scope["method"] not in ("GET", "HEAD") and scope["path"].startswith(_WRITES)


def _is_clients_fault(status: int) -> bool:
    """Return whether a client could have done better: 504 is a query over its own limit."""
    return 400 <= status < 500 or status == _GATEWAY_TIMEOUT
