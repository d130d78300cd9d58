"""Who comes in, and what he is shown: settled once, before anything else is asked of a request."""

import asyncio
import base64
import binascii
import secrets
from collections.abc import Iterator

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from api.clients import CALLER, SHOWN, is_from_here, values_of
from api.errors import answered
from api.roles import open_paths
from kg.access import NOBODY, Caller, Role, Tokens
from kg.editions import Editions
from kg.errors import QkgError, ReadRefusedError, TokenRefusedError
from kg.settings import Settings

_OWNER = Caller("token", Role.ADMIN, internal=True)
_HERE = Caller("", Role.ADMIN, internal=True)


class Entrance:
    """Notes with each request who sends it and the store that he may see; turns away who may not in.

    What needs no role is answered without a look at tokens or at the store.
    """

    def __init__(
        self, app: ASGIApp, *, settings: Settings, tokens: Tokens, editions: Editions
    ) -> None:
        """Stand before *app*."""
        self.app = app
        self._settings, self._tokens, self._editions = settings, tokens, editions
        self._open = open_paths()
        self._turn = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and scope["path"] not in self._open:
            try:
                await self._enter(scope)
            except QkgError as refusal:
                await answered(Request(scope), refusal)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _enter(self, scope: Scope) -> None:
        scope[CALLER] = caller = self._who(scope)
        if self._settings.reads_need_token and caller.role is Role.NONE:
            raise ReadRefusedError
        if caller.internal or self._editions.are_one:
            scope[SHOWN] = self._editions.whole
        else:
            async with self._turn:  # else those who wait for a copy would hold every thread
                scope[SHOWN] = await run_in_threadpool(self._editions.shown_to, caller)

    def _who(self, scope: Scope) -> Caller:
        """Return who asks.

        Raises:
            TokenRefusedError: A token is given that nobody has; not where there is none to be had.
        """
        if self._settings.token is not None or self._tokens.all():
            for kind, given in _given(scope):
                return self._whose(kind, given)
        return _HERE if self._settings.open_writes and is_from_here(scope) else NOBODY

    def _whose(self, kind: bytes, given: bytes) -> Caller:
        own = self._settings.token
        is_own = own is not None and secrets.compare_digest(given, own.encode())
        found = _OWNER if is_own else self._tokens.caller(given)
        if found is None:
            raise TokenRefusedError
        if kind == b"basic":  # a browser sends it by itself, on behalf of foreign pages too
            return Caller(found.name, Role.READ, internal=found.internal)
        return found


def _given(scope: Scope) -> Iterator[tuple[bytes, bytes]]:
    """Yield the tokens that a request gives, and how: ``bearer``, or ``basic`` as a password."""
    for value in values_of(scope, b"authorization"):
        kind, _, given = value.partition(b" ")
        if kind.lower() == b"bearer":
            yield b"bearer", given.strip()
        elif kind.lower() == b"basic":
            try:
                yield b"basic", base64.b64decode(given).partition(b":")[2]
            except binascii.Error:
                yield b"basic", b""
