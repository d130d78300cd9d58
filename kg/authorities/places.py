"""Areas and levels of government."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.authorities.lists import rows
from kg.model import Bilingual, Level


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative area: GB/T 2260 code, full and short name, level and parent's code."""

    code: str
    name: str
    short: str
    sign: str  # one-character name (京, 沪), empty where there is none
    en: str
    level: Level
    parent: str | None

    @property
    def label(self) -> Bilingual:
        """Return the name in Chinese and English."""
        return Bilingual(self.name, self.en)


@dataclass(frozen=True, slots=True)
class LevelName:
    """An administrative level with its rank, 0 for the centre."""

    level: Level
    rank: int
    label: Bilingual


@cache
def areas() -> tuple[Area, ...]:
    """Return all areas of the authority file: the country, provinces and prefectures."""
    return tuple(
        Area(
            code=row["code"],
            name=row["name"],
            short=row["short"],
            sign=row["sign"],
            en=row["en"],
            level=Level(row["level"]),
            parent=row["parent"] or None,
        )
        for row in rows("areas.tsv")
    )


@cache
def area_names() -> Mapping[str, Area]:
    """Return full and short names of areas with their area; signs (京, 沪) are left out."""
    found: dict[str, Area] = {}
    for area in areas():
        found.setdefault(area.name, area)
        found.setdefault(area.short, area)
    return MappingProxyType(found)


def area_by_name(name: str) -> Area | None:
    """Return the area with this full or short name, ``None`` if it is not in the list.

    >>> area_by_name("天津").name, area_by_name("天津").level.value
    ('天津市', 'province')
    """
    return area_names().get(name)


@cache
def _areas_by_code() -> Mapping[str, Area]:
    return MappingProxyType({area.code: area for area in areas()})


def area_by_code(code: str) -> Area | None:
    """Return the area with this GB/T 2260 *code*.

    >>> area_by_code("350000").short
    '福建'
    """
    return _areas_by_code().get(code)


@cache
def levels() -> tuple[LevelName, ...]:
    """Return the administrative levels, the centre first.

    >>> [level.label.zh for level in levels()][:2]
    ['中央', '省级']
    """
    return tuple(
        LevelName(Level(row["level"]), int(row["rank"]), Bilingual(row["zh"], row["en"]))
        for row in rows("levels.tsv")
    )
