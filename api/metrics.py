"""What operators watch, in the words of Prometheus: requests, queries, the store, what was read.

Requests are counted as they pass, under the path of their route, so that there are no more series
than routes. What the store holds is asked when somebody looks, no more than once a minute.
"""

import time
from collections import Counter as Counted
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from cachetools import TTLCache, cached
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.analysis.gaps import findings
from kg.explore.documents import documents
from kg.model import Severity
from kg.questions import Questions
from kg.store.workers import WorkerStore
from kg.version import __version__

_OTHER = "other"
_BUCKETS_S = (0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30, 60)
_FRESH_S = 60.0


@dataclass(frozen=True, slots=True)
class Metrics:
    """The series of one service; what a store holds is looked up for whoever asks, as he sees it."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    looked: "dict[Path, CollectorRegistry]" = field(default_factory=dict)

    @classmethod
    def none_yet(cls) -> "Metrics":
        """Return the series of a service, none of them counted yet."""
        registry = CollectorRegistry()
        return cls(
            registry,
            Counter(
                "qkg_requests",
                "Requests that were answered",
                ("method", "route", "status"),
                registry=registry,
            ),
            Histogram(
                "qkg_request_seconds",
                "Time to the end of an answer, in seconds",
                ("route",),
                buckets=_BUCKETS_S,
                registry=registry,
            ),
        )

    def shown(self, found: Questions) -> bytes:
        """Return every series in the text format of Prometheus.

        Raises:
            StoreError: The store failed.
        """
        if found.home.path not in self.looked:
            registry = CollectorRegistry()
            registry.register(Looked(found))
            self.looked[found.home.path] = registry
        return generate_latest(self.registry) + generate_latest(self.looked[found.home.path])


class Measured:
    """Counts each request and the time that its answer takes."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, paths: Iterable[str]) -> None:
        """Stand before *app*, whose routes have these *paths*."""
        self.app = app
        self._metrics = metrics
        self._plain = frozenset(path for path in paths if "{" not in path)
        self._open = sorted({path for path in paths if "{" in path}, key=len, reverse=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began, route = time.perf_counter(), self._route(scope["path"])
        try:
            await self.app(scope, receive, noting)
        finally:
            self._metrics.requests.labels(scope["method"], route, status).inc()
            self._metrics.seconds.labels(route).observe(time.perf_counter() - began)

    def _route(self, path: str) -> str:
        """Return the path of the route that answers *path*, by what stands before its parameters."""
        if path in self._plain:
            return path
        return next((one for one in self._open if path.startswith(one.partition("{")[0])), _OTHER)


@dataclass(frozen=True, slots=True)
class Holding:
    """What the store holds."""

    documents: int
    coverage: float | None
    findings: Counted[Severity]
    bytes: int


@dataclass(slots=True, eq=False)
class Looked(Collector):
    """What is asked of store and workers when somebody looks."""

    shown: Questions
    kept: "TTLCache[object, Holding]" = field(default_factory=lambda: TTLCache(1, _FRESH_S))
    lock: Lock = field(default_factory=Lock)

    def describe(self) -> Sequence[Metric]:
        """Return nothing: the store is not asked before somebody looks."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Yield each series with its value of now.

        Raises:
            StoreError: The store failed.
        """
        yield _gauge("qkg_build_info", "The version", ["version"], [((__version__,), 1)])
        store = self.shown.store
        if isinstance(store, WorkerStore):
            running = len(store.running())
            yield _gauge(
                "qkg_queries", "Queries of clients under way or waiting", (), [((), running)]
            )
        holding = cached(self.kept, key=lambda: None, lock=self.lock)(self._holding)()
        yield _gauge("qkg_documents", "Documents in the store", (), [((), holding.documents)])
        yield _gauge("qkg_store_bytes", "Bytes of the data folder", (), [((), holding.bytes)])
        if holding.coverage is not None:
            share = [((), holding.coverage)]
            yield _gauge("qkg_clause_coverage", "Mean share of clauses with a fact", (), share)
        counts = [((severity.value,), holding.findings[severity]) for severity in Severity]
        yield _gauge("qkg_findings", "Coordination gaps", ["severity"], counts)

    def _holding(self) -> Holding:
        store, settings = self.shown.store, self.shown.settings
        entries = documents(store)
        shares = [one.clause_coverage for one in entries if one.clause_coverage is not None]
        found = findings(store, settings=settings)
        return Holding(
            len(entries),
            sum(shares) / len(shares) if shares else None,
            Counted(one.severity for one in found),
            _size(self.shown.home.path),
        )


def _gauge(
    name: str, meaning: str, labels: Sequence[str], values: Iterable[tuple[Sequence[str], float]]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning, labels=labels)
    for words, value in values:
        family.add_metric(words, value)
    return family


def _size(folder: Path) -> int:
    """Return the bytes of all files below *folder*; what goes while we look counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total
