"""The explorer page, the network page, and the files that both need."""

import hashlib
import mimetypes
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.graph import FindingsDep
from api.pages import PLACES
from api.routes.explore import Words, split
from api.validators import names_tag
from kg import explore
from kg.explore import Subgraph, Within
from kg.store.port import Store
from viz.assets import asset
from viz.network import name_of, render
from viz.style import table

router = APIRouter(tags=["views"], responses=problems(404, 503, 504))

Lang = Literal["zh", "en"]


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def explorer(settings: SettingsDep, lang: Lang | None = None) -> HTMLResponse:
    """Return the explorer page; its data come by the API."""
    chosen = lang or settings.lang
    page = _pages().get_template("explorer.html")
    return HTMLResponse(page.render(lang=chosen, style=table(), places=PLACES))


@router.get("/views/network", response_class=HTMLResponse)
def network(
    *,
    store: StoreDep,
    found: FindingsDep,
    settings: SettingsDep,
    node: str | None = None,
    depth: Annotated[int, Query(ge=0, le=5)] = 1,
    relation: Words = [],  # noqa: B006
    type: Words = [],  # noqa: A002, B006
    limit: Annotated[int | None, Query(ge=1)] = None,
    lang: Lang | None = None,
    download: bool = False,
) -> HTMLResponse:
    """Return a page with the surroundings of *node*, the overview where none is given.

    ``download=1``: one file that works without a server.
    """
    most = min(limit or settings.subgraph_limit, settings.subgraph_limit)
    within = Within(depth, relations=split(relation), types=split(type), limit=most)
    chosen = lang or settings.lang
    graph = _graph(store, node, within=within, found=found)
    title = name_of(graph.nodes[0], chosen) if node and graph.nodes else ""
    page = render(graph, lang=chosen, title=title, inline=download)
    headers = {"Content-Disposition": 'attachment; filename="network.html"'} if download else {}
    return HTMLResponse(page, headers=headers)


@router.get("/static/{name}", include_in_schema=False)
def static(request: Request, name: str) -> Response:
    """Return a script or a style, with a tag so that browsers keep it until it changes."""
    path = _static_file(name)
    if path is None:
        raise HTTPException(status_code=404, detail=f"no file {name!r} here")
    content, tag = _read(path, path.stat().st_mtime_ns)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    known = request.headers.get("If-None-Match", "")
    if names_tag(known.encode("latin-1"), tag.encode()):
        return Response(status_code=304, headers=headers)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    kind = "text/javascript" if name.endswith(".js") else kind
    return Response(content, media_type=kind, headers=headers)


def _graph(store: Store, node: str | None, *, within: Within, found: FindingsDep) -> Subgraph:
    gaps = found.gaps(store)
    if node is None:
        return explore.overview(store, limit=min(within.limit, 150), gaps=gaps)
    return explore.subgraph(store, node, within=within, gaps=gaps)


def _static_file(name: str) -> Path | None:
    """Return the file of this name in our static folder, or one that viz gives."""
    own = Path(str(files("api"))) / "static"
    known = {path.name: path for path in own.iterdir() if path.is_file()}
    return known.get(name) or asset(name)


@cache
def _read(path: Path, _changed: int) -> tuple[bytes, str]:
    content = path.read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:16]}"'


@cache
def _pages() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(str(files("api") / "templates")), autoescape=select_autoescape()
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    return environment
