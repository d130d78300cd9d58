"""The map of the provinces: how far each takes up what is asked of it, and what is open there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.analysis.rates import Rate
from kg.drawing import PROVINCES, Tile, tiles_svg
from kg.model import Bilingual, Finding, Severity
from viz.drawn import Drawn, Row

TITLE = Bilingual("全国一览", "The nation at a glance")
READING = Bilingual(
    "每块是一个省级行政区：颜色越深，承接率越高；灰色没有可算的承接；红点是高级别缺口的数目。",
    "A tile is a province: the darker, the more of what is asked of it is taken up; grey where "
    "nothing can be counted; a red dot tells the gaps of high severity.",
)
_HEADINGS = (
    ("行政区", "应承接", "已承接", "承接率", "缺口", "其中高"),
    ("Area", "Asked", "Taken up", "Rate", "Gaps", "High"),
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of an area and all below it."""

    asked: int = 0
    taken: int = 0
    gaps: int = 0
    high: int = 0

    @property
    def share(self) -> float | None:
        return self.taken / self.asked if self.asked else None


def tilemap(rates: Iterable[Rate], found: Iterable[Finding], *, lang: str) -> Drawn:
    """Return the map, with its numbers as a table.

    Args:
        rates: How far plans take up those above them, by area.
        found: Findings; one counts where a thing that it is about has an area.
        lang: ``zh`` or ``en``.
    """
    told = _told(rates, found)
    tiles = [
        Tile(area, one.share, tuple(_words(one, lang)), alert=one.high)
        for area, one in told.items()
        if area in PROVINCES
    ]
    elsewhere = sorted(told.keys() - set(PROVINCES))
    return Drawn(
        TITLE,
        READING,
        tiles_svg(tiles, label=TITLE.to(lang)),
        tuple(_notes(elsewhere, lang)),
        _HEADINGS[lang == "en"],
        tuple(_rows(told)),
    )


def _told(rates: Iterable[Rate], found: Iterable[Finding]) -> Mapping[str, _Told]:
    asked, taken, gaps, high = (Counter[str]() for _ in range(4))
    for rate in rates:
        if rate.area:
            asked[_province(rate.area)] += rate.asked
            taken[_province(rate.area)] += rate.taken
    for finding in found:
        for area in {_province(node.area) for node in finding.subjects if node.area}:
            gaps[area] += 1
            high[area] += finding.severity is Severity.HIGH
    areas = sorted(asked.keys() | gaps.keys())
    return {area: _Told(asked[area], taken[area], gaps[area], high[area]) for area in areas}


def _province(area: str) -> str:
    """Return the short name of the province that *area* lies in, *area* itself where it is none's."""
    return next((name for name in PROVINCES if area.startswith(name)), area)


def _words(one: _Told, lang: str) -> Iterator[str]:
    if one.share is not None:
        yield f"{one.share:.0%} taken up" if lang == "en" else f"承接 {one.share:.0%}"
    yield f"{one.gaps} gaps" if lang == "en" else f"缺口 {one.gaps}"


def _notes(elsewhere: list[str], lang: str) -> Iterator[str]:
    if elsewhere:
        names = "、".join(elsewhere)
        yield f"Not on the map: {names}." if lang == "en" else f"不在图上：{names}。"


def _rows(told: Mapping[str, _Told]) -> Iterator[Row]:
    for area, one in told.items():
        share = "" if one.share is None else f"{one.share:.0%}"
        yield Row((area, str(one.asked), str(one.taken), share, str(one.gaps), str(one.high)))
