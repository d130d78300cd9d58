"""Every answer has the id of its request; the log tells who asked where, and nothing that was said."""

import json
import logging

import pytest

from api.access import LOGGER
from tests.api.conftest import TOKEN, Start


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """What is logged while a test runs."""
    caplog.set_level(logging.INFO, logger=LOGGER.name)
    return caplog


def told(log: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(one.getMessage()) for one in log.records if one.name == LOGGER.name]


def test_an_id_that_is_brought_is_kept_and_a_wild_one_is_not(start: Start) -> None:
    client = start()
    brought = client.get("/health", headers={"X-Request-Id": "proxy-7.1"})
    assert brought.headers["x-request-id"] == "proxy-7.1"
    wild = client.get("/health", headers={"X-Request-Id": '{"a":1}'}).headers["x-request-id"]
    assert len(wild) == 16
    assert client.get("/nowhere").headers["x-request-id"] != wild


def test_a_line_says_who_asked_where_and_nothing_that_was_said(
    start: Start, log: pytest.LogCaptureFixture
) -> None:
    client = start(access_log="json", token=TOKEN)
    answer = client.get("/sparql", params={"query": "ASK { <urn:secret> ?p ?o }"})
    update = "INSERT DATA { <urn:secret> <urn:p> 1 }"
    client.post("/update", data={"update": update}, headers={"Authorization": f"Bearer {TOKEN}"})
    client.post("/update", data={"update": update}, headers={"Authorization": "Bearer guess"})
    found = told(log)
    assert [(one["method"], one["path"], one["status"], one["token"]) for one in found] == [
        ("GET", "/sparql", 200, ""),
        ("POST", "/update", 204, "token"),
        ("POST", "/update", 401, ""),
    ]
    assert found[0]["request"] == answer.headers["x-request-id"]
    assert found[0]["client"] == "127.0.0.1"
    text = json.dumps(found)
    assert "secret" not in text
    assert TOKEN not in text


def test_a_name_with_line_breaks_stays_one_line(
    start: Start, log: pytest.LogCaptureFixture
) -> None:
    start(access_log="json").get("/id/body/a%0Ab%22")
    (one,) = told(log)
    assert one["path"] == '/id/body/a\nb"'
    assert "\n" not in log.records[-1].getMessage()


def test_nothing_is_logged_unless_it_is_wanted(start: Start, log: pytest.LogCaptureFixture) -> None:
    start().get("/health")
    assert told(log) == []
