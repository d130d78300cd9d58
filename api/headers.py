"""What every answer carries, as plain ASGI so that streams stay streams."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# Pages of any origin may read, never with their users' cookies. Said to everybody, since a cache may
# give an answer to another origin than the one that it was made for; so nothing varies by Origin.
SHARING = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After, X-Request-Id, X-Truncated",
}

_ENCODED = tuple(
    (name.lower().encode(), value.encode()) for name, value in (SECURITY | SHARING).items()
)


_NAMES = frozenset(name for name, _ in _ENCODED)


class StandingHeaders:
    """Adds the headers of every answer where a route has not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and the headers back."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message["headers"]
                names = {name.lower() for name, _ in given}
                missing = _ENCODED
                if not _NAMES.isdisjoint(names):
                    missing = tuple(pair for pair in _ENCODED if pair[0] not in names)
                message = {**message, "headers": [*given, *missing]}
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class HeadAsGet:
    """Answers HEAD wherever GET is answered, without the body (RFC 9110, section 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass HEAD on as GET and keep the body back."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, without_body)


class Preflights:
    """Answers a browser that asks whether a page of another origin may send a request (CORS).

    It asks without a token, so this stands before whatever wants one. Whether a write is allowed is
    told when it comes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._asked = CORSMiddleware(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["*"],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the question, or pass the request on."""
        asked = scope["type"] == "http" and scope["method"] == "OPTIONS"
        await (self._asked if asked else self.app)(scope, receive, send)
