"""Where things meet: settings, store and routes make one application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import caching, roles
from api.access import Access, to_stderr
from api.admission import Admission
from api.audited import Audited
from api.budgets import Budgets
from api.caching import Caching
from api.deps import allowed
from api.direct import Direct
from api.entrance import Entrance
from api.errors import Problem, add_handlers, fault, problems
from api.formats import acceptable
from api.graph import Findings
from api.headers import HeadAsGet, Preflights, StandingHeaders
from api.jobs import Jobs
from api.labels import Labels
from api.metrics import Measured, Metrics
from api.readiness import Readiness
from api.routes import (
    analyses,
    areas,
    chains,
    datasets,
    dependencies,
    diff,
    documents,
    drawings,
    explore,
    gaps,
    graphstore,
    health,
    identifiers,
    jobs,
    ledger,
    namespace,
    pictures,
    reading,
    reports,
    review,
    robustness,
    running,
    runs,
    sparql,
    supervision,
    trying,
    uptake,
    views,
    vocabulary,
    whatif,
)
from kg.access import Audit, Tokens, internal_of
from kg.editions import Editions
from kg.home import Home
from kg.settings import Settings, load
from kg.store import Store, open_store
from kg.store.workers import WorkerStore
from kg.version import __version__
from kg.workspace import Workspace

ROUTERS: tuple[APIRouter, ...] = (
    sparql.router,
    running.router,
    graphstore.router,
    identifiers.router,
    namespace.router,
    datasets.router,
    health.router,
    documents.router,
    jobs.router,
    review.router,
    ledger.router,
    runs.router,
    explore.router,
    pictures.router,
    analyses.router,
    gaps.router,
    reading.router,
    trying.router,
    chains.router,
    dependencies.router,
    areas.router,
    supervision.router,
    uptake.router,
    robustness.router,
    whatif.router,
    diff.router,
    reports.router,
    vocabulary.router,
    views.router,
    drawings.router,
)


def create_app(settings: Settings, *, store: Store) -> FastAPI:
    """Return the service over *store*, which is closed when the service ends.

    Routes are plain functions: they run in threads, and nothing they do blocks the event loop.

    >>> from kg.store import memory_store
    >>> create_app(Settings(), store=memory_store()).title
    'quality-kg'
    """

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        app.state.attaching.begin(store)
        readiness = Readiness(app.state.editions, app.state.labels, app.state.findings)
        readiness.start()
        yield
        app.state.jobs.close()
        readiness.close()
        app.state.labels.close()
        app.state.editions.close()
        store.close()

    app = _Service(
        title="quality-kg",
        version=__version__,
        description="政策图谱服务 · Policy plans as a graph in which every statement has its words",
        docs_url=None,  # the stock page loads from a content network; ours is /docs of identifiers
        redoc_url=None,
        lifespan=life,
        dependencies=[Depends(allowed), Depends(acceptable)],
        responses=problems(400, 406, 422, 429),
    )
    _keep(app, settings, store)
    add_handlers(app)
    for router in ROUTERS:
        app.include_router(router)
    app.manners = _with_manners(app, settings)
    _declare(app)
    return app


def _keep(app: FastAPI, settings: Settings, store: Store) -> None:
    """Keep with the application what its routes ask for."""
    whole, internal = Workspace(Home(settings.home), store, settings), internal_of(settings.home)
    app.state.settings, app.state.attaching = settings, _Attaching()
    app.state.editions = Editions(whole, internal=internal, opened=app.state.attaching.attach)
    app.state.labels, app.state.metrics = Labels(), Metrics.none_yet()
    app.state.findings = Findings(settings)
    app.state.audit = Audit(settings.home)
    app.state.jobs = Jobs(whole)
    app.state.routes = [route for router in ROUTERS for route in router.routes]


class _Attaching:
    """Starts the workers of stores on the event loop of the service, from any thread."""

    _loop: asyncio.AbstractEventLoop | None = None

    def begin(self, store: Store) -> None:
        """Take the event loop that runs here for that of the service."""
        self._loop = asyncio.get_running_loop()
        if isinstance(store, WorkerStore):
            store.attach()

    def attach(self, store: Store) -> None:
        """Start the workers of a store that is opened later, in another thread."""
        if isinstance(store, WorkerStore) and self._loop is not None:
            asyncio.run_coroutine_threadsafe(_attached(store), self._loop).result()


async def _attached(store: WorkerStore) -> None:
    store.attach()


class _Service(FastAPI):
    """The framework behind manners: what they answer by themselves never enters it.

    What it does for each request before any route is looked for costs more than a small query.
    """

    manners: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have a request answered, or the service begin and end."""
        scope["app"] = self
        await self.manners(scope, receive, send)

    async def routed(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have a request answered by its route."""
        await super().__call__(scope, receive, send)


def _with_manners(app: _Service, settings: Settings) -> ASGIApp:
    """Return *app* behind what every request meets before the routes."""
    app.add_middleware(Admission, settings=settings)
    paths = [getattr(route, "path", "") for route in app.state.routes]
    manners = [
        Middleware(Access, settings=settings),
        Middleware(ServerErrorMiddleware, handler=fault),
        Middleware(Measured, metrics=app.state.metrics, paths=paths),
        Middleware(StandingHeaders),
        Middleware(Preflights),
        Middleware(Audited, audit=app.state.audit),
        Middleware(
            Entrance,
            settings=settings,
            tokens=Tokens(settings.home),
            editions=app.state.editions,
        ),
        Middleware(HeadAsGet),
        Middleware(Caching, settings=settings),
        Middleware(Budgets, settings=settings),
        Middleware(Direct, endpoints=sparql.DIRECT),
    ]
    if settings.trusted_proxies:
        trusted = list(settings.trusted_proxies)
        manners.insert(0, Middleware(ProxyHeadersMiddleware, trusted_hosts=trusted))
    found: ASGIApp = app.routed
    for kind, given, named in reversed(manners):
        found = kind(found, *given, **named)
    return found


def app_from_environment() -> FastAPI:
    """Return the service that the ``QKG_*`` variables describe, for a server to run.

    Raises:
        UnknownHomeError: There is no data folder, and nobody may write one.
        StoreLockedError: Another process writes to the store.
    """
    settings = load()
    writable = settings.open_writes or settings.token is not None
    home = Home.create(settings.home) if writable else Home.open(settings.home)
    address = settings.store or home.store
    read_only = settings.read_only and settings.store is None
    store = open_store(address, settings=settings, read_only=read_only, serving=True)
    to_stderr(settings)
    return create_app(settings, store=store)


def _declare(app: FastAPI) -> None:
    """Put the shape of problems into the OpenAPI document, which no route returns itself."""
    made = app.openapi

    def with_problem() -> dict[str, object]:
        document: dict[str, object] = made()
        caching.declare(document)
        roles.declare(document)
        components = document.setdefault("components", {})
        assert isinstance(components, dict)  # noqa: S101  OpenAPI 3.1, section 4.8.7
        components.setdefault("schemas", {}).setdefault("Problem", Problem.model_json_schema())
        return document

    app.openapi = with_problem  # type: ignore[method-assign]
