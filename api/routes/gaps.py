"""The page of findings: narrowed down by what they are about, each with its words and its mark."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import URL

from api.deps import StoreDep
from api.errors import problems, spoken
from api.graph import FindingsDep
from api.pages import page
from api.routes.identifiers import href
from kg.analysis.gaps import catalogue
from kg.analysis.gaps.facets import FACETS, Sorted, by_facet, counts, narrowed
from kg.analysis.project import Tables, project
from kg.explore.terms import NODE_TYPES
from kg.ids import BASE
from kg.model import SEVERITY_RANK, Bilingual, Decision, Severity
from kg.review import mark_of, marks
from viz.style import SEVERITIES

router = APIRouter(tags=["analyses"], responses=problems(503, 504))

MOST = 20
_NAMES = {
    "severity": Bilingual("等级", "Severity"),
    "type": Bilingual("缺口类型", "Type of gap"),
    "body": Bilingual("责任主体", "Body"),
    "area": Bilingual("行政区", "Area"),
    "document": Bilingual("文件", "Document"),
}
MARKS = {
    "": Bilingual("全部", "all"),
    "open,seen": Bilingual("隐藏“不是缺口”", "hide “not a gap”"),
    "open": Bilingual("未标记", "not marked"),
    "seen": Bilingual("已阅", "seen"),
    "not-a-gap": Bilingual("不是缺口", "not a gap"),
}
Wish = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many findings have it, and where a click on it leads."""

    name: Bilingual
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class _Names:
    """What the values of the facets are called."""

    tables: Tables

    def of(self, facet: str) -> dict[str, Bilingual]:
        """Return value -> name; an area is called what it is."""
        if facet == "severity":
            return {name.value: style.label for name, style in SEVERITIES.items()}
        if facet == "type":
            return {
                name: Bilingual(f"{name} {kind.name.zh}", f"{name} {kind.name.en}")
                for name, kind in catalogue().items()
            }
        if facet == "body":
            rows = self.tables.bodies.select(["id", "label", "label_en"]).to_pylist()
            return {
                row["id"].removeprefix(BASE): Bilingual(row["label"], row["label_en"] or "")
                for row in rows
            }
        if facet == "document":
            rows = self.tables.documents.select(["id", "title"]).to_pylist()
            return {row["id"].removeprefix(BASE): Bilingual(row["title"], "") for row in rows}
        return {}


@router.get("/gaps", response_class=HTMLResponse)
def gaps(
    *,
    request: Request,
    store: StoreDep,
    found: FindingsDep,
    severity: Wish = "",
    type: Wish = "",  # noqa: A002
    body: Wish = "",
    area: Wish = "",
    document: Wish = "",
    marks_: Annotated[str, Query(alias="marks", max_length=40)] = "",
    cursor: Wish = "",
) -> HTMLResponse:
    """Return a page of the findings that have each of these values, with how many have others.

    *severity* is the very one, *body* and *document* are keys; *marks*: open, seen, not-a-gap.
    """
    asked = zip(FACETS, (severity, type, body, area, document), strict=True)
    wanted = {facet: value for facet, value in asked if value}
    tables, marked = project(store), marks(store)
    every = by_facet(found.of(store), tables)
    kept = [one for one in every if _is_marked(one, marked, marks_)]
    return page(
        "gaps.html",
        lang=spoken(request),
        facets=[_facet(request, kept, wanted, facet, _Names(tables)) for facet in FACETS],
        marks=_mark_choices(request, narrowed(every, wanted), marked, marks_),
        **_paged(request, narrowed(kept, wanted), cursor),
        other=_with(request, lang="zh" if spoken(request) == "en" else "en"),
        whole=_whole(request) if wanted or marks_ else "",
        kinds=catalogue(),
        marked=marked,
        mark_of=mark_of,
        mark_names=MARKS,
        drawn=frozenset(NODE_TYPES.values()),
        href=href,
    )


def _is_marked(one: Sorted, marked: Mapping[str, Decision], wanted: str) -> bool:
    return not wanted or mark_of(one.finding.id, marked) in wanted.split(",")


def _paged(request: Request, shown: list[Sorted], cursor: str) -> dict[str, object]:
    """Return the page after *cursor*, the first one where that finding is gone, and the ways on."""
    ids = [one.finding.id for one in shown]
    start = ids.index(cursor) + 1 if cursor in ids else 0
    end = start + MOST
    return {
        "found": [one.finding for one in shown[start:end]],
        "total": len(shown),
        "start": start,
        "following": _with(request, cursor=ids[end - 1]) if end < len(shown) else "",
        "first": _with(request, cursor="") if start else "",
    }


def _facet(
    request: Request,
    kept: list[Sorted],
    wanted: Mapping[str, str],
    facet: str,
    names: _Names,
) -> tuple[str, Bilingual, list[Choice]]:
    """Return a facet with its values, the most severe or most frequent first."""
    known = names.of(facet)
    found = counts(kept, wanted, facet)
    if (value := wanted.get(facet)) and value not in found:
        found[value] = 0
    choices = [
        Choice(
            name=known.get(value, Bilingual(value, "")),
            count=number,
            href=_with(request, **{facet: "" if wanted.get(facet) == value else value}, cursor=""),
            chosen=wanted.get(facet) == value,
        )
        for value, number in sorted(found.items(), key=lambda one: _place(facet, *one))
    ]
    return facet, _NAMES[facet], choices


def _place(facet: str, value: str, number: int) -> tuple[int, str]:
    if facet == "severity" and value in set(Severity):
        return -SEVERITY_RANK[Severity(value)], value
    return (0 if facet == "type" else -number), value


def _mark_choices(
    request: Request, shown: list[Sorted], marked: Mapping[str, Decision], chosen: str
) -> list[Choice]:
    return [
        Choice(
            name=name,
            count=sum(_is_marked(one, marked, value) for one in shown),
            href=_with(request, marks=value, cursor=""),
            chosen=value == chosen,
        )
        for value, name in MARKS.items()
    ]


def _whole(request: Request) -> str:
    """Return this address without any choice."""
    return _with(request, **dict.fromkeys(FACETS, ""), marks="", cursor="")


def _with(request: Request, **changed: str) -> str:
    """Return this address with other parameters; an empty one is left out."""
    given = {**request.query_params, **changed}
    kept = {name: value for name, value in given.items() if value}
    return str(URL(request.url.path).include_query_params(**kept))
