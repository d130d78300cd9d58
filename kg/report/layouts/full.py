"""The whole report: from the summary down to every finding with its words."""

from collections.abc import Iterator
from dataclasses import replace

from kg.drawing.letters import shortened
from kg.model import Finding, Severity
from kg.report import words
from kg.report.blocks import Block, Column, Grid, Heading, Manner, Section, Words
from kg.report.layouts.analyses import chains, coordination, dependencies, since
from kg.report.layouts.desk import Desk
from kg.report.layouts.tables import coverage, types
from kg.report.model import Report, TypeLine

TOP = 12
BODIES, GROUPS = 100, 100
QUOTE_LETTERS = 40


def full(desk: Desk) -> tuple[Section, ...]:
    """Return every section that has something to say, numbered."""
    parts = (
        ("summary", "summary", _summary(desk)),
        ("read", "read", _read(desk)),
        ("since", "since", since(desk)),
        ("top", "top", _top(desk)),
        ("levels", "by_level", (desk.levels(),) if desk.report.levels else ()),
        ("groups", "by_group", _groups(desk)),
        ("bodies", "by_body", _bodies(desk)),
        ("coordination", "coordination", coordination(desk)),
        ("dependencies", "dependencies", dependencies(desk)),
        ("chains", "chains", chains(desk)),
        ("method", "method", _method(desk)),
        ("appendix", "appendix", tuple(_appendix(desk))),
    )
    told = [(anchor, name, blocks) for anchor, name, blocks in parts if blocks]
    return tuple(
        Section(anchor, words.ordinal(place, desk.lang) + desk.say(name), blocks)
        for place, (anchor, name, blocks) in enumerate(told, start=1)
    )


def top_findings(report: Report, most: int = TOP) -> tuple[Finding, ...]:
    """Return the findings to look at first: high and medium ones, one type after the other.

    Taking turns between the types keeps one frequent type from filling the page.
    """
    picked: list[Finding] = []
    for severity in (Severity.HIGH, Severity.MEDIUM):
        queues = [
            [one for one in report.of_type(line.id) if one.severity is severity]
            for line in report.types
            if dict(line.counts)[severity]
        ]
        rounds = max(map(len, queues), default=0)
        picked += [queue[n] for n in range(rounds) for queue in queues if n < len(queue)]
    return tuple(picked[:most])


def _summary(desk: Desk) -> tuple[Block, ...]:
    table = types(desk)
    return (desk.figures(), *desk.bar(), desk.lead(), table if table.rows else desk.none())


def _read(desk: Desk) -> tuple[Block, ...]:
    return (Words(desk.say("honesty"), Manner.BOX), coverage(desk), *_issues(desk))


def _issues(desk: Desk) -> tuple[Block, ...]:
    columns = (
        Column(desk.say("document"), 2),
        Column(desk.say("issue"), 2),
        Column(desk.say("number"), 0.7, number=True),
        Column(desk.say("places"), 3),
    )
    rows = tuple(
        (
            one.title,
            line.reason.to(desk.lang),
            desk.number(line.number),
            desk.joined(
                [
                    f"{shortened(' '.join(place.quote.split()), QUOTE_LETTERS)} "
                    f"({desk.place(place, home=one.id)})"
                    for place in line.places
                ]
            ),
        )
        for one in desk.report.doubtful
        for line in one.issues
    )
    return (Heading(desk.say("issues")), Grid(columns, rows)) if rows else ()


def _top(desk: Desk) -> tuple[Block, ...]:
    cards = tuple(desk.brief(one, link=True) for one in top_findings(desk.report))
    return cards or (desk.none(),)


def _groups(desk: Desk) -> tuple[Block, ...]:
    columns = (
        Column(desk.say("group"), 3),
        Column(desk.say("document"), 2.4),
        Column(desk.say("measures"), 0.8, number=True),
        Column(desk.say("leading"), 2.6),
        Column(desk.say("bodies"), 1, number=True),
        Column(desk.say("findings"), 0.8, number=True),
    )
    rows = tuple(
        (
            one.provision + one.label.to(desk.lang),
            desk.titles.get(one.document, ""),
            desk.number(one.measures),
            desk.joined([body.to(desk.lang) for body in one.leads[:3]])
            + ("…" if len(one.leads) > 3 else ""),
            desk.number(one.bodies),
            desk.number(one.findings),
        )
        for one in desk.report.groups[:GROUPS]
    )
    rest = desk.rest(len(desk.report.groups) - GROUPS)
    return (Grid(columns, rows), *rest) if rows else ()


def _bodies(desk: Desk) -> tuple[Block, ...]:
    names = ("leads", "duties", "needs", "missing", "findings")
    columns = (
        Column(desk.say("body"), 3.6),
        *(Column(desk.say(name), number=True) for name in names),
    )
    rows = tuple(
        (
            one.label.to(desk.lang),
            *map(desk.number, (one.leads, one.duties, one.needs, one.missing, len(one.findings))),
        )
        for one in desk.report.bodies[:BODIES]
    )
    rest = desk.rest(len(desk.report.bodies) - BODIES)
    return (Grid(columns, rows), *rest) if rows else ()


def _method(desk: Desk) -> tuple[Block, ...]:
    types = Grid(
        (
            Column(desk.say("type"), 1.4),
            Column(desk.say("definition"), 4),
            Column(desk.say("severity"), 2),
        ),
        tuple(
            (desk.type_names[one.id], one.definition.to(desk.lang), one.severity.to(desk.lang))
            for one in desk.report.types
        ),
    )
    settings = Grid(
        (
            Column(desk.say("setting"), 2.4),
            Column(desk.say("value"), 0.8, number=True),
            Column(desk.say("meaning"), 4),
        ),
        tuple((one.name, one.value, one.meaning.to(desk.lang)) for one in desk.report.thresholds),
    )
    return (types, settings)


def _appendix(desk: Desk) -> Iterator[Block]:
    for line in desk.report.types:
        if line.total:
            yield from _of_type(desk, line)
    if not desk.report.findings:
        yield desk.none()


def _of_type(desk: Desk, line: TypeLine) -> Iterator[Block]:
    yield Heading(desk.type_names[line.id], line.id, desk.number(line.total))
    yield Words(line.definition.to(desk.lang), Manner.QUIET)
    remedy = line.remedy.to(desk.lang)
    yield Words(f"{desk.say('remedy')}{'：' if desk.lang == 'zh' else ': '}{remedy}", Manner.QUIET)
    for one in desk.report.of_type(line.id):
        yield replace(desk.whole(one, anchor=True), type=one.type)
