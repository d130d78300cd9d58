"""Who supervises or evaluates how a plan is carried out, and which measures are in conflict."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from kg.extract.inorder import mentions_in_order
from kg.extract.relations.cues import promising
from kg.extract.relations.meant import Measures
from kg.extract.relations.ties import DOCUMENT
from kg.extract.rules import Rule, rule
from kg.model import Kind, Mention, Relation, RelationKind, Span
from kg.text.clauses import clauses, sentences
from kg.text.segment import Block

_SELF = ("本", "各项", "重点任务", "任务落实", "工作任务", "方案", "规划", "纲要", "意见")
_POINTING = ("该项", "该任务", "本项", "此项", "上述任务")
_EVALUATING = ("评估", "考核", "评价")
_WHOLE = 0.8


def of_oversight(
    text: str, blocks: Sequence[Block], mentions: Sequence[Mention]
) -> Iterator[Relation]:
    """Yield the bodies that supervise or evaluate a measure or the whole plan, one clause at a time."""
    cue = rule("relations", "relation.supervises")
    bodies = mentions_in_order(m for m in mentions if m.kind is Kind.BODY)
    groups = Measures([m for m in mentions if m.kind is Kind.TASK_GROUP])
    for sentence in _sentences_with(text, blocks, cue):
        for clause in clauses(text, sentence):
            found = cue.search(clause.of(text))
            if found is None:
                continue
            what, how = found["what"] or found["what_then"], found["how"] or found["how_first"]
            before = Span(sentence.start, clause.start + found.start())
            score, measure = groups.meant(what)
            if measure is None and not any(word in what for word in _SELF):
                continue
            judging = how in _EVALUATING
            kind = RelationKind.EVALUATES if judging else RelationKind.SUPERVISES
            at = Span(clause.start + found.start(), clause.start + found.end())
            for body in bodies.inside(before):
                tail = measure.id if measure else DOCUMENT
                sure = score if measure else _WHOLE
                yield Relation(kind, body.id, tail, cue.id, confidence=sure, cue=at)


def of_conflicts(
    text: str,
    blocks: Sequence[Block],
    measures: Measures,
    above: Callable[..., Mention | None],
) -> Iterator[Relation]:
    """Yield the measures that the text says are in conflict (该项任务与…存在冲突)."""
    cue = rule("relations", "relation.conflicts")
    for sentence in _sentences_with(text, blocks, cue):
        for found in cue.finditer(sentence.of(text)):
            at = Span(sentence.start + found.start(), sentence.start + found.end())
            itself = partial(_task_at, at)
            _, other = measures.meant(found["other"], but=itself)
            one = above(at.start, own=True)
            if not any(word in found["one"] for word in _POINTING):
                _, one = measures.meant(found["one"], but=itself)
            if one is not None and other is not None and one is not other:
                kind = RelationKind.CONFLICTS_WITH
                yield Relation(kind, one.id, other.id, cue.id, confidence=_WHOLE, cue=at)


def _task_at(place: Span, measure: Mention) -> bool:
    return measure.kind is Kind.TASK and measure.span.overlaps(place)


def _sentences_with(text: str, blocks: Sequence[Block], cue: Rule) -> Iterator[Span]:
    for block in promising(text, blocks, cue):
        yield from sentences(text, block.content)
