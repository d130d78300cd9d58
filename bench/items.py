"""The items of an invented plan: drawn by lot, then written down with their tasks and bodies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from bench.counted import Written
from bench.draft import Draft
from bench.nation import Place
from bench.staff import FLAWS, Duty, bracket
from bench.words import INDICATOR, INDUSTRIES, TITLES
from kg.model import Kind, RelationKind, Span

_CHINESE = "一二三四五六七八九十"
_ITEMS, _PER_SECTION, _NEAR = (12, 20), 5, 12
_TAKEN_UP = 0.7
"""Share of items that a plan takes from the one above it."""
_REQUIRES, _SHARES = RelationKind.REQUIRES, RelationKind.SHARES_RESOURCE_WITH
_DOUBTED = 0.5
_EVALUATION = "对本方案实施情况开展跟踪评估"


@dataclass(frozen=True, slots=True)
class Heading:
    """An item of a plan: its title, its IRI, and the IRI of the mention that names it."""

    title: str
    iri: str
    mention: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item before it is written.

    ``upper`` is what it takes up, ``skips`` tells that this stands two levels above. ``needs`` is the
    item before it that it hangs on, and how; ``waits`` one behind it, which waits for this one too.
    """

    title: str
    upper: Heading | None
    skips: bool
    flaw: str | None
    needs: tuple[int, RelationKind] | None
    waits: int | None
    against: int | None
    weak: bool


def drawn(
    chance: Random, above: Mapping[str, Heading], beyond: Mapping[str, Heading]
) -> list[Item]:
    """Return the items of a plan.

    Args:
        chance: By which they are drawn.
        above: The items of the plan that it carries out, by title.
        beyond: Those of the plan that that one carries out.
    """
    count = chance.randint(*_ITEMS)
    taken = chance.sample(sorted(above), k=min(int(count * _TAKEN_UP), len(above)))
    skipped = chance.sample(sorted(beyond.keys() - above), k=min(1, len(beyond.keys() - above)))
    skipped = skipped if chance.random() < 0.3 else []
    titles = list(dict.fromkeys(taken + skipped + TITLES.some(chance, count)))[:count]
    chance.shuffle(titles)
    flaws = _some(chance, count, FLAWS, likely=0.6)
    needs = {number: _needed(chance, number) for number in range(1, count)}
    waits = _circle(chance, needs)
    against = _some(chance, count, ("against",), likely=0.3)
    weak = _some(chance, count, ("weak",), likely=0.2)
    return [
        Item(
            title=title,
            upper=above.get(title) or (beyond[title] if title in skipped else None),
            skips=title in skipped,
            flaw=flaws.get(number),
            needs=needs.get(number),
            waits=waits.get(number),
            against=number - 1 if number in against and number else None,
            weak=number in weak,
        )
        for number, title in enumerate(titles)
    ]


def _some(chance: Random, count: int, what: Sequence[str], *, likely: float) -> dict[int, str]:
    places = chance.sample(range(count), len(what))
    placed = zip(places, what, strict=True)
    return {place: one for place, one in placed if chance.random() < likely}


def _needed(chance: Random, number: int) -> tuple[int, RelationKind] | None:
    """Return what an item hangs on among those shortly before it, as often as plans say so."""
    drawn_, other = chance.random(), chance.randrange(max(0, number - _NEAR), number)
    if drawn_ < 0.35:
        return other, _REQUIRES
    return (other, _SHARES) if drawn_ < 0.4 else None


def _circle(chance: Random, needs: Mapping[int, tuple[int, RelationKind] | None]) -> dict[int, int]:
    """Return an item that waits for one which requires it: one in three plans has a circle."""
    required = [(one[0], number) for number, one in needs.items() if one and one[1] is _REQUIRES]
    return dict(chance.sample(required, 1)) if required and chance.random() < 0.33 else {}


@dataclass(slots=True)
class Pen:
    """What writes the items of one plan into its draft, and notes what no item tells by itself.

    ``loose`` are the targets without a year, ``served`` the goals that an item serves.
    """

    draft: Draft
    chance: Random
    place: Place
    goals: Sequence[str]
    indicators: frozenset[str]
    evaluated: bool
    loose: list[tuple[str, int]] = field(default_factory=list)
    served: set[str] = field(default_factory=set)


