"""Routes that are called without the framework between: as plain ASGI, so that streams stay streams."""

from collections.abc import Awaitable, Callable, Mapping

from fastapi import Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import answered
from kg.errors import QkgError

Endpoint = Callable[[Request], Awaitable[Response]]


class Direct:
    """Answers a few methods and paths by their functions, all else by the application.

    Finding a route, its dependencies and its exit stacks costs the framework more time than a small
    query. The functions are those of routes that are declared as any other, for the documentation
    and for the methods that a path has.
    """

    def __init__(self, app: ASGIApp, endpoints: Mapping[tuple[str, str], Endpoint]) -> None:
        self.app = app
        self.endpoints = endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        key = scope.get("method", ""), scope.get("path", "")
        endpoint = self.endpoints.get(key) if scope["type"] == "http" else None
        if endpoint is None:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            response = await endpoint(request)
        except QkgError as error:
            response = answered(request, error)
        await response(scope, receive, send)
