"""Lists that a notebook shows as tables: findings, documents."""

from collections.abc import Iterable
from functools import partial

from kg.display import Listing
from kg.explore.documents import DocumentEntry
from kg.model import Finding


def findings_listing(found: Iterable[Finding], *, lang: str) -> Listing[Finding]:
    """Return *found* as a list that a notebook shows, sentences in *lang*.

    >>> findings_listing([], lang="zh")
    []
    """
    return Listing(found, row=partial(_finding_row, lang=lang))


def documents_listing(entries: Iterable[DocumentEntry]) -> Listing[DocumentEntry]:
    """Return *entries* as a list that a notebook shows.

    >>> documents_listing([])
    []
    """
    return Listing(entries, row=_document_row)


def _finding_row(finding: Finding, *, lang: str) -> dict[str, object]:
    first = finding.evidence[0].quote if finding.evidence else ""
    return {
        "severity": finding.severity.value,
        "type": finding.type,
        "reason": finding.reason.to(lang),
        "remedy": finding.remedy.to(lang),
        "words": first,
    }


def _document_row(entry: DocumentEntry) -> dict[str, object]:
    return {
        "key": entry.key,
        "title": entry.title,
        "level": entry.level,
        "area": entry.area,
        "clauses read": None if entry.clause_coverage is None else f"{entry.clause_coverage:.0%}",
    }
