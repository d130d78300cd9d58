"""The gap catalogue and its findings: questions to check, never verdicts on a body."""

from kg.analysis.gaps.findings import findings, findings_of
from kg.analysis.gaps.registry import GapType, catalogue, gap_type

__all__ = ["GapType", "catalogue", "findings", "findings_of", "gap_type"]
