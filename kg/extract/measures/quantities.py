"""Quantities in words: value, unit, comparator, and what they say of a target."""

import re
from collections.abc import Iterator

from kg.extract.rules import rule
from kg.model import Mention, Scalar

_COMPARATORS = {
    "达到": ">=",
    "达": ">=",
    "超过": ">=",
    "突破": ">=",
    "不低于": ">=",
    "不少于": ">=",
    "至少": ">=",
    "以上": ">=",
    "不超过": "<=",
    "不高于": "<=",
    "控制在": "<=",
    "以下": "<=",
    "以内": "<=",
}
_FOUR_DIGITS = re.compile(r"20\d\d")


def quantities(words: str, at: int = 0) -> Iterator[re.Match[str]]:
    """Yield the quantities of *words* from *at* on, whatever they count.

    >>> [found[0] for found in quantities("建成3个园区、5座水厂")]
    ['3个', '5座']
    """
    yield from rule("targets", "target.quantity").regex.finditer(words, at)


def last_quantity(words: str) -> re.Match[str] | None:
    """Return the last quantity in *words* that is no year and no part of a name (5G).

    >>> last_quantity("5G用户占比达到40%")["value"]
    '40'
    """
    hits = [hit for hit in quantities(words) if not _is_year(hit)]
    hits = [hit for hit in hits if hit["unit"] or hit["comparator"] or hit["bound"]]
    return hits[-1] if hits else None


def _is_year(hit: re.Match[str]) -> bool:
    return _FOUR_DIGITS.fullmatch(hit["value"]) is not None and not hit["unit"]


def year_of(time: Mention | None) -> dict[str, Scalar]:
    """Return the year that *time* names as an attribute, none where it names none."""
    year = _FOUR_DIGITS.search(str(time.attrs["value"])) if time else None
    return {"year": int(year[0])} if year else {}


def described(found: re.Match[str], name: str, horizon: Mention | None) -> dict[str, Scalar]:
    """Return what a target of the quantity *found* says: name, comparator, value, unit, year."""
    range_ = re.search(r"[—－\-~至到]", found["value"])
    sign = _COMPARATORS.get(found["bound"] or "") or _COMPARATORS.get(found["comparator"] or "")
    return {
        "name": name.strip("，、的约为"),
        "comparator": "range" if range_ else sign or "=",
        "value": found["value"].replace(",", ""),
        "unit": found["unit"],
        **year_of(horizon),
    }
