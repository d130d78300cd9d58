"""Observed values of indicators as RDF. They come from statistics, never from the text of a plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg import ids
from kg.rdf.authority import area_iri
from kg.rdf.terms import Triple, decimal, integer, node, nquads, text
from kg.rdf.things import area_triples, thing
from kg.vocab import DCT_SOURCE, RDF_TYPE, Class, Property


@dataclass(frozen=True, slots=True)
class Observed:
    """A value of an indicator, for an area (by its full name) and a year."""

    indicator: str
    area: str
    year: int
    value: Decimal
    unit: str = ""
    source: str = ""


def observation_graph(name: str) -> str:
    """Return the graph of the observations in the file with this *name*.

    >>> observation_graph("observations.csv").rpartition("/")[2]
    'observations-383d0264bd'
    """
    return ids.iri("graph", f"observations-{ids.digest('observations', name)}")


def observation_quads(found: Iterable[Observed], graph: str) -> bytes:
    """Return observations as N-Quads in *graph*."""
    return nquads((triple for one in found for triple in _triples(one)), graph)


def _triples(one: Observed) -> Iterator[Triple]:
    indicator = ids.iri("indicator", ids.digest("indicator", one.indicator))
    key = ids.digest("observation", one.indicator, one.area, str(one.year))
    this = node(ids.iri("observation", key))
    yield from thing(indicator, Class.INDICATOR, one.indicator)
    yield from area_triples(one.area)
    yield this, node(RDF_TYPE), node(Class.OBSERVATION)
    yield this, node(Property.OBSERVES), node(indicator)
    yield this, node(Property.OBSERVED_IN), node(area_iri(one.area))
    yield this, node(Property.OBSERVED_YEAR), integer(one.year)
    yield this, node(Property.OBSERVED_VALUE), decimal(one.value)
    if one.unit:
        yield this, node(Property.UNIT), text(one.unit)
    if one.source:
        yield this, node(DCT_SOURCE), text(one.source)
