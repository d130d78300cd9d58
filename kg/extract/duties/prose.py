"""Duties in running text: a sentence that begins with the body and says what it is to do.

各地区要……, 奖励办法由某机关另行制定. Only bodies that one can point to count as subjects: an
enterprise or a person in general (企业要诚信经营) is told something, but holds no duty of the plan.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.bodies.resolve import Place
from kg.extract.duties import acting
from kg.extract.duties.acting import Holder
from kg.extract.duties.heads import NO_NOUN, Head, Piece, head_of
from kg.extract.dutyrules import Duty, pattern
from kg.extract.flat import flatten
from kg.model import Role, Span
from kg.text.clauses import CLAUSE_MARKS, SENTENCE_MARKS, cut, near, sentences
from kg.text.segment import Block, BlockKind, Section

_GOES_ON = re.compile(f"[要应须]{NO_NOUN}")
_CLAUSES = CLAUSE_MARKS + SENTENCE_MARKS
_BEHIND = 4
_TEXTS = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})


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
    around = near(span, skip)
    for sentence in sentences(text, span):
        before = [one.end for one in around if one.start <= sentence.start]
        start = max([sentence.start, *before])
        while start < sentence.end and text[start].isspace():
            start += 1
        if start < sentence.end:
            yield Span(start, sentence.end)


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


def _heads(text: str, part: Span, place: Place, *, told: bool) -> list[Head]:
    """Return the clauses of the sentence *part* that say who has a duty."""
    clauses = cut(text, part, CLAUSE_MARKS)
    hint = pattern("duty.prose.hint")
    heads: list[Head] = []
    for clause, following in zip(clauses, [*clauses[1:], None], strict=False):
        # 要 may stand behind a comma: 县级人民政府是责任主体，都要…
        if hint.search(text, clause.start, min(clause.end + _BEHIND, part.end)) is None:
            continue  # as two of three clauses
        piece = Piece(clause, flatten(text, clause), following, part, told).begun()
        head = head_of(text, piece, place)
        if head is not None and not (heads and heads[-1].reach > piece.span.start):
            heads.append(head)
    return heads


def _goes_on(text: str, parts: Sequence[Span], index: int) -> int:
    """Return where the duty ends: sentences that begin with 要 go on with the same subject."""
    end = parts[index].end
    for part in parts[index + 1 :]:
        if not _GOES_ON.match(text, part.start):
            break
        end = part.end
    return end


def _stated(text: str, span: Span, head: Head, place: Place) -> Iterator[ProseDuty]:
    """Yield the duty of *head*; of 甲会同乙 the first leads and the second takes part."""
    if head.each:
        yield from (ProseDuty(span, (holder,), duty) for holder, duty in head.each)
        yield from _later_partners(text, span, head, place)
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


def _later_partners(text: str, span: Span, head: Head, place: Place) -> Iterator[ProseDuty]:
    """Yield who takes part in a later clause of *span*: 甲要加强统筹，会同乙建立台账."""
    if text.find("会同", head.clause.end, span.end) < 0:
        return
    for clause in cut(text, Span(head.clause.end, span.end), _CLAUSES):
        found = acting.partners(text, flatten(text, clause), place)
        if found:
            yield ProseDuty(clause, found, Duty(Role.PARTICIPANT, "duty.joint"))
