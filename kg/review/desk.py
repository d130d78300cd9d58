"""Where a review works: the home with the texts, the store with the decisions, the settings."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kg import pipeline, rdf, storing
from kg.home import Home
from kg.model import Decision
from kg.rdf import Statement
from kg.reading import Reading
from kg.settings import Settings
from kg.store import Store
from kg.uptake import Plan, found, iri_of, plans

CANDIDATE = "align.candidate"
"""The rule of a pair that is too little alike for a link, and waits for a person."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A home, a store and the settings, together."""

    home: Home
    store: Store
    settings: Settings

    def read(self, key: str) -> Reading | None:
        """Return a document read again, None where this home does not keep it.

        Raises:
            DocumentError: The bytes cannot be read.
        """
        return pipeline.read_again(key, home=self.home, store=self.store, settings=self.settings)

    def uptake(self, keys: Collection[str]) -> dict[str, list[Statement]]:
        """Return what documents take up of those above, made and proposed, by the document's key."""
        known = plans(self.store)
        return {
            plan.key: list(self._uptake(plan, known)) for plan in known.values() if plan.key in keys
        }

    def _uptake(self, plan: Plan, known: Mapping[str, Plan]) -> Iterator[Statement]:
        compared = found(self.store, plan, known=known, settings=self.settings)
        for one in compared:
            for proposal in (*one.links, *one.candidates):
                made = proposal in one.links
                yield Statement(
                    id=iri_of(plan.key, proposal),
                    kind=rdf.UPTAKE,
                    words=proposal.lower_words,
                    about=proposal.upper_words,
                    rule=proposal.rule if made else CANDIDATE,
                    confidence=proposal.confidence,
                    quote=f"{proposal.lower_words} → 《{one.upper.title}》{proposal.upper_words}",
                    place=0,
                )

    def decisions(self) -> dict[str, Decision]:
        """Return every decision, by the statement that it is on."""
        return {decision.statement: decision for decision in storing.decisions(self.store)}
