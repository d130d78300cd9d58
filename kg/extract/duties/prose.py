"""Duties in running text: a sentence that begins with the body and says what it is to do.

各地区要……, 奖励办法由某机关另行制定. Only bodies that one can point to count as subjects: an
enterprise or a person in general (企业要诚信经营) is told something, but holds no duty of the plan.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.bodies.resolve import Place
from kg.extract.duties import acting
from kg.extract.duties.acting import Holder, strong
from kg.extract.duties.clause import parse_clause
from kg.extract.dutyrules import Duty, pattern
from kg.extract.flat import flatten
from kg.extract.rules import rule
from kg.model import Role, Span
from kg.text.clauses import CLAUSE_MARKS, SENTENCE_MARKS, cut, sentences
from kg.text.segment import Block, BlockKind, Section

_MODAL = re.compile(r"[要应须需]")
_GOES_ON = re.compile(r"(?:要|应当?|须)(?![求素件点时用害闻职领约])")
_ROLES = (
    "牵头",
    "配合",
    "协助",
    "参与",
    "参加",
    "负责",
    "负总责",
    "组织",
    "推进",
    "落实",
    "实施",
    "协调",
)
_CLAUSES = CLAUSE_MARKS + SENTENCE_MARKS
_LONGEST_OPENING = 200
_TEXTS = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_RULE = "duty.prose"
_ASIDE_RULE = "duty.prose.aside"
_BY_RULE = "duty.prose.by"
_CHARGE_RULE = "duty.prose.charge"


@dataclass(frozen=True, slots=True)
class ProseDuty:
    """A sentence with the bodies that hold its duty."""

    span: Span
    bodies: tuple[Holder, ...]
    duty: Duty


def duties(
    text: str, blocks: Sequence[Block], place: Place, skip: Sequence[Span]
) -> list[ProseDuty]:
    """Return the duties that sentences of *text* state, outside the stretches *skip*.

    >>> from kg.text.segment import segment
    >>> text = "各地区要加强领导。"
    >>> [one.duty.role.value for one in duties(text, segment(text), Place(), ())]
    ['responsible']
    """
    found: list[ProseDuty] = []
    for block in blocks:
        if block.kind in _TEXTS:
            parts = list(_free(text, block.content, skip))
            told = block.role is Section.BACKGROUND
            found += _of_sentences(text, parts, place, told=told)
    return found


def _free(text: str, span: Span, skip: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences of *span*; a clause at a sentence's start belongs to the one before."""
    near = [one for one in skip if one.overlaps(span)]
    for sentence in sentences(text, span):
        start = max((one.end for one in near if one.start <= sentence.start), default=0)
        start = max(start, sentence.start)
        while start < sentence.end and text[start].isspace():
            start += 1
        if start < sentence.end:
            yield Span(start, sentence.end)


