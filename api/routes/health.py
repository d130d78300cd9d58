"""Is it alive, can it answer, and what can it be asked?"""

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from api.deps import ShownDep, StoreDep
from api.errors import problems, spoken
from api.metrics import Metrics
from api.pages import page
from kg import __version__
from kg.store.remote.probe import engine_of

router = APIRouter(tags=["operation"])


class Health(BaseModel):
    """The process runs."""

    status: Literal["ok"] = "ok"
    version: str = __version__


class Readiness(BaseModel):
    """The store answers."""

    status: Literal["ready"] = "ready"
    generation: str
    engine: str
    faults: list[str]


@router.get("/health")
def health() -> Health:
    """Return that the process runs."""
    return Health()


@router.get("/ready", responses=problems(500, 503))
def ready(store: StoreDep) -> Readiness:
    """Return that the store answers, the generation of its data, and what its engine gets wrong.

    503 where it does not answer.
    """
    store.ask("ASK {}")
    engine = engine_of(store)
    faults = [fault.name for fault in engine.faults]
    return Readiness(generation=store.generation, engine=engine.name, faults=faults)


@router.get("/metrics", response_class=PlainTextResponse, responses=problems(500, 503))
def metrics(request: Request, found: ShownDep) -> Response:
    """Return what operators watch, in the text format of Prometheus, as far as they may see it."""
    kept: Metrics = request.app.state.metrics
    return Response(kept.shown(found), media_type=CONTENT_TYPE_LATEST)


@router.get("/docs", response_class=HTMLResponse, include_in_schema=False)
def routes(request: Request) -> Response:
    """Return a page that lists every route, from the OpenAPI document; it loads nothing else."""
    paths: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    listed = [
        {
            "method": method.upper(),
            "path": path,
            "does": str(said.get("description", "")).partition("\n")[0],
            "parameters": ", ".join(one["name"] for one in said.get("parameters", [])),
        }
        for path, methods in sorted(paths.items())
        for method, said in methods.items()
    ]
    return page("routes.html", lang=spoken(request), routes=listed)
