"""The wire of the remote store: how a request is sent, what its failure means."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential_jitter,
)

from kg.errors import (
    FormatError,
    MalformedQueryError,
    PayloadError,
    QkgError,
    QueryError,
    QueryTimeoutError,
    StoreError,
    StoreUnavailableError,
)
from kg.store import formats
from kg.store.port import Dataset
from kg.store.remote.credentials import Credentials
from kg.store.remote.endpoints import Endpoints

_ATTEMPTS = 4
_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 5.0
_GROWING = wait_exponential_jitter(multiplier=_PAUSE_S, max=_LONGEST_PAUSE_S, jitter=_PAUSE_S)
_PASSING = frozenset({429, 502, 503})  # worth another try
_MALFORMED, _UNSUPPORTED, _NOT_ACCEPTABLE = 400, 415, 406
_TIMEOUTS = frozenset({408, 504})
_REDIRECTED, _FAILED, _BROKEN = 300, 400, 500
_UNKNOWN_USER = frozenset({401, 403})
_CONNECT_S = 5.0
_CUT_OFF = "x-sparql-maxrows"  # Virtuoso: the most rows it gives
_PARTIAL = "S1TAT"  # Virtuoso: time is up, and what follows is a part of the result


class _BusyError(Exception):
    """The service asks to come again."""

    def __init__(self, response: httpx2.Response) -> None:
        super().__init__(response.status_code)
        self.response = response


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
            auth=Credentials(*self.endpoints.user) if self.endpoints.user else None,
            headers={"Authorization": f"Bearer {self.token}"} if self.token else {},
            timeout=httpx2.Timeout(self.limit_s, connect=_CONNECT_S),
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
        retrying = Retrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=_pause,
            retry=retry_if_exception(lambda error: _worth_another_try(error, again=again)),
            reraise=True,
        )
        try:
            response = retrying(self._sent, request, stream=stream)
        except _BusyError as busy:
            response = busy.response
        except httpx2.TransportError as error:
            raise self._lost(error) from error
        return self._sound(response, what)

    def _sent(self, request: httpx2.Request, *, stream: bool) -> httpx2.Response:
        response = self.client.send(request, stream=stream)
        if response.status_code in _PASSING:
            response.read()
            response.close()
            raise _BusyError(response)
        return response

    def query(
        self, text: str, accept: Sequence[str], dataset: Dataset, *, limit_s: float | None = None
    ) -> httpx2.Response:
        """Return the answer to a query, to be streamed; *accept* is written with falling weights.

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
            "POST",
            self.endpoints.query,
            data=form,
            headers={"Accept": ", ".join(weights)},
            timeout=httpx2.Timeout(limit_s or self.limit_s, connect=_CONNECT_S),
        )
        return self.send(request, what="query", stream=True)

    def json(self, text: str, dataset: Dataset) -> dict[str, Any]:
        """Return the answer to a SELECT or an ASK.

        Raises:
            StoreError: The service fails, answers with something else, or with a part of the rows.
            QkgError: What the status of its answer means.
        """
        response, data = self._answered(text, dataset, formats.JSON)
        try:
            found: dict[str, Any] = json.loads(data)
            rows = len(found["results"]["bindings"]) if "results" in found else 0
        except (ValueError, KeyError, TypeError) as error:
            raise self._strange(response, data, formats.JSON) from error
        self._check_whole(response, rows)
        return found

    def csv(self, text: str, dataset: Dataset) -> bytes:
        """Return the answer to a SELECT as CSV; it fails as `json` does."""
        response, data = self._answered(text, dataset, formats.CSV)
        self._check_whole(response, data.count(b"\n") - 1)
        return data

    def _answered(self, text: str, dataset: Dataset, wanted: str) -> tuple[httpx2.Response, bytes]:
        response = self.query(text, [wanted], dataset)
        data = b"".join(self.blocks(response))
        if media_type(response) != wanted:
            raise self._strange(response, data, wanted)
        return response, data

    def _check_whole(self, response: httpx2.Response, rows: int) -> None:
        most = response.headers.get(_CUT_OFF, "")
        if most.isdecimal() and rows >= int(most):
            detail = f"it cut a result off at {most} rows; raise its limit (ResultSetMaxRows)"
            raise StoreError(address=self.endpoints.shown, detail=detail)

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

    def blocks(self, response: httpx2.Response, *, limit_s: float | None = None) -> Iterator[bytes]:
        """Yield the body of a streamed answer.

        Raises:
            StoreUnavailableError: The service broke off.
            QueryTimeoutError: It took longer than the limit, or says that it did.
        """
        limit = limit_s or self.limit_s
        deadline = time.monotonic() + limit
        try:
            if response.headers.get("x-sql-state", "").startswith(_PARTIAL):
                raise QueryTimeoutError(limit_s=limit)
            for block in response.iter_bytes():
                yield block
                if time.monotonic() > deadline:
                    raise QueryTimeoutError(limit_s=limit)
        except httpx2.TransportError as error:
            raise self._lost(error) from error
        finally:
            response.close()

    def _lost(self, error: httpx2.TransportError) -> QkgError:
        if isinstance(error, httpx2.ReadTimeout):
            return QueryTimeoutError(limit_s=self.limit_s)
        detail = str(error) or type(error).__name__
        return StoreUnavailableError(address=self.endpoints.shown, detail=detail)

    @property
    def server(self) -> str:
        """Return what the service calls itself.

        Raises:
            StoreUnavailableError: It does not answer.
        """
        response = self.query("ASK {}", [formats.JSON], Dataset())
        response.close()
        return str(response.headers.get("server", ""))

    def _sound(self, response: httpx2.Response, what: str) -> httpx2.Response:
        status = response.status_code
        if status < _REDIRECTED:
            return response
        detail = " ".join(response.read().decode("utf-8", "replace").split())[:500]
        response.close()
        raise self._meaning(status, what, detail or f"HTTP {status}")

    def _meaning(self, status: int, what: str, detail: str) -> QkgError:
        if status in _TIMEOUTS:
            return QueryTimeoutError(limit_s=self.limit_s)
        if status == _NOT_ACCEPTABLE:
            return FormatError(given="Accept", known=detail)
        if what == "graph" and status in (_MALFORMED, _UNSUPPORTED):
            return PayloadError(detail=detail)
        if what != "graph" and status == _MALFORMED:
            return MalformedQueryError(what=what, detail=detail)
        if what != "graph" and status >= _BROKEN:
            return QueryError(detail=detail)
        return StoreError(
            address=self.endpoints.shown, detail=f"HTTP {status}: {_advice(status, detail)}"
        )

    def _strange(self, response: httpx2.Response, data: bytes, wanted: str) -> StoreError:
        start = " ".join(data[:200].decode("utf-8", "replace").split())[:80]
        name = "CSV" if wanted == formats.CSV else "JSON"
        detail = f"it answered {media_type(response) or 'no media type'} ({start!r}) where SPARQL "
        detail += f"results in {name} were expected; is {self.endpoints.query} its query address?"
        return StoreError(address=self.endpoints.shown, detail=detail)


def media_type(response: httpx2.Response) -> str:
    """Return the media type of an answer without its parameters."""
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _advice(status: int, detail: str) -> str:
    if status in _UNKNOWN_USER:
        return f"{detail}; give user:word@ in QKG_STORE, or QKG_STORE_TOKEN"
    if status < _FAILED:
        return "it sends us elsewhere, which is not followed; give the address it ends at"
    return detail


def _worth_another_try(error: BaseException, *, again: bool) -> bool:
    """Return whether to send again: what never arrived always, the rest if it is idempotent."""
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return True
    if isinstance(error, httpx2.ReadTimeout):  # it had its time
        return False
    return again and isinstance(error, httpx2.TransportError | _BusyError)


def _pause(state: RetryCallState) -> float:
    """Return how long to wait: what the service asks for, else twice as long each time."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.response.headers.get("retry-after", "") if isinstance(error, _BusyError) else ""
    wanted = float(asked) if asked.isdecimal() else _GROWING(state)
    return min(wanted, _LONGEST_PAUSE_S)
