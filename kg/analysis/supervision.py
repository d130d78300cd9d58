"""The supervision loop of each plan: mechanism, inspection, evaluation, rectification.

Which measures stand for a stage is declared in supervision.toml. A stage *covers* what its measures
are said to supervise or evaluate, and what stands below that; a measure that names nothing covers its
whole plan. A supervisor named for a measure is an inspection of that measure; a coordination body or
channel arranged for a plan is a mechanism for it.

The loop is *open* at a stage for which the plan has nothing, and at the elements that no measure of a
stage covers. Whether the genre asks for a stage is not judged: an open stage is a question.
"""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from kg.analysis.gaps.workbench import Workbench
from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.analysis.stages import stage_types, stages_of
from kg.display import Naming, Row, Sections, sections_html
from kg.ids import key_of
from kg.model import Role

MECHANISM, INSPECTION = "mechanism", "inspection"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of one plan; things by IRI.

    ``by``: the measures, bodies and channels that stand for it; ``goals`` and ``measures``: how many
    it covers; ``uncovered``: the highest elements that it does not, none where nothing stands for it.
    """

    id: str
    by: tuple[str, ...]
    goals: int
    measures: int
    uncovered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """The supervision loop of a plan with so many goals and measures."""

    document: str
    goals: int
    measures: int
    stages: tuple[Stage, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the stages for which the plan has nothing, in the order of the loop."""
        return tuple(stage.id for stage in self.stages if not stage.by)

    @property
    def is_closed(self) -> bool:
        """Return whether each stage is there and covers everything."""
        return all(stage.by and not stage.uncovered for stage in self.stages)

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows: of each stage how much of goals and measures it covers."""
        covered = {
            stage.id: f"{stage.goals}/{self.goals} {stage.measures}/{self.measures}"
            if stage.by
            else ""
            for stage in self.stages
        }
        return {"document": name(self.document), **covered, "closed": self.is_closed}


@dataclass(frozen=True, slots=True)
class Supervision:
    """The loops of some plans, in the order of their IRIs."""

    loops: tuple[Loop, ...]

    def sections(self, name: Naming = key_of) -> Sections:
        """Return the tables that show it, things as *name* calls them."""
        return {
            "督促评估闭环 supervision loops": [loop.row(name) for loop in self.loops],
        }

    def _repr_html_(self) -> str:
        return sections_html(self.sections())


def supervision(tables: Tables, *, within: Set[str] | None = None) -> Supervision:
    """Return the supervision loops of the plans that have measures.

    Args:
        tables: The projection.
        within: Those of these plans, or of plans with one of these elements, alone.

    >>> from kg.analysis.project import tables_of
    >>> rows = {
    ...     "documents": [{"id": "p"}],
    ...     "measures": [{"id": "t", "label_zh": "对本方案落实情况开展督查", "document": "p"}],
    ... }
    >>> [loop] = supervision(tables_of(rows)).loops
    >>> loop.missing
    ('mechanism', 'evaluation', 'rectification')
    """
    known = _Known.of(tables)
    plans = (
        document
        for document in sorted(known.measures)
        if within is None or document in within or known.measures[document] & within
    )
    return Supervision(tuple(known.loop(document) for document in plans))


@dataclass(frozen=True, slots=True)
class _Known:
    """What plans hold, and what stands for which stage: plan -> stage -> by whom -> its subjects."""

    measures: Mapping[str, Set[str]]
    goals: Mapping[str, Set[str]]
    parents: Mapping[str, Set[str]]
    below: Mapping[str, Set[str]]
    stages: Mapping[str, Mapping[str, Mapping[str, Set[str]]]]

    @classmethod
    def of(cls, tables: Tables) -> "_Known":
        below: dict[str, set[str]] = defaultdict(set)
        for row in tables.above.to_pylist():
            below[row["ancestor"]].add(row["element"])
        parents: dict[str, set[str]] = defaultdict(set)
        for row in tables.parents.to_pylist():
            parents[row["child"]].add(row["parent"])
        return cls(
            measures=_by_document(tables.measures),
            goals=_by_document(tables.goals),
            parents=parents,
            below=below,
            stages=_stages(tables),
        )

    def loop(self, document: str) -> Loop:
        """Return the loop of *document*."""
        found = self.stages.get(document, {})
        return Loop(
            document=document,
            goals=len(self.goals.get(document, ())),
            measures=len(self.measures[document]),
            stages=tuple(
                self._stage(document, name, found.get(name, {})) for name in stage_types()
            ),
        )

    def _stage(self, document: str, name: str, by: Mapping[str, Set[str]]) -> Stage:
        goals, measures = self.goals.get(document, set()), self.measures[document]
        every = goals | measures
        covered: set[str] = set()
        for subjects in by.values():
            for subject in subjects:
                covered |= every if subject == document else self.below.get(subject, set())
        open_ = every - covered - by.keys() if by else set()
        highest = (one for one in open_ if not self.parents.get(one, set()) & open_)
        return Stage(
            id=name,
            by=tuple(sorted(by)),
            goals=len(goals & covered),
            measures=len(measures & (covered | by.keys())),
            uncovered=tuple(sorted(highest)),
        )


def _by_document(table: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, document in rows_of(table, "id", "document"):
        if document is not None:
            found[document].add(name)
    return found


def _stages(tables: Tables) -> dict[str, dict[str, dict[str, set[str]]]]:
    """Return plan -> stage -> what stands for it -> what it is about."""
    places = {
        row["id"]: row["document"] or ""
        for table in (tables.measures, tables.goals)
        for row in table.select(["id", "document"]).to_pylist()
    }
    found: dict[str, dict[str, dict[str, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    told = _told(tables)
    for measure, stages in _named(tables).items():
        for stage in stages:
            own = told.get(measure, set()) or {places[measure]}
            found[places[measure]][stage][measure] |= own
    for stage, by, subject in (*_supervisors(tables), *_mechanisms(tables)):
        found[places.get(subject, subject)][stage][by].add(subject)
    return found


def _told(tables: Tables) -> dict[str, set[str]]:
    """Return what each arrangement is said to supervise or evaluate."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.evaluations.to_pylist():
        found[row["arrangement"]].add(row["subject"])
    return found


