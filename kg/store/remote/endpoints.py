"""Where a service takes queries, updates and graphs: one address tells all three."""

from collections.abc import Sequence
from dataclasses import dataclass

import httpx2

from kg.errors import SettingsError

SCHEME = "sparql+"

_ENDPOINTS = 3
_DERIVED = {
    "query": ("update", "store"),  # oxigraph serve
    "sparql": ("sparql", "sparql-graph-crud"),  # Virtuoso, for everyone
    "sparql-auth": ("sparql-auth", "sparql-graph-crud-auth"),  # Virtuoso, with a user
}


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
        """Return what an address says.

        It is ``sparql+http://[user:word@]host:port/query|update|store``, where update and store may
        be whole addresses too, or be left out where they follow from the first: ``/query``,
        ``/sparql``, ``/sparql-auth`` and ``/repositories/name`` as the engines have them.

        Raises:
            SettingsError: It says something else.

        >>> Endpoints.of("sparql+http://127.0.0.1:7878/query|update|store").update
        'http://127.0.0.1:7878/update'
        >>> Endpoints.of("sparql+http://127.0.0.1:8890/sparql").store
        'http://127.0.0.1:8890/sparql-graph-crud'
        """
        first, *given = address.removeprefix(SCHEME).split("|")
        place, _, name = first.rpartition("/")
        rest = given or _derived(first)
        try:
            urls = [_url(f"{place}/{name}"), *(_url(_beside(place, other)) for other in rest)]
        except httpx2.InvalidURL as error:
            raise _bad_address(name) from error
        good = [url for url in urls if url is not None]
        if len(urls) != _ENDPOINTS or good != urls or not all([name, *rest]):
            raise _bad_address("|".join([name, *given]))
        user = (good[0].username, good[0].password) if good[0].username else None
        query, update, store = (str(url.copy_with(username=None, password=None)) for url in good)
        shown = SCHEME + "|".join([query, *given])
        return cls(query, update, store, shown, user)


def _derived(query: str) -> Sequence[str]:
    """Return where updates and graphs go, relative to the query URL, by the habits of engines."""
    name = query.rpartition("/")[2]
    if "/repositories/" in query:  # RDF4J, GraphDB
        return f"{name}/statements", f"{name}/rdf-graphs/service"
    return _DERIVED.get(name, ())


def _beside(place: str, other: str) -> str:
    return other if "://" in other else f"{place}/{other}"


def _url(address: str) -> httpx2.URL | None:
    url = httpx2.URL(address)
    return url if url.scheme in ("http", "https") and url.host else None


def _bad_address(paths: str) -> SettingsError:
    return SettingsError(
        name="QKG_STORE",
        value=paths,
        detail="an outside store is sparql+http://host:port/query|update|store",
    )
