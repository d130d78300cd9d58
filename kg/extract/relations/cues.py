"""Where in a document a cue can stand: most blocks hold none of the words that its rule needs."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.extract.rules import Rule
from kg.text.segment import Block


def promising(text: str, blocks: Sequence[Block], cue: Rule) -> Iterator[Block]:
    r"""Yield the *blocks*, each once, whose content holds a literal that *cue* needs.

    >>> from kg.extract.rules import rule
    >>> from kg.text.segment import segment
    >>> text = "一、任务\n在普查的基础上建库。\n推广检测。"
    >>> found = promising(text, segment(text), rule("relations", "relation.requires"))
    >>> [block.content.of(text) for block in found]
    ['在普查的基础上建库。']
    """
    done = 0
    for place in cue.promising(text):
        at = bisect_right(blocks, place, key=_start) - 1
        if place >= done and at >= 0 and place < blocks[at].content.end:
            yield blocks[at]
            done = blocks[at].content.end


def _start(block: Block) -> int:
    return block.content.start