@dataclass(frozen=True, slots=True)
class _Head:
    """A clause that says who has a duty; ``alone`` where it says nothing of the clauses behind."""

    clause: Span
    holders: tuple[Holder, ...]
    duty: Duty
    partners: tuple[Holder, ...] = ()
    alone: bool = False
    each: tuple[tuple[Holder, Duty], ...] = ()  # 甲牵头、乙配合: every holder has its own duty

    @property
    def reach(self) -> int:
        """Return where the last of its bodies ends: 同时，各地区要 begins a clause before them."""
        return self.holders[-1][0].end


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clause without the time before it, with what follows it in its sentence."""

    span: Span
    rest: Span  # from the clause to the end of the sentence
    following: Span | None
    part: Span  # its sentence
    told: bool = False  # it stands in a section that only tells of the state of things


def _of_sentences(
    text: str, parts: Sequence[Span], place: Place, *, told: bool
) -> Iterator[ProseDuty]:
    for index, part in enumerate(parts):
        heads = _heads(text, part, place, told=told)
        for number, head in enumerate(heads):
            if head.each:
                whole = part
            elif head.alone:
                whole = head.clause
            elif number + 1 < len(heads):
                upto = heads[number + 1].clause.start
                whole = Span(head.clause.start, _before(text, head.clause.end, upto))
            else:
                whole = Span(head.clause.start, _goes_on(text, parts, index))
            yield from _stated(text, whole, head, place)


def _before(text: str, least: int, upto: int) -> int:
    """Return the end of the words before *upto*, marks and blanks left out."""
    return max(least, least + len(text[least:upto].rstrip("，,；;。 \u3000\n")))


def _heads(text: str, part: Span, place: Place, *, told: bool) -> list[_Head]:
    """Return the clauses of the sentence *part* that say who has a duty."""
    clauses = list(cut(text, part, CLAUSE_MARKS))
    heads: list[_Head] = []
    for clause, following in zip(clauses, [*clauses[1:], None], strict=False):
        span = acting.begins(text, clause)
        piece = _Piece(span, Span(span.start, part.end), following, part, told)
        head = _head(text, piece, place)
        if head is not None and not (heads and heads[-1].reach > span.start):
            heads.append(head)
    return heads


def _head(text: str, piece: _Piece, place: Place) -> _Head | None:
    """Return who has the duty that *piece* states."""
    return (
        _bare(text, piece.span, place)
        or _told(text, piece, place)
        or _in_charge(text, piece.span, place)
        or _acts(text, piece, place)
        or _by(text, piece.span, place)
    )


def _tells(text: str, part: Span) -> bool:
    """Return whether the sentence *part* looks back, or says what will be by a horizon."""
    words = flatten(text, part).text
    horizon = rule("times", "time.horizon").regex.match(words)
    return horizon is not None or pattern("duty.prose.narrative").search(words) is not None


def _bare(text: str, clause: Span, place: Place) -> _Head | None:
    """Return the duties of a clause that only says who has which: 由甲牵头、乙配合."""
    if not clause.of(text).rstrip().endswith(_ROLES):
        return None
    flat = flatten(text, clause)
    words = flat.text[flat.text.find("由") + 1 :]  # 所需经费由甲负责
    if pattern("duty.prose.bare").search(words) is None:
        return None
    if pattern("duty.prose.no-subject").match(words):
        return None
    told = flat.span(len(flat.text) - len(words), len(flat.text))
    found = parse_clause(text, span=told, place=place)
    each = tuple(
        ((body.span, body.body), body.duty) for body in found.bodies if body.span is not None
    )
    if not each or found.unread or not all(strong(text, span, place) for (span, _), _ in each):
        return None
    return _Head(clause, tuple(holder for holder, _ in each), each[0][1], each=each)


def _told(text: str, piece: _Piece, place: Place) -> _Head | None:
    """Return the bodies that *piece* begins with, before 要 or 应."""
    found = _subjects(text, piece.rest, place)
    if not found:
        return None
    holders, behind = found
    told = Span(behind, piece.rest.end)
    return _Head(piece.span, holders, _duty(text, told), acting.partners(text, told, place))


def _acts(text: str, piece: _Piece, place: Place) -> _Head | None:
    """Return the bodies that *piece* begins with, right before a directive verb."""
    found = None if piece.told else acting.subject(text, piece.span, place, piece.following)
    if found is None or _tells(text, piece.part):
        return None
    return _Head(piece.span, found.holders, found.duty, found.partners)


def _subjects(text: str, part: Span, place: Place) -> tuple[tuple[Holder, ...], int] | None:
    """Return the bodies that *part* begins with, before 要 or 应, and where 要 or 应 ends."""
    if not _MODAL.search(text, part.start, min(part.end, part.start + 90)):
        return None
    flat = flatten(text, Span(part.start, min(part.end, part.start + _LONGEST_OPENING)))
    for identifier in (_RULE, _ASIDE_RULE):
        found = pattern(identifier).match(flat.text)
        if found is None:
            continue
        bodies = strong(text, flat.span(found.start("bodies"), found.end("bodies")), place)
        if bodies:
            return bodies, flat.span(0, found.end()).end
    return None


def _goes_on(text: str, parts: Sequence[Span], index: int) -> int:
    """Return where the duty ends: sentences that begin with 要 go on with the same subject."""
    end = parts[index].end
    for part in parts[index + 1 :]:
        if not _GOES_ON.match(text, part.start):
            break
        end = part.end
    return end


def _duty(text: str, span: Span) -> Duty:
    """Return the duty of the words behind 要: of 要牵头 it is to lead."""
    if (
        "牵头工作" in span.of(text)
        or "要牵头" in span.of(text)
        or text.startswith("牵头", span.start)
    ):
        return Duty(Role.LEAD, _RULE)
    return acting.told_role(flatten(text, span).text) or Duty(Role.RESPONSIBLE, _RULE)


def _stated(text: str, span: Span, head: _Head, place: Place) -> Iterator[ProseDuty]:
    """Yield the duty of *head*; of 甲会同乙 the first leads and the second takes part."""
    if head.each:
        yield from (ProseDuty(span, (holder,), duty) for holder, duty in head.each)
        return
    first, second = head.holders, head.partners
    joint = pattern("duty.joint").search(text, first[0][0].end, first[-1][0].start + 1)
    if joint is not None:
        second = (*(one for one in first if one[0].start >= joint.end()), *second)
        first = tuple(one for one in first if one[0].end <= joint.start())
    if not second:
        yield ProseDuty(span, first, head.duty)
        yield from _later_partners(text, span, head, place)
        return
    yield ProseDuty(span, first, Duty(Role.LEAD, head.duty.rule))
    yield ProseDuty(span, second, Duty(Role.PARTICIPANT, "duty.joint"))


def _later_partners(text: str, span: Span, head: _Head, place: Place) -> Iterator[ProseDuty]:
    """Yield who takes part in a later clause of *span*: 甲要加强统筹，会同乙建立台账."""
    if text.find("会同", head.clause.end, span.end) < 0:
        return
    for clause in cut(text, Span(head.clause.end, span.end), _CLAUSES):
        found = acting.partners(text, clause, place)
        if found:
            yield ProseDuty(clause, found, Duty(Role.PARTICIPANT, "duty.joint"))


def _by(text: str, clause: Span, place: Place) -> _Head | None:
    """Return the duty of a clause such as 由市质量工作领导小组另行制定."""
    found = pattern(_BY_RULE).search(text, clause.start, clause.end)
    if found is None:
        return None
    bodies = strong(text, Span(*found.span("bodies")), place)
    if not bodies:
        return None
    verb = found.start("does")
    doing = flatten(text, Span(verb, clause.end)).text
    duty = acting.told_role(doing) or Duty(Role.RESPONSIBLE, _BY_RULE)
    partners = acting.partners(text, Span(verb, clause.end), place)
    return _Head(clause, bodies, duty, partners, alone=True)


def _in_charge(text: str, clause: Span, place: Place) -> _Head | None:
    """Return the duty of a clause such as 省市场监管局负责统筹协调."""
    found = rule("responsibilities", _CHARGE_RULE)
    match = found.search(clause.of(text))
    if match is None:
        return None
    words = Span(*(clause.start + at for at in match.span("bodies")))
    bodies = strong(text, words, place)
    role = Role.LEAD if match["lead"] else Role.RESPONSIBLE
    return _Head(clause, bodies, Duty(role, _CHARGE_RULE)) if bodies else None
