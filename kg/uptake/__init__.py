"""Upward links in the store: each document against those above it, made anew when one changes.

A document is compared with the documents that it says it implements (``implements/citedAs``) and
with those that a person named; a clause that cites a document by 落实《…》关于…的部署 is linked to
what it names there, whichever document that is. Every graph of links says what it was made from, so
that `refresh` after a build, a removal or a crash makes anew just what is out of date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from kg.errors import SameDocumentError
from kg.extract.align import Alignment
from kg.ids import iri
from kg.rdf.uptake import Uptake, document_of, graph_of, uptake_quads
from kg.settings import Settings
from kg.store.port import Store
from kg.uptake.decided import decisions, iri_of, wanted
from kg.uptake.reading import Plan, named, plans, read
from kg.uptake.shapes import Comparison, Pages, Proposal

__all__ = [
    "Comparison",
    "Plan",
    "Proposal",
    "against",
    "chosen",
    "compare",
    "found",
    "iri_of",
    "make",
    "plans",
    "refresh",
]


def chosen(known: Mapping[str, Plan], lower: str | None, upper: str | None) -> list[Plan]:
    """Return the documents that are to be compared; *lower* with *upper* too where both are given.

    Raises:
        UnknownDocumentError: One of them is not there.
        AmbiguousDocumentError: One of them means several.
        SameDocumentError: Both are the same.
    """
    if lower is None:
        return list(known.values())
    plan = named(lower, known)
    if upper is None:
        return [plan]
    other = named(upper, known)
    if other.id == plan.id:
        raise SameDocumentError(name=lower)
    extra = frozenset() if other.id in plan.above else frozenset({other.id})
    return [replace(plan, by_hand=plan.by_hand | extra)]


def against(
    compared: Sequence[Comparison], known: Mapping[str, Plan], upper: str | None
) -> list[Comparison]:
    """Return what was compared with *upper*, everything where it is not given."""
    if upper is None:
        return list(compared)
    other = named(upper, known)
    return [one for one in compared if one.upper.id == other.id]


def found(
    store: Store, lower: Plan, *, known: Mapping[str, Plan], settings: Settings
) -> list[Comparison]:
    """Return *lower* against each document above it, as the rules have it; nothing is written."""
    return [compared for compared, _ in _found(store, lower, known, settings)]


def compare(
    store: Store, lower: Plan, *, known: Mapping[str, Plan], settings: Settings
) -> list[Comparison]:
    """Return the same as `found`, as reviewers want it; nothing is written."""
    decided = decisions(store, lower)
    return [
        wanted(compared, pages, decided)
        for compared, pages in _found(store, lower, known, settings)
    ]


def _found(
    store: Store, lower: Plan, known: Mapping[str, Plan], settings: Settings
) -> list[tuple[Comparison, Pages]]:
    own = read(store, lower.id)
    uppers = [known[one] for one in sorted(lower.cites | lower.by_hand) if one in known]
    compared = []
    for upper in uppers:
        pages = Pages(own, read(store, upper.id))
        asked = upper.id in lower.above | lower.by_hand
        alike = pages.alike(settings) if asked else Alignment()
        stated = list(pages.stated(upper, settings))
        links = {(one.lower, one.upper): pages.proposal(one) for one in alike.links}
        links |= {(one.lower, one.upper): one for one in stated}
        told = {one.lower for one in stated}
        candidates = tuple(pages.proposal(one) for one in alike.candidates if one.lower not in told)
        compared.append((Comparison(lower, upper, tuple(links.values()), candidates), pages))
    return compared


def make(
    store: Store, lower: Plan, *, known: Mapping[str, Plan], settings: Settings
) -> list[Comparison]:
    """Return *lower* against each document above it, and put the links into the store."""
    compared = compare(store, lower, known=known, settings=settings)
    made_from = _made_from(store, lower, known, settings)
    if made_from is None:
        store.remove(graph_of(lower.key))
        return compared
    links = [_uptake(link) for one in compared for link in one.links]
    quads = uptake_quads(lower.key, links, made_from=made_from, by_hand=sorted(lower.by_hand))
    store.replace(graph_of(lower.key), quads)
    return compared


def refresh(store: Store, settings: Settings) -> list[Comparison]:
    """Return what was compared anew because a document or a setting changed since the last time."""
    known = plans(store)
    for graph in store.graphs():
        key = document_of(graph)
        if key is not None and iri("document", key) not in known:
            store.remove(graph)
    compared = []
    for plan in known.values():
        if plan.made_from != _made_from(store, plan, known, settings):
            compared += make(store, plan, known=known, settings=settings)
    return compared


def _made_from(
    store: Store, lower: Plan, known: Mapping[str, Plan], settings: Settings
) -> str | None:
    """Return a word for all that the links of *lower* hang on, None where nothing is above it."""
    uppers = sorted(lower.cites | lower.by_hand)
    versions = [f"{one} {known[one].version}" for one in uppers if one in known]
    if not versions:
        return None
    decided = sorted(f"{one.statement} {one.verdict}" for one in decisions(store, lower).values())
    parts = (lower.version, *versions, str(settings.align_threshold), *sorted(lower.by_hand))
    parts = (*parts, *decided)
    return sha256("\n".join(parts).encode()).hexdigest()


def _uptake(link: Proposal) -> Uptake:
    return Uptake(
        lower=link.lower,
        upper=link.upper,
        confidence=link.confidence,
        rule=link.rule,
        stated=link.stated,
        mentions=link.mentions,
        decision=link.decision,
        by_hand=link.by_hand,
    )
