"""From findings and analyses to one report model. Nothing here knows a format."""

from collections.abc import Mapping, Sequence
from typing import Any

from kg import settings as settings_
from kg.analysis.gaps import Since, findings_of
from kg.analysis.issues import FoundIssue
from kg.analysis.project import Tables
from kg.analysis.scope import in_scope, is_there
from kg.errors import UnknownNodeError
from kg.model import Bilingual
from kg.report import lines, networks
from kg.report.doubts import issue_lines
from kg.report.model import Changes, Report, Threshold
from kg.settings import Settings
from kg.version import __version__

TITLE = Bilingual("协同缺口报告", "Coordination-gap report")


def assemble(
    tables: Tables,
    *,
    settings: Settings,
    made_at: str,
    scope: str | None = None,
    issues: Sequence[FoundIssue] = (),
) -> Report:
    """Return the report on everything in *tables*, or on *scope* alone.

    Args:
        tables: What the store holds, see `kg.analysis.project`.
        settings: The thresholds.
        made_at: When, ISO 8601; given by the caller so that equal input gives equal reports.
        scope: A document or element, see `kg.analysis.scope`; everything where ``None``.
        issues: What could not be read, see `kg.analysis.issues`.

    Raises:
        UnknownNodeError: Nothing in the graph is called *scope*.
    """
    covered = None if scope is None else _covered(tables, scope)
    found = tuple(
        finding
        for finding in findings_of(tables, settings=settings)
        if covered is None or any(node.id in covered for node in finding.subjects)
    )
    names = lines.names_of(tables)
    coordination = networks.coordination(tables, covered=covered, names=names)
    duties = lines.duty_lines(tables, covered=covered, names=names)
    documents = lines.document_lines(tables, found, covered=covered, issues=issue_lines(issues))
    return Report(
        title=TITLE,
        made_at=made_at,
        version=__version__,
        scope=None if scope is None else names(scope).zh,
        documents=documents,
        levels=lines.level_lines(documents, found),
        groups=lines.group_lines(tables, found, covered=covered, names=names),
        bodies=lines.body_lines(
            tables, found, duties=duties, needs=coordination.needs, names=names
        ),
        duties=duties,
        types=lines.type_lines(found),
        findings=found,
        coordination=coordination,
        dependencies=networks.dependencies(tables, covered=covered, names=names),
        chains=networks.chains(tables, covered=covered, names=names),
        thresholds=_thresholds(settings),
    )


def _covered(tables: Tables, scope: str) -> frozenset[str]:
    covered = in_scope(tables, scope)
    if not is_there(tables, covered):
        raise UnknownNodeError(key=scope)
    return covered


def changes(since: Since) -> Changes:
    """Return what is different since an earlier run, as a report tells it."""
    return Changes(
        run=since.run.key,
        began=since.run.began,
        appeared=tuple(one.id for one in since.appeared),
        gone=since.gone,
        regraded=tuple((one.id, was) for one, was in since.regraded),
        unchanged=len(since.unchanged),
    )


def _thresholds(settings: Settings) -> tuple[Threshold, ...]:
    values: Mapping[str, Any] = settings.model_dump(mode="json")
    return tuple(
        Threshold(name, str(values[name.removeprefix("QKG_").lower()]), meaning)
        for name, _, meaning in settings_.described()
        if name.startswith("QKG_GAP_")
    )
