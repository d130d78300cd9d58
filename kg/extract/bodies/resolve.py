"""From the name as written to the body it stands for, given who issued the document.

财政厅 in a plan of 福建省 is 福建省财政厅; 市发展改革委 in one of 天津市 is that city's; 发展改革委
in one of the State Council is the national one. Bodies that were abolished keep their name: the
authority file knows the successor.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from kg import authorities
from kg.extract.bodies import bodykinds
from kg.extract.bodies.bodykinds import OpenClass
from kg.extract.bodies.places import NOWHERE, Owner, Place, area_written, owner_of, prefix_of
from kg.model import BodyKind, Level

__all__ = ["NOWHERE", "Place", "Resolved", "prefix_of", "resolve"]

_ENDINGS = {
    "厅": "厅",
    "局": "局",
    "委员会": "委员会",
    "委": "委员会",
    "办公室": "办公室",
    "办": "办公室",
}
_CENTRAL_ONLY = re.compile(r"^(?:国家|国务院|中央|全国|中国|中华|最高|共青团中央)|(?:部|署|总局)$")
_PARTY = {
    "组织部": "组织部",
    "宣传部": "宣传部",
    "统战部": "统一战线工作部",
    "统一战线工作部": "统一战线工作部",
    "社会工作部": "社会工作部",
    "政法委": "政法委员会",
    "网信办": "网络安全和信息化委员会办公室",
    "编办": "机构编制委员会办公室",
    "金融办": "金融委员会办公室",
    "农办": "农村工作领导小组办公室",
    "改革办": "全面深化改革委员会办公室",
    "外办": "外事工作委员会办公室",
    "军民融合办": "军民融合发展委员会办公室",
    "文明办": "精神文明建设指导委员会办公室",
    "办公厅": "办公厅",
    "办公室": "办公室",
    "办": "办公室",
    "党校": "党校",
    "老干部局": "老干部局",
    "政研室": "政策研究室",
    "督查室": "督查室",
}
_GOVERNMENT = {
    "": "人民政府",
    "办公厅": "人民政府办公厅",
    "办公室": "人民政府办公室",
    "办": "人民政府办公室",
    "金融办": "人民政府金融工作办公室",
    "研究室": "人民政府研究室",
    "督查室": "人民政府督查室",
    "国资委": "人民政府国有资产监督管理委员会",
    "口岸办": "人民政府口岸办公室",
}
_VERTICAL = re.compile(r"(?:分行|支行|监管局|税务局|分局|专员办|办事处|特派办|分公司|管理部)$")
_GRID = re.compile(r"^国网(.{2,4}?)省?电力公司$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The body behind a name."""

    canonical: str
    kind: BodyKind
    level: Level | None = None
    area: str | None = None
    open_class: OpenClass | None = None
    enterprise: bool = False
    known: bool = False  # found in the authority file or by a naming pattern

    @property
    def open(self) -> bool:
        """Return whether the name stands for a class of organs."""
        return self.kind is BodyKind.OPEN_BODY


@lru_cache(maxsize=4096)
def resolve(name: str, place: Place = NOWHERE, carried: str | None = None) -> Resolved:
    """Return the body that *name* stands for in a document from *place*.

    Args:
        name: the name as written, without white space.
        place: who issued the document.
        carried: the prefix of the first name of the same list (省工信厅、财政厅), if any.

    >>> resolve("市发展改革委", Place(Level.PROVINCE, "天津市")).canonical
    '天津市发展和改革委员会'
    >>> resolve("发展改革委", Place(Level.CENTRAL)).canonical
    '国家发展和改革委员会'
    >>> resolve("财政厅", Place(Level.PROVINCE, "福建省")).canonical
    '福建省财政厅'
    """
    if bodykinds.is_open(name):
        return Resolved(
            name, BodyKind.OPEN_BODY, place.level, place.area, bodykinds.open_class(name)
        )
    return _local(name, place, carried) or _central(name) or _other(name, place)


def _local(name: str, place: Place, carried: str | None) -> Resolved | None:
    prefix = prefix_of(name)
    if prefix:
        return _organ(name[len(prefix) :], owner_of(prefix, place))
    written = area_written(name, place)
    if written and len(written[0]) < len(name):
        return _organ(name[len(written[0]) :], written[1])
    if _CENTRAL_ONLY.search(name) or not (carried or place.local):
        return None
    owner = owner_of(carried, place)
    full = _expand(name, owner.name)
    return _built(full, owner) if full else None


def _organ(rest: str, owner: Owner) -> Resolved:
    if rest == "海关":  # a customs district, not an organ of the city that it is named after
        full = owner.name.removesuffix("市") + rest
        return Resolved(full, BodyKind.DEPARTMENT, owner.level, known=True)
    return _built(_expand(rest, owner.name) or owner.name + _suffixes(rest), owner)


def _built(full: str, owner: Owner) -> Resolved:
    return Resolved(
        canonical=full,
        kind=bodykinds.kind_of(full),
        level=owner.level,
        area=owner.area,
        enterprise=bodykinds.is_enterprise(full),
        known=True,
    )


def _expand(rest: str, area: str) -> str | None:
    """Return *area* with the full name of the organ *rest*, ``None`` if no pattern fits."""
    known = authorities.area_by_name(area)
    if known and rest in authorities.vertical_names():
        return authorities.vertical_names()[rest].format(area=known.name, short=known.short)
    own = authorities.local_names()
    named = own.get((known.code if known else "*", rest)) or own.get(("*", rest))
    if named:
        return area + named
    if rest.startswith("委") and rest[1:] in _PARTY:
        return f"{'中共' if len(area) > 1 else ''}{area}委{_PARTY[rest[1:]]}"
    for start in ("人民政府", "政府"):
        if rest.startswith(start) and rest[len(start) :] in _GOVERNMENT:
            return area + _GOVERNMENT[rest[len(start) :]]
    return _stemmed(rest, area)


def _stemmed(rest: str, area: str) -> str | None:
    for short, full in _ENDINGS.items():
        if rest.endswith(short):
            stem = authorities.local_stems().get(rest[: -len(short)])
            return f"{area}{stem.full}{full}" if stem else None
    return None


def _suffixes(name: str) -> str:
    """Return *name* with a shortened ending written out; other names stay as they are."""
    if name.endswith("管委会"):
        return name[: -len("管委会")] + "管理委员会"
    if name.endswith("集团"):
        return name + "有限公司"
    return name


def _central(name: str) -> Resolved | None:
    body = authorities.body_by_alias(name)
    if body is not None:
        area = "中华人民共和国"
        return Resolved(
            body.name,
            body.kind,
            body.level,
            area,
            enterprise=bodykinds.is_enterprise(body.name),
            known=True,
        )
    if not _VERTICAL.search(name):
        return None
    for cut in range(len(name) - 2, 1, -1):
        head = authorities.body_by_alias(name[:cut])
        if head is not None:
            full = head.name + name[cut:]
            return Resolved(full, bodykinds.kind_of(full), _level_inside(name[cut:]), known=True)
    return None


def _level_inside(rest: str) -> Level | None:
    written = area_written(rest, NOWHERE)
    return written[1].level if written else None


def _other(name: str, place: Place) -> Resolved:
    grid = _GRID.match(name)
    area = authorities.area_by_name(grid[1]) if grid else None
    full = f"国网{area.name}电力有限公司" if area else _suffixes(name)
    level = place.level if place.local else None
    return Resolved(
        full, bodykinds.kind_of(full), level, None, enterprise=bodykinds.is_enterprise(full)
    )
