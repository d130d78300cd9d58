"""Find the paragraphs of a text, over line ends that page layout put inside them."""

import re
from collections.abc import Iterator

from kg.model import Span
from kg.text.clauses import CLOSERS, trim
from kg.text.decimals import decimals
from kg.text.numbering import MARKER
from kg.text.pages import CONTENTS_LINE, all_page_marks

_FINAL = "。！？；：!?;:"
_SHORTEST_WRAPPED = 20
_LINE = re.compile(r"[^\n\f\r]+")
_LABEL = re.compile(r"^[\u4e00-\u9fa5]{2,6}[：:]")
_OPEN_BRACKET = re.compile(r"[（(〔\[][^）)〕\]]*$")
_MOST_TORN = 0.2  # a text with more lines of open end is written that way, not torn
_TORN = "，。；"  # a line with one of these in it that ends openly has its end elsewhere
_SURELY_TORN = "。"  # who sets full stops, ends so
_OPEN_END = re.compile(r"[\u4e00-\u9fa5，、]")
_HAN = re.compile("[\u4e00-\u9fa5]")
_STOP = re.compile("[。；：]")
_ROOM = 3  # characters: two for the indent of a first line, one that may not begin the next
_GOES_ON = re.compile(r"[^。；]*[，。；]")
_OPENS = "（(〔《“【—-•·"
# Where a copy put a line into one with the next, the indent of a paragraph is left: 。　　推进…
_INDENT = re.compile(r"\u3000{2,}(?=[\u4e00-\u9fa5“《（(\d])")
_INDENT_BEHIND_STOP = re.compile(r"(?<=[。；！？])\u3000{2}")
_FEWEST_INDENTS = 2
_SHORTEST_LINE = 4  # 第一章　　总则 is one line


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of *text*, without blanks around.

    In a text whose lines are wrapped at one width, a full line that ends without a final mark runs
    on into the next, across blank lines and page breaks too; elsewhere each line is a paragraph, but
    for the few that a page break tore inside a clause.
    """
    lines = [trim(text, part) for line in _LINE.finditer(text) for part in _indented(text, line)]
    pages = {mark.start for mark in all_page_marks(text)}
    lines = [line for line in lines if line and not (line.start in pages and _is_page(text, line))]
    width = wrap_width(text, lines)
    torn = _TORN if _few_are_torn(text, lines) else _SURELY_TORN
    open_span: Span | None = None
    last = Span(0, 0)
    for line in lines:
        if open_span is not None and (
            (width and _runs_on(text, last, line, width)) or _torn(text, last, line, torn)
        ):
            open_span = Span(open_span.start, line.end)
        else:
            if open_span is not None:
                yield open_span
            open_span = line
        last = line
    if open_span is not None:
        yield open_span


def _indented(text: str, line: re.Match[str]) -> Iterator[Span]:
    """Yield the parts of a *line* that begin with the indent of a paragraph; mostly it is one."""
    start, end = line.span()
    if len(_INDENT_BEHIND_STOP.findall(text, start, end)) >= _FEWEST_INDENTS:
        for indent in _INDENT.finditer(text, start, end):
            if len(trim(text, Span(start, indent.start()))) >= _SHORTEST_LINE:
                yield Span(start, indent.start())
                start = indent.start()
    yield Span(start, end)


def _is_page(text: str, line: Span) -> bool:
    return not _HAN.search(text, line.start, line.end)


def wrap_width(text: str, lines: list[Span]) -> int:
    """Return the width at which *lines* are wrapped, 0 where they are not."""
    full = [line for line in lines if len(line) >= _SHORTEST_WRAPPED]
    torn = sorted(len(line) for line in full if not ends(text, line))
    if len(torn) < 3 or len(torn) < 0.3 * len(full):
        return 0
    middle = torn[len(torn) // 2]
    # Wrapped lines are all about as long; free lines without a final mark are not.
    near = sum(abs(length - middle) <= 4 for length in torn)
    return middle if near >= 0.6 * len(torn) else 0


def ends(text: str, line: Span) -> bool:
    """Return whether a line ends with a final mark, a closing mark behind it allowed."""
    words = line.of(text)
    return words[-1] in _FINAL or (len(words) > 1 and words[-1] in CLOSERS)


def _runs_on(text: str, last: Span, line: Span, width: int) -> bool:
    if "\t" in line.of(text) or "\t" in last.of(text) or CONTENTS_LINE.search(last.of(text)):
        return False
    if len(last) < width - 5 or _is_whole_heading(text, last, width):
        return False
    bracket = _OPEN_BRACKET.search(last.of(text)) is not None
    if last.of(text)[-1] in _FINAL and not bracket:
        return False
    if line.of(text)[0] in "（(〔" and last.of(text)[-1] in CLOSERS:
        return False
    if _numbered(text, line):
        return False
    return bracket or not _LABEL.match(line.of(text))


def _is_whole_heading(text: str, line: Span, width: int) -> bool:
    """Return whether a numbered line ends well before the edge of the page, with room to go on."""
    words = line.of(text)
    size = sum(0.5 if char.isascii() else 1 for char in words)
    return size <= width - _ROOM and not _STOP.search(words) and _numbered(text, line)


def _few_are_torn(text: str, lines: list[Span]) -> bool:
    full = [line for line in lines if len(line) >= _SHORTEST_WRAPPED]
    torn = sum(_is_open(line.of(text), _TORN) for line in full)
    return torn <= _MOST_TORN * len(full)


def _is_open(words: str, marks: str) -> bool:
    """Return whether a line ends without a mark, though one of *marks* stands in it."""
    return bool(_OPEN_END.match(words[-1])) and any(mark in words[:-1] for mark in marks)


def _torn(text: str, last: Span, line: Span, marks: str) -> bool:
    """Return whether a page break tore a sentence into *last* and *line*."""
    if len(last) < _SHORTEST_WRAPPED or "\t" in last.of(text) or "\t" in line.of(text):
        return False
    if not _is_open(last.of(text), marks) or not _GOES_ON.match(line.of(text)):
        return False
    if line.of(text)[0] in _OPENS or _LABEL.match(line.of(text)):
        return False
    return not _numbered(text, line)


def _numbered(text: str, line: Span) -> bool:
    return MARKER.match(text, line.start) is not None or line.start in decimals(text)
