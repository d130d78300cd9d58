"""What was understood of a document and what is doubtful: coverage and issues."""

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence

from kg.extract.duties.responsibilities import DutyResult
from kg.extract.measures.match import outside
from kg.extract.measures.tables import measuring
from kg.extract.metadata import is_page_frame
from kg.extract.relations.relate import covered
from kg.extract.rows import tables
from kg.extract.rules import rule
from kg.model import Bilingual, Coverage, Issue, Kind, Mention, Span
from kg.text.numbering import number
from kg.text.segment import Block, BlockKind, Section, clauses, sentences

_FRAME = Bilingual(
    "只有网页的栏目和链接，没有正文", "only the menus and links of a page, no document in it"
)
_READ = (Section.TASKS, Section.GOALS, Section.SAFEGUARDS)
_SHORTEST_CLAUSE = 4
_HAN_WORDS = re.compile(rf"(?:[\u4e00-\u9fff][^\u4e00-\u9fff]*){{{_SHORTEST_CLAUSE}}}")
_LEADERS = re.compile(r"[.．·…]{6,}")
_FEWEST_BRACKETS = 2
_LEAST_HELD = 0.25  # share of tasks with a body; see `_states_bodies`


def coverage(
    text: str, blocks: Sequence[Block], mentions: Sequence[Mention], duties: DutyResult
) -> Coverage:
    """Return how much of *text* was understood."""
    spans = list(_clauses(text, blocks, duties.clause_spans))
    return Coverage(
        clauses=len(spans),
        clauses_with_fact=covered(spans, mentions),
        brackets=duties.brackets,
        brackets_parsed=duties.brackets_parsed,
        states_bodies=_states_bodies(blocks, mentions, duties),
    )


def _states_bodies(
    blocks: Sequence[Block], mentions: Sequence[Mention], duties: DutyResult
) -> bool:
    """Return whether it is the way of the document to say who does its tasks.

    A clause of its own now and again, or a good part of the tasks with a body: then a task without
    one is a gap. Outlines name one or two bodies in passing, for 0 to 8 tasks in a hundred.
    """
    if not duties.responsibilities or duties.brackets_parsed >= _FEWEST_BRACKETS:
        return bool(duties.responsibilities)
    aimed = {one for duty in duties.responsibilities for one in duty.applies_to}
    heads = {m.span.start for m in mentions if m.id in aimed and m.kind is Kind.TASK_GROUP}
    tasks = [m for m in mentions if m.kind is Kind.TASK]
    starts = [block.span.start for block in blocks]
    held = sum(task.id in aimed or _under(task, blocks, starts, heads) for task in tasks)
    return held >= len(tasks) * _LEAST_HELD


def _under(
    task: Mention, blocks: Sequence[Block], starts: Sequence[int], heads: Container[int]
) -> bool:
    """Return whether *task* stands under one of the headings that begin at *heads*."""
    at: int | None = bisect_right(starts, task.span.start) - 1
    while at is not None and at >= 0:
        if blocks[at].content.start in heads:
            return True
        at = blocks[at].parent
    return False


def _clauses(text: str, blocks: Sequence[Block], shelters: Sequence[Span]) -> Iterator[Span]:
    """Yield the clauses of sections of goals and tasks, and the rows of tables with a head."""
    yield from (row.span for table in tables(text) if measuring(table) for row in table.rows)
    for block in blocks:
        if block.role not in _READ or block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        for part in outside(block.content, shelters):
            for sentence in sentences(text, part):
                yield from (one for one in clauses(text, sentence) if _says(text, one))


def _says(text: str, clause: Span) -> bool:
    """Return whether *clause* can hold a fact: a score, （0.5分）, and a line of contents cannot."""
    inside = clause.start, clause.end
    return _HAN_WORDS.search(text, *inside) is not None and _LEADERS.search(text, *inside) is None


def issues(text: str, mentions: Sequence[Mention]) -> Iterator[Issue]:
    """Yield what is doubtful of the whole: a page without its document, a count that does not agree."""
    if is_page_frame(text):
        yield Issue("page-frame", _FRAME)
    groups = [m for m in mentions if m.kind is Kind.TASK_GROUP]
    by_depth: dict[object, int] = {}
    for group in groups:
        by_depth[group.attrs.get("depth")] = by_depth.get(group.attrs.get("depth"), 0) + 1
    for found in rule("relations", "relation.declared-count").finditer(text):
        declared = number(found["count"])
        if declared > 1 and declared not in by_depth.values():
            yield Issue(
                "declared-count",
                Bilingual(
                    f"原文称有 {declared} 项，各级任务组的数目为 {_counts(by_depth)}",
                    f"the text declares {declared}, the groups found per level are {_counts(by_depth)}",
                ),
                Span(*found.span()),
            )


def _counts(by_depth: dict[object, int]) -> str:
    return "、".join(str(count) for count in by_depth.values()) or "0"
