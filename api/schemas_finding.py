"""JSON shapes of findings, and of what readers said of them; each is made by ``of``."""

from collections.abc import Mapping
from types import MappingProxyType

from api.schemas_graph import EvidenceShape, LabelShape, NodeShape, Shape
from kg.model import Candidate, Decision, Finding
from kg.review import mark_of

NO_MARKS: Mapping[str, Decision] = MappingProxyType({})


class CandidateShape(Shape):
    """A body that could take up what is open, and why."""

    body: str
    label: LabelShape
    score: float
    ground: LabelShape

    @classmethod
    def of(cls, candidate: Candidate) -> "CandidateShape":
        """Return the shape of *candidate*."""
        return cls(
            body=candidate.body,
            label=LabelShape.of(candidate.label),
            score=candidate.score,
            ground=LabelShape.of(candidate.ground),
        )


class MarkShape(Shape):
    """What a reader said of a finding: ``seen`` or ``not-a-gap``, when, and why."""

    mark: str
    on: str
    note: str | None = None

    @classmethod
    def of(cls, finding: Finding, marked: Mapping[str, Decision]) -> "MarkShape | None":
        """Return the shape of the mark on *finding*; ``None`` where there is none."""
        decision = marked.get(finding.id)
        if decision is None:
            return None
        mark = mark_of(finding.id, marked).value
        return cls(mark=mark, on=decision.decided_on, note=decision.note)


class FindingShape(Shape):
    """An instance of a gap type: a question to check."""

    id: str
    type: str
    severity: str
    subjects: list[NodeShape]
    reason: LabelShape
    remedy: LabelShape
    evidence: list[EvidenceShape]
    candidates: list[CandidateShape]
    confidence: float
    query: str | None = None
    mark: MarkShape | None = None

    @classmethod
    def of(cls, finding: Finding, marked: Mapping[str, Decision] = NO_MARKS) -> "FindingShape":
        """Return the shape of *finding*, with the mark on it."""
        return cls(
            id=finding.id,
            type=finding.type,
            severity=finding.severity.value,
            subjects=[NodeShape.of(node) for node in finding.subjects],
            reason=LabelShape.of(finding.reason),
            remedy=LabelShape.of(finding.remedy),
            evidence=[EvidenceShape.of(one) for one in finding.evidence],
            candidates=[CandidateShape.of(one) for one in finding.candidates],
            confidence=finding.confidence,
            query=finding.query,
            mark=MarkShape.of(finding, marked),
        )


class FindingsShape(Shape):
    """A page of findings; ``next`` is the cursor of the page after it."""

    items: list[FindingShape]
    total: int
    truncated: bool
    limit: int
    next: str | None = None
