"""Each request has an id, told in its answer, and a line of JSON in the log where that is wanted.

The line says who asked for what and what came of it, and never what was asked or sent: queries and
documents may hold what a log must not.
"""

import json
import logging
import re
import secrets
import time
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.clients import address, caller_of, values_of
from kg.settings import Settings

LOGGER = logging.getLogger("qkg.access")
HEADER = b"x-request-id"
NAME = "qkg.request"
"""Where the id is noted with a request."""

_GOOD = re.compile(rb"[\w.-]{1,64}")


class Access:
    """Gives each request an id, its own where it brings one, and tells what became of it."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        """Stand before *app*."""
        self.app = app
        self._tells = settings.access_log == "json"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = next(values_of(scope, HEADER), b"")
        name = given if _GOOD.fullmatch(given) else secrets.token_hex(8).encode()
        scope[NAME] = name.decode()
        status, began = 0, time.perf_counter()

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (HEADER, name)]}
            await send(message)

        try:
            await self.app(scope, receive, named)
        finally:
            if self._tells:
                self._tell(scope, name.decode(), status, time.perf_counter() - began)

    def _tell(self, scope: Scope, name: str, status: int, seconds: float) -> None:
        """Log a request; status 0: its client left before an answer began."""
        told = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "request": name,
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "ms": round(seconds * 1000, 1),
            "client": address(scope),
            "token": caller_of(scope).name,
        }
        LOGGER.info(json.dumps(told, ensure_ascii=False))


def to_stderr(settings: Settings) -> None:
    """Have lines of the log written to standard error, where they are wanted."""
    if settings.access_log == "json" and not LOGGER.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        LOGGER.addHandler(handler)
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False