def write(pen: Pen, items: Sequence[Item]) -> tuple[list[str], list[Written]]:
    """Write the items under their sections; return the mention of each, and what it says."""
    mentions: list[str] = []
    written: list[Written] = []
    cues: list[tuple[str, int, Span]] = []
    section = ""
    for number, item in enumerate(items):
        if number % _PER_SECTION == 0:
            section = _section(pen, number // _PER_SECTION)
        pen.draft.say(f"{number + 1}.")
        this = pen.draft.name(
            Kind.TASK_GROUP, item.title, "group.heading", ordinal=number + 1, depth=2
        )
        if item.weak:
            pen.draft.doubt(_DOUBTED)
        pen.draft.say("。")
        pen.draft.tie(RelationKind.PART_OF, this, section)
        _hang(pen, items, (this, item), mentions)
        if item.waits is not None:
            cue = pen.draft.say(f"在{items[item.waits].title}的基础上，")
            cues.append((this, item.waits, cue))
        _tasks(pen, this, last=number == len(items) - 1)
        # One item of a plan at most serves no goal: where many do, that is how the plan is written.
        serves = pen.chance.random() < 0.7 or not all(one.serves for one in written)
        if serves:
            _serve(pen, this)
        duties = bracket(pen.draft, pen.chance, pen.place, (this, item.flaw))
        mentions.append(this)
        written.append(_written(item, number // _PER_SECTION, duties, serves=serves))
    for this, other, cue in cues:
        pen.draft.tie(_REQUIRES, this, mentions[other], cue=cue)
    return mentions, written


def _written(item: Item, section: int, duties: tuple[Duty, ...], *, serves: bool) -> Written:
    return Written(
        title=item.title,
        section=section,
        duties=duties,
        flaw=item.flaw,
        tied=frozenset() if item.needs is None else frozenset({item.needs[0]}),
        against=frozenset() if item.against is None else frozenset({item.against}),
        serves=serves,
        weak=item.weak,
    )


def _section(pen: Pen, number: int) -> str:
    pen.draft.say(f"（{_CHINESE[number]}）")
    words = f"推动{pen.chance.choice(INDUSTRIES)}高质量发展第{_CHINESE[number]}方面"
    this = pen.draft.name(Kind.TASK_GROUP, words, "group.heading", ordinal=number + 1, depth=1)
    pen.draft.say("\n")
    return this


def _hang(pen: Pen, items: Sequence[Item], one: tuple[str, Item], mentions: Sequence[str]) -> None:
    """Write what an item hangs on, and what it is in conflict with."""
    this, item = one
    if item.needs is not None:
        other, how = item.needs
        words = "在{}的基础上，" if how is _REQUIRES else "与{}共用平台，"
        cue = pen.draft.say(words.format(items[other].title))
        pen.draft.tie(how, this, mentions[other], cue=cue)
    if item.against is not None:
        cue = pen.draft.say(f"该项任务与{items[item.against].title}存在冲突，")
        pen.draft.tie(RelationKind.CONFLICTS_WITH, this, mentions[item.against], cue=cue)


def _tasks(pen: Pen, group: str, *, last: bool) -> None:
    draft, chance = pen.draft, pen.chance
    for number in range(chance.randint(2, 4)):
        draft.say("，" if number else "")
        words = TITLES.one(chance)
        if chance.random() < 0.12:
            span = draft.say(f"实施{words[2:]}工程")
            task = draft.mark(Kind.TASK, span, "task.verb", task_kind="directive")
            inner = Span(span.start + 2, span.end)
            programme = draft.mark(Kind.PROGRAMME, inner, "instrument.programme")
            draft.tie(RelationKind.REALISES, programme, task)
        else:
            task = draft.name(Kind.TASK, words, "task.verb", task_kind="directive")
        draft.tie(RelationKind.PART_OF, task, group)
    if last and pen.evaluated:
        draft.say("，")
        task = draft.name(Kind.TASK, _EVALUATION, "task.verb", task_kind="directive")
        draft.tie(RelationKind.PART_OF, task, group)
    _perhaps_loose(pen)
    draft.say("。")


def _perhaps_loose(pen: Pen) -> None:
    """Write a target without a year, one in twenty items, of an indicator that is nowhere else."""
    if pen.chance.random() >= 0.05:
        return
    indicator, value = INDICATOR.one(pen.chance), pen.chance.randint(70, 99)
    if indicator in pen.indicators or indicator in dict(pen.loose):
        return
    pen.draft.say("，")
    words = f"{indicator}达到{value}%以上"
    given = {"name": indicator, "comparator": ">=", "value": str(value), "unit": "%"}
    pen.draft.name(Kind.TARGET, words, "target.quantity", **given)
    pen.loose.append((indicator, value))


def _serve(pen: Pen, this: str) -> None:
    goal = pen.chance.choice(pen.goals)
    sure = pen.chance.randint(55, 95) / 100
    pen.draft.tie(RelationKind.CONTRIBUTES_TO, this, goal, confidence=sure)
    pen.served.add(goal)
