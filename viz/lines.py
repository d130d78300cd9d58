"""How wide a text is on a card, and where it is broken into lines."""

import math
import re
import unicodedata
from collections.abc import Sequence

CHARACTER_PX = 14.0  # width of one CJK character at the cards' font size; ASCII takes half
LINE_PX = 20.0
LINE_CHARACTERS = 13
MAX_LINES = 3
_WORD = re.compile(r"[!-~]+ ?|.", re.DOTALL)
_LONGEST_WORD = 2 * LINE_CHARACTERS
_CLOSING = frozenset("，。、；：？！）》”’」』】〕")


def text_width(text: str) -> float:
    """Return how wide *text* is at the cards' font size.

    >>> text_width("质量AB")
    42.0
    """
    wide = sum(unicodedata.east_asian_width(mark) in "WFA" for mark in text)
    return CHARACTER_PX * wide + CHARACTER_PX / 2 * (len(text) - wide)


def broken(text: str) -> tuple[str, ...]:
    """Return *text* in lines of like length, at most three, the last one ending in an ellipsis.

    >>> broken("到2025年质量整体水平进一步全面提高")
    ('到2025年质量整体水', '平进一步全面提高')
    """
    tokens = _tokens("".join(m for m in " ".join(text.split()) if unicodedata.category(m) != "Cf"))
    whole = text_width("".join(tokens))
    most = LINE_CHARACTERS * CHARACTER_PX
    wanted = min(MAX_LINES, max(1, math.ceil(whole / most)))
    lines = _filled(tokens, room=min(max(whole / wanted, 4 * CHARACTER_PX), most))
    if len(lines) > wanted:  # like lengths did not fit because a word may not be broken
        lines = _filled(tokens, room=most)
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], lines[MAX_LINES - 1][:-1] + "…"]
    return tuple(line.strip() for line in lines)


def _filled(tokens: Sequence[str], *, room: float) -> list[str]:
    """Return lines of at most about *room* px; no line begins with a closing mark."""
    lines, line = [], ""
    for token in tokens:
        fits = text_width(line + token.rstrip()) <= room + CHARACTER_PX / 2
        if line and not fits and token[0] not in _CLOSING:
            lines.append(line)
            line = ""
        line += token
    return [*lines, line]


def _tokens(text: str) -> list[str]:
    """Return what may not be broken: single CJK characters, words with the blank after them."""
    found = []
    for word in _WORD.findall(text):
        found += [word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD)]
    return found
