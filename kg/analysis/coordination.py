"""Coordination required against coordination arranged.

``CR = TA · TD · TAᵀ`` (Cataldo et al. 2006, 2008): TA says which body acts for which duty, TD which
duty depends on which (unit diagonal: two bodies on one duty need each other), CA which bodies have
a channel. Congruence is the share of needs that are met.

A *duty* is an element that has bodies of its own. A clause under it that names none belongs to it
and is not counted again; a dependency between clauses is one between their duties. Dependencies
count in both directions, since coordination is mutual. A stated one counts 1, an inferred one its
weight (`kg.analysis.inferred`), below 1; two duties with both count as stated. Open bodies are left
out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import scipy  # scipy.sparse loads when it is first used

from kg.analysis.inferred import Inferred, weights
from kg.analysis.networks import channel_network, duty_of, named_bodies
from kg.analysis.project import Tables
from kg.display import SHOWN, Naming, Row, Sections, rows_html
from kg.ids import key_of
from kg.model import Basis

Pair = tuple[str, str]
Cells = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Congruence:
    """Pairs of bodies that need each other, each counted once, and how many have a channel."""

    needs: int
    met: int
    weight: float
    weight_met: float

    @property
    def plain(self) -> float:
        """Return the share of pairs that have a channel; 1.0 where nothing is needed."""
        return self.met / self.needs if self.needs else 1.0

    @property
    def weighted(self) -> float:
        """Return the same, each pair counted as often as it is needed."""
        return self.weight_met / self.weight if self.weight else 1.0


def requirements(assignment: Any, dependence: Any) -> Any:
    """Return ``TA · TD · TAᵀ`` (bodies x bodies) of TA (bodies x tasks) and TD (tasks x tasks).

    >>> requirements([[1, 0], [0, 1]], [[1, 1], [0, 1]]).toarray().tolist()
    [[1, 1], [0, 1]]
    """
    acting = scipy.sparse.csr_array(assignment)
    return scipy.sparse.csr_array(acting @ scipy.sparse.csr_array(dependence) @ acting.T)


def congruence(required: Any, arranged: Any) -> Congruence:
    """Return how far the *arranged* channels cover the *required* ones.

    Args:
        required: Bodies x bodies, symmetric: who needs whom, and how much.
        arranged: The same shape, above zero where there is a channel.
    """
    needs = _above_diagonal(required)
    linked = _above_diagonal(arranged)
    met = [weight for pair, weight in needs.items() if pair in linked]
    return Congruence(len(needs), len(met), float(sum(needs.values())), float(sum(met)))


@dataclass(frozen=True, slots=True)
class Need:
    """Two bodies that need each other.

    ``weight`` is CR: ``shared`` duties that both act for, plus dependent pairs of duties, one on
    each side. ``arranged``: they have a channel. ``inferred``: how much of the weight comes from
    dependencies that no text states.
    """

    bodies: Pair
    weight: float
    shared: int
    arranged: bool
    inferred: float = 0.0

    @property
    def is_inferred(self) -> bool:
        """Return whether nothing but inferred dependencies says that they need each other."""
        return self.inferred > 0 and self.inferred == self.weight

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows, bodies as *name* calls them."""
        return {
            "body": name(self.bodies[0]),
            "with": name(self.bodies[1]),
            "need": round(self.weight, 2),
            "inferred": round(self.inferred, 2),
            "shared": self.shared,
            "arranged": self.arranged,
        }


@dataclass(frozen=True, slots=True)
class Coordination:
    """Who needs whom, heaviest first, and the channels that are arranged.

    ``congruence`` is that of the needs that texts state; ``congruence_inferred`` that of all needs.
    """

    required: tuple[Need, ...]
    arranged: tuple[Pair, ...]
    congruence: Congruence
    congruence_inferred: Congruence

    @property
    def missing(self) -> tuple[Need, ...]:
        """Return the needs without a channel."""
        return tuple(need for need in self.required if not need.arranged)

    def sections(self, name: Naming = key_of) -> Sections:
        """Return the table that shows it, bodies as *name* calls them."""
        return {"协同需求 needs": [need.row(name) for need in self.required]}

    def _repr_html_(self) -> str:
        rows = [need.row() for need in self.required[:SHOWN]]
        share = f"congruence {self.congruence.plain:.3f} / {self.congruence.weighted:.3f}"
        return rows_html(rows, caption=share, of=len(self.required))


