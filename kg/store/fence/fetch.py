"""The one way out: what SERVICE and LOAD name is fetched here, behind the fence, and nowhere else."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx2

from kg.errors import QueryError
from kg.store.fence.addresses import Place, Resolve, place_of, resolved

MOST_BYTES = 64 << 20
_LIMIT_S = 30.0
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SEE_OTHER, _OK = 303, 200


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: where it was found in the end, its media type, its bytes."""

    address: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches from allowed addresses; each redirect is looked at like the first address."""

    allow: Sequence[str]
    resolve: Resolve = resolved
    limit_s: float = _LIMIT_S
    most_bytes: int = MOST_BYTES

    def fetch(self, address: str, *, accept: str, form: Mapping[str, str] | None = None) -> Fetched:
        """Return what *address* gives; with a *form* it is sent there by POST.

        Raises:
            QueryRefusedError: It, or where it leads, is not allowed.
            QueryError: It cannot be reached, gives no answer in time, or too much.
        """
        deadline = time.monotonic() + self.limit_s
        for _ in range(_MOST_REDIRECTS + 1):
            place = self._place(address)
            found = self._answer(place, accept=accept, form=form, deadline=deadline)
            if isinstance(found, Fetched):
                return found
            address = urljoin(str(place.url), found.headers.get("location", ""))
            form = None if found.status_code == _SEE_OTHER else form
        raise QueryError(detail=f"{address}: more than {_MOST_REDIRECTS} redirects")

    def _place(self, address: str) -> Place:
        try:
            return place_of(address, allow=self.allow, resolve=self.resolve)
        except OSError as error:
            raise QueryError(detail=f"{address}: {error}") from error

    def _answer(
        self, place: Place, *, accept: str, form: Mapping[str, str] | None, deadline: float
    ) -> Fetched | httpx2.Response:
        """Return the answer, or the redirect that was given in its place."""
        timeout = httpx2.Timeout(max(deadline - time.monotonic(), 0.01), connect=5.0)
        with httpx2.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client:
            for number, address in enumerate(place.addresses, 1):
                request = _request(client, place.url, address, accept=accept, form=form)
                try:
                    response = client.send(request, stream=True)
                    return self._read(response, place, deadline)
                except httpx2.ConnectError as error:
                    if number == len(place.addresses):
                        raise QueryError(detail=f"{place.url}: {error}") from error
                except httpx2.HTTPError as error:
                    detail = str(error) or type(error).__name__
                    raise QueryError(detail=f"{place.url}: {detail}") from error
        raise QueryError(detail=f"{place.url}: no address")

    def _read(
        self, response: httpx2.Response, place: Place, deadline: float
    ) -> Fetched | httpx2.Response:
        if response.status_code in _REDIRECTS:
            response.close()
            return response
        if response.status_code != _OK:
            response.close()
            raise QueryError(detail=f"{place.url} answered HTTP {response.status_code}")
        data = bytearray()
        for block in response.iter_bytes():
            data += block
            if len(data) > self.most_bytes or time.monotonic() > deadline:
                response.close()
                limits = f"{self.most_bytes >> 20} MB or {self.limit_s:g} s"
                raise QueryError(detail=f"{place.url} gave more than {limits}")
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Fetched(str(place.url), media_type, bytes(data))


def _request(
    client: httpx2.Client,
    url: httpx2.URL,
    address: str,
    *,
    accept: str,
    form: Mapping[str, str] | None,
) -> httpx2.Request:
    """Return a request to *address* itself, under the name of *url*'s host."""
    return client.build_request(
        "GET" if form is None else "POST",
        url.copy_with(host=address),
        headers={"Host": url.netloc.decode("ascii"), "Accept": accept},
        data=None if form is None else dict(form),
        extensions={"sni_hostname": url.host},
    )
