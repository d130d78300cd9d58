"""Upward links in the store: each document against those above it, made anew when one changes.

A document is compared with the documents that it says it implements (``implements/citedAs``) and
with those that a person named; a clause that cites a document by 落实《…》关于…的部署 is linked to
what it names there, whichever document that is. Every graph of links says what it was made from, so
that `refresh` after a build, a removal or a crash makes anew just what is out of date.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256

from kg.errors import SameDocumentError
from kg.extract.align import Alignment
from kg.ids import iri
from kg.model import Decision
from kg.progress import Progress, in_silence
from kg.rdf.uptake import Uptake, document_of, graph_of, uptake_quads
from kg.settings import Settings
from kg.store.port import Store
from kg.uptake.decided import decisions, every_decision, iri_of, wanted
from kg.uptake.reading import Plan, Reading, named, plans, read
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

_TOGETHER = 64  # documents whose links go into the store in one go
_READ_AT_ONCE = 16  # readings that are held: those below one plan come one after another


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


@dataclass(frozen=True, slots=True)
class _Desk:
    """What documents are compared with: those known, how, what was decided on one, what one says."""

    known: Mapping[str, Plan]
    settings: Settings
    decided: Callable[[str], Mapping[str, Decision]]
    read: Callable[[str], Reading]

    @classmethod
    def of(cls, store: Store, known: Mapping[str, Plan], settings: Settings) -> "_Desk":
        """Return one for a single document."""
        return cls(known, settings, partial(decisions, store), partial(read, store))

    @classmethod
    def for_many(cls, store: Store, known: Mapping[str, Plan], settings: Settings) -> "_Desk":
        """Return one that asks for decisions once, and reads a document above many others once."""
        decided = every_decision(store)
        reading = lru_cache(_READ_AT_ONCE)(partial(read, store))
        return cls(known, settings, lambda key: decided.get(key, {}), reading)

    def found(self, lower: Plan) -> list[tuple[Comparison, Pages]]:
        """Return *lower* against each document above it, as the rules have it."""
        uppers = [
            self.known[one] for one in sorted(lower.cites | lower.by_hand) if one in self.known
        ]
        own = self.read(lower.id) if uppers else None
        return [
            self._against(lower, upper, Pages(own, self.read(upper.id))) for upper in uppers if own
        ]

    def _against(self, lower: Plan, upper: Plan, pages: Pages) -> tuple[Comparison, Pages]:
        asked = upper.id in lower.above | lower.by_hand
        alike = pages.alike(self.settings) if asked else Alignment()
        stated = list(pages.stated(upper, self.settings))
        links = {(one.lower, one.upper): pages.proposal(one) for one in alike.links}
        links |= {(one.lower, one.upper): one for one in stated}
        told = {one.lower for one in stated}
        candidates = tuple(pages.proposal(one) for one in alike.candidates if one.lower not in told)
        return Comparison(lower, upper, tuple(links.values()), candidates), pages

    def compared(self, lower: Plan) -> list[Comparison]:
        """Return *lower* against each document above it, as reviewers want it."""
        decided = self.decided(lower.key)
        return [wanted(compared, pages, decided) for compared, pages in self.found(lower)]

    def made_from(self, lower: Plan) -> str | None:
        """Return a word for all that the links of *lower* hang on, None where nothing is above it."""
        uppers = sorted(lower.cites | lower.by_hand)
        versions = [f"{one} {self.known[one].version}" for one in uppers if one in self.known]
        if not versions:
            return None
        threshold = str(self.settings.align_threshold)
        parts = (lower.version, *versions, threshold, *sorted(lower.by_hand))
        verdicts = self.decided(lower.key).values()
        parts = (*parts, *sorted(f"{one.statement} {one.verdict}" for one in verdicts))
        return sha256("\n".join(parts).encode()).hexdigest()

    def quads(self, lower: Plan, compared: Sequence[Comparison]) -> bytes | None:
        """Return the links of *lower* as N-Quads, None where nothing is above it."""
        made_from = self.made_from(lower)
        if made_from is None:
            return None
        links = [_uptake(link) for one in compared for link in one.links]
        by_hand = sorted(lower.by_hand)
        return uptake_quads(lower.key, links, made_from=made_from, by_hand=by_hand)


def found(
    store: Store, lower: Plan, *, known: Mapping[str, Plan], settings: Settings
) -> list[Comparison]:
    """Return *lower* against each document above it, as the rules have it; nothing is written."""
    return [compared for compared, _ in _Desk.of(store, known, settings).found(lower)]


def compare(
    store: Store, lower: Plan, *, known: Mapping[str, Plan], settings: Settings
) -> list[Comparison]:
    """Return the same as `found`, as reviewers want it; nothing is written."""
    return _Desk.of(store, known, settings).compared(lower)


def make(
    store: Store, lower: Plan, *, known: Mapping[str, Plan], settings: Settings
) -> list[Comparison]:
    """Return *lower* against each document above it, and put the links into the store."""
    desk = _Desk.of(store, known, settings)
    compared = desk.compared(lower)
    _put(store, {graph_of(lower.key): desk.quads(lower, compared)})
    return compared


def refresh(store: Store, settings: Settings, *, progress: Progress = in_silence) -> int:
    """Return how many documents were compared anew, for they or a setting changed since.

    Args:
        store: Where they are, and where the links go.
        settings: How alike a link must be.
        progress: Called with how many have been compared, and of how many.
    """
    known = plans(store)
    for graph in store.graphs():
        key = document_of(graph)
        if key is not None and iri("document", key) not in known:
            store.remove(graph)
    desk = _Desk.for_many(store, known, settings)
    old = [plan for plan in known.values() if plan.made_from != desk.made_from(plan)]
    old.sort(key=lambda plan: sorted(plan.cites))  # those below the same one after another
    for at in range(0, len(old), _TOGETHER):
        some = old[at : at + _TOGETHER]
        _put(store, {graph_of(one.key): desk.quads(one, desk.compared(one)) for one in some})
        progress(at + len(some), len(old))
    return len(old)


def _put(store: Store, graphs: Mapping[str, bytes | None]) -> None:
    """Put links into *store*, and take away graphs that have nothing above them any more."""
    store.replace_all({graph: quads for graph, quads in graphs.items() if quads is not None})
    for graph, quads in graphs.items():
        if quads is None:
            store.remove(graph)


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
