"""Who sends a request: the name of a token, else the address."""

import ipaddress
import secrets
from collections.abc import Iterator
from functools import lru_cache

from starlette.types import Scope

NOBODY = ""  # whoever gives no token, or a wrong one


def values_of(scope: Scope, name: bytes) -> Iterator[bytes]:
    """Yield the values of a header, which may be sent more than once; *name* in lower case."""
    return (value for given, value in scope["headers"] if given == name)


def token_name(scope: Scope, token: str | None) -> str:
    """Return the name of the token that a request gives; a wrong token has none.

    Answers are kept apart by this name, and budgets too.

    >>> token_name({"headers": [(b"authorization", b"Bearer s3cret")]}, "s3cret")
    'token'
    >>> token_name({"headers": [(b"authorization", b"Bearer guess")]}, "s3cret")
    ''
    """
    if token is None:
        return NOBODY
    for value in values_of(scope, b"authorization"):
        scheme, _, given = value.partition(b" ")
        if scheme.lower() == b"bearer" and secrets.compare_digest(given.strip(), token.encode()):
            return "token"
    return NOBODY


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
