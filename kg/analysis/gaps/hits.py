"""What a rule found, before it is put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from kg.analysis.gaps.registry import GapType
from kg.analysis.gaps.workbench import rule_text
from kg.model import SEVERITY_RANK, Severity
from kg.settings import Settings

_BY_RANK = tuple(SEVERITY_RANK)


@dataclass(frozen=True, slots=True)
class Hit:
    """An instance of a gap type, by identifiers.

    ``subjects``: what it is about, in the order of its type; ``bodies``: those that the reason
    names; ``evidence``: links whose words show it; ``what``: codes of what is lacking or off;
    ``searched``: where it was looked for in vain, if not in the subjects themselves.
    """

    subjects: tuple[str, ...]
    severity: Severity
    confidence: float = 1.0
    bodies: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    n: int = 0
    searched: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Return what was searched."""
        return self.searched or self.subjects


def lowered(hit: Hit) -> Hit:
    """Return *hit* one step less severe; information stays information.

    >>> lowered(Hit(("x",), Severity.HIGH)).severity
    <Severity.MEDIUM: 'medium'>
    """
    return replace(hit, severity=_BY_RANK[max(SEVERITY_RANK[hit.severity] - 1, 0)])


class Relational(Protocol):
    """Whatever answers the SQL of the rules: a workbench, or the relations of an engine."""

    def rows(self, sql: str, **values: object) -> list[dict[str, Any]]:
        """Return the rows of *sql*, whose ``$name`` parameters are *values*."""


def sql_hits(relations: Relational, kind: GapType, settings: Settings) -> list[Hit]:
    """Return what the SQL of a gap type finds.

    Raises:
        PluginError: It is the SQL of another package, and fails.
    """
    with kind.blamed():
        values = {name: getattr(settings, name) for name in kind.thresholds}
        return [_hit(row) for row in relations.rows(rule_text(kind.how), **values)]


def noted_hits(relations: Relational, kind: GapType, settings: Settings) -> list[Hit]:
    """Return what the second rule of a gap type finds, where it has one.

    Raises:
        PluginError: It is the SQL of another package, and fails.
    """
    if not kind.note:
        return []
    second = replace(kind, how=kind.note, thresholds=kind.note_thresholds)
    return sql_hits(relations, second, settings)


def _hit(row: Mapping[str, Any]) -> Hit:
    return Hit(
        subjects=tuple(row["subjects"]),
        severity=Severity(row["severity"]),
        confidence=float(row["confidence"]),
        bodies=tuple(row.get("bodies") or ()),
        evidence=tuple(sorted(set(row.get("evidence") or ()))),
        what=tuple(row.get("what") or ()),
        n=int(row.get("n") or 0),
        searched=tuple(row.get("searched") or ()),
    )
