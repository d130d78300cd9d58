"""Where a document speaks from: its area and level, by issuer, title, parents and how it says we.

What it says of itself comes first (the issuer, the title); where both are silent, 我省 and 我市 tell
the level, and the name that stands beside them, or that the text repeats most, tells the area.
"""

import re
from collections import Counter
from collections.abc import Sequence

from kg import authorities
from kg.extract.rules import rule
from kg.model import Level

_PROVINCES = ("省", "自治区")
_PREFECTURES = ("市", "州", "盟", *_PROVINCES)
_AREA = re.compile(
    r"(?P<area>(?:[\u4e00-\u9fa5]{2,7}?(?:省|自治区|特别行政区))?(?:[\u4e00-\u9fa5]{2,10}?(?:自治州|地区|市|州|盟))?"
    r"(?:[\u4e00-\u9fa5]{1,8}?(?:自治县|县|区|旗))?)"
)
_NO_NAME = "为推进加快关于促建深化质量全"
_TITLED = re.compile(
    rf"^(?P<area>(?:[^{_NO_NAME}]{{2,5}}(?:省|自治区))?"
    rf"(?:[^{_NO_NAME}]{{2,5}}(?:市|州|盟))?(?:[^{_NO_NAME}]{{1,5}}(?:县|区|旗))?)"
    r"(?=[\u4e00-\u9fa5“\d])"
)
_BEFORE_NAME = re.compile(r"^(?:中共)?(?:关于)?(?:印发|转发|发布)?[《“]?(?:20\d\d年)?")
_LEVEL_BY_ENDING = (
    (Level.TOWNSHIP, ("乡", "镇", "街道")),
    (Level.COUNTY, ("县", "区", "旗")),
    (Level.PREFECTURE, ("市", "州", "盟", "地区")),
    (Level.PROVINCE, ("省", "自治区", "特别行政区")),
)
_CENTRAL = re.compile(
    r"^(?:中共中央|国务院|国家|全国|中央|中华人民共和国)|"
    r"^[\u4e00-\u9fa5、 ]{2,40}?(?<![干全])(?:部|总局)(?=、|$| |关于|等[一二三四五六七八九十\d]+(?:个)?部[门委])"
)
_BARE = re.compile(
    r"(?:自治区|省|市|州|盟|县|区|旗)(?:人民|政府|委|[市县区]|办|[\u4e00-\u9fa5]{1,8}[厅局])"
)
_OWN = {
    Level.PROVINCE: ("我省", "全省", "省情", "省委、省政府", "自治区党委"),
    Level.PREFECTURE: ("我市", "我州", "我盟", "市委、市政府", "州委、州政府", "市政府办公室"),
    Level.COUNTY: ("我县", "我区", "我旗", "县委、县政府", "区委、区政府"),
}
_TO = {
    "central": Level.CENTRAL,
    "province": Level.PROVINCE,
    "municipality": Level.PROVINCE,
    "prefecture": Level.PREFECTURE,
    "county": Level.COUNTY,
}
_HEAD = 4000  # characters in which a document shows whose it is
_FEWEST = 2


def area(
    issuer: str | None,
    title: str,
    *,
    cited: Sequence[str] = (),
    number: str | None = None,
    text: str = "",
) -> str | None:
    """Return the full name of the area, larger ones first, where the document speaks for one.

    >>> area(None, "福建省标准提升行动方案"), area(None, "国家标准化发展纲要")
    ('福建省', None)
    """
    own = _leading_area(issuer or "") or _titled_area(title)
    if own is None and not _CENTRAL.search(issuer or title):
        return _meant(text) or _signed(number, text)
    if own is None or own.endswith(_PROVINCES) or _known(own):
        return own
    named = [area for area in map(_leading_area, cited) if area and area != own]
    parents = [
        next((area for area in named if area.endswith(ends) and not own.endswith(ends)), "")
        for ends in (_PROVINCES, _PREFECTURES)
    ]
    for parent in reversed(parents):
        own = own if own.startswith(parent) else parent + own
    return own


def level(issuer: str | None, area: str | None, *, title: str = "", text: str = "") -> Level | None:
    """Return the level of the document, that of its area where it has one."""
    if area is None:
        central = any(_CENTRAL.search(words) for words in (issuer or "", title))
        return Level.CENTRAL if central else _own_level(text) or _written_to(text)
    known = authorities.area_by_name(area)
    if known is not None:
        return known.level
    return next((level for level, ends in _LEVEL_BY_ENDING if area.endswith(ends)), None)


def _titled_area(title: str) -> str | None:
    """Return the area that a title opens with (云岭省质量强省建设方案), if it can be one."""
    words = title[_BEFORE_NAME.match(title).end() :]  # type: ignore[union-attr]
    if _CENTRAL.search(words):
        return None
    whole = max(
        (name for name in authorities.area_names() if words.startswith(name)), key=len, default=""
    )
    known = authorities.area_by_name(whole) if whole else None
    if known is not None and known.level is not Level.CENTRAL:
        rest = words[len(known.name) :] if words.startswith(known.name) else ""
        below = _TITLED.match(rest)
        return known.name + (below["area"] if below else "")
    found = _TITLED.match(words)
    return _leading_area(found["area"]) if found else None


def _known(area: str) -> bool:
    return authorities.area_by_name(area) is not None


def _leading_area(words: str) -> str | None:
    words = re.sub(r"^中共|^关于印发|^关于", "", words)
    if _CENTRAL.search(words) or _BARE.match(words):
        return None
    found = _AREA.match(words)
    area = found["area"] if found else ""
    return area or None


def _own_level(text: str) -> Level | None:
    """Return the level that the document calls its own (我省, 我市), by far the most often."""
    head = text[:_HEAD]
    counts = {lev: sum(head.count(word) for word in words) for lev, words in _OWN.items()}
    best = max(counts, key=lambda lev: counts[lev])
    others = sum(counts.values()) - counts[best]
    return best if counts[best] > others else None


def _written_to(text: str) -> Level | None:
    """Return the level above those that the document is addressed to."""
    found = rule("metadata", "metadata.addressee").search(text[:_HEAD])
    return _TO[str(found.lastgroup)] if found else None


def _meant(text: str) -> str | None:
    """Return the area that a document without issuer and title means by 我省 or 我市."""
    own = _own_level(text)
    beside = list(rule("metadata", "metadata.own-area").finditer(text[:_HEAD]))
    for one in beside:
        if one["named"] and (own or _known(one["named"]) or "届" in one[0]):
            return str(one["named"])
    for one in beside:
        known = authorities.area_by_name(one["area"] or one["named"])
        if known is not None and known.level is own:
            return known.name
    counts = Counter(
        {one.name: text.count(one.short) for one in authorities.areas() if one.level is own}
    )
    first = counts.most_common(2)
    if not first or first[0][1] < max(_FEWEST, 2 * first[-1][1] * (len(first) - 1)):
        return None
    return first[0][0]


def _signed(number: str | None, text: str) -> str | None:
    """Return the province whose sign a document number opens with (粤办函), if it says 我省."""
    if number is None or _own_level(text) is not Level.PROVINCE:
        return None
    signed = (one.name for one in authorities.areas() if one.sign and number.startswith(one.sign))
    return next(signed, None)
