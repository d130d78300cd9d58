"""Relations that a cue states: dependency, coordination, evaluation, policy areas, issuers."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import is_

from kg.extract.inorder import InOrder, mentions_in_order
from kg.extract.measures.tasks import skip_adverbs
from kg.extract.measures.wording import mention
from kg.extract.relations.cues import promising
from kg.extract.relations.meant import Measures
from kg.extract.relations.partners import after_approval
from kg.extract.rules import lexicon, rule
from kg.model import Attrs, BodyKind, Kind, Mention, Relation, RelationKind, Span
from kg.text.segment import Block, sentences

DOCUMENT = "DOC"
_RESOURCES = ("平台", "数据库")
_RESOURCE = re.compile("|".join(f"[\u4e00-\u9fa5]{{4,24}}{word}" for word in _RESOURCES))
_SHARED = 0.6
_SHORTEST_RESOURCE = 6


def of_measures(
    text: str,
    blocks: Sequence[Block],
    tasks: Sequence[Mention],
    measures: Measures,
    above: Callable[..., Mention | None],
) -> Iterator[Relation]:
    """Yield the dependencies for which the text has a cue (在…基础上, 待…后).

    Where the condition is a heading, the group of the clause depends on that group; where it is a
    task, the task of the clause depends on that task.
    """
    cue = rule("relations", "relation.requires")
    ordered = mentions_in_order(tasks)
    for block in promising(text, blocks, cue):
        if not cue.search(block.content.of(text)):
            continue
        for sentence in sentences(text, block.content):
            for found in cue.finditer(sentence.of(text)):
                at = sentence.start + found.start()
                dependent = ordered.first_behind(at)
                condition = next((group for group in found.groups() if group), "")
                if dependent is None or dependent.span.start >= sentence.end:
                    continue
                score, needed = measures.meant(condition, but=partial(is_, dependent))
                if needed is None:
                    continue
                if needed.kind is Kind.TASK_GROUP:
                    dependent = above(dependent.span.start, own=True) or dependent
                span = Span(at, sentence.start + found.end())
                yield Relation(
                    RelationKind.REQUIRES,
                    dependent.id,
                    needed.id,
                    "relation.requires",
                    confidence=score,
                    cue=span,
                )
    yield from after_approval(text, blocks, tasks)


def of_arrangements(text: str, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """Yield what arrangements and coordination bodies coordinate, and what they evaluate."""
    bodies = mentions_in_order(m for m in mentions if m.kind is Kind.BODY)
    documents = mentions_in_order(m for m in mentions if m.kind is Kind.DOCUMENT)
    tasks = mentions_in_order(m for m in mentions if m.kind is Kind.TASK)
    for found in mentions:
        coordinating = found.attrs.get("body_kind") == BodyKind.COORDINATION_BODY
        arranging = found.kind in (Kind.ARRANGEMENT, Kind.ACTION)
        if arranging and rule("relations", "relation.evaluating").search(found.text):
            yield from _evaluated(found, documents)
        if coordinating or (
            arranging and rule("relations", "relation.coordinating").search(found.text)
        ):
            yield from _coordinated(found, tasks, bodies)


def _evaluated(arrangement: Mention, documents: InOrder[Mention]) -> Iterator[Relation]:
    inside = documents.inside(arrangement.span)
    tail = inside[0].id if inside else DOCUMENT
    stated = bool(inside)
    yield Relation(
        RelationKind.EVALUATES,
        arrangement.id,
        tail,
        "relation.evaluating",
        stated=stated,
        confidence=1.0 if stated else 0.6,
    )


def _coordinated(
    arrangement: Mention, tasks: InOrder[Mention], bodies: InOrder[Mention]
) -> Iterator[Relation]:
    """Yield the bodies named in the very clause that sets up *arrangement*.

    An arrangement that names none is there for the whole document (建立统筹协调工作机制).
    """
    clause = next(iter(tasks.around(arrangement.span)), None)
    if clause is None:
        return
    named = [
        body for body in bodies.inside(clause.span) if not arrangement.span.overlaps(body.span)
    ]
    for body in named:
        yield Relation(RelationKind.COORDINATES, arrangement.id, body.id, "relation.coordinating")
    if not named and arrangement.kind is Kind.ARRANGEMENT:
        yield Relation(
            RelationKind.COORDINATES,
            arrangement.id,
            DOCUMENT,
            "relation.coordinating",
            stated=False,
            confidence=0.6,
        )


def policy_areas(text: str) -> Iterator[Mention]:
    """Yield the policy areas that are to be coordinated with another."""
    made_by = rule("relations", "relation.policy-areas")
    for found in made_by.finditer(text):
        place = found.start("areas")
        for name in re.sub(r"等?(?:方面|领域)?$", "", found["areas"]).split("、"):
            bare = re.sub(r"^(?:促进|推动|加强|强化|推进|统筹|做好|实现)", "", name) or name
            start = place + len(name) - len(bare)
            yield _area(text, Span(start, place + len(name)))
            place += len(name) + 1
        yield _area(text, Span(*found.span("with")))


def _area(text: str, span: Span) -> Mention:
    attrs: Attrs = {"canonical": span.of(text)}
    return mention(Kind.POLICY_AREA, text, span, by="relation.policy-areas", attrs=attrs)


def of_policy_areas(text: str, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """Yield which policy area is to be aligned with which, and the task that says so."""
    areas = mentions_in_order(m for m in mentions if m.kind is Kind.POLICY_AREA)
    tasks = mentions_in_order(m for m in mentions if m.kind is Kind.TASK)
    for found in rule("relations", "relation.policy-areas").finditer(text):
        cue = Span(*found.span())
        inside = areas.inside(cue)
        for area in inside[:-1]:
            yield Relation(
                RelationKind.ALIGNED_WITH, area.id, inside[-1].id, "relation.policy-areas", cue=cue
            )
        task = next(iter(tasks.touching(cue)), None)
        if task is not None:
            for area in inside:
                yield Relation(
                    RelationKind.IN_POLICY_AREA, task.id, area.id, "relation.policy-areas", cue=cue
                )


def of_resources(mentions: Sequence[Mention]) -> Iterator[Relation]:
    """Yield the tasks that name one platform, database or programme: inferred to share it."""
    holders: dict[str, list[Mention]] = defaultdict(list)
    for task in mentions:
        if task.kind is Kind.TASK:
            if not any(word in task.text for word in _RESOURCES):
                continue
            for name in {_bare(found) for found in _RESOURCE.findall(task.text)}:
                if len(name) >= _SHORTEST_RESOURCE:
                    holders[name].append(task)
    for sharing in holders.values():
        for other in sharing[1:]:
            yield Relation(
                RelationKind.SHARES_RESOURCE_WITH,
                sharing[0].id,
                other.id,
                "relation.same-resource",
                stated=False,
                confidence=_SHARED,
            )


def _bare(name: str) -> str:
    """Return the *name* of a resource without the adverbs and the verb before it."""
    bare = name[skip_adverbs(name) :]
    verb = lexicon("instruments", "instrument.trigger").end(bare, 0)
    return bare[verb or lexicon("tasks", "task.verb").end(bare, 0) :]


def of_issuers(
    text: str, documents: Sequence[Mention], bodies: Sequence[Mention]
) -> Iterator[Relation]:
    """Yield who issued a document, where the text says 印发."""
    by_start = {d.span.start: d for d in documents}
    ordered = mentions_in_order(bodies)
    for start, document in by_start.items():
        begin = max(text.rfind("。", 0, start), text.rfind("\n", 0, start)) + 1
        found = rule("relations", "relation.issued").search(text[max(begin, start - 90) : start])
        if found is None or found.end() != start - max(begin, start - 90):
            continue
        cue = Span(max(begin, start - 90), start)
        for body in ordered.inside(cue):
            yield Relation(RelationKind.ISSUED_BY, document.id, body.id, "relation.issued", cue=cue)
