"""Hard line ends inside a paragraph: where a PDF or a mail program broke the lines."""

import bisect
import re
from collections.abc import Iterator

from kg.text.alignment import Change
from kg.text.characters import HAN

_BREAK = re.compile(rf"[ \n](?<=[{HAN}，、；：].)(?=[{HAN}])", re.S)
_FEWEST_LINES = 8  # fewer say nothing about the width of a page
_WIDTHS = range(20, 61)  # characters on a full line of a page
_TOLERANCE = 3  # characters by which a full line may be shorter: marks hang over
_LONG = 80  # a paragraph on one line whose line ends became spaces
_SPACE_EVERY = 45


def join_lines(text: str) -> Iterator[Change]:
    r"""Yield the removal of line ends, or of spaces in their place, inside paragraphs.

    A line end goes where the line is as long as the page is wide and ends inside a clause; a space
    goes where the line is a whole paragraph with a space every few dozen characters.

    >>> page = ("一" * 30 + "，" + "二" * 9 + "\n") * 9 + "三。"
    >>> len(list(join_lines(page)))
    9
    """
    lines = text.split("\n")
    width = _page_width(lines)
    starts = _starts(lines)
    spaced = [_is_spaced(line) for line in lines]  # once a line: one may have millions of spaces
    for match in _BREAK.finditer(text):
        at = bisect.bisect_right(starts, match.start()) - 1
        if _is_full(lines[at], width) if match[0] == "\n" else spaced[at]:
            yield Change(match.start(), match.end(), "")


def _page_width(lines: list[str]) -> int:
    """Return the length of a full line, 0 where the text is not set in lines."""
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) <= _FEWEST_LINES:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    return width if width in _WIDTHS else 0


def _starts(lines: list[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def _is_full(line: str, width: int) -> bool:
    return bool(width) and abs(len(line) - width) <= _TOLERANCE


def _is_spaced(line: str) -> bool:
    return len(line) >= _LONG and line.count(" ") >= len(line) / _SPACE_EVERY
