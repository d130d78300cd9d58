"""Where a document speaks from, and which area 省, 市, 县 or a written name means there.

A body is called by the smallest area that names it (临江市财政局, in plans of the city, its province
and its counties alike), so that all of them mean one body; a district (区) is called with its city,
since many cities have districts of one name.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from kg import authorities
from kg.model import Level

_LEVELS = MappingProxyType(
    {
        "特别行政区": Level.PROVINCE,
        "自治区": Level.PROVINCE,
        "省": Level.PROVINCE,
        "兵团": Level.PROVINCE,
        "自治州": Level.PREFECTURE,
        "地区": Level.PREFECTURE,
        "市": Level.PREFECTURE,
        "州": Level.PREFECTURE,
        "盟": Level.PREFECTURE,
        "自治县": Level.COUNTY,
        "县": Level.COUNTY,
        "区": Level.COUNTY,
        "旗": Level.COUNTY,
        "镇": Level.TOWNSHIP,
        "乡": Level.TOWNSHIP,
    }
)
# 州 is a part of the name in 云州市, as in 杭州市 and 台州市.
_PART = re.compile("[\u4e00-\u9fa5]+?(?:" + "|".join(_LEVELS) + ")(?<!州(?=[市县区]))")
_PREFIX = re.compile("^(?:自治区|自治州|兵团|省|市|州|盟|县|区|旗|镇|乡)(?![直级内属辖长场])")
_SMALL = re.compile(
    r"^([\u4e00-\u9fa5]{2,9}?(?:自治区|自治州|自治县|新区|省|市|州|盟|县|区|旗|镇|乡))"
    r"(?=人民政府|政府|委|管委会|管理委员会|党|纪委|人大|政协|法院|检察院|财政|市场|发展|教育)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document speaks from: its level and the full name of its area, if known."""

    level: Level | None = None
    area: str | None = None

    @property
    def local(self) -> bool:
        """Return whether the issuer stands below the centre."""
        if self.level is not None:
            return self.level is not Level.CENTRAL
        known = authorities.area_by_name(self.area) if self.area else None
        return bool(self.area) and (known is None or known.level is not Level.CENTRAL)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Owner:
    """The area that an organ belongs to.

    ``name`` is how the organ is called by it, just 省 or 市 where the document does not say which;
    ``area`` is its full name, larger areas first, if known.
    """

    name: str
    level: Level | None
    area: str | None = None


def prefix_of(name: str) -> str | None:
    """Return the 省, 市, 区 … that a local organ's name begins with, which a list may carry on.

    >>> prefix_of("省工信厅"), prefix_of("财政厅")
    ('省', None)
    """
    found = _PREFIX.match(name)
    return found[0] if found and len(name) > len(found[0]) + 1 else None


def owner_of(prefix: str | None, place: Place) -> Owner:
    """Return the area that *prefix* means in a document from *place*, its own without one.

    >>> owner_of("省", Place(Level.PREFECTURE, "温州市")).name
    '浙江省'
    >>> owner_of("市", Place(Level.COUNTY, "云岭省临江市青禾县")).name
    '临江市'
    """
    owners = _owners(place.area) if place.area else ()
    if prefix is None:
        return owners[-1] if owners else Owner("", place.level)
    called = (owner for owner in reversed(owners) if owner.name.endswith(prefix))
    return next(called, Owner(prefix, _LEVELS[prefix]))


def area_written(name: str, place: Place) -> tuple[str, Owner] | None:
    """Return the area that *name* begins with, as written and as it is called.

    >>> written, owner = area_written("杭州市政府", Place()) or ("", Owner("", None))
    >>> written, owner.level.value
    ('杭州市', 'prefecture')
    """
    for owner in reversed(_owners(place.area) if place.area else ()):
        if name.startswith(owner.name):
            return owner.name, owner
    found = _known_areas().match(name)
    if found:
        area = authorities.area_names()[found[0]]
        # 全国 is no owner: 全国妇联 is a name of its own.
        if area.level is Level.CENTRAL:
            return None
        return found[0], _owners(area.name)[-1]
    small = _SMALL.match(name)
    return (small[1], _small(small[1], place)) if small else None


def is_area(name: str) -> bool:
    """Return whether *name* is the full name of an area: its government is told to act.

    >>> is_area("浙江省"), is_area("杭州")
    (True, False)
    """
    area = authorities.area_by_name(name)
    return area is not None and area.name == name and name.endswith(tuple(_LEVELS))


def _small(area: str, place: Place) -> Owner:
    """Return an area that is not in the list; a district belongs to the city that speaks of it."""
    city = next(
        (o for o in (_owners(place.area) if place.area else ()) if o.name[-1] == "市"), None
    )
    return _owners((city.area or "") + area if city and area[-1] == "区" else area)[-1]


@lru_cache(maxsize=1024)
def _owners(area: str) -> tuple[Owner, ...]:
    """Return the areas in the full name *area* and those known above it, larger ones first."""
    parts = [area] if authorities.area_by_name(area) else _PART.findall(area) or [area]
    above = _parent(parts[0])
    if above is not None:
        parts = [above, *parts]
    owners: list[Owner] = []
    for index, part in enumerate(parts):
        known = authorities.area_by_name(part)
        ending = next((ending for ending in _LEVELS if part.endswith(ending)), None)
        level = known.level if known else _LEVELS[ending] if ending else None
        district = ending == "区" and index > 0
        called = parts[index - 1] + part if district else part
        owners.append(Owner(called, level, "".join(parts[: index + 1])))
    return tuple(owners)


def _parent(area: str) -> str | None:
    known = authorities.area_by_name(area)
    parent = authorities.area_by_code(known.parent) if known and known.parent else None
    return parent.name if parent and parent.level is not Level.CENTRAL else None


@cache
def _known_areas() -> re.Pattern[str]:
    names = sorted(authorities.area_names(), key=len, reverse=True)
    return re.compile("^(?:" + "|".join(re.escape(name) for name in names) + ")")
