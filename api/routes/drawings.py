"""Pictures that stand by themselves: matrix, timeline, flow and map, as page or as SVG alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup

from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.formats import VARY, language, ranked
from api.graph import FindingsDep
from api.pages import page
from api.routes.analyses import Scope
from kg.analysis.coordination import coordination
from kg.analysis.dependencies import dependencies
from kg.analysis.project import Tables, project
from kg.analysis.rates import uptake_rates
from kg.analysis.scope import in_scope
from kg.model import Bilingual, Finding
from kg.settings import Settings
from viz import matrix, sankey, tilemap, timeline
from viz.drawn import Drawn

router = APIRouter(prefix="/views", tags=["views"], responses=problems(404, 503, 504))

HTML, SVG = "text/html", "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a picture is drawn of."""

    tables: Tables
    settings: Settings
    findings: Callable[[], list[Finding]]
    scope: str | None
    lang: str

    @property
    def covered(self) -> frozenset[str] | None:
        """Return what the scope covers; ``None`` where everything counts."""
        return frozenset(in_scope(self.tables, self.scope)) if self.scope else None


def _matrix(asked: Asked) -> Drawn:
    return matrix.matrix(
        asked.tables, coordination(asked.tables, measures=asked.covered), lang=asked.lang
    )


def _timeline(asked: Asked) -> Drawn:
    most, least = asked.settings.inferred_most, asked.settings.least_years
    found = dependencies(asked.tables, most=most, least=least, measures=asked.covered)
    return timeline.timeline(asked.tables, found, least=least, lang=asked.lang)


def _sankey(asked: Asked) -> Drawn:
    return sankey.sankey(asked.tables, lang=asked.lang, measures=asked.covered)


def _map(asked: Asked) -> Drawn:
    rates = uptake_rates(asked.tables, settings=asked.settings, within=asked.covered).areas
    return tilemap.tilemap(rates, asked.findings(), lang=asked.lang)


@dataclass(frozen=True, slots=True)
class View:
    """A picture: what it is called, and how it is drawn."""

    title: Bilingual
    draw: Callable[[Asked], Drawn]


VIEWS = {
    "matrix": View(matrix.TITLE, _matrix),
    "timeline": View(timeline.TITLE, _timeline),
    "sankey": View(sankey.TITLE, _sankey),
    "map": View(tilemap.TITLE, _map),
}


@router.get(
    "/{name}",
    response_class=Response,
    responses={200: {"content": {HTML: {}, SVG: {}}}},
)
def drawing(
    request: Request,
    store: StoreDep,
    settings: SettingsDep,
    found: FindingsDep,
    name: Literal["matrix", "timeline", "sankey", "map"],
    scope: Scope = None,
    lang: Annotated[Literal["zh", "en"] | None, Query()] = None,
    format: Annotated[Literal["html", "svg"] | None, Query()] = None,  # noqa: A002
) -> Response:
    """Return a picture as a page with its table, or by ``format=svg`` or Accept as SVG alone.

    ``matrix``: who needs whom, and where that is arranged; ``timeline``: what is needed first, until
    when; ``sankey``: from goals through task groups to bodies; ``map``: the provinces.
    """
    header = request.headers.get("accept-language")
    chosen = lang or language(header, default=settings.lang)
    asked = Asked(project(store), settings, lambda: found.of(store), scope or None, chosen)
    drawn = VIEWS[name].draw(asked)
    if _wants_picture(request, format):
        headers = {**VARY, "Content-Language": chosen}
        return Response(drawn.picture, media_type=SVG, headers=headers)
    return page(
        "drawn.html",
        lang=chosen,
        drawn=drawn,
        picture=Markup(drawn.picture),  # noqa: S704  made of elements, never of text
        view=name,
        views=VIEWS,
        scope=scope or "",
    )


def _wants_picture(request: Request, given: str | None) -> bool:
    if given is not None:
        return given == "svg"
    return ranked(request.headers.get("accept"), [HTML, SVG])[0] == SVG
