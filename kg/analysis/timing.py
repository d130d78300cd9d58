"""What the deadlines of plans leave: windows, slack, conflicts of time (critical path method).

A plan says until which year a measure is due, and when it was issued; how long the measure takes, it
does not say. So each measure is given a least time, the same for all (a setting). Then

* it can be *finished* no sooner than the least time after its plan is issued and after all that it
  requires is finished;
* it must be finished by the *latest* day that leaves everything that requires it its least time
  until its own deadline, the end of the year in which it is due;
* *slack* is the difference in years, below 0 where the path is longer than the window; *leeway* is
  slack counted in steps: it needs no dates, and is 0 on a longest chain.

The earliest deadline of a measure and those above it counts. Measures that wait for one another
cannot be put in order and are timed as one. Left out: dependencies that are inferred.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import networkx as nx
import pyarrow as pa
import pyarrow.compute as pc

from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.display import Naming, Row
from kg.ids import key_of

ORDER, WINDOW = "order", "window"
"""Kinds of conflicts: what is needed is due later; the path is longer than the time there is."""
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Window:
    """When a measure can and must be finished; ``level``: from 1, those of one can start together.

    ``start`` (when its plan was issued), ``finish`` and ``latest`` are years, the middle of 2025
    being 2025.5, ``None`` where no date tells; ``due`` is the year at whose end it is due.
    """

    measure: str
    level: int
    leeway: int
    start: float | None
    due: int | None
    finish: float | None
    latest: float | None

    @property
    def slack(self) -> float | None:
        """Return the years to spare, below 0 where there is not time enough."""
        if self.finish is None or self.latest is None:
            return None
        return round(self.latest - self.finish, 2)

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows, things as *name* calls them."""
        return {
            "level": self.level,
            "measure": name(self.measure),
            "leeway": self.leeway,
            "due": self.due,
            "slack": self.slack,
        }


