"""Triples of by when: the words of a deadline, and one year for each element."""

from collections.abc import Iterator

from kg.model import Kind, RelationKind
from kg.rdf.page import Page
from kg.rdf.terms import Triple, integer, node, text
from kg.rdf.things import year_in
from kg.vocab import Property

_ATTR_OF_KIND = {Kind.GOAL: "horizon", Kind.TARGET: "year"}


def due_triples(page: Page) -> Iterator[Triple]:
    """Yield by when each element is due.

    What the element itself says comes before the deadline in a clause of responsibility; of several
    years in one place the last counts, for only then all of it is done.
    """
    by_clause = list(_clause_deadlines(page))
    own = list(_own_deadlines(page))
    years: dict[str, int] = {}
    for found in (
        _last_years([*_attr_times(page), *_horizons(page), *own]),
        _last_years(by_clause),
    ):
        for element, year in found.items():
            years.setdefault(element, year)
    for element, year in years.items():
        yield node(element), node(Property.DUE_YEAR), integer(year)
    for element, words in (*own, *by_clause):
        yield node(element), node(Property.DEADLINE), text(words)


def _last_years(said: list[tuple[str, str]]) -> dict[str, int]:
    years: dict[str, int] = {}
    for element, words in said:
        if (year := year_in(words)) is not None:
            years[element] = max(year, years.get(element, year))
    return years


def _attr_times(page: Page) -> Iterator[tuple[str, str]]:
    for group in page.groups:
        value = group.attr(_ATTR_OF_KIND.get(group.kind, ""))
        if value is not None:
            yield group.iri, str(value)


def _horizons(page: Page) -> Iterator[tuple[str, str]]:
    yield from _times(page, RelationKind.HORIZON)


def _own_deadlines(page: Page) -> Iterator[tuple[str, str]]:
    yield from _times(page, RelationKind.HAS_DEADLINE)


def _times(page: Page, kind: RelationKind) -> Iterator[tuple[str, str]]:
    for relation in page.extraction.relations:
        time = page.mentions.get(relation.tail)
        if relation.kind is kind and time is not None and page.is_element(relation.head):
            words = time.text if year_in(time.text) else str(time.attrs.get("value", time.text))
            yield page.iris[relation.head], words


def _clause_deadlines(page: Page) -> Iterator[tuple[str, str]]:
    for clause in page.extraction.responsibilities:
        for measure in clause.applies_to if clause.deadline else ():
            if page.is_element(measure):
                yield page.iris[measure], str(clause.deadline)
