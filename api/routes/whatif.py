"""What would be different under some changes; nothing is written."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.deps import WorkspaceDep
from api.errors import problems
from api.schemas_finding import FindingShape
from api.schemas_graph import LabelShape, NodeShape, Shape
from kg import compare
from kg.analysis.coordination import Congruence
from kg.analysis.overlay import Assign, Change, Channel, Delay, Merge, Remove
from kg.analysis.whatif import Hop, Left, WhatIf
from kg.model import Role

router = APIRouter(prefix="/api", tags=["analyses"], responses=problems(404, 409, 503, 504))

Name = Annotated[
    str, Field(min_length=1, max_length=300, description="label, alias, key or IRI of a thing")
]
_MOST = 50


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RemoveShape(_Asked):
    """A body is dissolved."""

    change: Literal["remove"]
    body: Name

    def value(self) -> Change:
        """Return the change."""
        return Remove(self.body)


class MergeShape(_Asked):
    """A body is merged into another."""

    change: Literal["merge"]
    kept: Name
    gone: Name

    def value(self) -> Change:
        """Return the change."""
        return Merge(self.kept, self.gone)


class DelayShape(_Asked):
    """A measure or goal is due in another year."""

    change: Literal["delay"]
    measure: Name
    year: Annotated[int, Field(ge=1000, le=9999)]

    def value(self) -> Change:
        """Return the change."""
        return Delay(self.measure, self.year)


class AssignShape(_Asked):
    """A body is given a duty for a measure."""

    change: Literal["assign"]
    measure: Name
    body: Name
    role: Role = Role.LEAD

    def value(self) -> Change:
        """Return the change."""
        return Assign(self.measure, self.body, self.role)


class ChannelShape(_Asked):
    """Two bodies are given a way to coordinate."""

    change: Literal["channel"]
    bodies: tuple[Name, Name]

    def value(self) -> Change:
        """Return the change."""
        return Channel(*self.bodies)


ChangeShape = Annotated[
    RemoveShape | MergeShape | DelayShape | AssignShape | ChannelShape,
    Field(discriminator="change"),
]


class WhatIfRequest(_Asked):
    """Changes, made one after the other."""

    changes: Annotated[list[ChangeShape], Field(max_length=_MOST)]


class HopShape(Shape):
    """A link of a chain, from the measure below to what it serves or takes up."""

    lower: NodeShape
    upper: NodeShape

    @classmethod
    def of(cls, hop: Hop) -> "HopShape":
        """Return the shape of *hop*."""
        return cls(lower=NodeShape.of(hop.lower), upper=NodeShape.of(hop.upper))


class LeftShape(Shape):
    """A measure that loses or gains somebody, and how many below it do so with it."""

    measure: NodeShape
    below: int

    @classmethod
    def of(cls, left: Left) -> "LeftShape":
        """Return the shape of *left*."""
        return cls(measure=NodeShape.of(left.measure), below=left.below)


class RegradedShape(Shape):
    """A finding that stays, with another severity than it had."""

    finding: FindingShape
    was: str


class CongruenceShape(Shape):
    """Pairs of bodies that need each other (each once), those with a channel, and the shares."""

    needs: int
    met: int
    plain: float
    weighted: float

    @classmethod
    def of(cls, one: Congruence) -> "CongruenceShape":
        """Return the shape of *one*."""
        return cls(needs=one.needs, met=one.met, plain=one.plain, weighted=one.weighted)


class WhatIfShape(Shape):
    """What the changes would make different; counts by gap type and severity."""

    changes: list[LabelShape]
    goals_uncovered: list[NodeShape]
    goals_covered: list[NodeShape]
    chains_broken: list[HopShape]
    chains_mended: list[HopShape]
    without_lead: list[LeftShape]
    with_lead: list[LeftShape]
    without_actor: list[LeftShape]
    with_actor: list[LeftShape]
    appeared: list[FindingShape]
    gone: list[FindingShape]
    regraded: list[RegradedShape]
    counts_before: dict[str, dict[str, int]]
    counts_after: dict[str, dict[str, int]]
    congruence_before: CongruenceShape
    congruence_after: CongruenceShape


@router.post("/whatif", response_model_exclude_none=True, responses=problems(413))
def whatif(workspace: WorkspaceDep, asked: WhatIfRequest) -> WhatIfShape:
    """Return what changes would make different: goals, chains, leads, findings, congruence."""
    found = workspace.whatif(*(change.value() for change in asked.changes))
    lines = compare.words(workspace.store, found.changes)
    return _shape(found, [LabelShape.of(line) for line in lines])


def _shape(found: WhatIf, changes: Sequence[LabelShape]) -> WhatIfShape:
    return WhatIfShape(
        changes=list(changes),
        goals_uncovered=[NodeShape.of(node) for node in found.goals_uncovered],
        goals_covered=[NodeShape.of(node) for node in found.goals_covered],
        chains_broken=[HopShape.of(hop) for hop in found.chains_broken],
        chains_mended=[HopShape.of(hop) for hop in found.chains_mended],
        without_lead=[LeftShape.of(left) for left in found.without_lead],
        with_lead=[LeftShape.of(left) for left in found.with_lead],
        without_actor=[LeftShape.of(left) for left in found.without_actor],
        with_actor=[LeftShape.of(left) for left in found.with_actor],
        appeared=[FindingShape.of(finding) for finding in found.appeared],
        gone=[FindingShape.of(finding) for finding in found.gone],
        regraded=[
            RegradedShape(finding=FindingShape.of(one.finding), was=one.was.value)
            for one in found.regraded
        ],
        counts_before={name: dict(one) for name, one in found.counts_before.items()},
        counts_after={name: dict(one) for name, one in found.counts_after.items()},
        congruence_before=CongruenceShape.of(found.congruence_before),
        congruence_after=CongruenceShape.of(found.congruence_after),
    )
