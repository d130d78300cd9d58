"""Lines of elements, each under the one before: by serving a goal, being part of it, taking it up.

Of ``partOf`` (and ``realises``) those steps count that lead somewhere: down from an element that
serves or takes up something, itself or by what stands above it; and in lines from the top, down to
one that is taken up, itself or by what stands below it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from types import MappingProxyType

from kg.analysis.project import Tables
from kg.analysis.rows import rows_of


class Relation(StrEnum):
    """How the lower end of a link belongs to the upper one."""

    SERVES = "contributesTo"
    PART = "partOf"
    UPTAKE = "takesUp"


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """An element under another; ``confidence`` is that of the link, 0 to 1."""

    upper: str
    relation: Relation
    lower: str
    confidence: float


Line = tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The links of some plans, by either end.

    ``leading_on``: what is taken up, itself or by what stands below it.
    """

    down: Mapping[str, Sequence[Link]]
    up: Mapping[str, Sequence[Link]]
    leading_on: frozenset[str]

    @classmethod
    def of(cls, tables: Tables) -> "Lines":
        """Return the links of *tables*; of several between two elements the surest, ``partOf`` last.

        >>> from kg.analysis.project import tables_of
        >>> rows = {"uptake": [{"id": "1", "lower": "b", "upper": "a"}]}
        >>> Lines.of(tables_of(rows)).tops
        ('a',)
        """
        own = (*_serving(tables), *_taking(tables))
        above = list(rows_of(tables.above, "element", "ancestor"))
        rising = {link.lower for link in own}
        taken = {link.upper for link in own if link.relation is Relation.UPTAKE}
        leading_up = {element for element, ancestor in above if ancestor in rising}
        parts = (
            Link(parent, Relation.PART, child, 1.0)
            for child, parent in rows_of(tables.parents, "child", "parent")
            if parent in leading_up
        )
        ranked = sorted(own, key=lambda link: (link.confidence, link))
        surest = {(link.upper, link.lower): link for link in (*parts, *ranked)}
        links = sorted(surest.values())
        down: dict[str, list[Link]] = defaultdict(list)
        up: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            down[link.upper].append(link)
            up[link.lower].append(link)
        leading_on = frozenset(ancestor for element, ancestor in above if element in taken)
        return cls(MappingProxyType(down), MappingProxyType(up), leading_on)

    @property
    def tops(self) -> tuple[str, ...]:
        """Return what has something under it and stands under nothing, sorted."""
        return tuple(sorted(name for name in self.down if name not in self.up))

    def from_top(self, top: str) -> Iterator[Line]:
        """Yield the lines down from *top* as far as they lead, none over an element twice."""
        yield from self._downward(top, (top,))

    def through(self, element: str) -> Iterator[Line]:
        """Yield the lines that go through *element*, from as far up to as far down as they lead."""
        for line in self._upward(element, (element,)):
            met = (element, *(link.upper for link in line))
            yield from (line + rest for rest in self._downward(element, met))

    def _downward(self, element: str, met: tuple[str, ...]) -> Iterator[Line]:
        links = [
            link
            for link in self.down.get(element, ())
            if link.lower not in met
            and (link.relation is not Relation.PART or link.lower in self.leading_on)
        ]
        if not links:
            yield ()
        for link in links:
            for rest in self._downward(link.lower, (*met, link.lower)):
                yield (link, *rest)

    def _upward(self, element: str, met: tuple[str, ...]) -> Iterator[Line]:
        links = [link for link in self.up.get(element, ()) if link.upper not in met]
        if not links:
            yield ()
        for link in links:
            for rest in self._upward(link.upper, (*met, link.upper)):
                yield (*rest, link)


def lines(tables: Tables, element: str | None = None) -> Iterator[Line]:
    """Yield the lines of *tables* from the top down, or those through *element* alone."""
    known = Lines.of(tables)
    if element is not None:
        return known.through(element)
    return chain.from_iterable(known.from_top(top) for top in known.tops)


def _serving(tables: Tables) -> Iterator[Link]:
    """Yield what serves a goal; below zero it hinders, and a missing strength is +1."""
    goals = frozenset(tables.goals["id"].to_pylist())
    for row in tables.contributions.to_pylist():
        if row["goal"] in goals and (row["strength"] is None or row["strength"] > 0):
            yield Link(row["goal"], Relation.SERVES, row["measure"], _sure(row["confidence"]))


def _taking(tables: Tables) -> Iterator[Link]:
    for row in tables.uptake.to_pylist():
        if row["lower"] != row["upper"]:
            yield Link(row["upper"], Relation.UPTAKE, row["lower"], _sure(row["confidence"]))


def _sure(confidence: float | None) -> float:
    return 1.0 if confidence is None else confidence
