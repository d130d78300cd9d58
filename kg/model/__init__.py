"""The words of the domain, as frozen values. No input, no output, only the standard library.

All ranges are half-open and count Unicode code points. `Mention`, `Relation` and `Responsibility`
are what one document says (see `Extraction`); `Node`, `Edge`, `Evidence` and `Finding` are what the
graph answers.
"""

from kg.model.census import Census, Group, Place
from kg.model.document import (
    Attrs,
    Coverage,
    Decision,
    DocumentRule,
    Extraction,
    Mention,
    Metadata,
    Provision,
    Relation,
    Responsibility,
    Scalar,
    Source,
)
from kg.model.graph import Candidate, Edge, Evidence, Finding, Node
from kg.model.text import Bilingual, Edit, Issue, RawText, Run, Span
from kg.model.words import (
    LEVEL_RANK,
    MEASURE_KINDS,
    SEVERITY_RANK,
    Basis,
    BodyKind,
    Kind,
    Level,
    Mark,
    RelationKind,
    ReportKind,
    Role,
    Severity,
    Verdict,
)

__all__ = [
    "LEVEL_RANK",
    "MEASURE_KINDS",
    "SEVERITY_RANK",
    "Attrs",
    "Basis",
    "Bilingual",
    "BodyKind",
    "Candidate",
    "Census",
    "Coverage",
    "Decision",
    "DocumentRule",
    "Edge",
    "Edit",
    "Evidence",
    "Extraction",
    "Finding",
    "Group",
    "Issue",
    "Kind",
    "Level",
    "Mark",
    "Mention",
    "Metadata",
    "Node",
    "Place",
    "Provision",
    "RawText",
    "Relation",
    "RelationKind",
    "ReportKind",
    "Responsibility",
    "Role",
    "Run",
    "Scalar",
    "Severity",
    "Source",
    "Span",
    "Verdict",
]
