"""Triples of by when: the words of a deadline, and one year for each element."""

import re
from collections.abc import Iterator

from kg.model import Kind, RelationKind
from kg.rdf.page import Page
from kg.rdf.terms import Triple, integer, node, text
from kg.rdf.things import year_in
from kg.text.numbering import number
from kg.vocab import Property

_ATTR_OF_KIND = {Kind.GOAL: "horizon", Kind.TARGET: "year"}
_FROM_ISSUE = re.compile(
    r"(?P<years>\d{1,2}|[一二两三四五六七八九十])年(?:的?时间)?之?内|(?P<next>今明两年|明年)|今年|年内"
)


def due_triples(page: Page) -> Iterator[Triple]:
    """Yield by when each element is due.

    What the element itself says comes before the deadline in a clause of responsibility; of several
    years in one place the last counts, for only then all of it is done.
    """
    by_clause = list(_clause_deadlines(page))
    own = list(_own_deadlines(page))
    issued = page.extraction.metadata.issued_on
    years: dict[str, int] = {}
    for found in (
        _last_years([*_attr_times(page), *_horizons(page), *own], issued),
        _last_years(by_clause, issued),
    ):
        for element, year in found.items():
            years.setdefault(element, year)
    for element, year in years.items():
        yield node(element), node(Property.DUE_YEAR), integer(year)
    undated = [said for said in _horizons(page) if year_in(said[1]) is None]
    for element, words in (*own, *undated, *_yearly(page), *by_clause):
        yield node(element), node(Property.DEADLINE), text(words)


def due_year(words: str, issued: str | None) -> int | None:
    """Return the year by which *words* want something done.

    Args:
        words: a date, a five-year period, or a time from the day of issue (5年内, 今年).
        issued: the day on which the document was issued, ISO 8601.

    >>> due_year("2025年底前", None), due_year("五年内", "2031-03-01"), due_year("五年内", None)
    (2025, 2036, None)
    """
    found = _FROM_ISSUE.search(words)
    start = year_in(issued)
    if (named := year_in(words)) is not None or found is None or start is None:
        return named
    if found["years"]:
        return start + number(found["years"])
    return start + 1 if found["next"] else start


def _last_years(said: list[tuple[str, str]], issued: str | None) -> dict[str, int]:
    years: dict[str, int] = {}
    for element, words in said:
        if (year := due_year(words, issued)) is not None:
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


def _yearly(page: Page) -> Iterator[tuple[str, str]]:
    """Yield how often a task is to be done (每年): it is due anew each time."""
    for group in page.groups:
        often = group.attr("frequency") if group.kind is Kind.TASK else None
        if often is not None:
            yield group.iri, str(often)


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
