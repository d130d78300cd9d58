"""How far plans take up those above them: rate by area and by group of the upper plan, and drift.

What is asked of a plan: the units of a plan one level above that it carries out, where anything of
that plan is taken up at all: a heading over clauses, or a clause under no heading of its own, what
only frames or supports left out (rules/asked.sql). A unit is *taken up* in an area where a plan of the
area takes up it or anything below it. *Drift* is what G21 finds: a target of the plan below that asks
for less, for more, or later.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from kg.analysis.gaps.hits import sql_hits
from kg.analysis.gaps.registry import gap_type
from kg.analysis.gaps.workbench import Workbench
from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.display import Naming, Row, Sections, sections_html
from kg.ids import key_of
from kg.settings import Settings

_DRIFT = "G21"


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of *upper*, a plan or a group of one, is taken up in an area; all by IRI but the area.

    ``area`` is ``None`` where the plans below name none, and in the rate of a group, which counts a
    unit once for each area that is asked for it.
    """

    upper: str
    area: str | None
    asked: int
    taken: int

    @property
    def share(self) -> float:
        """Return the part that is taken up, 0 to 1."""
        return self.taken / self.asked

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows, things as *name* calls them."""
        return {
            "of": name(self.upper),
            "area": self.area,
            "asked": self.asked,
            "taken up": self.taken,
            "rate": round(self.share, 3),
        }


@dataclass(frozen=True, slots=True)
class Drift:
    """A target and the one of the plan above that it is off, by IRI; ``how``: weaker, stronger, later."""

    lower: str
    upper: str
    how: tuple[str, ...]

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows, things as *name* calls them."""
        return {
            "target": name(self.lower),
            "above": name(self.upper),
            "drift": " ".join(self.how),
        }


@dataclass(frozen=True, slots=True)
class UptakeRates:
    """Rates by area and by group, lowest first, and the targets that drift."""

    areas: tuple[Rate, ...]
    groups: tuple[Rate, ...]
    drifts: tuple[Drift, ...]

    def sections(self, name: Naming = key_of) -> Sections:
        """Return the tables that show it, things as *name* calls them."""
        return {
            "按行政区 by area": [rate.row(name) for rate in self.areas],
            "按任务组 by group": [rate.row(name) for rate in self.groups],
            "指标偏离 drift": [drift.row(name) for drift in self.drifts],
        }

    def _repr_html_(self) -> str:
        return sections_html(self.sections())


def uptake_rates(
    tables: Tables, *, settings: Settings, within: Set[str] | None = None
) -> UptakeRates:
    """Return the uptake rates of *tables*.

    Args:
        tables: The projection.
        settings: From which share on a target drifts (``gap_drift``).
        within: What counts, units, plans or targets; all where ``None``. A unit counts too where its
            plan, or the plan that is asked for it, does.

    >>> from kg.analysis.project import tables_of
    >>> from kg.settings import Settings
    >>> rows = {
    ...     "documents": [
    ...         {"id": "p", "level": "province"},
    ...         {"id": "c", "level": "prefecture", "area": "临江市"},
    ...     ],
    ...     "implementing": [{"lower": "c", "upper": "p"}],
    ...     "measures": [
    ...         {"id": name, "kind": "task", "document": name[0]} for name in ("p1", "p2", "c1")
    ...     ],
    ...     "uptake": [{"id": "u", "lower": "c1", "upper": "p1"}],
    ... }
    >>> [rate] = uptake_rates(tables_of(rows), settings=Settings()).areas
    >>> rate.area, rate.share
    ('临江市', 0.5)
    """
    with Workbench(tables) as bench:
        units = bench.rows(_UNITS)
        hits = sql_hits(bench, gap_type(_DRIFT), settings)
    plans = dict(rows_of(tables.targets, "id", "document"))
    asked = [row for row in units if within is None or within & {row["id"], *row["plans"]}]
    drifts = (Drift(hit.subjects[0], hit.subjects[1], hit.what) for hit in hits)
    told = (one for one in drifts if within is None or within & {one.lower, plans.get(one.lower)})
    return UptakeRates(
        areas=_rates(asked, by="upper"),
        groups=_rates(({**row, "area": None} for row in asked), by="chapter"),
        drifts=tuple(sorted(told, key=lambda one: (one.how, one.lower, one.upper))),
    )


# A unit once for each area, whichever of its plans takes it up.
_UNITS = """
select a.upper, a.chapter, a.id, d.area, list(distinct a.lower) || [a.upper] as plans,
       bool_or(a.found) as found
from asked a join documents d on d.id = a.lower group by a.upper, a.chapter, a.id, d.area
"""


def _rates(units: Iterable[Mapping[str, Any]], *, by: str) -> tuple[Rate, ...]:
    counts: dict[tuple[str, str | None], list[int]] = defaultdict(lambda: [0, 0])
    for unit in units:
        count = counts[unit[by], unit["area"]]
        count[0] += 1
        count[1] += unit["found"]
    made = [Rate(upper, area, *count) for (upper, area), count in counts.items()]
    return tuple(sorted(made, key=lambda rate: (rate.share, rate.upper, rate.area or "")))
