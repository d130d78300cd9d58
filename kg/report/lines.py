"""The lists of a report: documents, levels, task groups, bodies, duties, gap types."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kg.analysis.gaps import catalogue
from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.model import LEVEL_RANK, SEVERITY_RANK, Bilingual, Evidence, Finding, Level, Role, Severity
from kg.report.model import (
    BodyLine,
    DocumentLine,
    DutyLine,
    GroupLine,
    IssueLine,
    LevelLine,
    Need,
    TypeLine,
    home_of,
)

Names = Callable[[str], Bilingual]
WORST_FIRST = tuple(sorted(Severity, key=SEVERITY_RANK.__getitem__, reverse=True))


def names_of(tables: Tables) -> Names:
    """Return what gives the label of anything in *tables*; what it does not know is its own label."""
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


def document_lines(
    tables: Tables,
    found: Sequence[Finding],
    *,
    covered: frozenset[str] | None,
    issues: Mapping[str, tuple[IssueLine, ...]],
) -> tuple[DocumentLine, ...]:
    """Return the documents, the highest level first."""
    goals = Counter(tables.goals["document"].to_pylist())
    measures = Counter(tables.measures["document"].to_pylist())
    gaps = Counter(home_of(finding) for finding in found)
    lines = (
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
    return tuple(sorted(lines, key=lambda line: (_rank(line.level), line.title, line.id)))


def level_lines(
    documents: Sequence[DocumentLine], found: Sequence[Finding]
) -> tuple[LevelLine, ...]:
    """Return the administrative levels that *documents* have, the highest first."""
    level_of = {line.id: line.level for line in documents}
    counts = Counter((level_of.get(home_of(one) or ""), one.severity) for one in found)
    levels = {line.level for line in documents if line.level}
    return tuple(
        LevelLine(
            level=level,
            documents=sum(line.level == level for line in documents),
            goals=sum(line.goals for line in documents if line.level == level),
            measures=sum(line.measures for line in documents if line.level == level),
            counts=tuple((severity, counts[level, severity]) for severity in WORST_FIRST),
        )
        for level in sorted(levels, key=_rank)
    )


def group_lines(
    tables: Tables,
    found: Sequence[Finding],
    *,
    covered: frozenset[str] | None,
    names: Names,
) -> tuple[GroupLine, ...]:
    """Return the task groups that stand under no other, in the order of the text."""
    tops = [
        row
        for row in tables.measures.to_pylist()
        if row["kind"] == "taskGroup" and row["parent"] is None
        if covered is None or row["id"] in covered
    ]
    members = {row["id"]: {row["id"]} for row in tops}
    over: dict[str, set[str]] = defaultdict(set, {name: {name} for name in members})
    for element, ancestor in rows_of(tables.above, "element", "ancestor"):
        if ancestor in members:
            members[ancestor].add(element)
            over[element].add(ancestor)
    about = Counter(
        top for one in found for top in _union(over, (node.id for node in one.subjects))
    )
    bodies, leads = _holders(tables)
    places = first_words(tables)
    lines = [
        GroupLine(
            id=row["id"],
            label=names(row["id"]),
            document=row["document"] or "",
            provision=places[row["id"]].provision if row["id"] in places else "",
            measures=len(inside) - 1,
            bodies=len(_union(bodies, inside)),
            leads=tuple(map(names, sorted(_union(leads, inside)))),
            findings=about[row["id"]],
        )
        for row in tops
        for inside in [members[row["id"]]]
    ]
    return tuple(sorted(lines, key=lambda line: (line.document, _start(places.get(line.id)))))


def body_lines(
    tables: Tables,
    found: Sequence[Finding],
    *,
    duties: Sequence[DutyLine],
    needs: Sequence[Need],
    names: Names,
) -> tuple[BodyLine, ...]:
    """Return the bodies that hold one of *duties*, most channels lacking first; no open ones."""
    held: dict[str, set[str]] = defaultdict(set)
    led: dict[str, set[str]] = defaultdict(set)
    for duty in duties:
        held[duty.body].add(duty.measure)
        if duty.role == Role.LEAD:
            led[duty.body].add(duty.measure)
    needed = Counter(body for need in needs for body in need.ids)
    missing = Counter(body for need in needs if not need.arranged for body in need.ids)
    about = _findings_by_body(tables, found)
    lines = [
        BodyLine(
            id=row["id"],
            label=names(row["id"]),
            level=row["level"],
            leads=len(led[row["id"]]),
            duties=len(held[row["id"]]),
            needs=needed[row["id"]],
            missing=missing[row["id"]],
            findings=tuple(about[row["id"]]),
        )
        for row in tables.bodies.to_pylist()
        if row["kind"] != "openBody" and row["id"] in held
    ]
    return tuple(sorted(lines, key=lambda line: (-line.missing, -line.duties, line.label.zh)))


def duty_lines(
    tables: Tables, *, covered: frozenset[str] | None, names: Names
) -> tuple[DutyLine, ...]:
    """Return every duty in the order of the text, with the words that give it."""
    measures = {row["id"]: row for row in tables.measures.to_pylist()}
    words = first_words(tables)
    lines = [
        DutyLine(
            id=row["id"],
            body=row["body"],
            label=names(row["body"]),
            role=row["role"],
            measure=row["measure"],
            task=names(row["measure"]),
            level=measure.get("level"),
            document=measure.get("document") or "",
            due=measure.get("due_year"),
            basis=row["basis"],
            evidence=words.get(row["id"]),
        )
        for row in tables.responsibilities.to_pylist()
        if covered is None or row["measure"] in covered
        for measure in [measures.get(row["measure"], {})]
    ]
    return tuple(sorted(lines, key=lambda line: (line.document, _start(line.evidence), line.id)))


def type_lines(found: Sequence[Finding]) -> tuple[TypeLine, ...]:
    """Return every type of the catalogue, found or not."""
    counts = Counter((finding.type, finding.severity) for finding in found)
    return tuple(
        TypeLine(
            id=name,
            name=kind.name,
            definition=kind.definition,
            severity=kind.severity,
            remedy=kind.remedy,
            counts=tuple((severity, counts[name, severity]) for severity in WORST_FIRST),
        )
        for name, kind in catalogue().items()
    )


def first_words(tables: Tables) -> dict[str, Evidence]:
    """Return node -> the first span of text that states it."""
    rows = sorted(tables.evidence.to_pylist(), key=lambda row: (row["document"], row["start"]))
    found: dict[str, Evidence] = {}
    for row in rows:
        found.setdefault(row["node"], _evidence(row))
    return found


def _evidence(row: Mapping[str, Any]) -> Evidence:
    return Evidence(
        document=row["document"],
        quote=row["exact"] or "",
        start=row["start"],
        end=row["end"],
        raw_start=row["raw_start"],
        raw_end=row["raw_end"],
        text_sha256=row["text_sha256"] or "",
        provision=row["provision"] or "",
    )


def _holders(tables: Tables) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return measure -> its bodies, and measure -> those that lead it; no open ones."""
    kinds = {row["id"]: row["kind"] for row in tables.bodies.to_pylist()}
    bodies: dict[str, set[str]] = defaultdict(set)
    leads: dict[str, set[str]] = defaultdict(set)
    for row in tables.responsibilities.select(["body", "measure", "role"]).to_pylist():
        if kinds.get(row["body"]) == "openBody":
            continue
        bodies[row["measure"]].add(row["body"])
        if row["role"] == Role.LEAD:
            leads[row["measure"]].add(row["body"])
    return bodies, leads


def _findings_by_body(tables: Tables, found: Sequence[Finding]) -> dict[str, list[str]]:
    """Return body -> the findings that name it, or a measure that it holds."""
    holders: dict[str, set[str]] = defaultdict(set)
    for row in tables.responsibilities.select(["body", "measure"]).to_pylist():
        holders[row["measure"]].add(row["body"])
    about: dict[str, list[str]] = defaultdict(list)
    for finding in found:
        named = {node.id for node in finding.subjects}
        for name in sorted(named | _union(holders, named)):
            about[name].append(finding.id)
    return about


def _union(sets: Mapping[str, set[str]], names: Iterable[str]) -> set[str]:
    return set[str]().union(*(sets.get(name, ()) for name in names))


def _rank(level: str | None) -> int:
    return LEVEL_RANK[Level(level)] if level else len(LEVEL_RANK)


def _start(words: Evidence | None) -> int:
    return words.start if words else -1
