"""What the framework would read before any route is asked: bodies of forms and of JSON.

It reads a body whole, into memory or a file, before it looks at what a route depends on, the right
to write among it. So whoever may not write is refused here first, and so is what is too long.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.clients import values_of
from api.deps import MOST_WORDS_MB, refuse
from api.errors import answered
from api.roles import need_of
from kg.errors import PayloadTooLargeError, QkgError, WriteRefusedError
from kg.settings import Settings

_READ_BY_FRAMEWORK = "/api/"
_FILES = b"multipart/"  # every route that takes files in writes
_MB = 1_000_000


class Admission:
    """Refuses bodies unread: of whoever may not write, and what is too long."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        """Stand before *app*."""
        self.app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if not _has_body(scope):
            await self.app(scope, receive, send)
            return
        limit_mb = self._limit_mb(scope)
        refusal = self._refusal(scope, limit_mb)
        if refusal is None:
            bounded = _Bounded(receive, send, most=limit_mb * _MB)
            await bounded.answered_by(self.app, scope)
            refusal = PayloadTooLargeError(limit_mb=limit_mb) if bounded.is_over else None
        if refusal is not None:
            await answered(Request(scope), refusal)(scope, receive, send)

    def _refusal(self, scope: Scope, limit_mb: int) -> QkgError | None:
        if any(_number(told) > limit_mb * _MB for told in values_of(scope, b"content-length")):
            return PayloadTooLargeError(limit_mb=limit_mb)
        try:
            if _sends_files(scope):
                refuse(Request(scope), self._settings, need_of(scope["method"], scope["path"]))
        except WriteRefusedError as refusal:
            return refusal
        return None

    def _limit_mb(self, scope: Scope) -> int:
        limit_mb = self._settings.max_body_mb
        return limit_mb if _sends_files(scope) else min(limit_mb, MOST_WORDS_MB)


class _Bounded:
    """Hands a body on up to a length; what is answered to a longer one is kept back."""

    def __init__(self, receive: Receive, send: Send, *, most: int) -> None:
        self.is_over = False
        self._receive, self._send = receive, send
        self._left = most

    async def answered_by(self, app: ASGIApp, scope: Scope) -> None:
        """Have the request answered."""
        try:
            await app(scope, self._received, self._sent)
        except HTTPException:
            if not self.is_over:
                raise

    async def _received(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.is_over = True
            raise HTTPException(413)  # the one kind of error that the framework lets through
        return message

    async def _sent(self, message: Message) -> None:
        if not self.is_over:
            await self._send(message)


def _has_body(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "POST":
        return False
    path: str = scope["path"]
    return path.startswith(_READ_BY_FRAMEWORK)


def _sends_files(scope: Scope) -> bool:
    return any(kind.lower().startswith(_FILES) for kind in values_of(scope, b"content-type"))


def _number(told: bytes) -> int:
    return int(told) if told.isdigit() else 0
