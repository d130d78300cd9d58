"""What the routes that show the graph share: its findings, kept while the store stays the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

from fastapi import Depends, Query, Request

from api.deps import SettingsDep, StoreDep
from kg.analysis.census import census
from kg.analysis.gaps import are_known, findings
from kg.explore import gap_by_key, nodes_of, worst_by_group
from kg.explore.cache import PerGeneration
from kg.explore.evidence import TextOf
from kg.explore.sparql import iri_of
from kg.home import Home
from kg.model import Census, Finding, Group, Node, Severity
from kg.settings import Settings
from kg.store.port import Store

_NONE: Mapping[str, Severity] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst severity found on each node, by key; ``pending``: not known yet, nobody waited."""

    by_key: Mapping[str, Severity]
    pending: bool = False


class Findings:
    """The findings of a store, the worst severity of each node, and its things in groups."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._gaps = PerGeneration(lambda store: gap_by_key(self.of(store)))
        self._census = PerGeneration(census)
        self._in_groups = PerGeneration(
            lambda store: worst_by_group(self.census(store), self.of(store))
        )

    def of(self, store: Store) -> list[Finding]:
        """Return all findings, in the order of the analysis, which keeps them itself."""
        return findings(store, settings=self._settings)

    def gaps(self, store: Store) -> dict[str, Severity]:
        """Return key -> worst severity."""
        return self._gaps.of(store)

    def census(self, store: Store) -> Census:
        """Return how many things and relations there are by type, level and area."""
        return self._census.of(store)

    def in_groups(self, store: Store) -> dict[Group, Severity]:
        """Return the worst severity found in each group of the census."""
        return self._in_groups.of(store)

    def worst(self, store: Store, *, wait: bool) -> Worst:
        """Return the same; where it is not worked out yet, and nobody is to *wait*, nothing."""
        if wait or are_known(store, settings=self._settings):
            return Worst(self.gaps(store))
        return Worst(_NONE, pending=True)


def find(request: Request) -> Findings:
    """Return the findings that this application keeps."""
    kept: Findings = request.app.state.findings
    return kept


def texts(settings: SettingsDep) -> TextOf:
    """Return what gives a clean text by its hash; a home that is not there has none."""
    return Home(settings.home).text_of


FindingsDep = Annotated[Findings, Depends(find)]
TextsDep = Annotated[TextOf, Depends(texts)]


def worst(
    *,
    store: StoreDep,
    found: FindingsDep,
    wait: Annotated[bool, Query(description="false: rather without findings than later")] = True,
) -> Worst:
    """Return what the findings say of the nodes of an answer."""
    return found.worst(store, wait=wait)


WorstDep = Annotated[Worst, Depends(worst)]


def documents_of(store: Store, nodes: Iterable[Node]) -> dict[str, Node]:
    """Return the documents that *nodes* name, by IRI."""
    return documents_named(store, [node.document for node in nodes if node.document])


def documents_named(store: Store, keys: Iterable[str]) -> dict[str, Node]:
    """Return the documents with these keys, by IRI; empty keys name none."""
    return nodes_of(store, sorted({iri_of(key) for key in keys if key}))
