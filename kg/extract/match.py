"""Find what one document says, block by block: goals, targets, groups, tasks, instruments, times."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.extract import documents, goals, instruments, targets
from kg.extract.frames import Clause, dates, flat, mention, peel
from kg.extract.rules import rule
from kg.extract.tasks import NOTHING, Verdict, judge
from kg.model import Kind, Mention, Scalar, Span
from kg.text.segment import Block, BlockKind, Section, clauses, sentences
from kg.text.numbering import Numbering


@dataclass
class _Found:
    shelters: Sequence[Span]  # statements of responsibility: no tasks in them
    mentions: list[Mention] = field(default_factory=list)
    horizon: Mention | None = None  # carries over to the following sentences of a goals section


def find(text: str, blocks: Sequence[Block], shelters: Sequence[Span] = ()) -> tuple[Mention, ...]:
    """Return the mentions of *text* but for bodies and cited documents, in their order.

    Args:
        text: a clean text.
        blocks: its blocks.
        shelters: the statements of responsibility in it, which hold no tasks or goals.
    """
    found = _Found(sorted(shelters))
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            _heading(text, block, found)
        elif block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH):
            _content(text, blocks, index, found)
    times = [m for m in found.mentions if m.kind is Kind.TIME]
    found.mentions.extend(dates(text, times))
    return tuple(_ordered(found.mentions))


def _ordered(mentions: Sequence[Mention]) -> Iterator[Mention]:
    seen: set[str] = set()
    for found in sorted(mentions, key=lambda m: (m.span.start, -m.span.end, m.kind)):
        if found.id not in seen:
            seen.add(found.id)
            yield found


def _heading(text: str, block: Block, found: _Found) -> None:
    if block.role is not Section.GOALS:
        found.horizon = None
    for made in _named(text, block, found.horizon):
        found.mentions.append(made)
    found.mentions.extend(instruments.find(text, block.content, heading=True))
    years = list(_years(text, block.content))
    found.mentions.extend(years)
    if block.role is Section.GOALS and years:
        found.horizon = years[0]


def _years(text: str, span: Span) -> Iterator[Mention]:
    made = rule("times", "time.year")
    words = span.of(text)
    year = made.regex.match(words)
    if year:
        at = Span(span.start, span.start + year.end())
        yield mention(Kind.TIME, text, at, by=made.id, attrs={"role": "year", "value": year[0]})


def _named(text: str, block: Block, horizon: Mention | None) -> Iterator[Mention]:
    """Yield what a heading itself names: group, box, or the slogan of a goal."""
    attrs = {"ordinal": block.ordinal, "depth": block.depth}
    if block.numbering is Numbering.BOX:
        yield mention(Kind.PROGRAMME, text, block.content, by="programme.box", attrs={"box": True})
    elif block.role is Section.GOALS and block.numbering is Numbering.DASH:
        slogan: dict[str, Scalar] = {"heading": True}
        if horizon is not None:
            slogan["horizon"] = str(horizon.attrs["value"])
        yield mention(Kind.GOAL, text, block.content, by="goal.slogan", attrs=slogan)
    elif block.role in (Section.TASKS, Section.SAFEGUARDS) and block.numbering is not None:
        if block.role is Section.SAFEGUARDS:
            attrs = {**attrs, "safeguard": True}
        yield mention(Kind.TASK_GROUP, text, block.content, by="group.heading", attrs=attrs)


def _content(text: str, blocks: Sequence[Block], index: int, found: _Found) -> None:
    block = blocks[index]
    span = targets.table_start(text, block.content)
    if span is not None:
        found.mentions.extend(targets.table(text, Span(span, block.content.end)))
    end = block.content.end if span is None else span
    boxed = _boxed(blocks, block)
    zone: Mention | None = None
    for part in outside(Span(block.content.start, end), _near(found, block)):
        for number, sentence in enumerate(sentences(text, part)):
            if boxed and number == 0 and _is_box_heading(text, sentence, part):
                attrs = {"ordinal": 0, "depth": 4}
                found.mentions.append(
                    mention(Kind.TASK_GROUP, text, sentence, by="group.box", attrs=attrs)
                )
                continue
            if block.role in (Section.TASKS, Section.SAFEGUARDS):
                _task_sentence(text, sentence, found)
            else:
                zone = _goal_sentence(text, sentence, block, found, zone)


def _boxed(blocks: Sequence[Block], block: Block) -> bool:
    return block.parent is not None and blocks[block.parent].numbering is Numbering.BOX


def _is_box_heading(text: str, sentence: Span, part: Span) -> bool:
    return (
        len(sentence) <= 30
        and len(list(clauses(text, sentence))) == 1
        and sentence.end < part.end - 2
    )


def _near(found: _Found, block: Block) -> list[Span]:
    first = bisect_left(found.shelters, block.content.start, key=lambda shelter: shelter.end)
    last = bisect_left(found.shelters, block.content.end, key=lambda shelter: shelter.start)
    return list(found.shelters[first:last])


def outside(span: Span, shelters: Sequence[Span]) -> Iterator[Span]:
    """Yield the stretches of *span* outside *shelters*, which are in their order.

    >>> list(outside(Span(0, 9), [Span(3, 5)]))
    [Span(start=0, end=3), Span(start=5, end=9)]
    """
    start = span.start
    for shelter in shelters:
        if shelter.overlaps(span):
            if shelter.start > start:
                yield Span(start, shelter.start)
            start = max(start, shelter.end)
    if start < span.end:
        yield Span(start, span.end)


# ------------------------------------------------------------------- sections of tasks


def _task_sentence(text: str, sentence: Span, found: _Found) -> None:
    if rule("tasks", "task.no-task").search(flat(text, sentence).words):
        return
    pieces = [peel(text, span, directive=True) for span in clauses(text, sentence)]
    horizon: Mention | None = None
    spread: Mention | None = None  # a time with a comma behind it holds for the whole sentence
    waiting: Clause | None = None
    last: Clause | None = None
    for clause, following in zip(pieces, [*pieces[1:], None], strict=True):
        if clause.time is not None:
            found.mentions.append(clause.time)
            horizon = clause.time if clause.time.attrs["role"] != "period" else None
            spread = horizon if not clause.words else None
        if not clause.words or _is_topic(clause, following):
            continue
        if waiting is None and horizon is not None and goals.is_state(clause.words):
            _goal(text, clause, horizon, found)
            continue
        verdict = judge(clause)
        if clause.joined and verdict is NOTHING and last is not None:
            _extend(text, last, clause, found)
            continue
        if waiting is not None:
            joined = Span(waiting.span.start, clause.span.end)
            clause = Clause(flat(text, joined), waiting.time or clause.time)
            verdict = replace(verdict, task=True) if verdict is not NOTHING else verdict
        if verdict.opens and following is not None:
            waiting = clause
        elif verdict.task:
            waiting, last = None, clause
            _task(text, replace(clause, time=clause.time or spread), verdict, found)


def _is_topic(clause: Clause, following: Clause | None) -> bool:
    """Return whether *clause* only names what the next one is about (建设强省，必须坚持…)."""
    return following is not None and following.bare and not clause.subject


def _extend(text: str, last: Clause, clause: Clause, found: _Found) -> None:
    """Lengthen the last task by a clause that only goes on with its objects (以及…)."""
    old = next(m for m in reversed(found.mentions) if m.span == last.span and m.kind is Kind.TASK)
    found.mentions.remove(old)
    span = Span(last.span.start, clause.span.end)
    found.mentions.append(mention(Kind.TASK, text, span, by=old.rule, attrs=old.attrs))


def _task(text: str, clause: Clause, verdict: Verdict, found: _Found) -> None:
    attrs: dict[str, Scalar] = {"task_kind": verdict.kind}
    if clause.time is not None:
        attrs |= {"time": clause.time.id, "deadline": str(clause.time.attrs["value"])}
    found.mentions.append(mention(Kind.TASK, text, clause.span, by=verdict.by, attrs=attrs))
    found.mentions.extend(instruments.find(text, clause.span))
    found.mentions.extend(documents.planned(text, clause.flat))
    found.mentions.extend(targets.made(text, clause))


# ------------------------------------------------------------------- sections of goals


def _goal(text: str, clause: Clause, horizon: Mention | None, found: _Found) -> None:
    attrs = {"horizon": str(horizon.attrs["value"])} if horizon else {}
    found.mentions.append(mention(Kind.GOAL, text, clause.span, by="goal.state", attrs=attrs))
    found.mentions.extend(instruments.find(text, clause.span, goal=True))
    found.mentions.extend(targets.stated(text, clause, horizon))


def _announced(text: str, sentence: Span, found: _Found) -> Iterator[Mention]:
    """Yield the horizon in a sentence that announces goals (在未来5年实现以下目标)."""
    words = flat(text, sentence)
    if "以下目标" not in words.words and "如下目标" not in words.words:
        return
    made_by = rule("times", "time.horizon")
    for at in range(len(words.words)):
        hit = made_by.regex.match(words.words[at:])
        if hit:
            attrs = {"role": "horizon", "value": hit[0]}
            span = words.part(at, at + hit.end())
            found.horizon = mention(Kind.TIME, text, span, by=made_by.id, attrs=attrs)
            yield found.horizon
            return


def _goal_sentence(
    text: str, sentence: Span, block: Block, found: _Found, zone: Mention | None
) -> Mention | None:
    """Take the goals of a sentence; return the horizon that holds after it."""
    section = block.role is Section.GOALS
    if section and (zone is None or zone.attrs["role"] != "horizon"):
        zone = None  # a deadline holds for its own sentence only
        found.mentions.extend(_announced(text, sentence, found))
    for span in clauses(text, sentence):
        clause = peel(text, span, directive=False)
        if clause.time is not None and (section or clause.time.attrs["role"] == "horizon"):
            found.mentions.append(clause.time)
            zone = clause.time
            if section and zone.attrs["role"] == "horizon":
                found.horizon = zone
        if not clause.words or (zone is None and not section):
            continue
        if goals.is_goal(clause.words):
            _goal(text, clause, zone or (found.horizon if section else None), found)
    return zone
