"""Duties in running text: a sentence that begins with the body and says what it is to do.

各地区要……, 奖励办法由某机关另行制定. Only bodies that one can point to count as subjects: an
enterprise or a person in general (企业要诚信经营) is told something, but holds no duty of the plan.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract import bodykinds
from kg.extract.bodies import whole_names
from kg.extract.dutyrules import Duty, pattern
from kg.extract.flat import flatten
from kg.extract.resolve import Place, Resolved, resolve
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
    bodies: tuple[tuple[Span, Resolved], ...]
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


def _of_sentences(text: str, parts: Sequence[Span], place: Place) -> Iterator[ProseDuty]:
    for index, part in enumerate(parts):
        bodies = _subjects(text, part, place)
        if bodies:
            end = _goes_on(text, parts, index)
            whole = Span(part.start, end)
            yield from _stated(text, whole, bodies, _duty(text, whole))
        else:
            yield from _by(text, part, place)
            yield from _in_charge(text, part, place)


def _subjects(text: str, part: Span, place: Place) -> tuple[tuple[Span, Resolved], ...]:
    """Return the bodies that the sentence *part* begins with, before 要 or 应."""
    if not _MODAL.search(text, part.start, min(part.end, part.start + 90)):
        return ()
    flat = flatten(text, Span(part.start, min(part.end, part.start + _LONGEST_OPENING)))
    found = pattern(_RULE).match(flat.text)
    if found is None:
        return ()
    words = flat.span(found.start("bodies"), found.end("bodies"))
    return _strong(text, words, place)


def _strong(text: str, words: Span, place: Place) -> tuple[tuple[Span, Resolved], ...]:
    """Return the bodies in *words* if every one of them can be pointed to."""
    bodies = []
    for span in whole_names(text, words.start, words.end):
        name = "".join(span.of(text).split())
        body = resolve(name, place)
        pointed = body.known or bodykinds.is_coordination(name)
        if not pointed and not body.open:
            return ()
        bodies.append((span, body))
    return tuple(bodies)


def _goes_on(text: str, parts: Sequence[Span], index: int) -> int:
    """Return where the duty ends: sentences that begin with 要 go on with the same subject."""
    end = parts[index].end
    for part in parts[index + 1 :]:
        if not _GOES_ON.match(text, part.start):
            break
        end = part.end
    return end


def _duty(text: str, span: Span) -> Duty:
    leads = "牵头工作" in span.of(text) or "要牵头" in span.of(text)
    return Duty(Role.LEAD if leads else Role.RESPONSIBLE, _RULE)


def _stated(
    text: str, span: Span, bodies: tuple[tuple[Span, Resolved], ...], duty: Duty
) -> Iterator[ProseDuty]:
    """Yield the duty of *bodies*; of 甲会同乙 the first leads and the second takes part."""
    joint = pattern("duty.joint").search(text, bodies[0][0].end, bodies[-1][0].start + 1)
    if joint is None:
        yield ProseDuty(span, bodies, duty)
        return
    first = tuple(one for one in bodies if one[0].end <= joint.start())
    second = tuple(one for one in bodies if one[0].start >= joint.end())
    yield ProseDuty(span, first, Duty(Role.LEAD, duty.rule))
    yield ProseDuty(span, second, Duty(Role.PARTICIPANT, "duty.joint"))


def _by(text: str, part: Span, place: Place) -> Iterator[ProseDuty]:
    """Yield duties such as 由市质量工作领导小组另行制定."""
    found = pattern(_BY_RULE).search(text, part.start, part.end)
    if found is None:
        return
    bodies = _strong(text, Span(*found.span("bodies")), place)
    if bodies:
        clause = next(
            (c for c in cut(text, part, CLAUSE_MARKS) if c.start <= found.start() < c.end), part
        )
        leads = text.startswith("牵头", found.end() - 2)
        duty = Duty(Role.LEAD if leads else Role.RESPONSIBLE, _BY_RULE)
        yield from _stated(text, clause, bodies, duty)


def _in_charge(text: str, part: Span, place: Place) -> Iterator[ProseDuty]:
    """Yield duties such as 省市场监管局负责统筹协调, one for each clause of the sentence."""
    found = rule("responsibilities", _CHARGE_RULE)
    if not any(literal in part.of(text) for literal in found.needs):
        return
    for clause in cut(text, part, CLAUSE_MARKS):
        match = found.search(clause.of(text))
        if match is None:
            continue
        words = Span(*(clause.start + at for at in match.span("bodies")))
        bodies = _strong(text, words, place)
        if bodies:
            role = Role.LEAD if match["lead"] else Role.RESPONSIBLE
            yield from _stated(text, clause, bodies, Duty(role, _CHARGE_RULE))
