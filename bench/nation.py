"""An invented nation: a centre, its provinces, their prefectures, their counties."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice, product
from random import Random

from kg.authorities import area_by_name
from kg.model import Level

_FIRST = "云苍临碧澄翠岚霁瑶沧蕴朔栖浣珩璟沐攸皓稷钰峤泓湛煦昱梓蓼樾霖"
_SECOND = "岭溪泽屿渚崖陂浦塬涧汀坞埠洲峪堰濑岫垄畴陌圩埂阜墟麓碛浔沚滩"
_SUFFIX = {Level.PROVINCE: "省", Level.PREFECTURE: "市", Level.COUNTY: "县"}
_WHOLE = (31, 333)
"""Provinces and prefectures at most: as many as there are in China."""


@dataclass(frozen=True, slots=True)
class Place:
    """An area of the nation; *name* has the larger areas before its own, None is the centre."""

    level: Level
    name: str | None
    above: "Place | None" = None

    @property
    def short(self) -> str:
        """Return how texts of the area call it: 省, 市, 县, or 全国 for the centre."""
        return _SUFFIX.get(self.level, "全国")


def places(count: int, seed: int) -> Iterator[Place]:
    """Yield *count* places, each after the one above it.

    Up to 31 are provinces (one in eight) and up to 333 prefectures (one in four), the rest counties.

    >>> [place.level.value for place in places(4, 1)]
    ['central', 'province', 'prefecture', 'county']
    """
    centre = Place(Level.CENTRAL, None)
    provinces = min(_WHOLE[0], max(1, count // 8))
    prefectures = min(_WHOLE[1], max(1, count // 4))
    yield from islice(_tree(centre, provinces, prefectures, seed), count)


def _tree(centre: Place, provinces: int, prefectures: int, seed: int) -> Iterator[Place]:
    yield centre
    first = list(_below([centre], Level.PROVINCE, provinces, seed))
    yield from first
    second = list(_below(first, Level.PREFECTURE, prefectures, seed))
    yield from second
    yield from _below(second, Level.COUNTY, None, seed)


def _below(above: list[Place], level: Level, count: int | None, seed: int) -> Iterator[Place]:
    """Yield places of a level, dealt in turn to those above; endlessly where no *count* is given."""
    names = _names(level, seed)
    for number, upper in enumerate(islice(cycle(above), count)):
        name = names[number % len(names)] + _SUFFIX[level]
        yield Place(level, (upper.name or "") + name, upper)


def _names(level: Level, seed: int) -> list[str]:
    pairs = [one + other for one, other in product(_FIRST, _SECOND)]
    Random(f"{seed}.{level}").shuffle(pairs)
    return [pair for pair in pairs if area_by_name(pair + _SUFFIX[level]) is None]
