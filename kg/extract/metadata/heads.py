"""The lines in which a document introduces itself, put right: tags off, doubled and torn ones joined."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.rules import rule
from kg.model import Span
from kg.text.clauses import trim
from kg.text.numbering import MARKER

HEAD = 2500  # characters in which a document introduces itself
_LINE = re.compile(r"[^\n\r\f]+")
_TAG = re.compile(
    r"(?:【[^】]*】|附件[一二三四\d]*[：:]?(?=[^件一二三四\d])|[（(][^（()）]*公开发布[）)])\s*"
)
_PAGE_NUMBER = re.compile(r"[IVXⅠ-Ⅻ]+(?=[\u4e00-\u9fa5])")
_FIRST_PART = re.compile(r"一、|第一[章编篇]|（一）|[1１][.．、]|.{0,30}目录$")
_GENRE_INSIDE = re.compile(r"^.*(?:通知|意见|方案|办法|规划|计划|决定|措施|要点)")
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")
_LINE_ENDS = re.compile(r" ?[\n\r\f][\s]*")
_BACK = 8  # characters that a number may open with


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the head: where it stands, and its words without white space, tags and number."""

    span: Span
    words: str
    above: int  # line ends between it and the line before

    @property
    def numbered(self) -> bool:
        """Return whether a heading number opens it."""
        return MARKER.match(self.words) is not None and not self.words.startswith("——")


def head(text: str) -> tuple[Line, ...]:
    r"""Return the lines up to the first numbered part, those of tables left out.

    A line that a program set twice for bold type stands once.

    >>> [line.words for line in head("附件 检测方案\n检测方案\n一、任务\n推进。")]
    ['检测方案']
    """
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    last = ""
    end = 0
    for found in _LINE.finditer(text, 0, HEAD):
        span = trim(text, Span(*found.span()))
        if not span:
            continue
        stretch = _tagless(text, span)
        words = _once("".join(stretch.of(text).split()))
        if _FIRST_PART.match(words):
            return
        if "\t" not in found[0] and words != last:
            yield Line(stretch, words, text.count("\n", end, span.start) if end else 0)
        last, end = words, span.end


def _tagless(text: str, span: Span) -> Span:
    start = span.start
    while tag := _TAG.match(text, start, span.end):
        start = tag.end()
    page = _PAGE_NUMBER.match(text, start, span.end)
    return trim(text, Span(page.end() if page else start, span.end))


def _once(words: str) -> str:
    """Return *words*, halved where they stand there twice."""
    half = len(words) // 2
    return words[:half] if half and words == words[:half] * 2 else words


def condensed(text: str) -> str:
    r"""Return *text* with one blank for a run of blanks, and one line end for a run of line ends.

    What is looked for between them then takes no longer in a text of blanks than in any other.

    >>> condensed("国务院   \n\n 2031年")
    '国务院\n2031年'
    """
    return _LINE_ENDS.sub("\n", _BLANKS.sub(" ", text))


def unnumbered(words: str) -> str:
    """Return *words* without the document number behind them.

    >>> unnumbered("关于检测的意见云政发〔2031〕8号"), unnumbered("检测方案（云政发〔2031〕8号）")
    ('关于检测的意见', '检测方案')
    """
    for found in rule("documents", "document.number").finditer(words):
        if not words[: found.start()].rstrip("(（").endswith("》"):
            before = words[: number_start(words, found)].rstrip("(（[〔")
            return before or words
    return words


def number_start(words: str, found: re.Match[str]) -> int:
    """Return where a number really starts: title words may be glued to its front."""
    glued = _GENRE_INSIDE.match(words[found.start() : found.start() + _BACK])
    return found.start() + glued.end() if glued else found.start()
