"""How much of an invented nation comes back from its texts: ``python -m bench.texts --documents 200``.

Each plan is read as any text is, and what is read is held against what was written down: how much of it
comes back in the very words, and how much is read that nobody wrote. Which goal an item serves is in
no words of a plan, so it cannot come back.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.generator import SEED, plans
from bench.measure import Measure, Result
from kg.model import Extraction, Kind, RelationKind
from kg.reading import read_document
from kg.settings import load

_DOCUMENTS = 100
_Facts = frozenset[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Back:
    """How many facts of a sort were written, how many of them came back, how many were read."""

    written: int = 0
    back: int = 0
    read: int = 0

    def __add__(self, other: "Back") -> "Back":
        return Back(self.written + other.written, self.back + other.back, self.read + other.read)

    @property
    def recall(self) -> float:
        """Return the share of what was written that came back."""
        return self.back / self.written if self.written else 1.0

    @property
    def precision(self) -> float:
        """Return the share of what was read that was written."""
        return self.back / self.read if self.read else 1.0


def read_back(documents: int, *, seed: int = SEED) -> dict[str, Back]:
    """Return for each sort of fact how much of a nation's plans comes back from their texts."""
    settings = load()
    total = dict.fromkeys(SORTS, Back())
    for plan in plans(documents, seed=seed):
        found = read_document(plan.name, plan.text.encode(), settings=settings).extraction
        for sort, facts in SORTS.items():
            written, read = facts(plan.extraction), facts(found)
            total[sort] += Back(len(written), len(written & read), len(read))
    return total


def _named(kind: Kind) -> Callable[[Extraction], _Facts]:
    return lambda said: frozenset(
        (mention.text,) for mention in said.mentions if mention.kind is kind
    )


def _tied(*kinds: RelationKind) -> Callable[[Extraction], _Facts]:
    def facts(said: Extraction) -> _Facts:
        words = {mention.id: mention.text for mention in said.mentions}
        return frozenset(
            (one.kind, words.get(one.head, ""), words.get(one.tail, ""))
            for one in said.relations
            if one.kind in kinds
        )

    return facts


def _document(said: Extraction) -> _Facts:
    told = said.metadata
    return frozenset(
        [
            ("title", told.title),
            ("issuer", told.issuer),
            ("issued on", told.issued_on),
            ("level", told.level),
            ("area", told.area),
            ("implements", told.implements),
        ]
    )


def _duties(said: Extraction) -> _Facts:
    words = {mention.id: mention.text for mention in said.mentions}
    return frozenset(
        (words.get(measure, ""), _own(duty.body, said), duty.role, duty.deadline)
        for duty in said.responsibilities
        for measure in duty.applies_to
    )


def _own(body: str, said: Extraction) -> str:
    """Return the name of a body without its area, which a text calls by its last part alone."""
    area = said.metadata.area or "全国"
    starts = (area[at:] for at in range(len(area)) if body.startswith(area[at:]))
    return body.removeprefix(next(starts, ""))


SORTS: dict[str, Callable[[Extraction], _Facts]] = {
    "document": _document,
    "goal": _named(Kind.GOAL),
    "target": _named(Kind.TARGET),
    "task group": _named(Kind.TASK_GROUP),
    "task": _named(Kind.TASK),
    "programme": _named(Kind.PROGRAMME),
    "responsibility": _duties,
    "dependency": _tied(RelationKind.REQUIRES, RelationKind.SHARES_RESOURCE_WITH),
    "conflict": _tied(RelationKind.CONFLICTS_WITH),
    "member": _tied(RelationKind.MEMBER_OF),
}


def measured() -> Iterator[Result]:
    """Yield the share of each sort that comes back."""
    for sort, back in read_back(_DOCUMENTS).items():
        yield Result(f"{sort} read back", back.recall, "of those written")


MEASURES: dict[str, Measure] = {"texts": measured}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how much comes back."""
    parser = argparse.ArgumentParser(prog="python -m bench.texts", description=__doc__)
    parser.add_argument("--documents", type=int, default=_DOCUMENTS)
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args(arguments)
    print("| sort | written | back | read | recall | precision |\n|---|---|---|---|---|---|")
    for sort, back in read_back(chosen.documents, seed=chosen.seed).items():
        counts = f"{back.written:,} | {back.back:,} | {back.read:,}"
        print(f"| {sort} | {counts} | {back.recall:.3f} | {back.precision:.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
