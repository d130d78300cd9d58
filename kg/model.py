"""The words of the domain, as frozen values. No input, no output, only the standard library.

All ranges are half-open and count Unicode code points. `Mention`, `Relation` and `Responsibility`
are what one document says (see `Extraction`); `Node`, `Edge`, `Evidence` and `Finding` are what the
graph answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Scalar = str | int | float | bool
Attrs = Mapping[str, Scalar]


class Kind(StrEnum):
    """What a mention names; the words of the glossary."""

    GOAL = "goal"
    TARGET = "target"
    TASK_GROUP = "taskGroup"
    TASK = "task"
    PROGRAMME = "programme"
    ACTION = "action"
    ARRANGEMENT = "arrangement"
    BODY = "body"
    DOCUMENT = "document"
    POLICY_AREA = "policyArea"
    TIME = "time"


MEASURE_KINDS = frozenset(
    {Kind.TASK_GROUP, Kind.TASK, Kind.PROGRAMME, Kind.ACTION, Kind.ARRANGEMENT}
)


class RelationKind(StrEnum):
    """How two mentions of one document hang together; also the local name of the property."""

    PART_OF = "partOf"
    REALISES = "realises"
    HAS_GOAL = "hasGoal"
    HORIZON = "horizon"
    IMPLEMENTS = "implements"
    COORDINATES = "coordinates"
    REQUIRES = "requires"
    SHARES_RESOURCE_WITH = "sharesResourceWith"
    JOINTLY_PRODUCES_WITH = "jointlyProducesWith"
    HAS_DEADLINE = "hasDeadline"
    QUANTIFIES = "quantifies"
    CONTRIBUTES_TO = "contributesTo"
    CONFLICTS_WITH = "conflictsWith"
    ALIGNED_WITH = "alignedWith"
    IN_POLICY_AREA = "inPolicyArea"
    MEMBER_OF = "memberOf"
    SUPERVISES = "supervises"
    EVALUATES = "evaluates"
    ISSUED_BY = "issuedBy"
    SAME_AS = "sameAs"


class Role(StrEnum):
    """What a body has to do for a measure."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"
    PARTICIPANT = "participant"
    SUPERVISOR = "supervisor"


class Basis(StrEnum):
    """Why we believe a link: written, by a document-wide rule, by place, from above, by review."""

    STATED = "stated"
    RULE = "rule"
    POSITION = "position"
    INHERITED = "inherited"
    INFERRED = "inferred"
    DECISION = "decision"  # a reviewer corrected what the rules had found


class Level(StrEnum):
    """Administrative level of a document, a body or an area."""

    CENTRAL = "central"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"


LEVEL_RANK = MappingProxyType({level: rank for rank, level in enumerate(Level)})


class BodyKind(StrEnum):
    """The kinds of body; ``BODY`` is any other organisation, an enterprise for instance."""

    DEPARTMENT = "department"
    COORDINATION_BODY = "coordinationBody"
    OPEN_BODY = "openBody"
    BODY = "body"


class Severity(StrEnum):
    """How much a finding matters, least first."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


SEVERITY_RANK = MappingProxyType({severity: rank for rank, severity in enumerate(Severity)})


class ReportKind(StrEnum):
    """Which report is wanted: all of it, two pages for leaders, or a sheet for each body."""

    FULL = "full"
    SUMMARY = "summary"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in Chinese and in English."""

    zh: str
    en: str

    def to(self, lang: str) -> str:
        """Return the text in *lang*; whatever is not ``"en"`` is Chinese."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A half-open range of code points, ``start <= i < end``.

    >>> Span(1, 3).of("质量强国")
    '量强'
    """

    start: int
    end: int

    # Written out, since a document makes a hundred thousand: three times faster than made for us.
    def __init__(self, start: int, end: int) -> None:
        """Refuse a range that runs backwards."""
        if not 0 <= start <= end:
            msg = f"not a span: {start}..{end}"
            raise ValueError(msg)
        _set_start(self, start)
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the part of *text* that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Return whether *other* lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


_set_start = Span.start.__set__  # type: ignore[attr-defined, misc]  # the slot itself
_set_end = Span.end.__set__  # type: ignore[attr-defined, misc]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something in a document that could not be read or is doubtful; data, not an error."""

    code: str
    reason: Bilingual
    span: Span | None = None


# --------------------------------------------------------------------------- text


