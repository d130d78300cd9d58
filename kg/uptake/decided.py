"""What reviewers decided on uptake: a candidate they accept is a link, a link they reject is none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg import rdf
from kg.ids import decision_iri, document_of
from kg.model import Decision, Verdict
from kg.rdf.uptake import is_uptake, uptake_iri
from kg.store.port import Store
from kg.uptake.shapes import Comparison, Pages, Proposal


def decisions(store: Store, document: str) -> dict[str, Decision]:
    """Return the decisions on the uptake of the document with this key, by the link they are on."""
    found = rdf.decisions_in(store.select(rdf.decisions_query(document)).dicts())
    return {one.statement: one for one in found if is_uptake(one.statement)}


def every_decision(store: Store) -> dict[str, dict[str, Decision]]:
    """Return the decisions on uptake by the key of the document, then by the link they are on."""
    every: dict[str, dict[str, Decision]] = {}
    for one in rdf.decisions_in(store.select(rdf.decisions_query()).dicts()):
        if is_uptake(one.statement):
            every.setdefault(document_of(one.statement), {})[one.statement] = one
    return every


def wanted(compared: Comparison, pages: Pages, decided: Mapping[str, Decision]) -> Comparison:
    """Return *compared* as the reviewers want it; they win over likeness and over the text.

    Args:
        compared: What the rules found.
        pages: Both documents, for pairs that a reviewer accepted and the rules no longer propose.
        decided: The decisions on the uptake of the lower document.
    """
    if not decided:
        return compared
    key = compared.lower.key
    links = tuple(_kept(key, compared.links, decided))
    open_ = [one for one in compared.candidates if iri_of(key, one) not in decided]
    accepted = [
        replace(one, decision=decision_iri(iri_of(key, one)), by_hand=True)
        for one in compared.candidates
        if _verdict(key, one, decided) is Verdict.ACCEPT
    ]
    known = {iri_of(key, one) for one in (*compared.links, *compared.candidates)}
    waiting = {
        iri for iri, one in decided.items() if one.verdict is Verdict.ACCEPT and iri not in known
    }
    again = [
        replace(one, decision=decision_iri(iri_of(key, one)), by_hand=True)
        for one in (pages.among(key, waiting) if waiting else ())
    ]
    return replace(compared, links=(*links, *accepted, *again), candidates=tuple(open_))


def iri_of(document: str, proposal: Proposal) -> str:
    """Return the IRI of the link that *proposal* is, or would be."""
    return uptake_iri(document, proposal.lower, proposal.upper)


def _kept(
    key: str, links: Sequence[Proposal], decided: Mapping[str, Decision]
) -> Iterator[Proposal]:
    for link in links:
        verdict = _verdict(key, link, decided)
        if verdict is Verdict.ACCEPT:
            yield replace(link, decision=decision_iri(iri_of(key, link)))
        elif verdict is None:
            yield link


def _verdict(key: str, proposal: Proposal, decided: Mapping[str, Decision]) -> Verdict | None:
    decision = decided.get(iri_of(key, proposal))
    return decision.verdict if decision else None
