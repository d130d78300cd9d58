"""Clean text to blocks: title, headings, items, paragraphs, table rows, each with its place and role.

Numbering decides, not line ends: scraped plans come with every line end removed, or with one after
every thirty characters. A number inside a line counts only where its sequence runs on, so that
第一、二产业 or a page number glued to a line make no heading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.model import Span
from kg.text.blocks import Block, BlockKind, Section
from kg.text.boxes import depths
from kg.text.clauses import clauses, sentences, trim
from kg.text.headings import Style, heading_end, heading_styles
from kg.text.numbering import DEPTH, Marker, Numbering
from kg.text.pages import CONTENTS_LINE
from kg.text.paragraphs import paragraphs
from kg.text.roles import TO_DO, own_role, role_of
from kg.text.units import Unit, units

__all__ = ["Block", "BlockKind", "Section", "clauses", "segment", "sentences"]


_META = re.compile(
    r"(?:来源|发布时间|时间|日期|发文机关|发布机构|发文字号|成文日期|文号|索引号|主题分类|作者|"
    r"责任编辑|公开形式|有效性|信息来源|发布日期|索取号)[：:]"
)
_ADDRESSEE = re.compile(r"^[^。！？]{2,90}[：:]$")
# 总体要求 tells its goals behind it, where no heading 主要目标 does
_HORIZON = re.compile(r"(?:力争|争取)?到(?:20\d\d年|“?十[一二三四五六七八九]五)")
_DATE_LINE = re.compile(r"^[\d〇○零一二三四五六七八九十年月日\-./ \u3000:：]{6,24}$")
_NUMBER_LINE = re.compile(r"^[\u4e00-\u9fa5]{1,10}[〔\[【(（]\d{4}[〕\]】)）]\s*第?\d+\s*号$")
_DUTY_LINE = re.compile(
    r"^[（(〔\[]?(?:牵头|责任|配合|参与|参加|实施|主办|协办|负责|指导|督导|落实|完成)"
    r"(?:单位|部门|时限|时间|地区)[：:]|"
    # A bracket of its own, or the rest of one that a page break tore off.
    r"^[（(〔\[]?[^（(〔\[。]*(?:负责|牵头|配合|参与|落实)[^（(〔\[。]{0,8}[）)〕\]]$"
)
_DOCUMENT_NAME = re.compile(
    r"(?:纲要|方案|规划|计划|意见|通知|办法|条例|决定|规定|若干措施|细则|要点|公告|报告|批复|函|台账|"
    r"(?:任务|分工|责任|措施|问题)(?:清单|一览表|分解表|分工表|安排表|表))"
    r"(?:[（(][^）)]*[）)])?$"
)
_LONGEST_HEADING_LINE = 40
SET_OFF = 5
"""The depth of a line that heads the lines behind it: below every number but those of runs."""
_HEADING_SENTENCE = re.compile(
    rf"{TO_DO}[^，。；：！？,;:\d《（(]{{3,20}}。|[^，。；：！？,;:\d《（(]{{3,20}}(?:工程|行动)。"
)
_FEWEST_SET_OFF, _SHORTEST_BELOW = 3, 30
_LONGEST_TITLE_LINE = 80
_NOTES = ("注：", "注:", "注释：")


def segment(text: str) -> tuple[Block, ...]:
    r"""Return the blocks of a clean *text* in their order; no two overlap.

    >>> for block in segment("一、主要任务\n（一）建设平台。推进共享。"):
    ...     print(block.kind, block.content.of("一、主要任务\n（一）建设平台。推进共享。"))
    heading 主要任务
    heading 建设平台
    paragraph 推进共享。
    """
    parts = [part for span in paragraphs(text) for part in units(text, span)]
    styles = heading_styles(text, parts)
    pieces: list[Block] = []
    for i, part in enumerate(parts):
        following = parts[i + 1] if i + 1 < len(parts) else None
        pieces.extend(_pieces(text, part, following, styles))
    return tuple(_placed(text, _set_off(text, _deep(list(_noted(text, pieces))))))


def _noted(text: str, pieces: Sequence[Block]) -> Iterator[Block]:
    """Yield *pieces*, numbered notes below a table (注：1.…⏎2.…) told from numbered tasks."""
    last: int | None = None  # number of the last note, none outside notes
    for piece in pieces:
        if piece.numbering is Numbering.THIRD:
            last = piece.ordinal if last is not None and piece.ordinal == last + 1 else None
        elif piece.own_line or piece.numbering not in (None, Numbering.FIFTH):
            last = None
        yield piece if last is None else replace(piece, kind=BlockKind.META, numbering=None)
        if text.endswith(_NOTES, piece.span.start, piece.span.end):
            last = 0


def _set_off(text: str, pieces: Sequence[Block]) -> Sequence[Block]:
    """Return *pieces*, short sentences on lines of their own made headings of the lines behind.

    Three make a habit; one or two are tasks like others.
    """
    found = [at for at, pair in enumerate(pairwise(pieces)) if _heads_lines(text, *pair)]
    if len(found) < _FEWEST_SET_OFF:
        return pieces
    made = list(pieces)
    for at in found:
        span = pieces[at].span
        made[at] = replace(
            pieces[at],
            kind=BlockKind.HEADING,
            depth=SET_OFF,
            content=Span(span.start, span.end - 1),
        )
    return made


def _heads_lines(text: str, line: Block, following: Block) -> bool:
    lines = all(one.own_line and one.kind is BlockKind.PARAGRAPH for one in (line, following))
    if not lines or len(following.span) < _SHORTEST_BELOW:
        return False
    return _HEADING_SENTENCE.fullmatch(text, line.span.start, line.span.end) is not None


def _deep(pieces: Sequence[Block]) -> list[Block]:
    """Return *pieces*, what boxes count anew below the boxes."""
    numbers = [(one.numbering, one.ordinal) for one in pieces if one.numbering is not None]
    found = iter(depths(numbers))
    deep = [next(found) if one.numbering else one.depth for one in pieces]
    return [
        one if one.depth == depth else replace(one, depth=depth)
        for one, depth in zip(pieces, deep, strict=True)
    ]


def _pieces(
    text: str, unit: Unit, following: Unit | None, styles: dict[Numbering, Style]
) -> Iterator[Block]:
    marker = unit.marker
    if CONTENTS_LINE.search(text, unit.span.start, unit.span.end):
        yield Block(unit.span, BlockKind.META, Section.PREAMBLE, unit.span, own_line=True)
        return
    if marker is None:
        yield _unnumbered(text, unit, following)
        return
    end = heading_end(text, unit, following, styles)
    if end is None:
        yield _numbered(Span(unit.span.start, unit.span.end), BlockKind.ITEM, marker, unit.content)
        return
    content = trim(text, Span(unit.content.start, end))
    yield _numbered(Span(unit.span.start, content.end), BlockKind.HEADING, marker, content)
    start = end + 1 if text[end : end + 1] in ("。", "：", "；", ":", ";") else end
    rest = trim(text, Span(min(start, unit.span.end), unit.span.end))
    if rest:
        yield Block(rest, BlockKind.PARAGRAPH, Section.PREAMBLE, rest)


def _numbered(span: Span, kind: BlockKind, marker: Marker, content: Span) -> Block:
    depth = DEPTH[marker.numbering]
    return Block(span, kind, Section.PREAMBLE, content, depth, marker.numbering, marker.ordinal)


def _unnumbered(text: str, unit: Unit, following: Unit | None) -> Block:
    words = unit.span.of(text)
    kind = BlockKind.PARAGRAPH
    if "\t" in words:
        kind = BlockKind.ROW
    elif _DUTY_LINE.match(words):
        kind = BlockKind.DUTY
    elif _is_meta(words):
        kind = BlockKind.META
    elif _is_title(words):
        kind = BlockKind.TITLE
    elif _is_heading_line(words) and following is not None:
        kind = BlockKind.HEADING
    return Block(unit.span, kind, Section.PREAMBLE, unit.span, own_line=True)


def _is_meta(words: str) -> bool:
    short = len(words) < 90
    return short and bool(
        _META.match(words)
        or _DATE_LINE.match(words)
        or _NUMBER_LINE.match(words)
        or (
            _ADDRESSEE.match(words) and re.search(r"政府|部门|单位|机构|委员会|局[：，、:,]", words)
        )
    )


def _is_title(words: str) -> bool:
    named = _DOCUMENT_NAME.search(words) is not None
    return (
        named
        and len(words) <= _LONGEST_TITLE_LINE
        and not re.search(r"[。！？；，,;《]", words[:-1])
    )


def _is_heading_line(words: str) -> bool:
    """Return whether an unnumbered line can be a heading: short, without any stop.

    （市商务局、市财政局、市统⏎计局负责）: half of a bracket that a line end broke is none.
    """
    if len(words) > _LONGEST_HEADING_LINE or re.search(r"[。！？；，：,;:]", words):
        return False
    if words.isdecimal():
        return False  # the number of a page
    opened, closed = (sum(map(words.count, marks)) for marks in ("（(〔[", "）)〕]"))
    return opened == closed


def _placed(text: str, pieces: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks with title, parent, depth and role filled in."""
    stack: list[_Open] = []
    for index, block in enumerate(pieces):
        kind = block.kind
        if index == 0 and _opens_document(text, block):
            yield replace(block, kind=BlockKind.TITLE)
            continue
        if kind is BlockKind.TITLE:
            stack.clear()
            yield block
            continue
        if kind not in (BlockKind.HEADING, BlockKind.ITEM):
            if block.own_line:
                _close_runs(stack)
            top = stack[-1] if stack else _Open(0, None, Section.PREAMBLE, None)
            if top.role is Section.GUIDING and _HORIZON.match(text, block.span.start):
                top = stack[-1] = replace(top, role=Section.GOALS)
            yield replace(block, parent=top.index, role=top.role, depth=top.depth + 1)
            continue
        depth = block.depth or 1
        while stack and stack[-1].depth >= depth:
            stack.pop()
        inherited = stack[-1].role if stack else None
        slogan = block.numbering is Numbering.DASH and inherited is Section.GOALS
        says = kind is BlockKind.HEADING and depth != SET_OFF and not slogan  # ——品牌建设成效增强
        own = own_role(block.content.of(text)) if says else None
        role = role_of(text, block, own=own, inherited=inherited)
        parent = stack[-1].index if stack else None
        stack.append(_Open(depth, index, role, block.numbering))
        yield replace(block, depth=depth, role=role, parent=parent, named=own is not None)


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading or item that the next block may stand under."""

    depth: int
    index: int | None
    role: Section
    numbering: Numbering | None


def _close_runs(stack: list[_Open]) -> None:
    """Close runs (一是…, ——…): they live in one line each, a new line is no part of the last."""
    runs = (Numbering.ORDINAL, Numbering.DASH, Numbering.FIFTH)
    while stack and stack[-1].numbering in runs:
        stack.pop()


def _opens_document(text: str, block: Block) -> bool:
    if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH) or block.numbering is not None:
        return False
    words = block.content.of(text)
    short = len(words) <= _LONGEST_TITLE_LINE and not re.search(r"[。！？；，,;\n]", words)
    return short and not own_role(words)
