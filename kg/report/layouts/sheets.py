"""A sheet for each body: its duties, whom it must coordinate with, what is open."""

from collections import defaultdict
from collections.abc import Sequence

from kg.model import Finding
from kg.report import words
from kg.report.blocks import Block, Column, Figures, Grid, Heading, Section, Words
from kg.report.layouts.desk import Desk
from kg.report.model import BodyLine, DutyLine, Need, short


def sheets(desk: Desk) -> tuple[Section, ...]:
    """Return a section for each body of the report, each on a page of its own."""
    duties: dict[str, list[DutyLine]] = defaultdict(list)
    for duty in desk.report.duties:
        duties[duty.body].append(duty)
    needs: dict[str, list[Need]] = defaultdict(list)
    for need in desk.report.coordination.needs:
        for body in need.ids:
            needs[body].append(need)
    known = {one.id: one for one in desk.report.findings}
    return tuple(
        Section(
            short(line.id),
            line.label.to(desk.lang),
            (
                _figures(desk, line),
                Heading(desk.say("your_duties")),
                _duties(desk, duties[line.id]),
                Heading(desk.say("your_partners")),
                _partners(desk, needs[line.id], line.id),
                Heading(desk.say("your_findings")),
                *_findings(desk, [known[name] for name in line.findings]),
            ),
            fresh=place > 0,
        )
        for place, line in enumerate(desk.report.bodies)
    )


def _findings(desk: Desk, found: Sequence[Finding]) -> Sequence[Block]:
    return [desk.whole(one, anchor=False) for one in found] or [Words(desk.say("no_findings"))]


def _figures(desk: Desk, line: BodyLine) -> Figures:
    counted = {
        "leads": line.leads,
        "duties": line.duties,
        "needs": line.needs,
        "missing": line.missing,
        "findings": len(line.findings),
    }
    return Figures(tuple((desk.number(n), desk.say(name)) for name, n in counted.items()))


def _duties(desk: Desk, duties: Sequence[DutyLine]) -> Grid:
    columns = (
        Column(desk.say("task"), 3.4),
        Column(desk.say("role"), 1.2),
        Column(desk.say("due"), 0.9),
        Column(desk.say("source"), 3),
    )
    rows = tuple(
        (
            duty.task.to(desk.lang),
            words.role(duty.role, desk.lang),
            desk.say("year", year=duty.due) if duty.due else "",
            " · ".join(filter(None, (desk.titles.get(duty.document), _provision(duty)))),
        )
        for duty in duties
    )
    return Grid(columns, rows)


def _provision(duty: DutyLine) -> str:
    return duty.evidence.provision if duty.evidence else ""


def _partners(desk: Desk, needs: Sequence[Need], body: str) -> Block:
    if not needs:
        return Words(desk.say("no_partners"))
    columns = (
        Column(desk.say("partner"), 4),
        Column(desk.say("need"), number=True),
        Column(desk.say("shared"), number=True),
        Column(desk.say("channel"), 1.4),
    )
    rows = tuple(
        (
            need.bodies[1 - need.ids.index(body)].to(desk.lang),
            desk.number(need.weight),
            desk.number(need.shared),
            desk.say("arranged" if need.arranged else "not_arranged"),
        )
        for need in needs
    )
    return Grid(columns, rows)
