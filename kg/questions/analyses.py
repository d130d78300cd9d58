"""The analyses of a store, each over all of it or over what a scope covers, and its networks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg import publish
from kg.analysis import networks
from kg.analysis.areas import PolicyAreas, policy_areas
from kg.analysis.chains import Chains, chains
from kg.analysis.coordination import Coordination, coordination
from kg.analysis.dependencies import Dependencies, dependencies
from kg.analysis.inferred import inferred
from kg.analysis.project import Tables, keep_in, project
from kg.analysis.rates import UptakeRates, uptake_rates
from kg.analysis.robustness import Robustness, robustness
from kg.analysis.scope import in_scope
from kg.analysis.supervision import Supervision, supervision
from kg.errors import FormatError
from kg.explore.naming import MEASURE_TYPES, meant
from kg.home import Home
from kg.settings import Settings
from kg.store import Store

if TYPE_CHECKING:
    import networkx as nx

NETWORKS: Mapping[str, Callable[[Tables], "nx.Graph[str]"]] = MappingProxyType(
    {
        "requires": networks.requires_network,
        "dependencies": networks.dependency_network,
        "assignment": networks.assignment_network,
        "channels": networks.channel_network,
        "whole": publish.whole_network,
    }
)


@dataclass(frozen=True, slots=True)
class Analyses:
    """A home and its store, to be analysed."""

    home: Home
    store: Store
    settings: Settings

    def __post_init__(self) -> None:
        """Let the home keep the tables of its store."""
        keep_in(self.store, self.home.tables)

    def coordination(self, *, scope: str | None = None) -> Coordination:
        """Return who must coordinate with whom, and what is arranged, over *scope* where given."""
        tables = project(self.store)
        covered = in_scope(tables, scope) if scope else None
        guessed = inferred(tables, most=self.settings.inferred_most)
        return coordination(tables, measures=covered, inferred=guessed)

    def dependencies(self, *, scope: str | None = None) -> Dependencies:
        """Return the order of the measures that need one another, and the times they have.

        Args:
            scope: Those alone that this covers.
        """
        tables = project(self.store)
        return dependencies(
            tables,
            most=self.settings.inferred_most,
            least=self.settings.least_years,
            measures=in_scope(tables, scope) if scope else None,
        )

    def chains(self, *, measure: str | None = None, scope: str | None = None) -> Chains:
        """Return the coordination chains, from goals down through the levels.

        Args:
            measure: Those through this measure or goal alone: its label, alias, key or IRI.
            scope: Those alone that touch what this covers.

        Raises:
            UnknownNameError: Nothing is called so.
            AmbiguousNameError: Several things are called so.
        """
        types = MEASURE_TYPES | {"goal"}
        named = None if measure is None else meant(self.store, measure, types=types).id
        tables = project(self.store)
        covered = in_scope(tables, scope) if scope else None
        return chains(tables, measure=named, within=covered)

    def areas(self, *, scope: str | None = None) -> PolicyAreas:
        """Return the policy areas: what of *scope* belongs to each, which are empty, which are tied."""
        tables = project(self.store)
        guessed = inferred(tables, most=self.settings.inferred_most)
        return policy_areas(
            tables, inferred=guessed, within=in_scope(tables, scope) if scope else None
        )

    def supervision(self, *, scope: str | None = None) -> Supervision:
        """Return the supervision loop of each plan, of those that *scope* touches where given."""
        tables = project(self.store)
        return supervision(tables, within=in_scope(tables, scope) if scope else None)

    def uptake(self, *, scope: str | None = None) -> UptakeRates:
        """Return how far plans take up those above them, over *scope* where given, and the drift."""
        tables = project(self.store)
        covered = in_scope(tables, scope) if scope else None
        return uptake_rates(tables, settings=self.settings, within=covered)

    def robustness(self, *, scope: str | None = None) -> Robustness:
        """Return how much hangs on single bodies: load, place between others, single points."""
        tables = project(self.store)
        covered = in_scope(tables, scope) if scope else None
        return robustness(tables, settings=self.settings, within=covered)

    def graph(self, kind: str = "requires") -> "nx.Graph[str]":
        """Return a network to work on with networkx; its docstring tells nodes and edges.

        Args:
            kind: ``requires`` (what must come first), ``dependencies`` (every kind of them),
                ``assignment`` (bodies and measures), ``channels`` (bodies that have one),
                ``whole`` (every element, body and document).

        Raises:
            FormatError: There is no such network.
        """
        if kind not in NETWORKS:
            raise FormatError(given=kind, known=" ".join(NETWORKS))
        return NETWORKS[kind](project(self.store))