def _named(tables: Tables) -> dict[str, list[str]]:
    """Return the stages of each measure that its name and headings tell."""
    names = dict(rows_of(tables.measures, "id", "label_zh"))
    with Workbench(tables) as bench:
        supports = {row["id"] for row in bench.rows("select id from framed where after")}
    telling = {
        measure
        for measure, name in names.items()
        if any(stage.words.search(name or "") for stage in stage_types().values())
    }
    headings: dict[str, list[str]] = defaultdict(list)
    for row in tables.above.to_pylist():
        if row["distance"] and row["element"] in telling:
            headings[row["element"]].append(names.get(row["ancestor"]) or "")
    told = {
        measure: stages_of(names[measure] or "", headings[measure], supports=measure in supports)
        for measure in telling
    }
    return {measure: stages for measure, stages in told.items() if stages}


def _supervisors(tables: Tables) -> list[tuple[str, str, str]]:
    """Return the bodies that inspect something: by their role, or as the text says of the plan."""
    bodies = set(tables.bodies["id"].to_pylist())
    roles = [
        (INSPECTION, row["body"], row["measure"])
        for row in tables.responsibilities.to_pylist()
        if row["role"] == Role.SUPERVISOR
    ]
    said = [
        (INSPECTION, row["arrangement"], row["subject"])
        for row in tables.evaluations.to_pylist()
        if row["arrangement"] in bodies
    ]
    return roles + said


def _mechanisms(tables: Tables) -> list[tuple[str, str, str]]:
    return [(MECHANISM, row["channel"], row["subject"]) for row in tables.covering.to_pylist()]
