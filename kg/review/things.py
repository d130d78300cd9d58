"""What a corrected relation can lead to, as a reviewer calls it: by its words, or by its id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.ids import BASE, key_of
from kg.rdf import Thing


@dataclass(frozen=True, slots=True)
class Things:
    """The things of one document, by IRI."""

    by_id: Mapping[str, Thing]

    @classmethod
    def of(cls, found: Iterable[Thing]) -> "Things":
        """Return *found*, by IRI."""
        return cls(MappingProxyType({one.id: one for one in found}))

    def called(self, name: str) -> list[Thing]:
        """Return the things that *name* means: one by its id, all that have these words."""
        by_id = self.by_id.get(name if name.startswith(BASE) else BASE + name)
        if by_id is not None:
            return [by_id]
        bare = "".join(name.split())
        return [one for one in self.by_id.values() if "".join(one.words.split()) == bare]

    def shown(self, identifier: str) -> str:
        """Return what a reviewer would write for this thing: its words, its id where others have them."""
        thing = self.by_id.get(identifier)
        if thing is None or len(self.called(thing.words)) != 1:
            return key_of(identifier)
        return thing.words


NOTHING = Things(MappingProxyType({}))
