"""How wide words are: a Chinese character takes a square, other letters about half of it."""

from collections.abc import Iterable
from itertools import accumulate, takewhile

FONTS = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, SimHei, sans-serif"
SIZE = 13.0
_OTHER = 0.56


def width(text: str, *, size: float = SIZE) -> float:
    """Return how wide *text* is at a font size, in px.

    >>> width("质量"), width("GB", size=1)
    (26.0, 1.12)
    """
    return sum(_OTHER if letter.isascii() else 1.0 for letter in text) * size


def shortened(text: str, letters: float) -> str:
    """Return *text*, cut to the width of so many Chinese characters.

    >>> shortened("质量强国建设协调推进领导小组", 6), shortened("abcdef", 4)
    ('质量强国建…', 'abcdef')
    """
    if width(text, size=1) <= letters:
        return text
    return f"{text[: _fitting(text, letters - 1)].rstrip()}…"


def ending(text: str, letters: float) -> str:
    """Return *text*, cut from its front: names of bodies differ behind.

    >>> ending("云岭省临江市青禾县农业农村局", 9)
    '…青禾县农业农村局'
    """
    if width(text, size=1) <= letters:
        return text
    kept = _fitting(reversed(text), letters - 1)
    return f"…{text[len(text) - kept :].lstrip()}"


def _fitting(text: Iterable[str], letters: float) -> int:
    """Return how many of the first letters of *text* are no wider than so many Chinese characters."""
    widths = accumulate(width(letter, size=1) for letter in text)
    return sum(1 for _ in takewhile(lambda wide: wide <= letters, widths))
