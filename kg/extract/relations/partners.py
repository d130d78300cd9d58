"""What running text says of two things at once: who acts together, and what waits for approval."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from kg.extract.inorder import InOrder
from kg.extract.relations.cues import promising
from kg.extract.rules import rule
from kg.model import Kind, Mention, Relation, RelationKind, Responsibility, Span
from kg.text.segment import Block, sentences

_JOINT = "duty.joint"
_APPROVED = 0.8


def together(duties: Sequence[Responsibility], mentions: Sequence[Mention]) -> Iterator[Relation]:
    r"""Yield, for 甲会同乙 in a sentence, that 甲 coordinates with 乙.

    A bracket (甲会同乙负责) says the same by its roles alone.

    >>> from kg.extract import extract
    >>> found = extract("一、主要任务\n（一）建库\n财政部会同有关部门建立台账。")
    >>> named = {m.id: m.text for m in found.mentions}
    >>> [(named[r.head], named[r.tail]) for r in together(found.responsibilities, found.mentions)]
    [('财政部', '有关部门')]
    """
    named = {m.id for m in mentions if m.kind is Kind.BODY}
    inline = [one for one in duties if one.inline and one.body_id in named]
    leading = sorted((one for one in inline if one.rule != _JOINT), key=attrgetter("clause"))
    ordered = InOrder(leading, [one.clause for one in leading])
    for second in (one for one in inline if one.rule == _JOINT):
        for first in ordered.around(second.clause):
            yield Relation(
                RelationKind.COORDINATES,
                str(first.body_id),
                str(second.body_id),
                _JOINT,
                cue=first.clause,
            )


def after_approval(
    text: str, blocks: Sequence[Block], tasks: Sequence[Mention]
) -> Iterator[Relation]:
    """Yield that what follows an approval needs the plan drawn up before it in the sentence."""
    cue = rule("relations", "relation.approved")
    starts = [task.span.start for task in tasks]
    for block in promising(text, blocks, cue):
        if cue.search(block.content.of(text)) is None:
            continue
        for sentence in sentences(text, block.content):
            inside = tasks[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            yield from _approved(text, sentence, inside)


def _approved(text: str, sentence: Span, tasks: Sequence[Mention]) -> Iterator[Relation]:
    made = rule("relations", "relation.drawn-up").regex
    for found in rule("relations", "relation.approved").finditer(sentence.of(text)):
        at = Span(sentence.start + found.start("cue"), sentence.start + found.end())
        dependent = next((task for task in tasks if task.span.end > at.end), None)
        before = [task for task in tasks if task.span.end <= at.start and made.match(task.text)]
        if dependent is not None and before:
            yield Relation(
                RelationKind.REQUIRES,
                dependent.id,
                before[-1].id,
                "relation.approved",
                confidence=_APPROVED,
                cue=at,
            )
