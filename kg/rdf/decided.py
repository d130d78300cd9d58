"""What reviewers decided, carried out on a document before it is written.

Decisions name statements by the IRIs that extraction gives them, which hang on words and never on
offsets. Everything else, shortcuts and channels included, is then written from what is left, so
that no part of the graph can contradict a decision.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kg import ids
from kg.extract.bodies.resolve import Place, Resolved, resolve
from kg.model import (
    Bilingual,
    Decision,
    Extraction,
    Issue,
    Kind,
    Relation,
    Responsibility,
    Verdict,
)
from kg.rdf.naming import name_in_full
from kg.rdf.page import DOC, Group, Page, canonical_of
from kg.rdf.relations import DECISION_RULE, tie_iri, ties

_ORPHAN = Bilingual(
    "有一项审定所针对的陈述，现在的规则不再从本文读出",
    "a decision stands on a statement that the rules no longer find in this text",
)


def decided(page: Page, decisions: Sequence[Decision], known: Iterable[str]) -> Page:
    """Return *page* as the reviewers want it.

    Args:
        page: The document as extracted.
        decisions: Those on its statements.
        known: The IRIs of all its statements; a decision on another one becomes an issue.
    """
    if not decisions:
        return page
    by_id = {decision.statement: decision for decision in decisions}
    lost = sorted(by_id.keys() - set(known))
    dropped = {iri for iri, one in by_id.items() if one.verdict is Verdict.REJECT}
    groups = tuple(_trusted(group, by_id) for group in page.groups if group.iri not in dropped)
    kept = {mention.id: group.iri for group in groups for mention in group.mentions}
    gone = page.iris.keys() - kept.keys() - {DOC}
    extraction = replace(
        page.extraction,
        relations=tuple(_relations(page, by_id, gone)),
        responsibilities=tuple(_responsibilities(page.extraction, gone)),
        issues=(*page.extraction.issues, *(Issue("lost-decision", _ORPHAN) for _ in lost)),
    )
    return replace(
        page,
        extraction=extraction,
        groups=groups,
        iris=MappingProxyType({**kept, DOC: page.document}),
        mentions=MappingProxyType({k: m for k, m in page.mentions.items() if k not in gone}),
        decisions=MappingProxyType({**by_id, **dict(_become(page, by_id))}),
    )


def body_named(page: Page, name: str) -> tuple[str, Resolved | None]:
    """Return the IRI of the body that a reviewer calls *name*, and what it is if it is new here.

    A body of the document is known by its full name and by any of its mentions.
    """
    for group in page.groups:
        named = {canonical_of(group.first), *(mention.text for mention in group.mentions)}
        if group.kind is Kind.BODY and name in named:
            return group.iri, None
    about = page.extraction.metadata
    found = resolve(name, Place(about.level, about.area))
    canonical = name_in_full(found.canonical, about.area)
    key = ids.body_key(canonical)
    iri = ids.iri("body", f"{page.source.key}.{key}" if found.open else key)
    return iri, replace(found, canonical=canonical)


def _trusted(group: Group, decisions: Mapping[str, Decision]) -> Group:
    """Return *group* with full confidence where a reviewer vouches for it."""
    if group.iri not in decisions:
        return group
    sure = tuple(replace(mention, confidence=1.0) for mention in group.mentions)
    return replace(group, mentions=sure)


def _relations(
    page: Page, decisions: Mapping[str, Decision], gone: Iterable[str]
) -> Iterator[Relation]:
    missing = set(gone)
    by_claim = {
        claim: decisions[iri]
        for tie in ties(page)
        if (iri := tie_iri(page, tie)) in decisions
        for claim in tie.claims
    }
    for relation in page.extraction.relations:
        decision = by_claim.get(relation)
        wanted = relation if decision is None else _judged(page, relation, decision)
        if wanted is not None and not {wanted.head, wanted.tail} & missing:
            yield wanted


def _judged(page: Page, relation: Relation, decision: Decision) -> Relation | None:
    """Return *relation* as the reviewer wants it, ``None`` where it is rejected."""
    if decision.verdict is Verdict.REJECT:
        return None
    if decision.verdict is Verdict.CORRECT:
        relation = _corrected(page, relation, decision)
    return replace(relation, confidence=1.0)


def _corrected(page: Page, relation: Relation, decision: Decision) -> Relation:
    """Return *relation* with the kind and the end that the reviewer gives it.

    A target that the rules no longer find leaves the end as it is: the rest of the decision stands.
    """
    named = (group.first.id for group in page.groups if group.iri == decision.target)
    tail = DOC if decision.target == page.document else next(named, relation.tail)
    kind = decision.relation or relation.kind
    return replace(relation, kind=kind, tail=tail, rule=DECISION_RULE)


def _become(page: Page, decisions: Mapping[str, Decision]) -> Iterator[tuple[str, Decision]]:
    """Yield what each corrected relation of *page* as extracted is called once it is corrected."""
    for tie in ties(page):
        decision = decisions.get(tie_iri(page, tie))
        if decision is not None and decision.verdict is Verdict.CORRECT:
            for made in ties(replace(page, extraction=_alone(page, tie.best, decision))):
                yield tie_iri(page, made), decision


def _alone(page: Page, claim: Relation, decision: Decision) -> Extraction:
    return replace(page.extraction, relations=(_corrected(page, claim, decision),))


def _responsibilities(extraction: Extraction, gone: Iterable[str]) -> Iterator[Responsibility]:
    """Yield the clauses without the measures that are gone; one that has none left goes too.

    A clause that never had a measure is a duty for the whole document, and stays one.
    """
    missing = set(gone)
    for clause in extraction.responsibilities:
        left = tuple(measure for measure in clause.applies_to if measure not in missing)
        if left or not clause.applies_to:
            yield replace(clause, applies_to=left)
