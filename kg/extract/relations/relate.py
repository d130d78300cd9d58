"""How the mentions of one document hang together."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.extract import metadata
from kg.extract.inorder import mentions_in_order
from kg.extract.measures.tables import GROUP as TABLE_GROUP
from kg.extract.relations import oversight, ties
from kg.extract.relations.contribute import contributions
from kg.extract.relations.meant import Measures
from kg.model import MEASURE_KINDS, Kind, Mention, Relation, RelationKind, Span
from kg.text.segment import Block, BlockKind

DOCUMENT = "DOC"
_INSTRUMENTS = frozenset({Kind.PROGRAMME, Kind.ACTION, Kind.ARRANGEMENT})
_INNER_HEADS = frozenset({"group.box", "group.run-in"})  # they stand inside a paragraph
_LISTED = 0.9


@dataclass(frozen=True, slots=True)
class Structure:
    """The mentions of a document by kind, and the heading that each place stands under."""

    text: str
    blocks: Sequence[Block]
    kinds: Mapping[Kind, Sequence[Mention]]
    starts: Sequence[int]  # of the blocks
    group_starts: Sequence[int]
    heads: Mapping[int, Mention]  # index of a heading block -> the group or box it names
    tabled: Sequence[Mention] = ()  # the groups that tables name, in their order
    table_starts: Sequence[int] = ()

    def of(self, *kinds: Kind) -> Sequence[Mention]:
        """Return the mentions of these *kinds* in their order."""
        if len(kinds) == 1:
            return self.kinds.get(kinds[0], ())
        found = [m for kind in kinds for m in self.kinds.get(kind, ())]
        return sorted(found, key=lambda m: m.span)

    def block_at(self, place: int) -> int | None:
        """Return the index of the block that holds *place*."""
        at = bisect_right(self.starts, place) - 1
        return at if at >= 0 else None

    def above(self, place: int, *, own: bool) -> Mention | None:
        """Return the nearest group or box over *place*; with *own* its own block counts."""
        at = self.block_at(place)
        if at is not None and not own:
            at = self.blocks[at].parent
        return next(self._heads(at), None)

    def lineage(self, place: int) -> list[Mention]:
        """Return the groups and boxes over *place*, the nearest first."""
        return list(self._heads(self.block_at(place)))

    def _heads(self, at: int | None) -> Iterator[Mention]:
        while at is not None:
            if at in self.heads:
                yield self.heads[at]
            at = self.blocks[at].parent


def structure(text: str, blocks: Sequence[Block], mentions: Sequence[Mention]) -> Structure:
    """Return *mentions* with the headings they stand under."""
    by_start = {
        m.span.start: m
        for m in mentions
        if m.kind is Kind.TASK_GROUP or (m.kind is Kind.PROGRAMME and m.attrs.get("box"))
    }
    heads = {
        i: by_start[block.content.start]
        for i, block in enumerate(blocks)
        if block.kind is BlockKind.HEADING and block.content.start in by_start
    }
    kinds: dict[Kind, list[Mention]] = defaultdict(list)
    for found in mentions:
        kinds[found.kind].append(found)
    groups = kinds[Kind.TASK_GROUP]
    return Structure(
        text=text,
        blocks=blocks,
        kinds=kinds,
        starts=[block.span.start for block in blocks],
        group_starts=[group.span.start for group in groups],
        heads=heads,
        tabled=[group for group in groups if group.rule == TABLE_GROUP],
        table_starts=[
            next(rows).span.start
            for is_row, rows in groupby(blocks, lambda block: block.kind is BlockKind.ROW)
            if is_row
        ],
    )


def relations(
    text: str, blocks: Sequence[Block], mentions: Sequence[Mention]
) -> tuple[Relation, ...]:
    """Return every relation between *mentions*; the id ``DOC`` is the document itself."""
    whole = structure(text, blocks, mentions)
    named = Measures(whole.of(Kind.TASK_GROUP), whole.of(Kind.TASK))
    found: list[Relation] = [
        *_parts(whole),
        *_realised(whole),
        *_goals(whole),
        *_deadlines(whole),
        *_quantities(whole),
        *_documents(whole),
        *ties.of_measures(text, blocks, whole.of(Kind.TASK), named, whole.above),
        *ties.of_arrangements(text, mentions),
        *oversight.of_oversight(text, blocks, mentions),
        *oversight.of_conflicts(text, blocks, named, whole.above),
        *ties.of_policy_areas(text, mentions),
        *ties.of_resources(mentions),
        *contributions(
            whole.of(Kind.TASK_GROUP), whole.of(Kind.TASK), whole.of(Kind.GOAL), whole.lineage
        ),
    ]
    return tuple(_once(found))


def _once(found: Iterable[Relation]) -> Iterator[Relation]:
    seen: set[tuple[RelationKind, str, str]] = set()
    for relation in found:
        key = (relation.kind, relation.head, relation.tail)
        if key not in seen and relation.head != relation.tail:
            seen.add(key)
            yield relation


def _parts(whole: Structure) -> Iterator[Relation]:
    for task in whole.of(Kind.TASK):
        group = (
            _inner_group(whole, task)
            or _tabled_group(whole, task)
            or whole.above(task.span.start, own=True)
        )
        if group is not None:
            yield Relation(RelationKind.PART_OF, task.id, group.id, "relation.place")
    for head in whole.of(Kind.TASK_GROUP, Kind.PROGRAMME):
        if head.kind is Kind.PROGRAMME and not head.attrs.get("box"):
            continue
        own = head.rule in _INNER_HEADS
        group = _tabled_group(whole, head) or whole.above(head.span.start, own=own)
        if group is not None and group.id != head.id:
            stated = head.kind is Kind.TASK_GROUP
            confidence = 1.0 if stated else 0.7
            yield Relation(
                RelationKind.PART_OF,
                head.id,
                group.id,
                "relation.place",
                stated=stated,
                confidence=confidence,
            )


def _inner_group(whole: Structure, task: Mention) -> Mention | None:
    """Return the heading inside the paragraph of *task* that it stands under, the last before it."""
    before = bisect_left(whole.group_starts, task.span.start) - 1
    found = whole.of(Kind.TASK_GROUP)[before] if before >= 0 else None
    if found is None or found.rule not in _INNER_HEADS:
        return None
    at = whole.block_at(task.span.start)
    return found if at is not None and whole.blocks[at].span.covers(found.span) else None


def _tabled_group(whole: Structure, part: Mention) -> Mention | None:
    """Return the group of a table that *part* stands in: the last one before it in the same table."""
    at = whole.block_at(part.span.start) if whole.tabled else None
    if at is None or whole.blocks[at].kind is not BlockKind.ROW:
        return None
    start = whole.table_starts[bisect_right(whole.table_starts, part.span.start) - 1]
    depth = int(part.attrs["depth"]) if part.rule == TABLE_GROUP else None
    groups = whole.tabled
    for index in range(bisect_left(groups, part.span, key=lambda m: m.span) - 1, -1, -1):
        group = groups[index]
        if group.span.start < start:
            return None
        if depth is None or int(group.attrs["depth"]) < depth:
            return group
    return None


def _realised(whole: Structure) -> Iterator[Relation]:
    tasks = whole.of(Kind.TASK)
    starts = [task.span.start for task in tasks]
    for instrument in whole.of(*sorted(_INSTRUMENTS)):
        at = bisect_right(starts, instrument.span.start) - 1
        if at >= 0 and tasks[at].span.covers(instrument.span):
            yield Relation(RelationKind.REALISES, instrument.id, tasks[at].id, "relation.inside")


def _goals(whole: Structure) -> Iterator[Relation]:
    times: dict[object, list[Mention]] = defaultdict(list)
    for time in whole.of(Kind.TIME):
        times[time.attrs.get("value")].append(time)
    for goal in whole.of(Kind.GOAL):
        yield Relation(RelationKind.HAS_GOAL, DOCUMENT, goal.id, "relation.place")
        group = _inner_group(whole, goal) or whole.above(goal.span.start, own=True)
        if group is not None:
            yield Relation(
                RelationKind.CONTRIBUTES_TO, group.id, goal.id, "relation.place", confidence=_LISTED
            )
        horizon = _horizon(goal, times.get(goal.attrs.get("horizon"), ()))
        if horizon is not None:
            yield Relation(RelationKind.HORIZON, goal.id, horizon.id, "relation.horizon")


def _horizon(goal: Mention, times: Sequence[Mention]) -> Mention | None:
    """Return the last of *times*, which say the same in the order of the text, before *goal*."""
    last = bisect_right(times, goal.span.start, key=lambda time: time.span.start)
    ended = (time for time in reversed(times[:last]) if time.span.end <= goal.span.start)
    return next(ended, None)


def _deadlines(whole: Structure) -> Iterator[Relation]:
    times = {t.id: t for t in whole.of(Kind.TIME)}
    for task in whole.of(Kind.TASK):
        time = times.get(str(task.attrs.get("time", "")))
        if time is not None and time.attrs.get("role") not in ("period", "frequency"):
            yield Relation(RelationKind.HAS_DEADLINE, task.id, time.id, "relation.deadline")


def _quantities(whole: Structure) -> Iterator[Relation]:
    holders = whole.of(Kind.GOAL, Kind.TASK)
    starts = [holder.span.start for holder in holders]
    for target in whole.of(Kind.TARGET):
        at = bisect_right(starts, target.span.start) - 1
        if at >= 0 and holders[at].span.covers(target.span):
            yield Relation(RelationKind.QUANTIFIES, target.id, holders[at].id, "relation.inside")


def _documents(whole: Structure) -> Iterator[Relation]:
    documents = whole.of(Kind.DOCUMENT)
    for found, cue in metadata.carried_out(whole.text, whole.blocks, documents):
        yield Relation(RelationKind.IMPLEMENTS, DOCUMENT, found.id, "document.implements", cue=cue)
    first: dict[str, Mention] = {}
    for found in documents:
        name = str(found.attrs.get("canonical", ""))
        if name:
            leader = first.setdefault(name, found)
            if leader is not found:
                yield Relation(RelationKind.SAME_AS, found.id, leader.id, "document.same-name")
    yield from ties.of_issuers(whole.text, documents, whole.of(Kind.BODY))


def measures(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that something can be prescribed by."""
    return [m for m in mentions if m.kind in MEASURE_KINDS]


def covered(spans: Sequence[Span], mentions: Sequence[Mention]) -> int:
    """Return how many of *spans* hold a part of a mention."""
    taken = mentions_in_order(mentions)
    return sum(map(taken.any_touches, spans))
