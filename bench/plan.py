"""One invented plan of an area: its text, what it says, and the gaps in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from bench.counted import Aim, Content, Written, gaps_of
from bench.draft import Draft
from bench.items import Heading, Item, Pen, drawn, write
from bench.nation import Place
from bench.staff import leading_group
from bench.words import FIELDS, INDICATOR, STATES
from kg import ids
from kg.model import Coverage, Extraction, Kind, Metadata, RelationKind

_SAME_INDICATOR = 0.4
"""How often a target is of an indicator of the plan above, where that has one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An invented plan: text and facts, its items, what they take up, how many gaps it has."""

    key: str
    name: str
    title: str
    place: Place
    above: "Plan | None"
    text: str
    extraction: Extraction
    headings: tuple[Heading, ...]
    uptake: tuple[tuple[Heading, Heading], ...]
    content: Content
    planted: Counter[str]


@dataclass(frozen=True, slots=True)
class _Goal:
    """A goal as it was written: its mention, and its targets."""

    mention: str
    aims: tuple[Aim, ...]


def plan_of(place: Place, *, above: Plan | None, seed: int) -> Plan:
    """Return the plan of *place*; the same place, seed and plan *above* give the same plan."""
    chance = Random(f"{seed}.{place.name}")
    title = f"{place.name or '全国'}质量提升实施方案（2025—2027年）"
    name = f"{place.name or 'centre'}.txt"
    key = ids.document_key(name, title)
    draft = Draft()
    metadata = _opening(draft, place, title, above)
    goals = _goals(draft, chance, above)
    items = drawn(chance, _by_title(above), _by_title(above.above if above else None))
    pen = Pen(
        draft=draft,
        chance=chance,
        place=place,
        goals=[goal.mention for goal in goals],
        indicators=frozenset(aim.indicator for goal in goals for aim in goal.aims),
        evaluated=chance.random() < 0.6,
    )
    mentions, written = write(pen, items)
    members = leading_group(draft, chance, place)
    content = _content(pen, goals=goals, items=items, written=written, members=members)
    taken = frozenset(item.title for item in items if item.upper and not item.skips)
    headings = [_heading(key, item, at) for item, at in zip(items, mentions, strict=True)]
    return Plan(
        key=key,
        name=name,
        title=title,
        place=place,
        above=above,
        text=draft.text,
        extraction=replace(
            draft.extraction(metadata),
            coverage=Coverage(90, 85, len(items), len(items), states_bodies=True),
        ),
        headings=tuple(headings),
        uptake=tuple(
            (own, item.upper) for own, item in zip(headings, items, strict=True) if item.upper
        ),
        content=content,
        planted=gaps_of(content, above.content if above else None, taken),
    )


def _content(
    pen: Pen,
    *,
    goals: Sequence[_Goal],
    items: Sequence[Item],
    written: Sequence[Written],
    members: frozenset[str],
) -> Content:
    stated = (aim for goal in goals for aim in goal.aims)
    return Content(
        items=tuple(written),
        goals=tuple((goal.mention in pen.served, bool(goal.aims)) for goal in goals),
        aims=(*stated, *(Aim(indicator, value, None) for indicator, value in pen.loose)),
        members=members,
        evaluated=pen.evaluated,
        loose=len(pen.loose),
        skipped=sum(item.skips for item in items),
        circles=sum(item.waits is not None for item in items),
    )


def _by_title(plan: Plan | None) -> Mapping[str, Heading]:
    return {heading.title: heading for heading in plan.headings} if plan else {}


def _opening(draft: Draft, place: Place, title: str, above: Plan | None) -> Metadata:
    span = draft.say(title)
    draft.mark(Kind.DOCUMENT, span, "document.title", self=True, canonical=title)
    issuer = f"{place.name or '全国'}人民政府"
    draft.say(f"\n{issuer}\n2025年3月18日\n")
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
        issuer=issuer,
        issued_on="2025-03-18",
        level=place.level,
        area=place.name,
        implements=(above.title,) if above else (),
    )


def _goals(draft: Draft, chance: Random, above: Plan | None) -> list[_Goal]:
    """Write goals with their targets, each indicator once; some are those of the plan above."""
    uppers = {aim.indicator: aim for aim in above.content.aims} if above else {}
    goals: list[_Goal] = []
    left = INDICATOR.some(chance, 24)
    for field in chance.sample(FIELDS, chance.randint(4, 8)):
        year = chance.choices((2027, 2030, 2035), (6, 2, 1))[0]
        aims = []
        for _ in range(chance.choices((0, 1, 2), (2, 6, 2))[0]):
            if uppers and chance.random() < _SAME_INDICATOR:
                upper = uppers.pop(chance.choice(sorted(uppers)))
                aims.append(Aim(upper.indicator, _near(chance, upper.value), year))
                left = [one for one in left if one != upper.indicator]
            else:
                indicator = left.pop(0)
                uppers.pop(indicator, None)
                aims.append(Aim(indicator, chance.randint(70, 99), year))
        goals.append(_goal(draft, chance, field, aims=aims, year=year))
    return goals


def _near(chance: Random, value: int) -> int:
    """Return the value of a target below one of *value*: mostly the same, now and then adrift."""
    return min(100, value + chance.choices((0, 2, -14, 14), (6, 2, 1, 1))[0])


def _goal(draft: Draft, chance: Random, field: str, *, aims: Sequence[Aim], year: int) -> _Goal:
    draft.say("——")
    horizon = f"到{year}年"
    time = draft.name(Kind.TIME, horizon, "time.horizon", role="horizon", value=horizon)
    draft.say("，")
    words = f"{field}质量{chance.choice(STATES)}"
    goal = draft.name(Kind.GOAL, words, "goal.state", horizon=horizon)
    draft.tie(RelationKind.HAS_GOAL, "DOC", goal)
    draft.tie(RelationKind.HORIZON, goal, time)
    for aim in aims:
        draft.say("，")
        _target(draft, chance, goal, aim=aim, year=year)
    draft.say("。\n")
    return _Goal(goal, tuple(aims))


def _target(draft: Draft, chance: Random, goal: str, *, aim: Aim, year: int) -> None:
    target = draft.name(
        Kind.TARGET,
        f"{aim.indicator}达到{aim.value}%以上",
        "target.quantity",
        name=aim.indicator,
        comparator=">=",
        value=str(aim.value),
        unit="%",
        year=year,
        binding=chance.random() < 0.3,
    )
    draft.tie(RelationKind.QUANTIFIES, target, goal)


def _heading(key: str, item: Item, mention: str) -> Heading:
    start, end = (int(part) for part in mention.rpartition(":")[2].split("-"))
    return Heading(
        title=item.title,
        iri=ids.iri(Kind.TASK_GROUP, ids.element_key(key, Kind.TASK_GROUP, item.title)),
        mention=ids.iri("mention", ids.mention_key(key, start, end)),
    )
