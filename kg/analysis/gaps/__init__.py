"""The gap catalogue and its findings: questions to check, never verdicts on a body."""

from kg.analysis.gaps.findings import are_known, findings, findings_of
from kg.analysis.gaps.registry import GapType, catalogue, gap_type
from kg.analysis.gaps.runs import KeptRun, Since, findings_since, keep_findings, kept_runs

__all__ = [
    "GapType",
    "KeptRun",
    "Since",
    "are_known",
    "catalogue",
    "findings",
    "findings_of",
    "findings_since",
    "gap_type",
    "keep_findings",
    "kept_runs",
]
