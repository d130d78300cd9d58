"""Elements of SVG (W3C, SVG 1.1), written by the library, so that no text can become markup."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NewType
from xml.etree import ElementTree as ET

from kg.drawing.letters import FONTS, SIZE
from kg.markup import xml_text

Picture = NewType("Picture", str)
"""SVG as text: one element, without a declaration, to stand in a page or in a file of its own."""

NAMESPACE = "http://www.w3.org/2000/svg"
INK, QUIET, RULE, GROUND = "#1f2933", "#5b6875", "#d8dee6", "#eef1f4"

_TURNING = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)  # marks that turn what follows


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height, in px."""

    width: float
    height: float


def picture(size: Size, parts: Iterable[ET.Element], *, label: str) -> Picture:
    """Return a picture of *parts*; *label* says to those who do not see it what it shows.

    >>> picture(Size(2, 1), [element("rect", width=2)], label="<b>")
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1" width="2" height="1" role="group" \
aria-label="&lt;b&gt;" font-family="Noto Sans CJK SC, Source Han Sans SC, PingFang SC, \
Microsoft YaHei, SimHei, sans-serif" font-size="13"><rect width="2" /></svg>'
    """
    width, height = _number(size.width), _number(size.height)
    whole = element(
        "svg",
        *parts,
        xmlns=NAMESPACE,
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="group",
        aria_label=label,
        font_family=FONTS,
        font_size=SIZE,
    )
    return Picture(ET.tostring(whole, encoding="unicode"))


def element(
    name: str, *parts: ET.Element, text: str = "", **attributes: str | float | None
) -> ET.Element:
    """Return an element; ``_`` in the name of an attribute stands for ``-``, None leaves it out."""
    made = ET.Element(
        name,
        {
            key.rstrip("_").replace("_", "-"): _fit(value)
            if isinstance(value, str)
            else _number(value)
            for key, value in attributes.items()
            if value is not None
        },
    )
    made.text = _fit(text) or None
    made.extend(parts)
    return made


def word(text: str, x: float, y: float, *, anchor: str = "middle", **look: str) -> ET.Element:
    """Return *text* on the base line *y*, its middle (or ``start`` or ``end``) at *x*."""
    return element("text", x=x, y=y, text_anchor=anchor, text=text, **look)


def linked(part: ET.Element, href: str | None) -> ET.Element:
    """Return *part* as a link, or as it is where it leads nowhere."""
    return part if href is None else element("a", part, href=href)


def hint(text: str) -> ET.Element:
    """Return what is shown of a part when it is pointed at."""
    return element("title", text=text)


def _fit(text: str) -> str:
    """Return *text* without what no XML holds, or what would turn the words around it."""
    return _TURNING.sub("", xml_text(text))


def _number(value: float) -> str:
    """Return a number with as many digits as a picture needs."""
    return f"{value:.1f}".removesuffix(".0")
