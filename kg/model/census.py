"""How many things of which type there are, at which level, in which area, and what ties them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Place = tuple[str | None, str | None]
"""A level, and the IRI of an area."""


class Group(NamedTuple):
    """Things of one type, at one level, in one area; without an area: in all areas of the level.

    A tuple and no dataclass: a nation has tens of thousands of them and of ties between them, each
    looked up with every question, and a tuple is hashed ten times as fast.
    """

    type: str
    level: str | None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Census:
    """What there is, at the finest grain: one type, one level, one area.

    ``documents`` tells where each applies, by IRI, ``bodies`` the group of each.
    """

    documents: Mapping[str, Place]
    bodies: Mapping[str, Group]
    counts: Mapping[Group, int]
    ties: Mapping[tuple[Group, str, Group], int]
