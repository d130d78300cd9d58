"""From findings and analyses to one report model. Nothing here knows a format."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kg import settings as settings_
from kg.analysis import coordination as coordination_
from kg.analysis.dependencies import order
from kg.analysis.gaps import catalogue, findings_of
from kg.analysis.issues import FoundIssue
from kg.analysis.networks import requires_network
from kg.analysis.project import Tables
from kg.analysis.scope import in_scope
from kg.model import SEVERITY_RANK, Bilingual, Finding, Severity
from kg.report.doubts import issue_lines
from kg.report.model import (
    BodyLine,
    Coordination,
    Dependencies,
    DocumentLine,
    IssueLine,
    Matrix,
    Need,
    Report,
    Step,
    Threshold,
    TypeLine,
    home_of,
)
from kg.settings import Settings
from kg.version import __version__

MATRIX_BODIES = 24  # a page of A4 holds no more
TITLE = Bilingual("协同缺口报告", "Coordination-gap report")

Names = Callable[[str], Bilingual]


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
    covered = None if scope is None else in_scope(tables, scope)
    found = tuple(
        finding
        for finding in findings_of(tables, settings=settings)
        if covered is None or any(node.id in covered for node in finding.subjects)
    )
    names = _names(tables)
    needed = coordination_.coordination(tables, measures=covered)
    return Report(
        title=TITLE,
        made_at=made_at,
        version=__version__,
        scope=None if scope is None else names(scope).zh,
        documents=_documents(tables, found, covered, issue_lines(issues)),
        bodies=_bodies(tables, found, needed, names),
        types=_types(found),
        findings=found,
        coordination=_coordination(needed, names),
        dependencies=_dependencies(tables, names, covered),
        thresholds=_thresholds(settings),
    )


def _names(tables: Tables) -> Names:
    known = {
        row["id"]: Bilingual(row["label_zh"] or "", row["label_en"] or row["label_zh"] or "")
        for table in (tables.measures, tables.goals)
        for row in table.select(["id", "label_zh", "label_en"]).to_pylist()
    }
    known |= {
        row["id"]: Bilingual(row["label"] or "", row["label_en"] or row["label"] or "")
        for row in tables.bodies.select(["id", "label", "label_en"]).to_pylist()
    }
    known |= {
        row["id"]: Bilingual(row["title"] or "", row["title"] or "")
        for row in tables.documents.select(["id", "title"]).to_pylist()
    }
    return lambda iri: known.get(iri, Bilingual(iri, iri))


def _documents(
    tables: Tables,
    found: Sequence[Finding],
    covered: frozenset[str] | None,
    issues: Mapping[str, tuple[IssueLine, ...]],
) -> tuple[DocumentLine, ...]:
    goals = Counter(tables.goals["document"].to_pylist())
    measures = Counter(tables.measures["document"].to_pylist())
    gaps = Counter(home_of(finding) for finding in found)
    return tuple(
        DocumentLine(
            id=row["id"],
            title=row["title"] or "",
            level=row["level"],
            area=row["area"],
            clause_share=row["clause_coverage"],
            bracket_share=row["bracket_coverage"],
            states_bodies=bool(row["states_bodies"]),
            goals=goals[row["id"]],
            measures=measures[row["id"]],
            findings=gaps[row["id"]],
            issues=issues.get(row["id"], ()),
        )
        for row in tables.documents.to_pylist()
        if covered is None or row["id"] in covered
    )


def _bodies(
    tables: Tables,
    found: Sequence[Finding],
    needed: coordination_.Coordination,
    names: Names,
) -> tuple[BodyLine, ...]:
    held: dict[str, set[str]] = {}
    led: dict[str, set[str]] = {}
    for row in tables.responsibilities.select(["body", "measure", "role"]).to_pylist():
        held.setdefault(row["body"], set()).add(row["measure"])
        if row["role"] == "lead":
            led.setdefault(row["body"], set()).add(row["measure"])
    needs = Counter(body for need in needed.required for body in need.bodies)
    missing = Counter(body for need in needed.missing for body in need.bodies)
    gaps = _findings_by_body(tables, found)
    lines = [
        BodyLine(
            id=row["id"],
            label=names(row["id"]),
            level=row["level"],
            leads=len(led.get(row["id"], ())),
            duties=len(held.get(row["id"], ())),
            needs=needs[row["id"]],
            missing=missing[row["id"]],
            findings=gaps[row["id"]],
        )
        for row in tables.bodies.to_pylist()
        if row["kind"] != "openBody" and row["id"] in held
    ]
    return tuple(sorted(lines, key=lambda line: (-line.missing, -line.duties, line.label.zh)))


def _findings_by_body(tables: Tables, found: Sequence[Finding]) -> Counter[str]:
    """Count the findings about each body: named itself, or holding the measure that is named."""
    holders: dict[str, set[str]] = {}
    for row in tables.responsibilities.select(["body", "measure"]).to_pylist():
        holders.setdefault(row["measure"], set()).add(row["body"])
    counts: Counter[str] = Counter()
    for finding in found:
        about = {node.id for node in finding.subjects}
        counts.update(about.union(*(holders.get(iri, ()) for iri in about)))
    return counts


def _types(found: Sequence[Finding]) -> tuple[TypeLine, ...]:
    counts = Counter((finding.type, finding.severity) for finding in found)
    worst_first = sorted(Severity, key=SEVERITY_RANK.__getitem__, reverse=True)
    return tuple(
        TypeLine(
            id=name,
            name=kind.name,
            definition=kind.definition,
            severity=kind.severity,
            remedy=kind.remedy,
            counts=tuple((severity, counts[name, severity]) for severity in worst_first),
        )
        for name, kind in catalogue().items()
    )


def _coordination(needed: coordination_.Coordination, names: Names) -> Coordination:
    return Coordination(
        required=len(needed.required),
        missing=len(needed.missing),
        congruence=needed.congruence.plain,
        congruence_weighted=needed.congruence.weighted,
        needs=tuple(
            Need(
                bodies=(names(need.bodies[0]), names(need.bodies[1])),
                weight=float(need.weight),
                shared=need.shared,
                arranged=need.arranged,
            )
            for need in needed.required
        ),
        matrix=_matrix(needed, names),
    )


def _matrix(needed: coordination_.Coordination, names: Names) -> Matrix:
    weight: dict[str, float] = {}
    for need in needed.required:
        for body in need.bodies:
            weight[body] = weight.get(body, 0.0) + need.weight
    shown = [body for body, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))]
    place = {body: number for number, body in enumerate(shown[:MATRIX_BODIES])}
    cells = [[0.0] * len(place) for _ in place]
    arranged = set()
    for need in needed.required:
        if need.bodies[0] in place and need.bodies[1] in place:
            row, column = place[need.bodies[0]], place[need.bodies[1]]
            cells[row][column] = cells[column][row] = float(need.weight)
            if need.arranged:
                arranged |= {(row, column), (column, row)}
    return Matrix(
        bodies=tuple(names(body) for body in place),
        cells=tuple(tuple(row) for row in cells),
        arranged=frozenset(arranged),
    )


def _dependencies(tables: Tables, names: Names, covered: frozenset[str] | None) -> Dependencies:
    network = requires_network(tables)
    if covered is not None:
        network = network.subgraph(set(network) & covered).copy()
    ordered = order(network)
    longest = ordered.longest if len(ordered.longest) > 1 else ()
    return Dependencies(
        measures=network.number_of_nodes(),
        links=network.number_of_edges(),
        order=tuple(
            Step(level, names(member), in_cycle=len(block) > 1)
            for level, blocks in enumerate(ordered.levels, start=1)
            for block in blocks
            for member in block
        ),
        longest=tuple(_joined(block, names) for block in longest),
        cycles=tuple(tuple(names(member) for member in cycle.members) for cycle in ordered.cycles),
    )


def _joined(block: Sequence[str], names: Names) -> Bilingual:
    labels = [names(member) for member in block]
    return Bilingual(" ⇄ ".join(one.zh for one in labels), " ⇄ ".join(one.en for one in labels))


def _thresholds(settings: Settings) -> tuple[Threshold, ...]:
    values: Mapping[str, Any] = settings.model_dump(mode="json")
    return tuple(
        Threshold(name, str(values[name.removeprefix("QKG_").lower()]), meaning)
        for name, _, meaning in settings_.described()
        if name.startswith("QKG_GAP_")
    )
