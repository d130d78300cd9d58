"""One name a body and an area, however much of the larger areas a document writes before it."""

import re
from dataclasses import replace

from kg.model import Extraction, Kind, Mention
from kg.rdf.authority import known_area

_LARGER_AREA = re.compile(r".{2,}?(?:特别行政区|自治区|自治州|自治县|省|市|州|盟|县|区|旗)(?=.)")


def larger_areas(name: str) -> list[str]:
    """Return the areas that *name* spells out before its own, the largest first.

    >>> larger_areas("云岭省临江市青禾县")
    ['云岭省', '云岭省临江市']
    """
    return [name[: match.end()] for match in _LARGER_AREA.finditer(name)]


def name_in_full(name: str, area: str | None) -> str:
    """Return the *name* of a body or an area as a document for *area* means it.

    In a plan of 云岭省临江市 a bare 临江市 is that city; areas of the authority file need no
    larger one before them.

    >>> name_in_full("临江市人民政府", "云岭省临江市")
    '云岭省临江市人民政府'
    >>> name_in_full("福建省福州市财政局", "福建省福州市")
    '福州市财政局'
    """
    if area is None:
        return name
    known = known_area(area)
    if known:
        return known.name + name.removeprefix(area) if name.startswith(area) else name
    ends = [len(larger) for larger in larger_areas(area)]
    for start in ends:
        for end in (len(area), *reversed(ends)):
            if start < end and name.startswith(area[start:end]):
                return area[:start] + name
    return name


def named_in_full(extraction: Extraction) -> Extraction:
    """Return *extraction* with every body and its area named in full."""
    area = extraction.metadata.area
    if area is None:
        return extraction
    return replace(
        extraction,
        mentions=tuple(
            _in_full(m, area) if m.kind is Kind.BODY else m for m in extraction.mentions
        ),
        responsibilities=tuple(
            replace(duty, body=name_in_full(duty.body, area))
            for duty in extraction.responsibilities
        ),
    )


def _in_full(mention: Mention, area: str) -> Mention:
    attrs = {
        name: name_in_full(str(value), area) if name in {"canonical", "area"} else value
        for name, value in mention.attrs.items()
    }
    return replace(mention, attrs=attrs)
