"""The list of address prefixes that SERVICE and LOAD may reach."""

from collections.abc import Sequence
from urllib.parse import urlsplit


def allowed(address: str, allow: Sequence[str]) -> bool:
    """Return whether *address* lies below one of the prefixes; the empty one covers all of http.

    A prefix without a port allows every port of its host; names are compared as written.

    >>> allowed("http://127.0.0.1:7878/query", ["http://127.0.0.1"])
    True
    >>> allowed("http://127.0.0.1@evil.example/", ["http://127.0.0.1"])
    False
    """
    return any(covered_by(address, prefix) for prefix in allow)


def covered_by(address: str, prefix: str) -> bool:
    """Return whether *address* lies below *prefix*: its scheme, host, port and path.

    >>> covered_by("http://a.example/open/../shut", "http://a.example/open")
    False
    """
    try:
        given, allowance = urlsplit(address), urlsplit(prefix)
        ports = given.port, allowance.port
    except ValueError:
        return False
    if given.username is not None or given.scheme not in ("http", "https"):
        return False
    if not prefix:
        return bool(given.hostname)
    same_place = (given.scheme, given.hostname) == (allowance.scheme, allowance.hostname)
    below = given.path.startswith(allowance.path) and not _climbs(given.path)
    return same_place and below and (ports[1] is None or ports[0] == ports[1])


def _climbs(path: str) -> bool:
    """Return whether a path goes up, be it with its dots written as ``%2e``."""
    return ".." in path.lower().replace("%2e", ".")
