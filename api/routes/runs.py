"""Findings kept run by run: which runs there are, and what is new or gone since one of them."""

from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.audited import noted
from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.schemas_finding import FindingShape
from api.schemas_graph import LabelShape
from kg.analysis.gaps import KeptRun, findings_since, keep_findings, kept_runs
from kg.model import Severity

router = APIRouter(prefix="/api/runs", tags=["analyses"], responses=problems(503, 504))


class RunShape(BaseModel):
    """An analysis whose findings the store keeps; every query sees those of the newest."""

    key: str
    began: str
    newest: bool

    @classmethod
    def of(cls, run: KeptRun) -> "RunShape":
        """Return the shape of *run*."""
        return cls(key=run.key, began=run.began, newest=run.newest)


class GoneShape(BaseModel):
    """A finding of a run that there is no more."""

    id: str
    type: str
    severity: Severity
    reason: LabelShape


class RegradedShape(BaseModel):
    """A finding that weighs otherwise than in a run: it ``was`` of that severity."""

    finding: FindingShape
    was: Severity


class SinceShape(BaseModel):
    """The findings of now beside those of a run; ``unchanged`` by their IRIs."""

    run: RunShape
    appeared: list[FindingShape]
    gone: list[GoneShape]
    regraded: list[RegradedShape]
    unchanged: list[str]


@router.get("")
def runs(store: StoreDep) -> list[RunShape]:
    """Return the runs whose findings are kept, the newest first."""
    return [RunShape.of(run) for run in kept_runs(store)]


@router.get("/{run}", response_model_exclude_none=True, responses=problems(404))
def since(store: StoreDep, settings: SettingsDep, run: str) -> SinceShape:
    """Return what has appeared since a run (its key, or ``last``), what is gone, what stayed."""
    found = findings_since(store, run, settings=settings)
    return SinceShape(
        run=RunShape.of(found.run),
        appeared=[FindingShape.of(one) for one in found.appeared],
        gone=[
            GoneShape(
                id=one.id, type=one.type, severity=one.severity, reason=LabelShape.of(one.reason)
            )
            for one in found.gone
        ],
        regraded=[
            RegradedShape(finding=FindingShape.of(one), was=was) for one, was in found.regraded
        ],
        unchanged=[one.id for one in found.unchanged],
    )


@router.post("", responses=problems(401, 403, 406))
def keep(request: Request, store: StoreDep, settings: SettingsDep) -> RunShape:
    """Keep the findings of now; where the newest run found the same, that run is the answer."""
    run = keep_findings(store, settings=settings)
    noted(request, run=run.key)
    return RunShape.of(run)
