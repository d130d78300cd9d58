"""What was understood of a document and what is doubtful: coverage and issues."""

from collections.abc import Iterator, Sequence

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


def coverage(
    text: str, blocks: Sequence[Block], mentions: Sequence[Mention], duties: DutyResult
) -> Coverage:
    """Return how much of *text* was understood."""
    spans = sorted(_clauses(text, blocks, duties.clause_spans))
    return Coverage(
        clauses=len(spans),
        clauses_with_fact=covered(spans, mentions),
        brackets=duties.brackets,
        brackets_parsed=duties.brackets_parsed,
        states_bodies=bool(duties.responsibilities),
    )


def _clauses(text: str, blocks: Sequence[Block], shelters: Sequence[Span]) -> Iterator[Span]:
    """Yield the clauses of sections of goals and tasks, and the rows of tables with a head."""
    yield from (row.span for table in tables(text) if measuring(table) for row in table.rows)
    for block in blocks:
        if block.role not in _READ or block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        near = [s for s in shelters if s.overlaps(block.content)]
        for part in outside(block.content, near):
            for sentence in sentences(text, part):
                yield from (c for c in clauses(text, sentence) if len(c) >= _SHORTEST_CLAUSE)


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
