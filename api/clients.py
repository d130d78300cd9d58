"""Who sends a request: whoever has the token that it gives, and the address it comes from."""

import ipaddress
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.types import Scope

from kg.access import NOBODY, Caller

CALLER, SHOWN = "qkg.caller", "qkg.shown"
"""Where `api.entrance` notes with a request who asks, and what he is shown."""

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def values_of(scope: Scope, name: bytes) -> Iterator[bytes]:
    """Yield the values of a header, which may be sent more than once; *name* in lower case."""
    return (value for given, value in scope["headers"] if given == name)


def caller_of(scope: Scope) -> Caller:
    """Return who sends a request; answers are kept apart by the name, and budgets too.

    >>> caller_of({"type": "http"}).name
    ''
    """
    found: Caller = scope.get(CALLER, NOBODY)
    return found


def address(scope: Scope) -> str:
    """Return the address that a request comes from; behind a trusted proxy, the one it names.

    >>> address({"client": ("203.0.113.7", 5000)})
    '203.0.113.7'
    """
    client = scope.get("client")
    return str(client[0]) if client else ""


@lru_cache(maxsize=1024)
def is_loopback(host: str) -> bool:
    """Return whether an address is of this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("203.0.113.7"), is_loopback("")
    (True, True, False, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_from_here(scope: Scope) -> bool:
    """Return whether this machine asks, and no page of another origin or under a foreign name."""
    told = {name: value.decode("latin-1") for name, value in reversed(scope["headers"])}
    host, origin = told.get(b"host", ""), told.get(b"origin")
    try:
        own_name = urlsplit(f"//{host}").hostname in _LOOPBACK_NAMES
        own_page = origin is None or urlsplit(origin).netloc == host
    except ValueError:  # a bracket that nothing closes
        return False
    direct = told.keys().isdisjoint((b"x-forwarded-for", b"forwarded"))
    return own_name and own_page and direct and is_loopback(address(scope))
