"""How a user name and password are given to a service: as it asks for them."""

from collections.abc import Generator

import httpx2

_UNAUTHORISED = 401


class Credentials(httpx2.Auth):
    """Basic (RFC 7617) at once, Digest (RFC 7616) where the service asks for it.

    Virtuoso's ``/sparql-auth`` takes nothing but Digest and answers Basic with a 401 that holds no
    challenge; such a request is sent once more without credentials, to be challenged.
    """

    requires_request_body = True

    def __init__(self, user: str, password: str) -> None:
        self._basic = httpx2.BasicAuth(user, password)
        self._digest = httpx2.DigestAuth(user, password)
        self._asked_for_digest = False

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Yield the request with credentials, until the service takes them or refuses."""
        if self._asked_for_digest:
            yield from self._digest.auth_flow(request)
            return
        response = yield from _last_of(self._basic.auth_flow(request))
        if response.status_code != _UNAUTHORISED:
            return
        challenge = response.headers.get("www-authenticate", "")
        if challenge and not challenge.lower().startswith("digest"):
            return
        del request.headers["Authorization"]
        self._asked_for_digest = True
        yield from self._digest.auth_flow(request)


def _last_of(
    flow: Generator[httpx2.Request, httpx2.Response, None],
) -> Generator[httpx2.Request, httpx2.Response, httpx2.Response]:
    """Yield the one request of *flow* and return the answer to it."""
    return (yield next(flow))
