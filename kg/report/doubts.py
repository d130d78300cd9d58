"""What could not be read, summed up by document and kind."""

from collections.abc import Mapping, Sequence

from kg.analysis.issues import FoundIssue
from kg.report.model import IssueLine

PLACES = 3  # of one kind in one document; `qkg issues` lists all


def issue_lines(found: Sequence[FoundIssue]) -> Mapping[str, tuple[IssueLine, ...]]:
    """Return the issues of each document by kind, the most frequent first."""
    by_kind: dict[str, dict[str, list[FoundIssue]]] = {}
    for one in found:
        by_kind.setdefault(one.document, {}).setdefault(one.code, []).append(one)
    return {document: _lines(kinds) for document, kinds in by_kind.items()}


def _lines(kinds: Mapping[str, Sequence[FoundIssue]]) -> tuple[IssueLine, ...]:
    lines = [
        IssueLine(
            code=code,
            number=len(found),
            reason=found[0].reason,
            places=tuple(one.evidence for one in found if one.evidence)[:PLACES],
        )
        for code, found in kinds.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.number, line.code)))