@dataclass(frozen=True, slots=True)
class RawText:
    """What a reader got out of some bytes.

    Tables stand in place as lines of tab-separated cells, so that one text carries everything.
    """

    text: str
    media_type: str
    encoding: str | None
    sha256: str  # of the bytes
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of clean text and the stretch of raw text it came from.

    Equal lengths: character by character; otherwise the whole clean stretch stands for the whole
    raw stretch.
    """

    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One repair: *rule* turned ``raw[raw_span]`` (as *before* stood then) into *after*."""

    rule: str
    raw_span: Span
    before: str
    after: str


# --------------------------------------------------------------------------- one document


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; options on the command line override."""

    title: str
    title_span: Span | None = None
    issuer: str | None = None
    number: str | None = None  # 文号
    issued_on: str | None = None  # ISO 8601 date
    level: Level | None = None
    area: str | None = None  # name of the area where it applies
    implements: tuple[str, ...] = ()  # titles of the documents it carries out


@dataclass(frozen=True, slots=True)
class Mention:
    """A rule's claim that a span names something.

    ``attrs`` by kind: body `canonical`, `body_kind`, `level`, `area`, `list_open`; target `name`,
    `comparator`, `value`, `unit`, `year`, `baseline`, `binding`; goal `horizon`; taskGroup
    `ordinal`, `depth`; time `value`, `role`; document `canonical`, `self`; task `task_kind`.
    """

    id: str
    kind: Kind
    span: Span
    text: str
    rule: str
    confidence: float = 1.0
    attrs: Attrs = field(default_factory=dict)
    fragments: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A rule's claim that two mentions hang together; the id ``DOC`` stands for the document."""

    kind: RelationKind
    head: str
    tail: str
    rule: str
    stated: bool = True
    confidence: float = 1.0
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One body's duty for one or more measures, as one clause gives it."""

    clause: Span
    body_id: str | None  # the mention, where the body is written out
    body: str  # canonical name
    role: Role
    applies_to: tuple[str, ...]
    rule: str
    basis: Basis = Basis.STATED
    body_span: Span | None = None
    open: bool = False
    list_open: bool = False
    deadline: str | None = None
    inline: bool = False
    guiding: bool = False  # 指导: told apart from other supervisors in exchange formats
    position: int = 1
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A sentence that governs the whole document, such as 列第一位者为牵头单位."""

    rule: str
    span: Span
    text: str
    scope: str = "document"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a document was understood.

    ``clauses`` counts clauses in sections of goals and tasks, ``brackets`` the stretches that look
    like a statement of responsibility. ``states_bodies`` is false for the genre that names none.
    """

    clauses: int = 0
    clauses_with_fact: int = 0
    brackets: int = 0
    brackets_parsed: int = 0
    states_bodies: bool = False

    @property
    def clause_share(self) -> float:
        """Share of clauses with a fact, 1.0 where there are none."""
        return self.clauses_with_fact / self.clauses if self.clauses else 1.0

    @property
    def bracket_share(self) -> float:
        """Share of responsibility brackets that were parsed, 1.0 where there are none."""
        return self.brackets_parsed / self.brackets if self.brackets else 1.0


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered unit of a document, with all that stands under it.

    ``path`` holds the numbers from the top (4-2-1), ``number`` the same as written (四、（二）1.),
    ``words`` what follows its own number: its heading, or all of it where it has none. ``parent`` is
    the path of the provision around it.
    """

    path: str
    number: str
    words: Span
    span: Span
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything the rules found in one clean text."""

    metadata: Metadata
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    responsibilities: tuple[Responsibility, ...]
    document_rules: tuple[DocumentRule, ...] = ()
    issues: tuple[Issue, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    provisions: tuple[Provision, ...] = ()  # the whole before its parts


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from: its file name, hashes, and the key that its IRIs are made of."""

    key: str
    name: str
    media_type: str
    raw_sha256: str  # of the bytes
    text_sha256: str  # of the clean text, UTF-8
    fingerprint: str = ""  # of the bytes, the rules and the options that the facts came from


class Verdict(StrEnum):
    """What a reviewer says of a statement."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decided on the statement with this IRI; it wins over extraction.

    ``words`` correct an element, ``role`` and ``body`` a responsibility, ``target`` (an IRI) and
    ``relation`` a relation, each as it shall be.
    """

    statement: str
    verdict: Verdict
    decided_on: str  # ISO 8601 date
    words: str | None = None
    role: Role | None = None
    body: str | None = None
    target: str | None = None
    relation: RelationKind | None = None
    note: str | None = None


class Mark(StrEnum):
    """What a reader says of a finding; ``OPEN``: nothing yet."""

    OPEN = "open"
    SEEN = "seen"
    NOT_A_GAP = "not-a-gap"


# --------------------------------------------------------------------------- the graph


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
