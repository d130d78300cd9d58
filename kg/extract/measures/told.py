"""Tasks where no heading says so: told by a press digest, or listed line by line without a title."""

from collections.abc import Iterator, Sequence

from kg.extract.measures.frames import peel
from kg.extract.measures.tasks import means_end, opens_directive
from kg.extract.measures.wording import flat
from kg.extract.rules import rule
from kg.model import Span
from kg.text.clauses import cut
from kg.text.numbering import Numbering
from kg.text.segment import Block, BlockKind, Section, clauses, sentences

_TEXTS = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_PRESCRIBING = (Section.TASKS, Section.SAFEGUARDS)
_FEWEST_CLAUSES = 2
_LEAST_DOING = 0.5  # of the clauses of a line that is a task


def parts(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """Yield the stretches that prescribe where no heading says so.

    They stand in a document without numbered tasks, or at the front of a part of one that begins
    in the middle. Each ends where its sentence ends.
    """
    bare = without_sections(blocks)
    found = blocks if bare else _cut_off(blocks)
    of_tasks = not bare and len(found) > 0 and _of_tasks(blocks[len(found)])
    for block in found:
        if block.role is not Section.PREAMBLE or block.kind not in _TEXTS:
            continue
        if of_tasks:
            yield from sentences(text, block.content)
            continue
        introduces = rule("tasks", "task.introduction").search(block.content.of(text))
        listed, telling = not introduces and is_listed(text, block), False
        for sentence in sentences(text, block.content):
            part = told_part(text, sentence, after=telling)
            telling = telling or part is not None
            if listed:
                yield sentence
            elif part is not None:
                yield part


def _cut_off(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks before the first numbered one where that goes on with a count: （三）…."""
    first = next((at for at, block in enumerate(blocks) if block.numbering is not None), 0)
    goes_on = blocks[first].ordinal > 1 and blocks[first].role in _PRESCRIBING
    return blocks[:first] if goes_on else ()


def _of_tasks(first: Block) -> bool:
    """Return whether what stands before the *first* number can only be the tasks of the one before.

    Before 二、 stand general demands, before （二）主要任务 too.
    """
    return not first.named and (first.numbering is not Numbering.FIRST or first.ordinal > 2)


def without_sections(blocks: Sequence[Block]) -> bool:
    """Return whether no numbered part of a document is there to prescribe anything."""
    return not any(b.role in _PRESCRIBING and b.numbering is not None for b in blocks)


def is_listed(text: str, block: Block) -> bool:
    """Return whether *block*, under no heading, is a line of tasks: verb first, and so it goes on.

    >>> from kg.text.segment import segment
    >>> line = "推广检测，建设平台，加强宣传。"
    >>> is_listed(line, segment(line)[0])
    True
    """
    found = [c for s in sentences(text, block.content) for c in clauses(text, s)]
    words = [peel(text, part, directive=True).words for part in found]
    doing = [opens_directive(one) for one in words]
    if len(doing) < _FEWEST_CLAUSES or not (doing[0] or means_end(words[0])):
        return False
    return sum(doing) > _LEAST_DOING * len(doing)


def told_part(text: str, sentence: Span, *, after: bool = False) -> Span | None:
    """Return the part of a *sentence* in a digest that tells tasks, from its cue on.

    With *after*, a sentence before it told some: one that begins with a verb goes on with them.

    >>> line = "据悉，《要点》提出推广检测"
    >>> told_part(line, Span(0, 13)).of(line)
    '《要点》提出推广检测'
    """
    horizon = rule("times", "time.horizon")
    parts = [(clause, flat(text, clause).words) for clause in clauses(text, sentence)]
    if any(horizon.search(words) for _, words in parts):
        return None  # 《纲要》提出，到2035年…: goals
    for clause, words in parts:
        cued = rule("tasks", "task.told").search(words) or len(listed(text, clause)) > 1
        if cued or (after and opens_directive(words)):
            return Span(clause.start, sentence.end)
    return None


def listed(text: str, clause: Span) -> Sequence[Span]:
    """Return the tasks that a *clause* lists as what a document holds, itself where it lists none.

    >>> line = "《要点》部署了推广检测、加强计量监管等任务"
    >>> [one.of(line) for one in listed(line, Span(0, 21))]
    ['推广检测', '加强计量监管']
    """
    if text.find("了", clause.start, clause.end) < 0:
        return (clause,)  # as nearly all clauses
    words = flat(text, clause)
    found = rule("tasks", "task.told-list").search(words.words)
    if found is None:
        return (clause,)
    parts: list[Span] = []
    for one in cut(text, words.part(*found.span("list")), "、"):
        if opens_directive(flat(text, one).words):
            parts.append(one)
        elif parts:
            parts[-1] = Span(parts[-1].start, one.end)  # 加强检测、计量监管 is one task
        else:
            return (clause,)
    return parts
