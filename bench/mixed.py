"""Fifty people at once: search, pictures, queries light and heavy, reports, uploads, each answer checked.

The oracle is the engine alone over a copy of the store, and what a plan says of itself. ``SECONDS=600
python -m bench load50`` runs ten minutes. People pause: ``PAUSE_S`` between an answer and the next
question. A 503 is what the documentation says of a service that is full; all other 5xx are faults.
"""

import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from bench.load import own_mb, processes, wait_until_idle
from bench.measure import Measure, Result
from bench.serving import nation, ours
from kg.vocab import RDFS_LABEL, Class, Property

CLIENTS = 50
SECONDS = float(os.environ.get("SECONDS", "120"))
PAUSE_S = 1.0
SIZE = os.environ.get("SIZE", "100k")
WARM = 0.25  # of the time: then memory must stay as it is
TOKEN = "a-token-for-measures"
LIGHT = ("point", "search", "subgraph")
SHARES = {"point": 52, "search": 20, "subgraph": 20, "heavy": 6, "report": 1, "upload": 1}
_BOUNDARY = "a-line-between"
_FULL = 503


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, and whether an answer to it is right."""

    kind: str
    target: str
    is_right: Callable[[bytes], bool]
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a request: when it was sent, how long it took; status 0 for a line that broke."""

    kind: str
    began: float
    seconds: float
    status: int
    right: bool


class Oracle:
    """What is right, from the engine alone."""

    def __init__(self, copy: Path) -> None:
        self._quads = ox.Store.read_only(str(copy))
        named = f"SELECT ?s ?l {{ GRAPH ?g {{ ?s a <{Class.TASK}> ; <{RDFS_LABEL}> ?l }} }}"
        rows = [(row["s"].value, row["l"].value) for row in self._rows(named)]
        self.tasks = random.Random(1).sample(rows, min(400, len(rows)))
        self.carriers: dict[str, set[str]] = {}
        for task, label in rows:
            self.carriers.setdefault(label, set()).add(task)
        graphs = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } } GROUP BY ?g ORDER BY DESC(?n) LIMIT 30"
        self.graphs = [row["g"].value for row in self._rows(graphs) if self._about(row["g"].value)]

    def asks(self, choice: random.Random) -> Ask:
        """Return a request of a kind that is drawn by its share."""
        kind = choice.choices(list(SHARES), list(SHARES.values()))[0]
        make: Callable[[random.Random], Ask] = getattr(self, f"_{kind}")
        return make(choice)

    def _rows(self, query: str) -> Iterator[ox.QuerySolution]:
        found = self._quads.query(query)
        assert isinstance(found, ox.QuerySolutions)
        return found

    def _point(self, choice: random.Random) -> Ask:
        task, _ = choice.choice(self.tasks)
        query = f"SELECT ?o {{ GRAPH ?g {{ <{task}> <{Property.PART_OF}> ?o }} }}"
        wanted = {row["o"].value for row in self._rows(query)}
        asked = f"SELECT ?o {{ <{task}> <{Property.PART_OF}> ?o }} # {choice.random()}"
        return Ask("point", f"/sparql?{urlencode({'query': asked})}", partial(_are_values, wanted))

    def _heavy(self, choice: random.Random) -> Ask:
        graph = choice.choice(self.graphs)
        pattern = "{ ?a ?p ?b . ?c ?p ?b } "
        asked = f"SELECT (COUNT(*) AS ?o) {{ GRAPH <{graph}> {pattern}}} # {choice.random()}"
        wanted = {row["o"].value for row in self._rows(asked)}
        return Ask("heavy", f"/sparql?{urlencode({'query': asked})}", partial(_are_values, wanted))

    def _search(self, choice: random.Random) -> Ask:
        _, label = choice.choice([one for one in self.tasks if len(self.carriers[one[1]]) < 50])
        target = f"/api/search?{urlencode({'q': label, 'type': 'task', 'limit': 100})}"
        return Ask("search", target, partial(_lists, self.carriers[label]))

    def _subgraph(self, choice: random.Random) -> Ask:
        task, _ = choice.choice(self.tasks)
        query = f"SELECT ?o {{ GRAPH ?g {{ <{task}> <{Property.PART_OF}> ?o }} }}"
        around = {task, *(row["o"].value for row in self._rows(query))}
        return Ask(
            "subgraph", f"/api/subgraph?node={quote(task)}&wait=false", partial(_draws, around)
        )

    def _report(self, choice: random.Random) -> Ask:
        graph = choice.choice(self.graphs)
        target = f"/api/reports?{urlencode({'format': 'json', 'scope': _document_of(graph)})}"
        return Ask("report", target, partial(_reports_on, self._about(graph)))

    def _about(self, graph: str) -> set[str]:
        """Return what a graph says of its document: nothing where it is no document's."""
        told = self._rows(f"SELECT ?o {{ GRAPH <{graph}> {{ <{_document_of(graph)}> ?p ?o }} }}")
        return {row["o"].value for row in told}

    def _upload(self, choice: random.Random) -> Ask:
        name = f"负荷{choice.randrange(200)}市"
        text = (
            f"{name}试行方案\n一、重点任务\n（一）检验负荷。开展负荷检验。（市教育局牵头）\n"
            f"第{choice.random()}版，虚构。\n"
        )
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{quote(name)}.txt"'
        body = f"{head}\r\n\r\n{text}\r\n--{_BOUNDARY}--\r\n".encode()
        return Ask("upload", "/api/documents", lambda answer: b'"id"' in answer, body)


