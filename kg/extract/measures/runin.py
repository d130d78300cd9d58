"""Headings that stand inside a paragraph, without a number: 优先保护水源。 and then what that takes."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.extract.measures.frames import peel
from kg.extract.measures.goals import is_state
from kg.extract.measures.tasks import opens_directive
from kg.extract.measures.wording import flat
from kg.extract.rules import rule
from kg.model import Span
from kg.text.numbering import Numbering
from kg.text.segment import SET_OFF, Block, BlockKind, Section, clauses, sentences

_PRESCRIBING = (Section.TASKS, Section.SAFEGUARDS)
_FEWEST = 3  # one or two short sentences are tasks like the others; three make a habit
_FEWEST_IN_BOX = 2
_FEWEST_SET_OFF = 2
_LEAST_SENTENCES, _LEAST_CLAUSES = 2, 3  # before the next heading
_SHORTEST, _LONGEST, _LONGEST_OPENING = 6, 22, 32
_TELLING = ("指出", "强调", "提出", "要求", "明确")
_PARTS = (Numbering.SECOND, Numbering.THIRD)


def headings(text: str, parts: Sequence[Span], *, boxed: bool) -> frozenset[Span]:
    """Return those *parts* of a paragraph, its sentences, that are headings of the ones behind them.

    Args:
        text: a clean text.
        parts: all sentences of one paragraph.
        boxed: whether it stands in a box, where two headings are enough.

    >>> from kg.text.segment import sentences
    >>> line = "保护饮用水源。划定红线，清理污口，通报结果。整治黑臭河道。定期巡河，公布名单，接受评议。"
    >>> found = headings(line, sentences(line, Span(0, len(line))), boxed=True)
    >>> sorted(one.of(line) for one in found)
    ['保护饮用水源', '整治黑臭河道']
    """
    if not parts or not _reads_like_one(text, parts[0]):
        return frozenset()
    found, set_off = _heads(text, parts)
    ends = [*found[1:], len(parts)]
    below = [parts[at + 1 : end] for at, end in zip(found, ends, strict=True)]
    kept = [at for at, part in zip(found, below, strict=True) if _long(text, part, boxed=boxed)]
    fewest = _FEWEST_IN_BOX if boxed or set_off else _FEWEST
    return frozenset(parts[at] for at in kept) if len(kept) >= fewest else frozenset()


def names(text: str, blocks: Sequence[Block], told: Container[int] = ()) -> frozenset[Span]:
    """Return the sentences that are nothing but a name, and head what follows them.

    智能制造。围绕… in three paragraphs or more under one heading: a habit; one alone is torn text.
    Where that is the habit, a name may read like a verb (服务延伸) at the front of its paragraph.

    Args:
        text: a clean text.
        blocks: its blocks.
        told: where the sentences end that prescribe though no heading says so.

    >>> from kg.text.segment import segment
    >>> plan = (
    ...     "一、主要任务" + chr(10) + "家电制造。推广设备，开放平台。"
    ...     "家电物流。完善网络，降低成本。家电金融。建立数据库，防范风险。"
    ... )
    >>> sorted(one.of(plan) for one in names(plan, segment(plan)))
    ['家电制造', '家电物流', '家电金融']
    """
    under: dict[int | None, list[tuple[Span, bool]]] = defaultdict(list)
    for block in blocks:
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        for one, following in pairwise(sentences(text, block.content)):
            if not (block.role in _PRESCRIBING or following.end in told) or not _is_name(text, one):
                continue
            surely = not _does(text, one)
            if surely or (block.own_line and one.start == block.content.start):
                detailed = surely and len(clauses(text, following)) > 1
                under[block.parent].append((one, detailed))
    habits = (all_ for all_ in under.values() if sum(sure for _, sure in all_) >= _FEWEST)
    return frozenset(one for habit in habits for one, _ in habit)


def openings(text: str, blocks: Sequence[Block], told: Container[int] = ()) -> frozenset[Span]:
    """Return the first sentences of paragraphs that head what stands behind them in their paragraph.

    All paragraphs under one heading do so, two or more, but for one that leads in.

    >>> from kg.text.segment import segment
    >>> plan = "（一）推动升级" + "".join(
    ...     chr(10) + f"重点突破{what}软件。研发推广工具，开放平台。完善名录，推广应用。"
    ...     for what in "甲乙"
    ... )
    >>> sorted(one.of(plan) for one in openings(plan, segment(plan)))
    ['重点突破乙软件', '重点突破甲软件']
    """
    under: dict[int | None, list[_Opening]] = defaultdict(list)
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH and block.own_line:
            first, *behind = sentences(text, block.content) or (None,)
            if first is None or not behind:
                continue
            if block.role not in _PRESCRIBING and behind[0].end not in told:
                continue
            several = len(behind) >= _LEAST_SENTENCES
            surely = _reads_like_one(text, first) and several
            maybe = _directs(text, first, _LONGEST_OPENING) and _long(text, behind, boxed=True)
            under[block.parent].append(_Opening(first, surely, maybe))
    return frozenset(one for found in under.values() for one in _habit(found))


class _Opening(NamedTuple):
    """The first sentence of a paragraph: whether it surely heads the others, or may."""

    sentence: Span
    surely: bool
    maybe: bool


def _habit(found: Sequence[_Opening]) -> list[Span]:
    """Return those that head their paragraphs, where all paragraphs but one begin so."""
    least = len(found) - 1
    sure = [one.sentence for one in found if one.surely]
    if len(sure) >= max(2, least):
        return sure
    maybe = [one.sentence for one in found if one.maybe]
    return maybe if len(maybe) >= max(_FEWEST, least) else []


def leads(text: str, blocks: Sequence[Block]) -> Mapping[Span, Span]:
    """Return the sentences that stand right before 一是, each with what of it heads the list.

    >>> from kg.text.segment import segment
    >>> plan = "会议指出，要夯实检测基础。一是建设平台。完善网络。二是推广标准。完善名录。"
    >>> [one.of(plan) for one in leads(plan, segment(plan)).values()]
    ['夯实检测基础']
    """
    found: dict[Span, Span] = {}
    for block, below in pairwise(blocks):
        if (below.numbering, below.ordinal) != (Numbering.ORDINAL, 1):
            continue
        last = next(reversed(sentences(text, block.content)), None)
        if last is None or text[last.end : last.end + 1] != "。":
            continue
        *before, own = clauses(text, last)
        if not all(one.of(text).endswith(_TELLING) for one in before):
            continue
        head = peel(text, own, directive=True)
        if _SHORTEST <= len(head.words) <= _LONGEST and opens_directive(head.words):
            found[last] = head.span
    return found


def lines(text: str, blocks: Sequence[Block]) -> frozenset[Span]:
    """Return the headings without a number: names, three or more, and what stands over numbers.

    One name may be torn text, as is 图2功能布局 under a picture; a line that tells what is to be
    done heads the （一） right below it, alone too.

    >>> from kg.text.segment import segment
    >>> plan = "".join(f"检测{what}行动" + chr(10) + "推广检测。" + chr(10) for what in "甲乙丙")
    >>> sorted(one.of(plan) for one in lines(plan, segment(plan)))
    ['检测丙行动', '检测乙行动', '检测甲行动']
    """
    name = rule("tasks", "task.noun-heading").search
    bare = [
        (block, below)
        for block, below in pairwise(blocks)
        if block.kind is BlockKind.HEADING and block.numbering is None
    ]
    found = [
        block.content
        for block, _ in bare
        if block.named and block.role in _PRESCRIBING and name(block.content.of(text))
    ]
    over = [
        block.content
        for block, below in bare
        if block.depth == SET_OFF or _stands_over(text, block, below)
    ]
    return frozenset([*(found if len(found) >= _FEWEST else ()), *over])


def _stands_over(text: str, heading: Block, below: Block) -> bool:
    """Return whether a *heading* tells what to do and numbered parts stand right *below* it."""
    if below.numbering not in _PARTS:
        return False
    words = flat(text, heading.content).words
    return len(words) >= _SHORTEST and opens_directive(words)


def _is_name(text: str, sentence: Span) -> bool:
    words = flat(text, sentence).words
    if len(words) > _LONGEST or text[sentence.end : sentence.end + 1] != "。":
        return False
    return rule("tasks", "task.noun-heading").search(words) is not None


def _does(text: str, sentence: Span) -> bool:
    """Return whether a sentence reads like something to do or a state, whatever else it may be."""
    words = flat(text, sentence).words
    return opens_directive(words) or is_state(words)


def _long(text: str, below: Sequence[Span], *, boxed: bool) -> bool:
    few = len(below) < (1 if boxed else _LEAST_SENTENCES)
    return not few and sum(len(clauses(text, one)) for one in below) >= _LEAST_CLAUSES


def _heads(text: str, sentences: Sequence[Span]) -> tuple[list[int], bool]:
    """Return which sentences read like headings, and whether blanks show it.

    Where a line end is lost, blanks often show where it was: then only what stands behind some.
    """
    found = [at for at, one in enumerate(sentences) if _reads_like_one(text, one)]
    set_off = [at for at in found if _behind_gap(text, sentences[at])]
    if len(set_off) >= _FEWEST_SET_OFF:
        return sorted({*found[:1], *set_off}), True
    doing = rule("tasks", "task.no-heading-verb")
    plain = [at for at in found if at == 0 or not doing.search(flat(text, sentences[at]).words)]
    return plain, False


def _behind_gap(text: str, sentence: Span) -> bool:
    return text[max(0, sentence.start - 2) : sentence.start].isspace()


def _reads_like_one(text: str, sentence: Span) -> bool:
    words = flat(text, sentence).words
    return _directs(text, sentence, _LONGEST) and not rule("tasks", "task.no-heading").search(words)


def _directs(text: str, sentence: Span, longest: int) -> bool:
    """Return whether a *sentence* of at most *longest* characters and one clause tells what to do."""
    if text[sentence.end : sentence.end + 1] != "。" or len(clauses(text, sentence)) > 1:
        return False
    words = flat(text, sentence).words
    return _SHORTEST <= len(words) <= longest and opens_directive(words)
