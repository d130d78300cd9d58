"""The competency questions over the wire: all are there, and each runs as it is told."""

from pathlib import Path

import httpx2
import pytest

from kg.analysis.saved import QUESTIONS
from kg.store import Body, memory_store


@pytest.fixture(scope="module")
def graph(start, root: Path) -> httpx2.Client:
    store = memory_store()
    data = (root / "tests" / "data" / "explore.trig").read_bytes()
    store.load_dataset([Body(data, "application/trig")])
    return start(store)


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
