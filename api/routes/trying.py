"""The page on which one tries what would be different: bodies taken away, merged, given duties."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.deps import StoreDep
from api.errors import problems, spoken
from api.pages import page
from kg.analysis.project import Tables, project
from kg.explore.terms import BODY_TYPES
from kg.ids import key_of
from kg.model import MEASURE_KINDS
from kg.report.words import ROLES
from viz.style import SEVERITIES

router = APIRouter(tags=["analyses"], responses=problems(503, 504))

_MOST = 200
"""Bodies that the page begins with, those with the most duties; the others are searched for."""


@router.get("/whatif", response_class=HTMLResponse)
def trying(
    request: Request,
    store: StoreDep,
    body: Annotated[str, Query(max_length=200, description="key of a body to take away")] = "",
) -> HTMLResponse:
    """Return the page of changes that are tried out; nothing is written."""
    tables = project(store)
    bodies = _bodies(tables)
    return page(
        "whatif.html",
        lang=spoken(request),
        facts={
            "bodies": bodies[:_MOST],
            "body_types": sorted(BODY_TYPES),
            "measure_types": sorted({*(kind.value for kind in MEASURE_KINDS), "goal"}),
            "severities": {
                name.value: {"zh": one.label.zh, "en": one.label.en}
                for name, one in SEVERITIES.items()
            },
            "first": [{"change": "remove", "body": body}] if body else [],
        },
        roles={role.value: label for role, label in ROLES.items()},
        cut=max(len(bodies) - _MOST, 0),
    )


def _bodies(tables: Tables) -> list[dict[str, object]]:
    """Return the bodies that have duties, by key, with how many, those with most first."""
    duties = Counter(tables.responsibilities["body"].to_pylist())
    rows = tables.bodies.select(["id", "label", "label_en"]).to_pylist()
    names = {row["id"]: {"zh": row["label"], "en": row["label_en"]} for row in rows}
    return [
        {"key": key_of(body), "label": names[body], "duties": number}
        for body, number in duties.most_common()
        if body in names
    ]
