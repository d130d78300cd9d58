"""Which address a name may stand for: nothing private, nothing local, in no disguise.

A name is resolved once, every address it has is looked at, and the connection goes to one of these
very addresses, so that a name that changes its mind between look and leap (DNS rebinding) gains
nothing. An address that the list of allowed prefixes spells out, such as ``http://127.0.0.1:7878``,
may be reached whatever it is: who wrote the list meant it.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx2

from kg.errors import QueryRefusedError
from kg.store.fence.prefixes import allowed, covered_by

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a name, for a port."""

_PORTS = {"http": 80, "https": 443}
_NUMERIC = re.compile(r"(?:^|\.)(?:\d+|0[xX][0-9a-fA-F]*)\.?$")
_CLOSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        # IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast and reserved
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
_OPEN6 = ipaddress.ip_network("2000::/3")  # all that is handed out; the rest is local or reserved
_CLOSED6 = tuple(
    ipaddress.ip_network(network)
    for network in (
        # inside 2000::/3: Teredo and other protocols, documentation, 6to4 (an IPv4 address inside)
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """A URL and the addresses that were found good for its host."""

    url: httpx2.URL
    addresses: tuple[str, ...]


def is_public(address: str) -> bool:
    """Return whether anyone may reach *address*, an IPv4 or IPv6 address.

    IPv4 inside IPv6 (mapped, 6to4, NAT64, Teredo) is never public here: who means the IPv4 address
    can say so.

    >>> is_public("93.184.215.14"), is_public("10.0.0.1"), is_public("::ffff:93.184.215.14")
    (True, False, False)
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in _CLOSED)
    return found in _OPEN6 and not any(found in network for network in _CLOSED6)


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of *host*, each once.

    Raises:
        OSError: It has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def place_of(address: str, *, allow: Sequence[str], resolve: Resolve = resolved) -> Place:
    """Return where *address* leads, looked up and found good.

    Args:
        address: An absolute ``http`` or ``https`` URL.
        allow: Address prefixes (`kg.store.fence.prefixes.allowed`).
        resolve: How a name becomes addresses.

    Raises:
        QueryRefusedError: It is not below one of *allow*, is no such URL, its host is a number in
            disguise, or one of its addresses is not public and not spelled out in *allow*.
        OSError: Its name has no address.
    """
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL as error:
        raise _not_allowed(address) from error
    if url.scheme not in _PORTS or not url.host or url.userinfo:
        raise _not_allowed(address)
    if not (allowed(address, allow) and allowed(str(url), allow)):
        raise _not_allowed(address)
    return Place(url, tuple(_good_addresses(url, address, allow=allow, resolve=resolve)))


def _good_addresses(
    url: httpx2.URL, address: str, *, allow: Sequence[str], resolve: Resolve
) -> Sequence[str]:
    host = url.host
    literal = _literal(host)
    if literal is not None:
        spelled_out = any(covered_by(address, prefix) for prefix in allow if prefix)
        found: Sequence[str] = [literal]
        if spelled_out or is_public(literal):
            return found
        raise _not_public(host)
    if _NUMERIC.search(host) or "%" in host:
        raise _not_public(host)
    found = resolve(host, url.port or _PORTS[url.scheme])
    if not found or not all(is_public(one) for one in found):
        raise _not_public(host)
    return found


def _literal(host: str) -> str | None:
    """Return *host* where it is an address in its one plain form: ``127.1`` and ``0x7f.1`` are not."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def _not_allowed(address: str) -> QueryRefusedError:
    return QueryRefusedError(
        what=f"<{address}>",
        en="put the address into QKG_SERVICE_ALLOW, or load the data into this store",
        zh="请把该地址加入 QKG_SERVICE_ALLOW，或先把数据载入本存储",
    )


def _not_public(host: str) -> QueryRefusedError:
    return QueryRefusedError(
        what=f"the host {host}",
        en="it leads to a private or local address; to mean it, spell the address itself out in "
        "QKG_SERVICE_ALLOW (http://10.0.0.5/)",
        zh="它指向内网或本机地址；如确需访问，请在 QKG_SERVICE_ALLOW 中直接写出该 IP 地址"
        "（如 http://10.0.0.5/）",
    )
