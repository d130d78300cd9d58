"""One document over HTTP: its coverage, and what could not be read in it."""

import httpx2
import pytest

from kg import rdf
from kg.ids import graph_iri
from kg.reading import read_document
from kg.settings import Settings
from kg.store import memory_store
from tests.api.conftest import Start

PLAN = """云溪省质量提升行动方案
一、重点任务
提出九项重点任务。
（一）提升产品质量。完善产品质量分级制度。（省市场监管局牵头）
本文件为虚构示例，此处丢失：质\ufffd量。
"""


@pytest.fixture(scope="module")
def shown(start: Start) -> httpx2.Client:
    """A service over one plan with two issues; it takes at most one entry a page."""
    reading = read_document("plan.txt", PLAN.encode(), settings=Settings())
    store = memory_store()
    quads = rdf.quads(reading.source, reading.extraction, reading.cleaned)
    store.replace(graph_iri(reading.source.key), quads)
    return start(store)


def test_a_document_tells_its_coverage_and_its_issues_with_their_places(
    shown: httpx2.Client,
) -> None:
    (listed,) = shown.get("/api/documents").json()["items"]
    one = shown.get(f"/api/documents/{listed['key']}").json()
    assert {key: one[key] for key in listed} == listed
    assert one["issue_counts"] == {"declared-count": 1, "lost-character": 1}
    assert one["truncated"] is False
    for issue in one["issues"]:
        assert PLAN[issue["start"] : issue["end"]] == issue["quote"]
        assert issue["reason"]["zh"] != issue["reason"]["en"]


def test_issues_that_were_left_out_are_told(shown: httpx2.Client) -> None:
    key = shown.get("/api/documents").json()["items"][0]["key"]
    one = shown.get(f"/api/documents/{key}", params={"limit": 1}).json()
    assert (len(one["issues"]), one["truncated"], one["limit"]) == (1, True, 1)
    assert sum(one["issue_counts"].values()) == 2


def test_an_unknown_document_is_told(shown: httpx2.Client) -> None:
    assert shown.get("/api/documents/none").status_code == 404