def _document_of(graph: str) -> str:
    return graph.replace("/graph/", "/document/")


def _are_values(wanted: set[str], answer: bytes) -> bool:
    rows = json.loads(answer)["results"]["bindings"]
    return {row["o"]["value"] for row in rows} == wanted


def _lists(wanted: set[str], answer: bytes) -> bool:
    return wanted <= {item["id"] for item in json.loads(answer)["items"]}


def _draws(wanted: set[str], answer: bytes) -> bool:
    return wanted <= {node["id"] for node in json.loads(answer)["nodes"]}


def _reports_on(names: set[str], answer: bytes) -> bool:
    return json.loads(answer)["scope"] in names


def client(port: int, oracle: Oracle, *, number: int, until: float) -> list[Told]:
    """Return what came of the requests of one person."""
    choice, told = random.Random(number), []
    line = HTTPConnection("127.0.0.1", port, timeout=120)
    while time.monotonic() < until:
        told.append(_asked(line, oracle.asks(choice)))
        time.sleep(choice.uniform(0, 2 * PAUSE_S))
    line.close()
    return told


def _asked(line: HTTPConnection, ask: Ask) -> Told:
    headers = {"Accept": "application/json, application/sparql-results+json"}
    if ask.body is not None:
        headers |= {
            "Authorization": f"Bearer {TOKEN}",
            "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
        }
    began = time.monotonic()
    try:
        line.request("POST" if ask.body else "GET", ask.target, body=ask.body, headers=headers)
        answer = line.getresponse()
        data, status = answer.read(), answer.status
    except (OSError, HTTPException):
        line.close()
        data, status = b"", 0
    took = time.monotonic() - began
    return Told(ask.kind, began, took, status, status // 100 != 2 or ask.is_right(data))


def load50() -> Iterator[Result]:
    """Yield what fifty people met, and whether memory stayed flat."""
    with nation(SIZE) as (home, copy), ours(home, token=TOKEN, max_jobs=200) as us:
        oracle, told, sizes = Oracle(copy), list[Told](), list[tuple[float, float]]()
        wait_until_idle(us.pid)
        until = time.monotonic() + SECONDS

        def run(number: int) -> None:
            told.extend(client(us.port, oracle, number=number, until=until))

        people = [threading.Thread(target=run, args=(number,)) for number in range(CLIENTS)]
        began = time.monotonic()
        for one in people:
            one.start()
        while any(one.is_alive() for one in people):
            sizes.append((time.monotonic() - began, _all_mb(us.pid)))
            time.sleep(1)
        yield from _figures(told)
        yield from _memory(sizes)


def _figures(told: Sequence[Told]) -> Iterator[Result]:
    for kind in SHARES:
        times = sorted(one.seconds for one in told if one.kind == kind)
        yield Result(f"{kind}: answers", len(times), "")
        if times:
            yield Result(f"{kind}: p50", times[len(times) // 2] * 1000, "ms")
            yield Result(f"{kind}: p99", times[int(len(times) * 0.99)] * 1000, "ms")
    light = sorted(one.seconds for one in told if one.kind in LIGHT)
    yield Result("light reads: p99", light[int(len(light) * 0.99)] * 1000, "ms")
    statuses = Counter(one.status for one in told)
    faults = sum(count for status, count in statuses.items() if status >= 500 and status != _FULL)
    yield Result("wrong answers", sum(not one.right for one in told), "")
    yield Result("5xx but 503", faults, "")
    yield Result("503, too full", statuses[_FULL], "")
    yield Result("lines that broke", statuses[0], "")
    yield Result("requests refused (4xx)", sum(statuses[one] for one in range(400, 500)), "")


def _memory(sizes: Sequence[tuple[float, float]]) -> Iterator[Result]:
    warm = [size for at, size in sizes if WARM * SECONDS <= at < 0.5 * SECONDS]
    end = [size for at, size in sizes if at >= 0.75 * SECONDS]
    before, after = sum(warm) / len(warm), sum(end) / len(end)
    yield Result("memory after warm-up, all processes", before, "MB")
    yield Result("memory in the last quarter", after, "MB", after / before)
    yield Result("most memory", max(size for _, size in sizes), "MB")


def _all_mb(pid: int) -> float:
    total = 0.0
    for one in processes(pid):
        try:
            total += own_mb(one)
        except OSError:  # it has ended
            continue
    return total


MEASURES: dict[str, Measure] = {"load50": load50}
