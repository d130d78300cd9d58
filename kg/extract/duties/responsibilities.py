"""Who has to do what: the statements of a document, with the measures that they are about.

Two passes. First the rules for the whole document (列第一位者为牵头, 以下均需……不再列出), then the
clauses, since a rule may stand in any of them and governs those that follow.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.bodies import running as names
from kg.extract.bodies.resolve import Place, resolve
from kg.extract.duties import prose
from kg.extract.duties.aims import Aims, aims
from kg.extract.duties.clause import Clause, ClauseBody, parse_clause
from kg.extract.duties.leads import led, says_who_leads
from kg.extract.duties.statements import Statement, Statements, statements
from kg.extract.duties.widerules import DocumentWide, WideRule, leading
from kg.extract.dutyrules import Duty
from kg.extract.inorder import spans_in_order
from kg.extract.rules import rule
from kg.model import (
    Basis,
    Bilingual,
    DocumentRule,
    Issue,
    Level,
    Mention,
    Responsibility,
    Role,
    Span,
)
from kg.text.segment import Block

__all__ = ["DutyResult", "Scan", "assign", "duties", "parse_clause", "scan"]

_FILE = "responsibilities"
_UNREAD = Bilingual(
    "看似职责分工，但未能读出责任主体",
    "looks like a statement of duties, but no body could be read",
)
_UNREAD_PART = Bilingual(
    "职责分工中有一段未能读懂", "a part of a statement of duties could not be read"
)


@dataclass(frozen=True, slots=True)
class DutyResult:
    """The duties of a document and what was found on the way.

    ``body_mentions`` are the bodies in clauses and those that begin a sentence of duty;
    ``clause_spans`` are stretches in which no task or goal is to be looked for.
    """

    responsibilities: tuple[Responsibility, ...] = ()
    body_mentions: tuple[Mention, ...] = ()
    document_rules: tuple[DocumentRule, ...] = ()
    issues: tuple[Issue, ...] = ()
    brackets: int = 0
    brackets_parsed: int = 0
    clause_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """The statements of a text before anyone knows its tasks."""

    place: Place
    statements: Statements
    rules: tuple[WideRule, ...]  # outside clauses: they govern the whole document
    clause_spans: tuple[Span, ...]


def scan(text: str, *, level: Level | None = None, area: str | None = None) -> Scan:
    """Return the statements of responsibility in *text*; needs neither blocks nor tasks.

    >>> scan("推进共享。（财政部负责）").clause_spans
    (Span(start=5, end=12),)
    """
    place = Place(level, area)
    found = statements(text, place)
    spans = tuple(one.clause.span for one in found.found)
    stated = spans_in_order(spans)
    rules = tuple(one for one in _wide(text) if not stated.around(one.span))
    return Scan(place, found, rules, spans)


def _wide(text: str) -> Iterator[WideRule]:
    yield from leading(text)
    for found in rule(_FILE, "duty.document.not_repeated").finditer(text):
        bodies = names.whole_names(text, *found.span("bodies"))
        words = tuple(span.of(text) for span in bodies)
        yield WideRule(DocumentWide.NOT_REPEATED, Span(*found.span()), words)


def duties(
    text: str,
    blocks: Sequence[Block],
    mentions: Sequence[Mention],
    *,
    level: Level | None = None,
    area: str | None = None,
) -> DutyResult:
    """Return the responsibilities of *text*, tied to the measures among *mentions*.

    Args:
        text: a clean text.
        blocks: its blocks.
        mentions: its task groups, tasks and instruments; other kinds are ignored.
        level: level of the issuer.
        area: full name of the issuer's area.

    >>> result = duties("（财政部牵头，商务部配合）", (), ())
    >>> [(duty.body, duty.role.value) for duty in result.responsibilities]
    [('财政部', 'lead'), ('商务部', 'support')]
    """
    found = scan(text, level=level, area=area)
    return assign(found, text, blocks=blocks, mentions=mentions)


def assign(
    found: Scan, text: str, *, blocks: Sequence[Block], mentions: Sequence[Mention]
) -> DutyResult:
    """Return the responsibilities that the statements of *found* give, tied to measures."""
    measures = aims(text, blocks, mentions)
    sentences = [
        one
        for one in prose.duties(text, blocks, found.place, found.clause_spans)
        if not any(wide.span.covers(span) for wide in found.rules for span, _ in one.bodies)
    ]
    clauses = _governed(found, text)
    stated = [*_of_clauses(clauses, measures), *_of_prose(sentences, measures)]
    bodies = names.merge(
        [made for one, _ in clauses for made in _mentions(text, one.clause.bodies)],
        [
            names.mention(text, span, body, rule=one.duty.rule)
            for one in sentences
            for span, body in one.bodies
        ],
    )
    return DutyResult(
        responsibilities=tuple(sorted(stated, key=lambda one: (one.clause, one.position))),
        body_mentions=tuple(bodies),
        document_rules=tuple(_document_rules(text, found)),
        issues=tuple(_issues(found)),
        brackets=found.statements.candidates,
        brackets_parsed=len(found.statements.found),
        clause_spans=found.clause_spans,
    )


def _governed(found: Scan, text: str) -> list[tuple[Statement, tuple[ClauseBody, ...]]]:
    """Return every statement with its bodies after the rules for the document were applied."""
    wide = next(filter(says_who_leads, found.rules), None)
    also = {name: None for rule in found.rules for name in rule.bodies}  # each once, in order
    governed: list[tuple[Statement, tuple[ClauseBody, ...]]] = []
    for one in found.statements.found:
        wide = next(filter(says_who_leads, one.clause.rules), wide)
        bodies = led(text, one.clause.bodies, wide)
        more = _also(one.clause, also, found.place)
        also |= {name: None for rule in one.clause.rules for name in rule.bodies}
        governed.append((one, (*bodies, *more)))
    return governed


def _also(clause: Clause, also: Collection[str], place: Place) -> Iterator[ClauseBody]:
    """Yield the bodies that every later clause means without naming them."""
    for index, name in enumerate(also, len(clause.bodies) + 1):
        if all(body.name != name for body in clause.bodies):
            yield ClauseBody(
                span=None,
                fragments=(),
                name=name,
                body=resolve(name, place),
                duty=Duty(Role.RESPONSIBLE, "duty.document.not_repeated"),
                basis=Basis.RULE,
                position=index,
            )


def _of_clauses(
    clauses: Sequence[tuple[Statement, tuple[ClauseBody, ...]]], measures: Aims
) -> Iterator[Responsibility]:
    free = [one.clause.span for one, _ in clauses if one.row is None]
    aimed = dict(zip(free, measures.under(free), strict=True))
    for one, bodies in clauses:
        clause = one.clause
        targets = measures.inside(one.row) if one.row else aimed[clause.span]
        for body in bodies:
            yield Responsibility(
                clause=clause.span,
                body_id=_id(body.span) if body.span else None,
                body=body.body.canonical,
                role=body.duty.role,
                applies_to=targets,
                rule=body.duty.rule,
                basis=body.basis,
                body_span=body.span,
                open=body.body.open,
                list_open=body.list_open,
                deadline=clause.deadline,
                guiding=body.duty.guiding,
                position=body.position,
                confidence=0.8 if body.basis is Basis.POSITION else 1.0,
            )


def _of_prose(sentences: Sequence[prose.ProseDuty], measures: Aims) -> Iterator[Responsibility]:
    for one in sentences:
        targets = measures.inside(one.span)
        for position, (span, body) in enumerate(one.bodies, 1):
            yield Responsibility(
                clause=one.span,
                body_id=_id(span),
                body=body.canonical,
                role=one.duty.role,
                applies_to=targets,
                rule=one.duty.rule,
                body_span=span,
                open=body.open,
                inline=True,
                guiding=one.duty.guiding,
                position=position,
                confidence=0.9,
            )


def _id(span: Span) -> str:
    return f"B{span.start}-{span.end}"


def _mentions(text: str, bodies: Sequence[ClauseBody]) -> Iterator[Mention]:
    for body in bodies:
        if body.span is not None and body.basis is not Basis.INHERITED:  # that one is in its cell
            made = names.mention(text, body.span, body.body, rule=body.duty.rule)
            if body.list_open or body.fragments:
                attrs = {**made.attrs, "list_open": True} if body.list_open else made.attrs
                made = replace(made, attrs=attrs, fragments=body.fragments)
            yield made


def _document_rules(text: str, found: Scan) -> Iterator[DocumentRule]:
    inside = [wide for one in found.statements.found for wide in one.clause.rules]
    for wide in sorted([*found.rules, *inside], key=lambda wide: wide.span):
        yield DocumentRule(wide.rule.value, wide.span, wide.span.of(text))


def _issues(found: Scan) -> Iterator[Issue]:
    for span in found.statements.unread:
        yield Issue("unread-responsibility", _UNREAD, span)
    for one in found.statements.found:
        for span in one.clause.unread:
            yield Issue("unread-responsibility-part", _UNREAD_PART, span)
