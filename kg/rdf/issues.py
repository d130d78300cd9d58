"""Triples of what could not be read in a document, or is doubtful there."""

from collections.abc import Iterator

from kg import ids
from kg.model import Issue
from kg.rdf.page import Page, evidence
from kg.rdf.terms import Triple, node, text
from kg.vocab import RDF_TYPE, Class, Property


def issue_triples(page: Page) -> Iterator[Triple]:
    """Yield every issue with its reason in both languages, and the place where it has one."""
    for number, issue in enumerate(page.extraction.issues):
        this = ids.iri("issue", f"{page.source.key}.{_key(issue, number)}")
        yield node(this), node(RDF_TYPE), node(Class.ISSUE)
        yield node(this), node(Property.STATED_IN), node(page.document)
        yield node(this), node(Property.ISSUE_CODE), text(issue.code)
        yield node(this), node(Property.REASON), text(issue.reason.zh, "zh")
        yield node(this), node(Property.REASON), text(issue.reason.en, "en")
        if issue.span:
            yield from evidence(page, this, [issue.span])


def _key(issue: Issue, number: int) -> str:
    place = f"{issue.span.start}-{issue.span.end}" if issue.span else f"#{number}"
    return ids.digest("issue", issue.code, place, issue.reason.zh)
