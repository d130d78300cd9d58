"""Which questions have an answer that may be kept."""

from urllib.parse import quote

import pytest

from api.caching.question import digest_of
from kg.settings import Settings


def kept(query: str) -> bool:
    scope = {
        "method": "GET",
        "path": "/sparql",
        "query_string": f"query={quote(query)}".encode(),
        "headers": [],
    }
    return digest_of(scope, Settings(), salt=b"") is not None


@pytest.mark.parametrize("name", ["NOW", "now", "n\\u006fw", "\\u004E\\U0000004FW", "RA\\u004ED"])
def test_an_answer_that_passes_is_not_kept_however_its_function_is_written(name: str) -> None:
    assert not kept(f"SELECT ({name}() AS ?x) {{ }}")


@pytest.mark.parametrize("query", ["ASK { }", "ASK { ?s ?p ?o FILTER REGEX(?o, '\\\\d') }"])
def test_any_other_answer_is(query: str) -> None:
    assert kept(query)
