"""Marks on findings: seen, or not a gap. A finding that is marked stays; readers may hide it.

A mark is a decision on the IRI of a finding, which is the same from run to run, and lies with the
decisions of reviewers.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from kg import ids, rdf, storing
from kg.errors import UnknownNodeError
from kg.model import Decision, Finding, Mark, Verdict
from kg.store import Store

_VERDICTS = MappingProxyType({Mark.SEEN: Verdict.ACCEPT, Mark.NOT_A_GAP: Verdict.REJECT})
_MARKS = MappingProxyType({verdict: mark for mark, verdict in _VERDICTS.items()})
_FINDINGS = ids.iri("finding", "")


def marks(store: Store) -> dict[str, Decision]:
    """Return the decisions on findings, by the IRI of the finding.

    Raises:
        StoreError: The store failed.
    """
    return {
        one.statement: one
        for one in storing.decisions(store)
        if one.statement.startswith(_FINDINGS) and one.verdict in _MARKS
    }


def mark_of(finding: str, marked: Mapping[str, Decision]) -> Mark:
    """Return what was said in `marks` of the finding with this IRI."""
    decision = marked.get(finding)
    return Mark.OPEN if decision is None else _MARKS[decision.verdict]


def decide(finding: Finding, mark: Mark, *, note: str, today: date) -> Decision | None:
    """Return the decision that *mark* stands for; ``None`` where it takes one back."""
    if mark is Mark.OPEN:
        return None
    return Decision(finding.id, _VERDICTS[mark], today.isoformat(), note=note.strip() or None)


def keep(store: Store, finding: Finding, decision: Decision | None) -> None:
    """Put the decision on *finding* in the place of what was decided before.

    Raises:
        StoreError: The store failed.
    """
    with store.turn:
        store.update(rdf.deciding(finding.id, decision))


def finding_called(found: Iterable[Finding], name: str) -> Finding:
    """Return the one with this IRI, or with this last part of it (G01.0a1b2c3d4e).

    Raises:
        UnknownNodeError: None is called so.
    """
    wanted = _FINDINGS + name.rpartition("/")[2]
    for finding in found:
        if finding.id == wanted:
            return finding
    raise UnknownNodeError(key=name)
