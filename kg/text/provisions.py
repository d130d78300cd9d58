"""The numbered units of a document: where each stands, under which other, and how to cite it.

Numbers alone decide what stands under what, so that a page header or a torn line between two units
does not part them. After an unnumbered heading a number counts as part of what was open only where
it goes on from there; an annex that counts anew begins at the top again.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Provision, Span
from kg.text.numbering import Numbering
from kg.text.segment import Block, BlockKind

_RANK = {
    numbering: rank
    for rank, numbering in enumerate(
        (
            Numbering.CHAPTER,
            Numbering.SECTION,
            Numbering.FIRST,
            Numbering.ARTICLE,  # 第一条 stands under 第一章 and under 一、
            Numbering.TOP,
            Numbering.PART,
            Numbering.SECOND,
            Numbering.POINT,
            Numbering.THIRD,
            Numbering.DETAIL,
            Numbering.FOURTH,
            Numbering.FIFTH,
            Numbering.ORDINAL,
            Numbering.BOX,  # stands anywhere, and nothing under it
        )
    )
}
"""What is counted, from the whole to the part; a dash is no number."""

_SAYS_ALL = frozenset({Numbering.PART, Numbering.POINT, Numbering.DETAIL})  # 3.1.2 names its 3.1
_BOX = "box"  # boxes are counted through the whole document, beside its own numbers


def provisions(text: str, blocks: Sequence[Block]) -> tuple[Provision, ...]:
    r"""Return the numbered units among *blocks* in the order of the text, the whole before its parts.

    >>> from kg.text.segment import segment
    >>> plan = "一、主要任务\n（一）建设平台。推进共享。\n（二）制定标准。推广应用。"
    >>> [(one.path, one.number, one.words.of(plan)) for one in provisions(plan, segment(plan))]
    [('1', '一、', '主要任务'), ('1-1', '一、（一）', '建设平台'), ('1-2', '一、（二）', '制定标准')]
    """
    outline = _Outline(text)
    for block in blocks:
        outline.take(block)
    return tuple(_provision(entry) for entry in outline.entries)


@dataclass(slots=True)
class _Entry:
    """A provision while its end is not known yet."""

    block: Block
    rank: int
    path: str
    number: str
    parent: str | None
    end: int


def _provision(entry: _Entry) -> Provision:
    return Provision(
        path=entry.path,
        number=entry.number,
        words=entry.block.content,
        span=Span(entry.block.span.start, entry.end),
        parent=entry.parent,
    )


@dataclass(slots=True)
class _Outline:
    """The provisions met so far, and those that the next block may stand under."""

    text: str
    entries: list[_Entry] = field(default_factory=list)
    _open: list[_Entry] = field(default_factory=list)
    _left: bool = False  # an unnumbered heading came since the last number
    _taken: Counter[str] = field(default_factory=Counter)

    def take(self, block: Block) -> None:
        """Place the next *block*."""
        if block.kind is BlockKind.TITLE:
            self._open, self._left = [], False
        elif block.numbering in _RANK:
            self._enter(block, _RANK[block.numbering])
        elif block.kind is BlockKind.HEADING and block.numbering is None:
            self._left = True
        elif not self._left:
            self._reach(block.span.end)

    def _enter(self, block: Block, rank: int) -> None:
        above = [entry for entry in self._open if entry.rank < rank]
        if self._left and not self._goes_on(block, len(above)):
            above = []
        parent = above[-1] if above else None
        path = self._free(_path(block, parent))
        above_it = parent.number if parent and block.numbering not in _SAYS_ALL else ""
        number = above_it + _written(self.text, block)
        entry = _Entry(block, rank, path, number, parent.path if parent else None, block.span.end)
        self.entries.append(entry)
        self._open, self._left = [*above, entry], False
        self._reach(block.span.end)

    def _goes_on(self, block: Block, kept: int) -> bool:
        """Return whether *block* continues the count that stands open behind the *kept* ones."""
        if block.numbering is Numbering.BOX:
            return True
        if len(self._open) == kept:
            return block.ordinal == 1
        last = self._open[kept].block
        return last.numbering is block.numbering and last.ordinal + 1 == block.ordinal

    def _reach(self, end: int) -> None:
        for entry in self._open:
            entry.end = end

    def _free(self, path: str) -> str:
        """Return *path*, marked where it came before: an annex begins at 一、 again."""
        self._taken[path] += 1
        return path if self._taken[path] == 1 else f"{path}~{self._taken[path]}"


def _path(block: Block, parent: _Entry | None) -> str:
    own = f"{_BOX if block.numbering is Numbering.BOX else ''}{block.ordinal}"
    return f"{parent.path}-{own}" if parent else own


def _written(text: str, block: Block) -> str:
    return "".join(text[block.span.start : block.content.start].split())
