"""Which hosts may be reached; names are resolved by a stub, so nothing here sends anything."""

from collections.abc import Sequence

import pytest

from kg.errors import QueryRefusedError
from kg.store.fence.addresses import is_public, place_of

NOT_PUBLIC = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001:0:7f00:1::",
    "not an address",
]
PUBLIC = ["8.8.8.8", "93.184.215.14", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450::1"]
DISGUISED = [
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "0177.0.0.01",
    "127.1",
    "127.0.1",
    "10.1",
    "0",
    "a.example.1",
    "127.0.0.1.",
    "１２７.0.0.1",
    "127。0。0。1",
    "[::ffff:7f00:1]",
    "[::1]",
    "[fe80::1%25eth0]",
    "localhost.",
]


class Names:
    """A resolver that knows one name, and counts how often it is asked."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.asked = 0

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.addresses if host == "a.example" else ("127.0.0.1",)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_everyones_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_that_is_everyones_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
@pytest.mark.parametrize("allow", [["http://a.example/"], [""]])
def test_a_name_that_leads_to_such_an_address_is_refused(address: str, allow: list[str]) -> None:
    with pytest.raises(QueryRefusedError):
        place_of("http://a.example/", allow=allow, resolve=Names(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_one_such_address_among_good_ones_is_enough(address: str) -> None:
    names = Names("8.8.8.8", address)
    with pytest.raises(QueryRefusedError):
        place_of("http://a.example/", allow=["http://a.example/"], resolve=names)


@pytest.mark.parametrize("host", DISGUISED)
@pytest.mark.parametrize("allow", [[""], ["http://a.example/"]])
def test_a_number_in_disguise_is_refused(host: str, allow: list[str]) -> None:
    with pytest.raises(QueryRefusedError):
        place_of(f"http://{host}/", allow=allow, resolve=Names("8.8.8.8"))


@pytest.mark.parametrize("host", ["2130706433", "0x7f.0.0.1", "127.1", "localhost"])
def test_a_number_in_disguise_is_refused_even_where_it_is_listed(host: str) -> None:
    with pytest.raises(QueryRefusedError):
        place_of(f"http://{host}/", allow=[f"http://{host}/"], resolve=Names("8.8.8.8"))


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.5", "[::1]"])
def test_an_address_that_the_list_spells_out_may_be_reached(host: str) -> None:
    place = place_of(f"http://{host}:7878/query", allow=[f"http://{host}:7878/"])
    assert place.addresses == (host.strip("[]"),)


def test_a_good_name_is_looked_up_once_and_keeps_what_was_found() -> None:
    names = Names("8.8.8.8", "2606:4700::1111")
    place = place_of("https://a.example/sparql", allow=["https://a.example/"], resolve=names)
    assert place.addresses == names.addresses
    assert names.asked == 1


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "gopher://a.example/",
        "http:///nohost",
        "http://user:word@a.example/",
        "//a.example/",
        "a.example",
        "",
        "http://b.example/",
        "http://a.example:x/",
        "http://a.example\\@127.0.0.1/",
        "http://127.0.0.1#@a.example/",
    ],
)
def test_what_is_no_allowed_http_address_is_refused(address: str) -> None:
    with pytest.raises(QueryRefusedError):
        place_of(address, allow=["http://a.example/"], resolve=Names("8.8.8.8"))
