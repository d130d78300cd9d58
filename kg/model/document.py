"""What one document says, as the rules found it, and what a reviewer decided on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model.text import Issue, Span
from kg.model.words import Basis, Kind, Level, RelationKind, Role, Verdict

Scalar = str | int | float | bool


Attrs = Mapping[str, Scalar]


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
