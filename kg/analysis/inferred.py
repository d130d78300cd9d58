"""Dependencies that no text states, inferred from what two measures of one plan have in common.

What counts as common is declared in grounds.toml. A thing that n duties have in common ties each two
of them by confidence / (n - 1), so that all its ties together weigh what one tie of two weighs
(Newman 2001, Phys. Rev. E 64, 016132); what more than *most* duties have in common says nothing of
any two of them and is no ground. Several things between two duties add up as independent signs do,
1 - (1 - w1)(1 - w2)…, which stays below the 1 of a stated dependency.

Left out: pairs for which a dependency is stated, pairs of which one stands above the other, things
shared inside one duty, and other plans (what ties those is uptake).
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from math import prod
from types import MappingProxyType

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from kg.analysis.networks import duty_of
from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.display import Naming, Row
from kg.ids import key_of
from kg.model import Basis, Bilingual, RelationKind

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """What two measures can have in common; fields as grounds.toml tells."""

    id: str
    name: Bilingual
    definition: Bilingual
    kind: RelationKind
    confidence: float
    example: Pair
    counter_example: Pair
    holds: str


@dataclass(frozen=True, slots=True)
class Inferred:
    """A dependency inferred between two duties, by IRI, smaller first.

    ``things``: names of what they have in common on this ``ground``, as the text has them;
    ``confidence``: of the surest of them; ``weight``: how much it counts, a stated dependency being 1.
    """

    measures: Pair
    ground: str
    kind: RelationKind
    things: tuple[str, ...]
    confidence: float
    weight: float

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows, things as *name* calls them."""
        return {
            "ground": self.ground,
            "measure": name(self.measures[0]),
            "with": name(self.measures[1]),
            "things": "、".join(self.things),
            "weight": round(self.weight, 2),
        }


@cache
def grounds() -> Mapping[str, Ground]:
    """Return the grounds by id, surest first.

    >>> grounds()["sharedGoal"].name.en
    'the same goal'
    """
    declared = tomllib.loads(files("kg.analysis").joinpath("grounds.toml").read_text("utf-8"))
    return MappingProxyType(
        {
            name: Ground(
                id=name,
                name=Bilingual(entry["zh"], entry["en"]),
                definition=Bilingual(entry["definition_zh"], entry["definition_en"]),
                kind=RelationKind(entry["kind"]),
                confidence=entry["confidence"],
                example=tuple(entry["example"]),
                counter_example=tuple(entry["counter_example"]),
                holds=entry["holds"],
            )
            for name, entry in declared.items()
        }
    )


def inferred(tables: Tables, *, most: int) -> tuple[Inferred, ...]:
    """Return the dependencies inferred in *tables*, heaviest first, one a pair and ground.

    Args:
        tables: The projection.
        most: How many duties may have a thing in common for it to be a ground.

    >>> from kg.analysis.project import tables_of
    >>> serve = {"goal": "g", "confidence": 0.5}
    >>> rows = {
    ...     "goals": [{"id": "g", "label_zh": "质量提高", "document": "p"}],
    ...     "measures": [{"id": "t", "document": "p"}, {"id": "u", "document": "p"}],
    ...     "contributions": [
    ...         {"id": "1", "measure": "t", **serve},
    ...         {"id": "2", "measure": "u", **serve},
    ...     ],
    ... }
    >>> [one] = inferred(tables_of(rows), most=5)
    >>> one.measures, one.ground, one.things, one.weight
    (('t', 'u'), 'sharedGoal', ('质量提高',), 0.15)
    """
    found: dict[tuple[Pair, str], list[tuple[str, float, float]]] = defaultdict(list)
    for ground, name, sharing in _shared(tables):
        if len(sharing) <= most:
            for one, other in combinations(sorted(sharing), 2):
                sure = grounds()[ground].confidence * min(sharing[one], sharing[other])
                found[(one, other), ground].append((name, sure, sure / (len(sharing) - 1)))
    pairs = {pair for pair, _ in found} - _tied(tables, {pair for pair, _ in found})
    made = (
        _made(pair, ground, things) for (pair, ground), things in found.items() if pair in pairs
    )
    return tuple(sorted(made, key=lambda one: (-one.weight, one.measures, one.ground)))


def weights(found: Iterable[Inferred]) -> dict[Pair, float]:
    """Return how much each pair of duties is tied, whatever the grounds.

    >>> ties = [("sharedGoal", 0.2), ("sharedObject", 0.5)]
    >>> kind = RelationKind.SHARES_RESOURCE_WITH
    >>> weights(Inferred(("t", "u"), ground, kind, (), w, w) for ground, w in ties)
    {('t', 'u'): 0.6}
    """
    signs: dict[Pair, list[float]] = defaultdict(list)
    for one in found:
        signs[one.measures].append(one.weight)
    return {pair: _together(several) for pair, several in signs.items()}


def _together(several: Iterable[float]) -> float:
    """Return what independent signs weigh together; no more digits than they are worth."""
    return round(1 - prod(1 - weight for weight in several), 6)


def _made(pair: Pair, ground: str, things: list[tuple[str, float, float]]) -> Inferred:
    return Inferred(
        measures=pair,
        ground=ground,
        kind=grounds()[ground].kind,
        things=tuple(sorted({name for name, _, _ in things if name})),
        confidence=max(sure for _, sure, _ in things),
        weight=_together(weight for _, _, weight in things),
    )


def _shared(tables: Tables) -> Iterator[tuple[str, str, dict[str, float]]]:
    """Yield ground, name of the thing, and how surely each duty has it, where two or more have."""
    duty = duty_of(tables)
    having: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    names: dict[tuple[str, str, str], str] = {}
    for ground, (measure, thing, name, document, confidence) in _holdings(tables):
        key = ground, thing, document or ""
        holder = duty.get(measure, measure)
        having[key][holder] = max(confidence, having[key].get(holder, 0.0))
        names[key] = min(name or "", names.get(key, name or ""))
    for key in sorted(having):
        if len(having[key]) > 1:
            yield key[0], names[key], having[key]


def _holdings(tables: Tables) -> Iterator[tuple[str, tuple[str, str, str, str, float]]]:
    with duckdb.connect(":memory:") as bench:
        for name, table in tables.named().items():
            bench.register(name, table)
        bench.execute(_CLAUSES)
        for ground in grounds().values():
            for row in bench.execute(ground.holds).fetchall():
                yield ground.id, row


_CLAUSES = """
create table clauses as
select e.node as id, e.document, e.start, e."end" as stop, e.sentence,
       coalesce(e.exact, m.label_zh) as words
from evidence e join measures m on m.id = e.node where m.kind = 'task';
create table mentioned as
select distinct c.id as measure, e.node, e.document, e.exact
from clauses c join evidence e on e.document = c.document and e.sentence = c.sentence
where e.start >= c.start and e."end" <= c.stop and e.node <> c.id;
"""


def _tied(tables: Tables, pairs: set[Pair]) -> set[Pair]:
    """Return those of *pairs* that are tied already: a dependency is stated, or one is above."""
    duty = duty_of(tables)
    stated = tables.dependencies.filter(pc.not_equal(tables.dependencies["basis"], Basis.INFERRED))
    ends = rows_of(stated, "source", "target")
    linked = [(duty.get(one, one), duty.get(other, other)) for one, other in ends]
    named = pa.array(sorted({name for pair in pairs for name in pair}), type=pa.string())
    above = tables.above.filter(pc.is_in(tables.above["element"], named))
    linked += rows_of(above, "element", "ancestor")
    return pairs & {(min(link), max(link)) for link in linked}
