"""Findings by what they are about, so that a reader can narrow down a long list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.project import Tables
from kg.ids import key_of
from kg.model import Finding

FACETS = ("severity", "type", "body", "area", "document")

Values = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Sorted:
    """A finding and what it is about, by facet; bodies and documents by key."""

    finding: Finding
    values: Values

    def meets(self, wanted: Mapping[str, str]) -> bool:
        """Return whether it has each wanted value."""
        return all(value in self.values[facet] for facet, value in wanted.items())


def by_facet(findings: Iterable[Finding], tables: Tables) -> list[Sorted]:
    """Return each finding with what it is about, in the order given.

    A finding is about its subjects, and about whoever holds a duty for one of them.
    """
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for row in tables.responsibilities.select(["measure", "body"]).to_pylist():
        holders[row["measure"]].add(row["body"])
    bodies = set(tables.bodies["id"].to_pylist())
    return [Sorted(one, _values(one, holders, bodies)) for one in findings]


def narrowed(found: Sequence[Sorted], wanted: Mapping[str, str]) -> list[Sorted]:
    """Return those that have every wanted value.

    >>> narrowed([], {"type": "G01"})
    []
    """
    return [one for one in found if one.meets(wanted)]


def counts(found: Sequence[Sorted], wanted: Mapping[str, str], facet: str) -> Counter[str]:
    """Return how many findings there are by value of *facet*, all other wishes kept.

    >>> counts([], {}, "type")
    Counter()
    """
    others = {name: value for name, value in wanted.items() if name != facet}
    return Counter(value for one in narrowed(found, others) for value in one.values[facet])


def _values(
    finding: Finding, holders: Mapping[str, set[str]], bodies: set[str]
) -> dict[str, frozenset[str]]:
    things = [node.id for node in finding.subjects]
    named = {thing for thing in things if thing in bodies}
    named.update(body for thing in things for body in holders.get(thing, ()))
    return {
        "severity": frozenset({finding.severity.value}),
        "type": frozenset({finding.type}),
        "body": frozenset(map(key_of, named)),
        "area": frozenset(node.area for node in finding.subjects if node.area),
        "document": frozenset(key_of(node.document) for node in finding.subjects if node.document),
    }
