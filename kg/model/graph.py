"""What the graph answers: nodes, edges, evidence, findings."""

from dataclasses import dataclass

from kg.model.text import Bilingual
from kg.model.words import Severity


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the graph, as every answer shows it."""

    id: str  # IRI
    key: str  # the IRI's last two path segments: kind/key
    type: str
    label: Bilingual
    level: str | None = None
    area: str | None = None
    document: str | None = None
    year: int | None = None
    gap: Severity | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes."""

    id: str
    source: str
    target: str
    relation: str
    stated: bool = True
    confidence: float = 1.0
    evidence: int = 0
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words behind a statement, in the clean and in the raw text.

    ``provision`` is the number of the provision that they lie in (四、（二）1.), "" where in none.
    """

    document: str
    quote: str
    start: int
    end: int
    raw_start: int
    raw_end: int
    text_sha256: str
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body that could take up what is open, and why."""

    body: str
    label: Bilingual
    score: float
    ground: Bilingual


@dataclass(frozen=True, slots=True)
class Finding:
    """An instance of a gap type: a question to check, never a verdict on a body."""

    id: str
    type: str
    severity: Severity
    subjects: tuple[Node, ...]
    reason: Bilingual
    remedy: Bilingual
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    confidence: float = 1.0
    query: str | None = None
