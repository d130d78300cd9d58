"""The wire of the remote store: where a service is, how a request is sent, what its failure means."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2

from kg.errors import (
    FormatError,
    MalformedQueryError,
    PayloadError,
    QkgError,
    QueryError,
    QueryTimeoutError,
    SettingsError,
    StoreError,
    StoreUnavailableError,
)
from kg.store.port import Dataset

SCHEME = "sparql+"

_ATTEMPTS = 4
_PAUSE_S = 0.1
_PASSING = frozenset({429, 502, 503})  # worth another try
_MALFORMED, _UNSUPPORTED, _NOT_ACCEPTABLE = 400, 415, 406
_TIMEOUTS = frozenset({408, 504})
_FAILED = 400


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a service takes queries, updates and graphs, and with which credentials."""

    query: str
    update: str
    store: str
    shown: str  # the address without credentials
    user: tuple[str, str] | None = None

    @classmethod
    def of(cls, address: str) -> "Endpoints":
        """Return what ``sparql+http://[user:word@]host:port/query|update|store`` says.

        Raises:
            SettingsError: It says something else.

        >>> Endpoints.of("sparql+http://127.0.0.1:7878/query|update|store").update
        'http://127.0.0.1:7878/update'
        """
        place, _, paths = address.removeprefix(SCHEME).rpartition("/")
        try:
            query, update, store = (name for name in paths.split("|") if name)
            url = httpx2.URL(place)
        except (ValueError, httpx2.InvalidURL) as error:
            raise _bad_address(paths) from error
        if url.scheme not in ("http", "https") or not url.host:
            raise _bad_address(paths)
        user = (url.username, url.password) if url.username else None
        root = str(url.copy_with(username=None, password=None)).rstrip("/")
        return cls(
            query=f"{root}/{query}",
            update=f"{root}/{update}",
            store=f"{root}/{store}",
            shown=f"{SCHEME}{root}/{paths}",
            user=user,
        )


@dataclass(slots=True)
class Connection:
    """Sends requests to one service and turns what goes wrong into errors of ours."""

    endpoints: Endpoints
    limit_s: float
    token: str | None = None
    client: httpx2.Client = field(init=False)

    def __post_init__(self) -> None:
        """Open a pool of connections; proxies of the environment and redirects are not followed."""
        self.client = httpx2.Client(
            auth=self.endpoints.user,
            headers={"Authorization": f"Bearer {self.token}"} if self.token else {},
            timeout=httpx2.Timeout(self.limit_s, connect=5.0),
            follow_redirects=False,
            trust_env=False,
        )

    def send(
        self, request: httpx2.Request, *, what: str, again: bool = True, stream: bool = False
    ) -> httpx2.Response:
        """Return the answer to a request, tried up to four times with growing pauses.

        Args:
            request: What to send.
            what: ``"query"``, ``"update"``, ``"graph"``: what a refusal is about.
            again: Whether it may be repeated once the service may have seen it (it is idempotent).
            stream: Whether to leave the body to the caller.

        Raises:
            StoreUnavailableError: The service does not answer.
            QkgError: What the status of its answer means.
        """
        pause_s = _PAUSE_S
        for left in reversed(range(_ATTEMPTS)):
            try:
                response = self.client.send(request, stream=stream)
            except httpx2.TransportError as error:
                sent = not isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout)
                if isinstance(error, httpx2.ReadTimeout) or left == 0 or (sent and not again):
                    raise self._lost(error) from error
            else:
                if response.status_code not in _PASSING or left == 0 or not again:
                    return self._sound(response, what)
                response.close()
            time.sleep(pause_s)
            pause_s *= 2
        raise AssertionError  # the last round returns or raises

    def query(
        self, text: str, accept: Sequence[str], dataset: Dataset, *, stream: bool = False
    ) -> httpx2.Response:
        """Return the answer to a query; *accept* is written with falling weights.

        Raises:
            StoreUnavailableError: The service does not answer.
            QkgError: What the status of its answer means.
        """
        weights = [f"{name};q={max(1 - place / 20, 0.1):g}" for place, name in enumerate(accept)]
        form = {
            "query": text,
            "default-graph-uri": list(dataset.default_graphs),
            "named-graph-uri": list(dataset.named_graphs),
        }
        request = self.client.build_request(
            "POST", self.endpoints.query, data=form, headers={"Accept": ", ".join(weights)}
        )
        return self.send(request, what="query", stream=stream)

    def update(self, form: Mapping[str, Any]) -> None:
        """Carry out an update, which is sent once.

        Raises:
            StoreUnavailableError: The service does not answer.
            QkgError: What the status of its answer means.
        """
        request = self.client.build_request("POST", self.endpoints.update, data=dict(form))
        self.send(request, what="update", again=False)

    def graph(
        self,
        method: str,
        which: Mapping[str, str],
        headers: Mapping[str, str],
        *,
        content: bytes | None = None,
    ) -> httpx2.Response:
        """Return the answer of the Graph Store Protocol, to be streamed.

        Raises:
            StoreUnavailableError: The service does not answer.
            QkgError: What the status of its answer means.
        """
        request = self.client.build_request(
            method,
            self.endpoints.store,
            params=dict(which),
            headers=dict(headers),
            content=content,
        )
        reading = method == "GET"
        return self.send(request, what="graph", again=method != "POST", stream=reading)

    def blocks(self, response: httpx2.Response) -> Iterator[bytes]:
        """Yield the body of a streamed answer.

        Raises:
            StoreUnavailableError: The service broke off.
        """
        try:
            yield from response.iter_bytes()
        except httpx2.TransportError as error:
            raise self._lost(error) from error
        finally:
            response.close()

    def _lost(self, error: httpx2.TransportError) -> QkgError:
        if isinstance(error, httpx2.ReadTimeout):
            return QueryTimeoutError(limit_s=self.limit_s)
        detail = str(error) or type(error).__name__
        return StoreUnavailableError(address=self.endpoints.shown, detail=detail)

    def _sound(self, response: httpx2.Response, what: str) -> httpx2.Response:
        status = response.status_code
        if status < _FAILED:
            return response
        detail = " ".join(response.read().decode("utf-8", "replace").split())[:500]
        response.close()
        raise self._meaning(status, what, detail or f"HTTP {status}")

    def _meaning(self, status: int, what: str, detail: str) -> QkgError:
        if status in _TIMEOUTS:
            return QueryTimeoutError(limit_s=self.limit_s)
        if what == "graph":
            if status in (_MALFORMED, _UNSUPPORTED):
                return PayloadError(detail=detail)
        elif status == _MALFORMED:
            return MalformedQueryError(what=what, detail=detail)
        elif status >= 500:
            return QueryError(detail=detail)
        if status == _NOT_ACCEPTABLE:
            return FormatError(given="Accept", known=detail)
        return StoreError(address=self.endpoints.shown, detail=f"HTTP {status}: {detail}")


def media_type(response: httpx2.Response) -> str:
    """Return the media type of an answer without its parameters."""
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _bad_address(paths: str) -> SettingsError:
    return SettingsError(
        name="QKG_STORE",
        value=paths,
        detail="an outside store is sparql+http://host:port/query|update|store",
    )
