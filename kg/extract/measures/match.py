"""Find what one document says, block by block: goals, targets, groups, tasks, instruments, times."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.inorder import spans_in_order
from kg.extract.measures import instruments, runin, tables, targets, told
from kg.extract.measures.frames import dates
from kg.extract.measures.prescribe import tasks_of
from kg.extract.measures.wish import Wishes
from kg.extract.measures.wording import flat, mention
from kg.extract.rules import rule
from kg.model import Kind, Mention, Scalar, Span
from kg.text.clauses import near
from kg.text.numbering import Numbering
from kg.text.segment import Block, BlockKind, Section, clauses, sentences

_LONGEST_BOX_HEADING = 30
_LONGEST_BOX_NAME = 45
_ASIDE = re.compile(r"(?<=.{4})[（(][^（()）]+[）)]$")  # 检测提升行动（专项行动之二）
_PRESCRIBING = (Section.TASKS, Section.SAFEGUARDS)


def find(text: str, blocks: Sequence[Block], shelters: Sequence[Span] = ()) -> list[Mention]:
    """Return the mentions of *text* but for bodies and cited documents, block by block.

    Args:
        text: a clean text.
        blocks: its blocks.
        shelters: the statements of responsibility in it, which hold no tasks or goals.
    """
    found: list[Mention] = []
    shelters = sorted(shelters)
    wishes = Wishes(text)
    leads = runin.leads(text, blocks)
    prescribed = {span.end: span for span in told.parts(text, blocks)}
    page = _Page(
        text,
        blocks,
        prescribed,
        runin.names(text, blocks, prescribed)
        | runin.openings(text, blocks, prescribed)
        | leads.keys(),
        runin.lines(text, blocks),
        leads,
    )
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            wishes.enter(block)
            found += _heading(page, block, wishes)
        elif block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH):
            found += _content(page, block, list(outside(block.content, shelters)), wishes)
    found += tables.find(text)
    rows = spans_in_order(b.span for b in blocks if b.kind is BlockKind.ROW)  # deadlines of duties
    days = dates(text, [m for m in found if m.kind is Kind.TIME])
    found += (day for day in days if not rows.around(day.span))
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with its blocks, the tasks that no heading announces, by where they end, and names.

    The ``names`` are sentences that head those behind them; ``lines`` are headings without a number;
    ``leads`` are those names that stand before 一是, with what of each heads the list.
    """

    text: str
    blocks: Sequence[Block]
    told: Mapping[int, Span]
    names: frozenset[Span]
    lines: frozenset[Span]
    leads: Mapping[Span, Span]


# ------------------------------------------------------------------- headings


def _heading(page: _Page, block: Block, wishes: Wishes) -> Iterator[Mention]:
    text = page.text
    named = list(_named(page, block, wishes.carried))
    yield from named
    known = {one.id for one in named}  # a box named …工程 is found as a box
    inside = instruments.find(text, flat(text, block.content))
    yield from (one for one in inside if one.id not in known)
    year = rule("times", "time.year").regex.match(text, block.content.start, block.content.end)
    if year:
        attrs = {"role": "year", "value": year[0]}
        made = mention(Kind.TIME, text, Span(*year.span()), by="time.year", attrs=attrs)
        wishes.hear(block, made)
        yield made


def _named(page: _Page, block: Block, horizon: Mention | None) -> Iterator[Mention]:
    """Yield what a heading itself names: group, box, or the slogan of a goal."""
    text = page.text
    if block.numbering is Numbering.BOX:
        yield from _box(text, block)
    elif block.role is Section.GOALS and block.numbering is Numbering.DASH:
        slogan: dict[str, Scalar] = {"heading": True}
        if horizon is not None:
            slogan["horizon"] = str(horizon.attrs["value"])
        yield mention(Kind.GOAL, text, block.content, by="goal.slogan", attrs=slogan)
    elif block.content in page.lines or (block.role in _PRESCRIBING and block.numbering):
        group: dict[str, Scalar] = {"ordinal": block.ordinal, "depth": block.depth}
        if block.role is Section.SAFEGUARDS:
            group["safeguard"] = True
        yield mention(Kind.TASK_GROUP, text, block.content, by="group.heading", attrs=group)


def _box(text: str, block: Block) -> Iterator[Mention]:
    """Yield the programme that a box is named after; a table of targets is none."""
    words = block.content.of(text)
    if len(words) > _LONGEST_BOX_NAME or "指标" in words:
        return
    aside = _ASIDE.search(words)
    end = block.content.start + aside.start() if aside else block.content.end
    span = Span(block.content.start, end)
    yield mention(Kind.PROGRAMME, text, span, by="programme.box", attrs={"box": True})


# ------------------------------------------------------------------- text


def _content(page: _Page, block: Block, parts: Sequence[Span], wishes: Wishes) -> Iterator[Mention]:
    text = page.text
    table = targets.table_start(text, block.content)
    if table is not None:
        yield from targets.table(text, Span(table, block.content.end))
        parts = [Span(p.start, min(p.end, table)) for p in parts if p.start < table]
    wishes.open()
    inner = _inner_headings(page, block, parts)
    for part in parts:
        for sentence in sentences(text, part):
            if sentence in inner:
                head = page.leads.get(sentence, sentence)
                attrs: dict[str, Scalar] = {"ordinal": 0, "depth": 4}
                yield mention(Kind.TASK_GROUP, text, head, by=inner[sentence], attrs=attrs)
                yield from instruments.find(text, flat(text, head))
            elif block.role in _PRESCRIBING:
                yield from tasks_of(text, sentence)
            elif sentence.end in page.told:
                yield from tasks_of(text, page.told[sentence.end])
            else:
                yield from wishes.take(sentence, goals=block.role is Section.GOALS)


def _inner_headings(page: _Page, block: Block, parts: Sequence[Span]) -> Mapping[Span, str]:
    """Return the sentences of *block* that are headings, each with the rule that says so."""
    text, parent = page.text, block.parent
    boxed = parent is not None and page.blocks[parent].numbering is Numbering.BOX
    found = [sentence for part in parts for sentence in sentences(text, part)]
    inner = dict.fromkeys(page.names.intersection(found), "group.run-in")
    if block.role in _PRESCRIBING or (found and found[0].end in page.told):
        inner |= dict.fromkeys(runin.headings(text, found, boxed=boxed), "group.run-in")
    if boxed:
        firsts = (_box_heading(text, part) for part in parts)
        inner |= {first: "group.box" for first in firsts if first is not None}
    return inner


def _box_heading(text: str, part: Span) -> Span | None:
    """Return the first sentence of a paragraph in a box, where it reads like a heading."""
    first = next(iter(sentences(text, part)), None)
    if first is None or len(first) > _LONGEST_BOX_HEADING or first.end >= part.end - 2:
        return None
    return first if sum(1 for _ in clauses(text, first)) == 1 else None


def outside(span: Span, shelters: Sequence[Span]) -> Iterator[Span]:
    """Yield the stretches of *span* outside *shelters*, which are in their order.

    >>> list(outside(Span(0, 9), [Span(3, 5)]))
    [Span(start=0, end=3), Span(start=5, end=9)]
    """
    start = span.start
    for shelter in near(span, shelters):
        if shelter.start > start:
            yield Span(start, shelter.start)
        start = max(start, shelter.end)
    if start < span.end:
        yield Span(start, span.end)
