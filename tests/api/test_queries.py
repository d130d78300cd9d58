"""The competency questions over the wire: all are there, and each runs as it is told."""

import httpx2
import pytest

from kg.analysis.saved import QUESTIONS
from tests.stores import example_store


@pytest.fixture(scope="module")
def graph(start) -> httpx2.Client:
    return start(example_store())


def test_every_competency_question_is_served_with_its_number(graph: httpx2.Client) -> None:
    found = graph.get("/api/queries").json()
    numbers = sorted(one["question"] for one in found if one["question"])
    assert numbers == list(range(1, QUESTIONS + 1))


def test_a_query_is_answered_as_it_is_served(graph: httpx2.Client) -> None:
    found = {one["name"]: one["text"] for one in graph.get("/api/queries").json()}
    answer = graph.post("/sparql", data={"query": found["load"]})
    assert answer.status_code == 200
    assert answer.json()["head"]["vars"] == ["body", "bodyLabel", "leads"]
    assert answer.json()["results"]["bindings"]
