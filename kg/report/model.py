"""What a report says, whatever its format. Frozen values; adapters only lay them out."""

from dataclasses import dataclass

from kg.analysis.gaps.runs import KeptFinding
from kg.model import Bilingual, Evidence, Finding, Severity

Counts = tuple[tuple[Severity, int], ...]
"""How many findings there are of each severity, most severe first."""


@dataclass(frozen=True, slots=True)
class IssueLine:
    """What of one kind could not be read in a document: how often, why, and the first places."""

    code: str
    number: int
    reason: Bilingual
    places: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document: how much of it was read, and what it holds.

    ``clause_share`` and ``bracket_share`` lie in 0..1, ``None`` where it is not known.
    """

    id: str
    title: str
    level: str | None
    area: str | None
    clause_share: float | None
    bracket_share: float | None
    states_bodies: bool
    goals: int
    measures: int
    findings: int
    issues: tuple[IssueLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeLine:
    """One gap type, what it means, and how often it was found by severity, most severe first."""

    id: str
    name: Bilingual
    definition: Bilingual
    severity: Bilingual
    remedy: Bilingual
    counts: Counts

    @property
    def total(self) -> int:
        """Return the number of findings of this type."""
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One body: its duties, whom it must coordinate with, and what of that is not arranged.

    ``findings``: the IRIs of those about it, named itself or holding the measure that is named.
    """

    id: str
    label: Bilingual
    level: str | None
    leads: int
    duties: int
    needs: int
    missing: int
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One task group with all that stands under it: who leads there, and what was found."""

    id: str
    label: Bilingual
    document: str
    provision: str
    measures: int
    bodies: int
    leads: tuple[Bilingual, ...]
    findings: int


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One administrative level: its documents, what they hold, and what was found in them."""

    level: str
    documents: int
    goals: int
    measures: int
    counts: Counts

    @property
    def total(self) -> int:
        """Return the number of findings at this level."""
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A body's duty for a measure, with the words that give it; ``due``: by the end of that year."""

    id: str
    body: str
    label: Bilingual
    role: str
    measure: str
    task: Bilingual
    level: str | None
    document: str
    due: int | None
    basis: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Need:
    """Two bodies that need each other; ``weight`` is the coordination requirement CR.

    ``ids`` are their IRIs, in the order of ``bodies``.
    """

    ids: tuple[str, str]
    bodies: tuple[Bilingual, Bilingual]
    weight: float
    shared: int
    arranged: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The bodies that need each other most, and each pair of them.

    ``cells[row][column]`` is the weight of the need, 0 where there is none; ``arranged`` holds the
    pairs (row, column) that have a channel.
    """

    bodies: tuple[Bilingual, ...]
    cells: tuple[tuple[float, ...], ...]
    arranged: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Coordination:
    """Coordination required against coordination arranged; the shares lie in 0..1."""

    required: int
    missing: int
    congruence: float
    congruence_weighted: float
    needs: tuple[Need, ...]
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Step:
    """A measure in its order: those of one level can start together, from 1."""

    level: int
    measure: Bilingual
    in_cycle: bool


@dataclass(frozen=True, slots=True)
class Dependencies:
    """The order of measures: the longest chain, and the rings that wait for each other."""

    measures: int
    links: int
    order: tuple[Step, ...]
    longest: tuple[Bilingual, ...]
    cycles: tuple[tuple[Bilingual, ...], ...]


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A chain from a goal down: its steps, the levels where it breaks, the measures without a lead."""

    steps: tuple[Bilingual, ...]
    breaks: tuple[str, ...]
    headless: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains across the levels; ``shown`` the first that are broken, then the headless ones.

    ``truncated``: there are more than ``total``, and they were not looked at.
    """

    total: int
    complete: int
    broken: int
    headless: int
    truncated: bool
    shown: tuple[ChainLine, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different since an earlier run; findings of now by IRI.

    ``regraded`` holds those that had another severity, with that one.
    """

    run: str
    began: str  # ISO 8601
    appeared: tuple[str, ...]
    gone: tuple[KeptFinding, ...]
    regraded: tuple[tuple[str, Severity], ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """A setting that decides a finding, with the value that was used."""

    name: str
    value: str
    meaning: Bilingual


@dataclass(frozen=True, slots=True)
class Report:
    """A report, ready to be laid out. ``findings``: all, most severe first."""

    title: Bilingual
    made_at: str  # ISO 8601, minutes
    version: str
    scope: str | None
    documents: tuple[DocumentLine, ...]
    levels: tuple[LevelLine, ...]
    groups: tuple[GroupLine, ...]
    bodies: tuple[BodyLine, ...]
    duties: tuple[DutyLine, ...]
    types: tuple[TypeLine, ...]
    findings: tuple[Finding, ...]
    coordination: Coordination
    dependencies: Dependencies
    chains: Chains
    thresholds: tuple[Threshold, ...]
    changes: Changes | None = None

    def of_type(self, identifier: str) -> tuple[Finding, ...]:
        """Return the findings of one gap type, most severe first."""
        return tuple(finding for finding in self.findings if finding.type == identifier)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def doubtful(self) -> tuple[DocumentLine, ...]:
        """Return the documents in which something could not be read or is doubtful."""
        return tuple(document for document in self.documents if document.issues)

    @property
    def measures(self) -> int:
        """Return the number of measures over all documents."""
        return sum(document.measures for document in self.documents)


def short(identifier: str) -> str:
    """Return the part of a finding's IRI that people can write down.

    >>> short("https://w3id.org/qualitykg/id/finding/G01.64b9ad7c2c")
    'G01.64b9ad7c2c'
    """
    return identifier.rpartition("/")[2]


def home_of(finding: Finding) -> str | None:
    """Return the document that a finding is about: its first subject, or where that is stated."""
    first = finding.subjects[0]
    return first.id if first.type == "document" else first.document
