"""One invented plan of an area: its text, what it says, and the gaps planted in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from bench.draft import Draft
from bench.nation import Place
from bench.staff import FLAWS, bracket, leading_group
from bench.words import INDICATOR, INDUSTRIES, STATES, TITLES
from kg import ids
from kg.model import (
    Coverage,
    Extraction,
    Kind,
    Metadata,
    RelationKind,
    Span,
)

_CHINESE = "一二三四五六七八九十"
_ITEMS, _PER_SECTION = (12, 20), 5
_TAKEN_UP = 0.7
"""Share of items that a plan takes from the one above it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An item of a plan: its title, its IRI, and the IRI of the mention that names it."""

    title: str
    iri: str
    mention: str


@dataclass(frozen=True, slots=True)
class Plan:
    """An invented plan: text and facts, its items, what they take up, the gaps planted in it."""

    key: str
    name: str
    title: str
    place: Place
    text: str
    extraction: Extraction
    headings: tuple[Heading, ...]
    uptake: tuple[tuple[Heading, Heading], ...]
    planted: Counter[str]


@dataclass(frozen=True, slots=True)
class _Item:
    """An item before it is written: its title, the one it takes up, the flaw of its duties."""

    title: str
    upper: Heading | None
    flaw: str | None


def plan_of(place: Place, *, above: Plan | None, seed: int) -> Plan:
    """Return the plan of *place*; the same place, seed and plan *above* give the same plan."""
    chance = Random(f"{seed}.{place.name}")
    title = f"{place.name or '全国'}质量提升实施方案（2025—2027年）"
    name = f"{place.name or 'centre'}.txt"
    key = ids.document_key(name, title)
    draft = Draft()
    metadata = _opening(draft, place, title, above)
    goals = [_goal(draft, chance) for _ in range(chance.randint(4, 8))]
    items = _items(chance, above)
    written = _measures(draft, chance, place, items, goals)
    leading_group(draft, chance, place)
    headings = tuple(_heading(key, *one) for one in zip(items, written, strict=True))
    lower = {heading.title: heading for heading in headings}
    extraction = replace(
        draft.extraction(metadata),
        coverage=Coverage(90, 85, len(items), len(items), states_bodies=True),
    )
    return Plan(
        key=key,
        name=name,
        title=title,
        place=place,
        text=draft.text,
        extraction=extraction,
        headings=headings,
        uptake=tuple((lower[item.title], item.upper) for item in items if item.upper),
        planted=Counter(item.flaw for item in items if item.flaw),
    )


def _opening(draft: Draft, place: Place, title: str, above: Plan | None) -> Metadata:
    span = draft.say(title)
    draft.mark(Kind.DOCUMENT, span, "document.title", self=True, canonical=title)
    draft.say("\n")
    if above is not None:
        cue = draft.say("为贯彻落实")
        draft.say("《")
        words = above.title
        upper = draft.name(Kind.DOCUMENT, words, "document.marked", canonical=words)
        draft.tie(RelationKind.IMPLEMENTS, "DOC", upper, cue=cue)
        draft.say("》，制定本方案。\n")
    return Metadata(
        title=title,
        title_span=span,
        issuer=f"{place.name or '全国'}人民政府",
        issued_on="2025-03-18",
        level=place.level,
        area=place.name,
        implements=(above.title,) if above else (),
    )


def _goal(draft: Draft, chance: Random) -> str:
    year = chance.choices((2027, 2030, 2035), (6, 2, 1))[0]
    draft.say("——")
    horizon = f"到{year}年"
    time = draft.name(Kind.TIME, horizon, "time.horizon", role="horizon", value=horizon)
    draft.say("，")
    words = f"{chance.choice(INDUSTRIES)}质量{chance.choice(STATES)}"
    goal = draft.name(Kind.GOAL, words, "goal.state", horizon=horizon)
    draft.tie(RelationKind.HAS_GOAL, "DOC", goal)
    draft.tie(RelationKind.HORIZON, goal, time)
    for indicator in INDICATOR.some(chance, chance.choices((0, 1, 2), (2, 6, 2))[0]):
        draft.say("，")
        _target(draft, chance, goal, indicator, year)
    draft.say("。\n")
    return goal


def _target(draft: Draft, chance: Random, goal: str, indicator: str, year: int) -> None:
    value = str(chance.randint(70, 99))
    target = draft.name(
        Kind.TARGET,
        f"{indicator}达到{value}%以上",
        "target.quantity",
        name=indicator,
        comparator=">=",
        value=value,
        unit="%",
        year=year,
        binding=chance.random() < 0.3,
    )
    draft.tie(RelationKind.QUANTIFIES, target, goal)


def _items(chance: Random, above: Plan | None) -> list[_Item]:
    count = chance.randint(*_ITEMS)
    upper = {heading.title: heading for heading in above.headings} if above else {}
    taken = chance.sample(sorted(upper), k=min(int(count * _TAKEN_UP), len(upper)))
    titles = taken + TITLES.some(chance, count)
    titles = list(dict.fromkeys(titles))[:count]
    chance.shuffle(titles)
    flaws: dict[int, str] = {}
    for place, flaw in zip(chance.sample(range(count), len(FLAWS)), FLAWS, strict=True):
        if chance.random() < 0.6:
            flaws[place] = flaw
    return [
        _Item(title, upper.get(title), flaws.get(number)) for number, title in enumerate(titles)
    ]


def _measures(
    draft: Draft, chance: Random, place: Place, items: Sequence[_Item], goals: Sequence[str]
) -> list[str]:
    """Write the items under their sections; return the id of each item."""
    written: list[str] = []
    section = ""
    for number, item in enumerate(items):
        if number % _PER_SECTION == 0:
            section = _section(draft, chance, number // _PER_SECTION)
        draft.say(f"{number + 1}.")
        this = draft.name(Kind.TASK_GROUP, item.title, "group.heading", ordinal=number + 1, depth=2)
        draft.say("。")
        draft.tie(RelationKind.PART_OF, this, section)
        _dependencies(draft, chance, this, [*zip(items, written, strict=False)])
        _tasks(draft, chance, this)
        if chance.random() < 0.7:
            goal = chance.choice(goals)
            sure = chance.randint(55, 95) / 100
            draft.tie(RelationKind.CONTRIBUTES_TO, this, goal, confidence=sure)
        bracket(draft, chance, place, (this, item.flaw))
        written.append(this)
    return written


def _section(draft: Draft, chance: Random, number: int) -> str:
    draft.say(f"（{_CHINESE[number]}）")
    words = f"推动{chance.choice(INDUSTRIES)}高质量发展第{_CHINESE[number]}方面"
    this = draft.name(Kind.TASK_GROUP, words, "group.heading", ordinal=number + 1, depth=1)
    draft.say("\n")
    return this


def _dependencies(
    draft: Draft, chance: Random, this: str, earlier: list[tuple[_Item, str]]
) -> None:
    """Let an item need one of the twelve before it, as often as plans say so, or share with it."""
    near = earlier[-12:]
    if near and chance.random() < 0.35:
        item, other = chance.choice(near)
        cue = draft.say(f"在{item.title}的基础上，")
        draft.tie(RelationKind.REQUIRES, this, other, cue=cue)
    elif near and chance.random() < 0.08:
        item, other = chance.choice(near)
        cue = draft.say(f"与{item.title}共用平台，")
        draft.tie(RelationKind.SHARES_RESOURCE_WITH, this, other, cue=cue)


def _tasks(draft: Draft, chance: Random, group: str) -> None:
    for number in range(chance.randint(2, 4)):
        if number:
            draft.say("，")
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
    draft.say("。")


def _heading(key: str, item: _Item, mention: str) -> Heading:
    start, end = (int(part) for part in mention.rpartition(":")[2].split("-"))
    return Heading(
        title=item.title,
        iri=ids.iri(Kind.TASK_GROUP, ids.element_key(key, Kind.TASK_GROUP, item.title)),
        mention=ids.iri("mention", ids.mention_key(key, start, end)),
    )
