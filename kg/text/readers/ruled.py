"""Tables set in text, by strokes (| a | b |), by columns of blanks or by tabs, to tab-separated cells.

One character stands for one: a tab comes in the place of a stroke or of a blank, so that offsets
count in the text as it was.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

_STROKES = "|｜│"
_STROKE = re.compile(f"[{_STROKES}]")
_EDGES = re.compile(rf"^[ \u3000]*[{_STROKES}]|[{_STROKES}][ \u3000\r]*$")
_BLANKS = re.compile(r"[ \u3000](?<=\S[ \u3000])[ \u3000]+(?=\S)")
_HEAD_WORD = re.compile(
    r"^(?:序号|.{0,6}(?:任务|措施|举措|事项|指标|单位|部门|时限|目标|内容)(?:名称|值)?)$"
)
_SENTENCE = re.compile("[。！？]")
_FEWEST_STROKES, _FEWEST_CELLS, _FEWEST_LINES = 2, 3, 2
_LEAST_HEAD = 2  # words of columns in the first line of a table set by blanks


def tabbed(text: str) -> str:
    r"""Return *text* with tabs between the cells of the tables that stand in it.

    >>> tabbed("| 任务 | 单位 |\n|---|---|\n| 推进共享 | 市财政局 |").split("\n")[0]
    '  任务 \t 单位  '
    """
    if not _STROKE.search(text) and not _BLANKS.search(text):
        return text
    lines = text.split("\n")
    out: list[str] = []
    for stroked, group in groupby(lines, key=_has_strokes):
        run = list(group)
        if stroked and len(run) >= _FEWEST_LINES:
            out += map(_by_strokes, run)
        else:
            out += _by_blanks(run)
    return "\n".join(out)


def under_heads(paragraphs: Iterable[str], mark: str) -> Iterator[str]:
    r"""Yield *paragraphs*, a tab for each *mark* in the rows of a table, a blank for any other.

    A table is what stands under a head, each row with as many cells: people turn tables into
    paragraphs, and set numbers and page numbers apart by tabs too.

    >>> list(under_heads(["任务|单位|时限", "推进共享||2027年", "1.|加强监测"], "|"))
    ['任务\t单位\t时限', '推进共享\t\t2027年', '1. 加强监测']
    """
    cells = 0
    for paragraph in paragraphs:
        found = paragraph.split(mark)
        if _is_head(found):
            cells = len(found)
        elif len(found) != cells:
            cells = 0
        yield ("\t" if cells else " ").join(found)


def _is_head(cells: Sequence[str]) -> bool:
    words = sum(_HEAD_WORD.match("".join(cell.split())) is not None for cell in cells)
    return len(cells) >= _FEWEST_CELLS and words >= _LEAST_HEAD


def _has_strokes(line: str) -> bool:
    return len(_STROKE.findall(line)) >= _FEWEST_STROKES


def _by_strokes(line: str) -> str:
    """Return *line* with a tab for each stroke inside it, a blank for the one at each edge."""
    edged = _EDGES.sub(lambda edge: " " * len(edge[0]), line)
    return _STROKE.sub("\t", edged)


def _by_blanks(lines: Sequence[str]) -> Iterator[str]:
    """Yield *lines*, tabs in those that stand under a head with as many cells."""
    cells = 0
    for line in lines:
        found = _BLANKS.split(line.strip())
        if len(found) < _FEWEST_CELLS or _SENTENCE.search(found[0]):
            cells = 0 if line.strip() else cells
            yield line
            continue
        if _is_head(found):
            cells = len(found)
        yield _BLANKS.sub(_tab, line) if cells == len(found) else line


def _tab(blanks: re.Match[str]) -> str:
    return "\t" + blanks[0][1:]