def coordination(
    tables: Tables,
    *,
    measures: Collection[str] | None = None,
    inferred: Sequence[Inferred] = (),
) -> Coordination:
    """Return the coordination required and arranged.

    Args:
        tables: The projection.
        measures: These only, where given.
        inferred: Dependencies that count beside the stated ones, with their weight.

    >>> from kg.analysis.project import tables_of
    >>> duty = {"measure": "t", "role": "lead"}
    >>> rows = {
    ...     "measures": [{"id": "t"}],
    ...     "bodies": [{"id": "a"}, {"id": "b"}],
    ...     "responsibilities": [
    ...         {"id": "1", "body": "a", **duty},
    ...         {"id": "2", "body": "b", **duty},
    ...     ],
    ... }
    >>> found = coordination(tables_of(rows))
    >>> [need.bodies for need in found.missing]
    [('a', 'b')]
    """
    bodies = {body: row for row, body in enumerate(named_bodies(tables))}
    duties = _duties(tables, measures)
    columns = {duty: column for column, duty in enumerate(sorted(set(duties.values())))}
    acting = _acting(tables, bodies, columns)
    stated, guessed = _dependence(tables, duties, columns, inferred)
    size = len(columns)
    own: Cells = {(column, column): 1.0 for column in range(size)}
    shared = requirements(acting, scipy.sparse.eye_array(size))
    required = requirements(acting, _matrix(stated | own, size))
    all_required = requirements(acting, _matrix(guessed | stated | own, size))
    channels = channel_network(tables)
    arranged = _matrix(_both({(bodies[a], bodies[b]): 1.0 for a, b in channels.edges}), len(bodies))
    return Coordination(
        required=_needs(all_required, required, shared, arranged, names=list(bodies)),
        arranged=tuple(sorted((min(pair), max(pair)) for pair in channels.edges)),
        congruence=congruence(required, arranged),
        congruence_inferred=congruence(all_required, arranged),
    )


def _duties(tables: Tables, measures: Collection[str] | None) -> dict[str, str]:
    duties = duty_of(tables)
    if measures is None:
        return duties
    return {measure: duty for measure, duty in duties.items() if measure in measures}


def _acting(tables: Tables, bodies: Mapping[str, int], duties: Mapping[str, int]) -> Any:
    acting = {
        (bodies[row["body"]], duties[row["measure"]])
        for row in tables.responsibilities.to_pylist()
        if row["body"] in bodies and row["measure"] in duties
    }
    cells = dict.fromkeys(acting, 1.0)
    return _sparse(cells, (len(bodies), len(duties)))


def _dependence(
    tables: Tables,
    duties: Mapping[str, str],
    columns: Mapping[str, int],
    inferred: Sequence[Inferred],
) -> tuple[Cells, Cells]:
    """Return the cells of TD off its diagonal: of dependencies that are stated, and inferred."""
    stated: Cells = {}
    for row in tables.dependencies.to_pylist():
        known = row["source"] in duties and row["target"] in duties
        if known and row["basis"] != Basis.INFERRED:
            stated[columns[duties[row["source"]]], columns[duties[row["target"]]]] = 1.0
    guessed = {
        (columns[one], columns[other]): weight
        for (one, other), weight in weights(inferred).items()
        if one in columns and other in columns
    }
    return _both(stated), _both(guessed)


def _both(cells: Cells) -> Cells:
    """Return *cells* in both directions."""
    return cells | {(b, a): weight for (a, b), weight in cells.items()}


def _matrix(cells: Cells, size: int) -> Any:
    return _sparse(cells, (size, size))


def _sparse(cells: Cells, shape: tuple[int, int]) -> Any:
    rows = [row for row, _ in cells]
    columns = [column for _, column in cells]
    return scipy.sparse.csr_array((list(cells.values()), (rows, columns)), shape=shape, dtype=float)


def _needs(
    required: Any, stated: Any, shared: Any, arranged: Any, *, names: list[str]
) -> tuple[Need, ...]:
    """Return a need for each pair above the diagonal of *required*, of which *stated* is a part."""
    certain, together, linked = map(_above_diagonal, (stated, shared, arranged))
    needs = [
        Need(
            bodies=(names[pair[0]], names[pair[1]]),
            weight=round(weight, 6),
            shared=int(together.get(pair, 0)),
            arranged=pair in linked,
            inferred=round(weight - certain.get(pair, 0.0), 6),
        )
        for pair, weight in _above_diagonal(required).items()
    ]
    return tuple(sorted(needs, key=lambda need: (-need.weight, need.bodies)))


def _above_diagonal(weights: Any) -> dict[tuple[int, int], float]:
    cells = scipy.sparse.coo_array(scipy.sparse.triu(weights, k=1))
    places = zip(cells.row.tolist(), cells.col.tolist(), strict=True)
    return dict(zip(places, cells.data.tolist(), strict=True))
