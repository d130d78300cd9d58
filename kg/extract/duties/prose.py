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
from kg.extract.dutyrules import Duty, pattern
from kg.extract.flat import flatten
from kg.extract.rules import rule
from kg.model import Role, Span
from kg.text.clauses import CLAUSE_MARKS, cut, sentences
from kg.text.segment import Block, BlockKind

_MODAL = re.compile(r"[要应须需]")
_GOES_ON = re.compile(r"(?:要|应当?|须)(?![求素件点时用害闻职领约])")
_LONGEST_OPENING = 200
_TEXTS = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_RULE = "duty.prose"
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
            found += _of_sentences(text, parts, place)
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


def _of_sentences(text: str, parts: Sequence[Span], place: Place) -> Iterator[ProseDuty]:
    for index, part in enumerate(parts):
        heads = _heads(text, part, place)
        for number, head in enumerate(heads):
            if head.alone:
                whole = head.clause
            elif number + 1 < len(heads):
                upto = heads[number + 1].clause.start
                whole = Span(head.clause.start, _before(text, head.clause.end, upto))
            else:
                whole = Span(head.clause.start, _goes_on(text, parts, index))
            yield from _stated(text, whole, head)


def _before(text: str, least: int, upto: int) -> int:
    """Return the end of the words before *upto*, marks and blanks left out."""
    return max(least, least + len(text[least:upto].rstrip("，,；;。 \u3000\n")))


def _heads(text: str, part: Span, place: Place) -> list[_Head]:
    """Return the clauses of the sentence *part* that say who has a duty."""
    clauses = list(cut(text, part, CLAUSE_MARKS))
    heads: list[_Head] = []
    for clause, following in zip(clauses, [*clauses[1:], None], strict=False):
        span = acting.begins(text, clause)
        piece = _Piece(span, Span(span.start, part.end), following)
        head = _head(text, piece, place)
        if head is not None and not (heads and heads[-1].reach > span.start):
            heads.append(head)
    return heads


def _head(text: str, piece: _Piece, place: Place) -> _Head | None:
    """Return who has the duty that *piece* states."""
    return (
        _told(text, piece, place)
        or _in_charge(text, piece.span, place)
        or _acts(text, piece, place)
        or _by(text, piece.span, place)
    )


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
    found = acting.subject(text, piece.span, place, piece.following)
    if found is None:
        return None
    return _Head(piece.span, found.holders, found.duty, found.partners)


def _subjects(text: str, part: Span, place: Place) -> tuple[tuple[Holder, ...], int] | None:
    """Return the bodies that *part* begins with, before 要 or 应, and where 要 or 应 ends."""
    if not _MODAL.search(text, part.start, min(part.end, part.start + 90)):
        return None
    flat = flatten(text, Span(part.start, min(part.end, part.start + _LONGEST_OPENING)))
    found = pattern(_RULE).match(flat.text)
    if found is None:
        return None
    words = flat.span(found.start("bodies"), found.end("bodies"))
    bodies = strong(text, words, place)
    return (bodies, flat.span(0, found.end()).end) if bodies else None


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


def _stated(text: str, span: Span, head: _Head) -> Iterator[ProseDuty]:
    """Yield the duty of *head*; of 甲会同乙 the first leads and the second takes part."""
    first, second = head.holders, head.partners
    joint = pattern("duty.joint").search(text, first[0][0].end, first[-1][0].start + 1)
    if joint is not None:
        second = (*(one for one in first if one[0].start >= joint.end()), *second)
        first = tuple(one for one in first if one[0].end <= joint.start())
    if not second:
        yield ProseDuty(span, first, head.duty)
        return
    yield ProseDuty(span, first, Duty(Role.LEAD, head.duty.rule))
    yield ProseDuty(span, second, Duty(Role.PARTICIPANT, "duty.joint"))


def _by(text: str, clause: Span, place: Place) -> _Head | None:
    """Return the duty of a clause such as 由市质量工作领导小组另行制定."""
    found = pattern(_BY_RULE).search(text, clause.start, clause.end)
    if found is None:
        return None
    bodies = strong(text, Span(*found.span("bodies")), place)
    if not bodies:
        return None
    verb = found.start("does")
    leads = text.startswith("牵头", verb)
    duty = Duty(Role.LEAD if leads else Role.RESPONSIBLE, _BY_RULE)
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