@dataclass(frozen=True, slots=True)
class TimeConflict:
    """Measures, what is needed first, that the deadlines do not leave time for.

    ``kind`` ``order``: the first is due ``years`` later than the last, which needs it; ``window``:
    the path is ``years`` longer than the time until the last is due.
    """

    kind: str
    path: tuple[str, ...]
    years: float

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows, things as *name* calls them."""
        names = " → ".join(map(name, self.path))
        return {"conflict": self.kind, "path": names, "years": self.years}


def windows(tables: Tables, network: "nx.DiGraph[str]", *, least: float) -> tuple[Window, ...]:
    """Return the windows of the measures of *network*, by level and name.

    Args:
        tables: The projection, for deadlines and days of issue.
        network: What requires what, from the needed to the needing.
        least: The years that a measure takes at the least.

    >>> from kg.analysis.project import tables_of
    >>> rows = {
    ...     "documents": [{"id": "p", "issued_on": "2025-01-01"}],
    ...     "measures": [
    ...         {"id": "a", "document": "p"},
    ...         {"id": "b", "document": "p", "due_year": 2026},
    ...     ],
    ... }
    >>> first, second = windows(tables_of(rows), nx.DiGraph([("a", "b")]), least=0.5)
    >>> first.finish, first.latest, second.slack
    (2025.5, 2026.5, 1.0)
    """
    blocks = nx.condensation(network)
    members = {block: sorted(blocks.nodes[block]["members"]) for block in blocks}
    due, issued = _due(tables, network), _issued(tables, network)
    sorted_blocks = list(nx.topological_sort(blocks))
    level, height = _levels(blocks, sorted_blocks)
    ends = {block: _soonest([due[name] for name in members[block]]) for block in blocks}
    starts = {block: _last([issued[name] for name in members[block]]) for block in blocks}
    finish = _finishes(blocks, sorted_blocks, starts, least)
    latest = _latest(blocks, sorted_blocks, ends, least)
    longest = max(level.values(), default=0)
    found = [
        Window(
            measure=name,
            level=level[block],
            leeway=longest - level[block] - height[block],
            start=issued[name],
            due=due[name],
            finish=finish[block],
            latest=latest[block],
        )
        for block in blocks
        for name in members[block]
    ]
    return tuple(sorted(found, key=lambda one: (one.level, one.measure)))


def conflicts(network: "nx.DiGraph[str]", found: Sequence[Window]) -> tuple[TimeConflict, ...]:
    """Return the conflicts of time between the windows *found* in *network*, the longest first.

    One of order is told for each two measures with deadlines between which a path leads over none
    that has one; one of the window for each measure whose own deadline comes too soon.
    """
    known = {window.measure: window for window in found}
    late = [
        TimeConflict(ORDER, path, float((known[path[0]].due or 0) - (known[path[-1]].due or 0)))
        for path in _between_deadlines(network, known)
    ]
    over = [one for window in found if (one := _too_long(network, known, window))]
    return tuple(sorted((*late, *over), key=lambda one: (one.kind, -one.years, one.path)))


def _between_deadlines(
    network: "nx.DiGraph[str]", known: Mapping[str, Window]
) -> Iterator[tuple[str, ...]]:
    """Yield a shortest path from each measure to each that is due sooner, over undated ones alone."""
    for start in sorted(known):
        due = known[start].due
        if due is None:
            continue
        came: dict[str, str] = {start: start}
        ahead = deque([start])
        while ahead:
            here = ahead.popleft()
            for after in sorted(set(network.successors(here)) - came.keys()):
                came[after] = here
                if known[after].due is None:
                    ahead.append(after)
                elif (known[after].due or 0) < due:
                    yield _path(came, after)


def _path(came: Mapping[str, str], end: str) -> tuple[str, ...]:
    path = [end]
    while came[path[-1]] != path[-1]:
        path.append(came[path[-1]])
    return tuple(reversed(path))


def _too_long(
    network: "nx.DiGraph[str]", known: Mapping[str, Window], window: Window
) -> TimeConflict | None:
    """Return the path that leaves *window* no time, where it has a deadline and waits for others."""
    if window.due is None or window.finish is None:
        return None
    over = window.finish - (window.due + 1)
    path = _driving(network, known, window)
    if over <= _TOLERANCE or len(path) == 1:
        return None
    return TimeConflict(WINDOW, path, round(over, 2))


def _driving(
    network: "nx.DiGraph[str]", known: Mapping[str, Window], window: Window
) -> tuple[str, ...]:
    """Return the path of those that finish last before each, up to *window*; a cycle counts once."""
    path = [window]
    while True:
        before = [known[name] for name in network.predecessors(path[-1].measure)]
        earlier = [one for one in before if one.level < path[-1].level and one.finish is not None]
        last = max(earlier, key=lambda one: (one.finish or 0.0, one.measure), default=None)
        if last is None or _starts_later(path[-1], last):
            return tuple(one.measure for one in reversed(path))
        path.append(last)


def _starts_later(window: Window, before: Window) -> bool:
    """Return whether the plan of *window* was issued after *before* can be finished."""
    return window.start is not None and window.start >= (before.finish or 0.0)


def _due(tables: Tables, network: "nx.DiGraph[str]") -> dict[str, int | None]:
    years = dict(rows_of(tables.measures, "id", "due_year"))
    found: dict[str, list[int | None]] = {name: [years.get(name)] for name in network}
    named = pa.array(sorted(network), type=pa.string())
    above = tables.above.filter(pc.is_in(tables.above["element"], named))
    for row in above.to_pylist():
        found[row["element"]].append(years.get(row["ancestor"]))
    return {name: _soonest(listed) for name, listed in found.items()}


def _issued(tables: Tables, network: "nx.DiGraph[str]") -> dict[str, float | None]:
    days = {row["id"]: _year(row["issued_on"]) for row in tables.documents.to_pylist()}
    plans = dict(rows_of(tables.measures, "id", "document"))
    return {name: days.get(plans.get(name)) for name in network}


def _year(day: str | None) -> float | None:
    """Return a day as a year; what is no ISO 8601 date is not known.

    >>> _year("2025-07-02"), _year("2025")
    (2025.5, None)
    """
    try:
        read = date.fromisoformat(day or "")
    except ValueError:
        return None
    days = date(read.year, 12, 31).timetuple().tm_yday
    return round(read.year + (read.timetuple().tm_yday - 1) / days, 2)


Number = TypeVar("Number", int, float)


def _soonest(values: Sequence[Number | None]) -> Number | None:
    return min((value for value in values if value is not None), default=None)


def _last(values: Sequence[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)


def _levels(
    blocks: "nx.DiGraph[int]", ordered: Sequence[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return of each block its level from 1, and how many levels follow on its longest way."""
    level: dict[int, int] = {}
    for block in ordered:
        level[block] = 1 + max((level[one] for one in blocks.predecessors(block)), default=0)
    height: dict[int, int] = {}
    for block in reversed(ordered):
        height[block] = max((height[one] + 1 for one in blocks.successors(block)), default=0)
    return level, height


def _finishes(
    blocks: "nx.DiGraph[int]",
    ordered: Sequence[int],
    starts: Mapping[int, float | None],
    least: float,
) -> dict[int, float | None]:
    finish: dict[int, float | None] = {}
    for block in ordered:
        start = _last([starts[block], *(finish[one] for one in blocks.predecessors(block))])
        finish[block] = None if start is None else start + least
    return finish


def _latest(
    blocks: "nx.DiGraph[int]",
    ordered: Sequence[int],
    ends: Mapping[int, int | None],
    least: float,
) -> dict[int, float | None]:
    latest: dict[int, float | None] = {}
    for block in reversed(ordered):
        due = ends[block]
        after = (latest[one] for one in blocks.successors(block))
        bounds = [None if one is None else one - least for one in after]
        latest[block] = _soonest([None if due is None else float(due + 1), *bounds])
    return latest
