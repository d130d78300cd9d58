"""What may reach the network, case by case; each address here is one that nothing may be sent to."""

import pytest

from kg.errors import QueryRefusedError
from kg.store.fence.federation import NOTHING
from kg.store.fence.fetch import Fetcher
from kg.store.fence.guard import allowed, fenced, refuse_fetching

REFUSED = [
    "SELECT * { SERVICE <http://a.example/> {} }",
    "SELECT * { service silent <http://a.example/> {} }",
    "SELECT * { SERVICE ?where { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <http://a.example/> {} } } }",
    "PREFIX a: <http://a.example/> SELECT * { SERVICE a:b {} }",
    "PREFIX service: <http://a.example/> SELECT * { service:x {} }",
    "SELECT * { SERVICE#comment\n<http://a.example/> {} }",
    "SELECT * { ?s ?p trueSERVICE<http://a.example/> {} }",
    "SELECT * { ?s ?p 1.SERVICE<http://a.example/> {} }",
    "SELECT * { SERVICESILENT<http://a.example/> {} }",
    "SELECT * { ?s ?p 'a\\'b' SERVICE <http://a.example/> {} }",
    "SELECT * { a:b\\' ?p ?o . SERVICE <http://a.example/> {} . ?s ?p 'x' }",
    "SELECT * { FILTER(?x<'>') SERVICE <http://a.example/> {} FILTER(?y='') }",
    "SELECT * { FILTER(?x<?a#>''' \n) SERVICE <http://a.example/> {} #'''\n }",
    "SELECT * { ?s ?p '''a''b''' SERVICE <http://a.example/> {} }",
    r"SELECT * { \u0053ERVICE <http://a.example/> {} }",
    "LOAD <http://a.example/>",
    "load silent <file:///etc/passwd> into graph <urn:g>",
    "CLEAR ALL;LOAD<http://a.example/>",
    "CLEAR ALL ; LOAD load:x",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://a.example/> { ?s ?p ?o } }",
]
HARMLESS = [
    "SELECT * { ?s ?p 'SERVICE <http://a.example/>' }",
    'SELECT * { ?s ?p """SERVICE "x" <http://a.example/>""" }',
    "SELECT * { ?s ?p ?o } # SERVICE <http://a.example/>",
    "SELECT ?service { ?service a <http://a.example/service> ; ex:service ?download }",
    "PREFIX service: <http://a.example/> SELECT * { ?s service:x ?o }",
    "SELECT * { ?s ?p '服务'@service }",
    "PREFIX load: <http://a.example/> INSERT DATA { <urn:a> <urn:LOAD> 'LOAD' }",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_may_reach_out_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError):
        refuse_fetching(text)


@pytest.mark.parametrize("text", REFUSED)
def test_an_allowance_for_one_place_opens_no_other(text: str) -> None:
    with pytest.raises(QueryRefusedError):
        refuse_fetching(text, allow=["http://other.example/"])


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_alone_is_harmless(text: str) -> None:
    refuse_fetching(text)


@pytest.mark.parametrize("text", [REFUSED[0], REFUSED[1], REFUSED[4], REFUSED[16]])
def test_an_allowed_place_may_be_reached(text: str) -> None:
    refuse_fetching(text, allow=["http://a.example"])


@pytest.mark.parametrize(
    ("address", "prefix", "expected"),
    [
        ("http://a.example/x", "http://a.example/", True),
        ("http://a.example:81/x", "http://a.example", True),
        ("http://a.example:81/x", "http://a.example:80", False),
        ("https://a.example/", "http://a.example", False),
        ("http://a.example.evil.example/", "http://a.example", False),
        ("http://a.example@evil.example/", "http://a.example", False),
        ("http://a.example:x/", "http://a.example", False),
        ("http://a.example/open/../shut", "http://a.example/open", False),
        ("http://a.example/open/%2E%2e/shut", "http://a.example/open", False),
        ("http://anything.example/", "", True),
        ("file:///etc/passwd", "", False),
        ("http://user@anything.example/", "", False),
        ("file:///etc/passwd", "http://a.example", False),
        ("", "http://a.example", False),
    ],
)
def test_a_prefix_is_compared_by_scheme_host_port_and_path(
    address: str, prefix: str, expected: bool
) -> None:
    assert allowed(address, [prefix]) is expected


SILENT = [text for text in REFUSED if "silent " in text.lower()]


@pytest.mark.parametrize("text", SILENT)
def test_a_silent_one_that_is_refused_leads_nowhere(text: str) -> None:
    changed = fenced(text)
    assert "a.example" not in changed
    assert "SERVICE" not in changed.upper()
    assert ("{ }" in changed) != (NOTHING in changed)


@pytest.mark.parametrize("text", [text for text in REFUSED if text not in SILENT])
def test_one_aloud_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError):
        fenced(text)


@pytest.mark.parametrize("text", REFUSED)
def test_an_allowance_for_everything_still_reaches_nothing_local(text: str) -> None:
    fetcher = Fetcher([""], resolve=lambda host, port: ["127.0.0.1"])
    if text in SILENT:
        assert "a.example" not in fenced(text, allow=[""], fetcher=fetcher)
    else:
        with pytest.raises(QueryRefusedError):
            fenced(text, allow=[""], fetcher=fetcher)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_is_left_as_it_is(text: str) -> None:
    assert fenced(text) == text


@pytest.mark.parametrize("text", ["SERVICE", "SELECT * { SERVICE", "LOAD", "LOAD <"])
def test_half_a_request_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError):
        fenced(text)


@pytest.mark.parametrize("depth", [20, 3000])
@pytest.mark.parametrize("allow", [[], ["http://a.example/"]])
def test_however_deep_they_are_nested_they_are_refused(depth: int, allow: list[str]) -> None:
    text = "SELECT * {" + "SERVICE <http://a.example/> {" * depth + "}" * (depth + 1)
    with pytest.raises(QueryRefusedError):
        fenced(text, allow=allow)
