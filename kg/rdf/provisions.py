"""Triples of the numbered units of a document, of its version and of theirs.

A document and a provision keep their IRI while their words change; a *version* is either as one
text has it, and its IRI hangs on the words. So a plan that is built anew tells by the versions which
of its provisions read otherwise. See docs/decisions/011-versions.md.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg import ids
from kg.model import Provision, Span
from kg.rdf.terms import Triple, integer, node, text
from kg.vocab import ELI_REALIZES, RDF_TYPE, RDFS_LABEL, Class, Property

_LONGEST_LABEL = 40


class Provisions:
    """The provisions of one document, found by place."""

    def __init__(self, provisions: Sequence[Provision]) -> None:
        """Keep *provisions*, which are in the order of the text, the whole before its parts."""
        self.all = tuple(provisions)
        self._starts = [one.span.start for one in provisions]
        self._by_path = {one.path: one for one in provisions}

    def around(self, span: Span) -> Provision | None:
        """Return the innermost provision that *span* lies in wholly, ``None`` where it is in none.

        >>> part = Provision("1-1", "一、（一）", Span(7, 9), Span(4, 12), parent="1")
        >>> known = Provisions([Provision("1", "一、", Span(2, 4), Span(0, 12)), part])
        >>> known.around(Span(5, 8)).path, known.around(Span(2, 8)).path, known.around(Span(11, 13))
        ('1-1', '1', None)
        """
        at = bisect_right(self._starts, span.start) - 1
        found = self.all[at] if at >= 0 else None
        while found is not None and not found.span.covers(span):
            found = self._by_path[found.parent] if found.parent else None
        return found


def provision_triples(
    document: str, provisions: Sequence[Provision], clean: str
) -> Iterator[Triple]:
    """Yield the provisions of the document with the key *document*, whose clean text is *clean*."""
    whole = node(ids.iri("document", document))
    for one in provisions:
        this = node(ids.provision_iri(document, one.path))
        yield this, node(RDF_TYPE), node(Class.PROVISION)
        yield this, node(RDFS_LABEL), text(_label(one, clean), "zh")
        yield this, node(Property.NUMBER), text(one.number)
        yield this, node(Property.PROVISION_OF), whole
        yield this, node(Property.START), integer(one.span.start)
        yield this, node(Property.END), integer(one.span.end)
        if one.parent:
            parent = ids.provision_iri(document, one.parent)
            yield this, node(Property.WITHIN_PROVISION), node(parent)
        version = node(ids.version_iri(document, one.span.of(clean), one.path))
        yield version, node(RDF_TYPE), node(Class.VERSION)
        yield version, node(Property.VERSION_OF), this


def version_triples(document: str, clean: str) -> Iterator[Triple]:
    """Yield the version of the document with the key *document* that *clean* is the text of."""
    version = node(ids.version_iri(document, clean))
    yield version, node(RDF_TYPE), node(Class.VERSION)
    yield version, node(Property.VERSION_OF), node(ids.iri("document", document))
    yield node(ids.iri("text", document)), node(ELI_REALIZES), version


def _label(provision: Provision, clean: str) -> str:
    """Return the number and the words on one line, as a table of contents has them."""
    words = "".join(provision.words.of(clean).split("\n")).strip()
    shown = words if len(words) <= _LONGEST_LABEL else words[: _LONGEST_LABEL - 1] + "…"
    return f"{provision.number}{shown}"
