"""Where a review works: the home with the texts, the store with the decisions, the settings."""

from dataclasses import dataclass

from kg import pipeline
from kg.home import Home
from kg.model import Decision
from kg.settings import Settings
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """A home, a store and the settings, together."""

    home: Home
    store: Store
    settings: Settings

    def read(self, key: str) -> pipeline.Reading | None:
        """Return a document read again, None where this home does not keep it.

        Raises:
            DocumentError: The bytes cannot be read.
        """
        return pipeline.read_again(key, home=self.home, store=self.store, settings=self.settings)

    def decisions(self) -> dict[str, Decision]:
        """Return every decision, by the statement that it is on."""
        return {decision.statement: decision for decision in pipeline.decisions(self.store)}
