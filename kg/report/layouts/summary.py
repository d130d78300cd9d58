"""Two pages for leaders: what was found, what to look at first, who is concerned."""

from kg.drawing.letters import shortened
from kg.report.blocks import Block, Column, Grid, Heading, Items, Manner, Section, Words
from kg.report.layouts.desk import Desk
from kg.report.layouts.full import top_findings
from kg.report.model import BodyLine, TypeLine

TOP, TYPES, PAIRS, BODIES = 6, 5, 5, 5
REASON_LETTERS = 78


def summary(desk: Desk) -> tuple[Section, ...]:
    """Return what fits two pages of A4."""
    report = desk.report
    missing = [need for need in report.coordination.needs if not need.arranged]
    first = (*_top(desk), *_types(desk))
    second: list[Block] = []
    if report.levels:
        second += [Heading(desk.say("by_level")), desk.levels()]
    if missing:
        second += [Heading(desk.say("missing_pairs")), desk.needs(missing[:PAIRS])]
    bodies = [line for line in report.bodies if line.missing]
    if bodies:
        second += [Heading(desk.say("most_missing")), _bodies(desk, bodies)]
    second += [Words(desk.say("honesty_short"), Manner.BOX)]
    return (
        Section("summary", desk.say("summary"), (desk.figures(), desk.lead(), *first)),
        Section("coordination", desk.say("coordination"), tuple(second)),
    )


def _top(desk: Desk) -> tuple[Block, ...]:
    found = top_findings(desk.report, TOP)
    colon = "：" if desk.lang == "zh" else ": "
    entries = tuple(
        f"{desk.severity(one.severity)}{colon}{shortened(one.reason.to(desk.lang), REASON_LETTERS)} "
        f"{desk.say('remedy')}{colon}{one.remedy.to(desk.lang)}"
        for one in found
    )
    return (Heading(desk.say("top")), Items(entries, ordered=True)) if entries else ()


def _types(desk: Desk) -> tuple[Block, ...]:
    def worst(line: TypeLine) -> tuple[int, ...]:
        return tuple(-number for _, number in line.counts)

    found = sorted((line for line in desk.report.types if line.total), key=worst)
    columns = (Column(desk.say("type"), 5), *desk.severity_columns())
    rows = tuple((desk.type_names[line.id], *desk.counts(line.counts)) for line in found[:TYPES])
    return (Grid(columns, rows),) if rows else ()


def _bodies(desk: Desk, lines: list[BodyLine]) -> Grid:
    names = ("leads", "duties", "needs", "missing")
    columns = (
        Column(desk.say("body"), 3.6),
        *(Column(desk.say(name), 1.3, number=True) for name in names),
    )
    rows = tuple(
        (
            line.label.to(desk.lang),
            *map(desk.number, (line.leads, line.duties, line.needs, line.missing)),
        )
        for line in lines[:BODIES]
    )
    return Grid(columns, rows)
