"""The page on which changes are tried out. The plans are invented."""

import json
import re

import httpx2
import pytest

from tests.stores import example_store

from .conftest import Start


@pytest.fixture(scope="module")
def client(start: Start) -> httpx2.Client:
    return start(example_store())


def facts(page: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'id="facts">(.*?)</script>', page, re.DOTALL)
    assert found
    told: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return told


def test_the_bodies_with_most_duties_come_first_and_each_can_be_taken_away(
    client: httpx2.Client,
) -> None:
    bodies = facts(client.get("/whatif").text)["bodies"]
    duties = [one["duties"] for one in bodies]
    assert duties == sorted(duties, reverse=True)
    assert bodies
    for body in bodies:
        asked = {"changes": [{"change": "remove", "body": body["key"]}]}
        assert client.post("/api/whatif", json=asked).status_code == 200


def test_a_link_can_name_the_body_to_begin_with_and_says_nothing_else(
    client: httpx2.Client,
) -> None:
    page = client.get("/whatif", params={"body": "</script><b>x"}).text
    assert "<b>x" not in page
    assert facts(page)["first"] == [{"change": "remove", "body": "</script><b>x"}]
