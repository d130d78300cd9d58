"""How many gaps an invented plan has, counted on what was written into it.

The plain logic of the catalogue once more, without tables and graph: what the rules of the product find
in a nation is held against it. G12 (nothing is observed here), G17, G18 and G22 are not counted.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.staff import Duty
from kg.model import Role
from kg.settings import Settings

COUNTED = (
    *("G01", "G02", "G03", "G04", "G05", "G06", "G07", "G08", "G09", "G10", "G11"),
    *("G13", "G14", "G15", "G16", "G19", "G20", "G21", "G23", "G24", "G25"),
)
"""The types that are counted."""

_LIMITS = Settings()


@dataclass(frozen=True, slots=True)
class Aim:
    """A target: its indicator, its value in per cent, its year where it has one."""

    indicator: str
    value: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """An item as it was written.

    ``tied`` are the numbers of the items that it depends on, or shares with; ``against`` those that it
    is in conflict with.
    """

    title: str
    section: int
    duties: tuple[Duty, ...]
    flaw: str | None
    tied: frozenset[int]
    against: frozenset[int]
    serves: bool
    weak: bool

    @property
    def named(self) -> frozenset[str]:
        """Return the bodies that are called by a name."""
        return frozenset(duty.body for duty in self.duties if not duty.open)

    @property
    def leads(self) -> frozenset[str]:
        """Return those of them that lead."""
        return frozenset(
            duty.body for duty in self.duties if duty.role is Role.LEAD and not duty.open
        )


@dataclass(frozen=True, slots=True)
class Content:
    """What a plan says, as far as gaps hang on it.

    ``goals`` has for each goal whether a measure serves it and whether a target measures it;
    ``loose`` is how many targets stand without a year, ``skipped`` how many items take up what stands
    two levels above, ``circles`` how many sets of items wait for one another.
    """

    items: tuple[Written, ...]
    goals: tuple[tuple[bool, bool], ...]
    aims: tuple[Aim, ...]
    members: frozenset[str]
    evaluated: bool
    loose: int
    skipped: int
    circles: int


def gaps_of(content: Content, above: Content | None, taken: frozenset[str]) -> Counter[str]:
    """Return how many gaps of each type a plan has.

    Args:
        content: What it says.
        above: What the plan says that it carries out.
        taken: The titles that it takes up of that one.
    """
    items = content.items
    pairs = {frozenset((at, other)) for at, item in enumerate(items) for other in item.tied}
    sides = [[items[at] for at in sorted(pair)] for pair in sorted(pairs, key=sorted)]
    found = Counter(item.flaw for item in items if item.flaw)
    acting = frozenset[str]().union(*(item.named for item in items))
    found["G06"] = _overloaded(items)
    found["G07"] = len(content.members - acting)
    found["G08"] = sum(not served for served, _ in content.goals)
    found["G09"] = _aimless(items)
    found["G10"] = sum(not measured for _, measured in content.goals)
    found["G11"] = content.loose
    found["G13"] = sum(_apart(one, other, content) for one, other in sides)
    found["G14"] = sum(
        bool(one.named and other.named and not one.named & other.named) for one, other in sides
    )
    found["G15"] = sum(
        len(item.named) >= _LIMITS.gap_crowd and not item.named <= content.members for item in items
    )
    found["G16"] = content.circles
    found["G20"] = content.skipped
    found["G23"] = sum(
        not items[other].named & item.named for item in items for other in item.against
    )
    found["G24"] = int(not content.evaluated)
    found["G25"] = sum(item.weak for item in items)
    if above is not None:
        found["G19"] = (
            len({item.section for item in above.items if item.title not in taken}) if taken else 1
        )
        found["G21"] = sum(
            _drifts(one, other)
            for one in content.aims
            for other in above.aims
            if one.indicator == other.indicator
        )
    return +found


def _overloaded(items: Sequence[Written]) -> int:
    """Return how many bodies lead far more than the others."""
    leads = Counter(body for item in items for body in item.leads)
    low, high = np.quantile(list(leads.values()), (0.25, 0.75))
    most = high + 1.5 * (high - low)
    fence = max(float(most), _LIMITS.gap_overload_min - 1)
    return sum(count > fence for count in leads.values())


def _aimless(items: Sequence[Written]) -> int:
    """Return how many items serve no goal; where none of a section does it is the section."""
    sections: dict[int, list[bool]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(item.serves)
    return sum(one.count(False) if any(one) else 1 for one in sections.values())


def _apart(one: Written, other: Written, content: Content) -> bool:
    """Return whether no lead of the one ever meets a lead of the other."""
    pairs = [(lead, second) for lead in one.leads for second in other.leads]
    return bool(pairs) and not any(_meet({*pair}, content) for pair in pairs)


def _meet(bodies: set[str], content: Content) -> bool:
    return (
        bodies <= content.members
        or any(bodies <= item.named for item in content.items)
        or len(bodies) == 1
    )


def _drifts(own: Aim, upper: Aim) -> bool:
    beyond, much = own.value - upper.value, upper.value * _LIMITS.gap_drift
    years = None if own.year is None or upper.year is None else own.year - upper.year
    weaker = beyond < -much and (years is None or years >= 0)
    later = years is not None and years > 0 and beyond <= 0
    stronger = beyond > much and (years is None or years <= 0)
    return weaker or later or stronger
