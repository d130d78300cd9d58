"""The lines of a report as tables with all their columns, for sheets and for other programs."""

from collections.abc import Mapping

from kg.model import Finding
from kg.report import words
from kg.report.blocks import Column, Grid
from kg.report.layouts.desk import Desk
from kg.report.model import DutyLine, home_of, short


def all_of(desk: Desk) -> Mapping[str, Grid]:
    """Return each table by the name of its words in `kg.report.words`."""
    return {
        "findings": findings(desk),
        "duties_sheet": duties(desk),
        "pairs": needs(desk),
        "coverage": coverage(desk),
    }


def findings(desk: Desk) -> Grid:
    """Return every finding, with its words, its remedy, and who could take it up."""
    columns = (
        Column(desk.say("key"), 1.8),
        Column(desk.say("severity"), 0.8),
        Column(desk.say("type"), 1.8),
        Column(desk.say("document"), 2.6),
        Column(desk.say("provision"), 1.4),
        Column(desk.say("reason"), 5.5),
        Column(desk.say("quote"), 6.5),
        Column(desk.say("remedy"), 3.5),
        Column(desk.say("candidates"), 3),
    )
    return Grid(columns, tuple(_finding(desk, one) for one in desk.report.findings))


def _finding(desk: Desk, one: Finding) -> tuple[str, ...]:
    provisions = dict.fromkeys(piece.provision for piece in one.evidence if piece.provision)
    home = home_of(one)
    quotes = [
        f"{piece.quote} [{desk.place(piece, home=home)}]" for piece in one.evidence if piece.quote
    ]
    return (
        short(one.id),
        desk.severity(one.severity),
        desk.type_names[one.type],
        desk.titles.get(home or "", ""),
        desk.joined(list(provisions)),
        one.reason.to(desk.lang),
        "\n".join(quotes),
        one.remedy.to(desk.lang),
        desk.joined([candidate.label.to(desk.lang) for candidate in one.candidates]),
    )


def duties(desk: Desk) -> Grid:
    """Return every duty with the words that give it."""
    columns = (
        Column(desk.say("body"), 3),
        Column(desk.say("role"), 0.8),
        Column(desk.say("task"), 4),
        Column(desk.say("due"), 0.8, number=True),
        Column(desk.say("level"), 0.8),
        Column(desk.say("document"), 3),
        Column(desk.say("provision"), 1.4),
        Column(desk.say("quote"), 5),
        Column(desk.say("task_key"), 2.4),
    )
    return Grid(columns, tuple(_duty(desk, one) for one in desk.report.duties))


def _duty(desk: Desk, one: DutyLine) -> tuple[str, ...]:
    return (
        one.label.to(desk.lang),
        words.role(one.role, desk.lang),
        one.task.to(desk.lang),
        str(one.due or ""),
        desk.level(one.level),
        desk.titles.get(one.document, ""),
        one.evidence.provision if one.evidence else "",
        one.evidence.quote if one.evidence else "",
        short(one.measure),
    )


def needs(desk: Desk) -> Grid:
    """Return every pair of bodies that need each other, with or without a channel."""
    columns = (
        Column(desk.say("body"), 3.5),
        Column(desk.say("partner"), 3.5),
        Column(desk.say("need"), number=True),
        Column(desk.say("shared"), number=True),
        Column(desk.say("channel"), 1.2),
    )
    rows = tuple(
        (
            need.bodies[0].to(desk.lang),
            need.bodies[1].to(desk.lang),
            desk.number(need.weight),
            desk.number(need.shared),
            desk.say("arranged" if need.arranged else "not_arranged"),
        )
        for need in desk.report.coordination.needs
    )
    return Grid(columns, rows)


def types(desk: Desk) -> Grid:
    """Return the gap types that were found, with how often, by severity."""
    found = [line for line in desk.report.types if line.total]
    columns = (Column(desk.say("type"), 5), *desk.severity_columns())
    rows = tuple((desk.type_names[line.id], *desk.counts(line.counts)) for line in found)
    return Grid(columns, rows, tuple(line.id for line in found))


def coverage(desk: Desk) -> Grid:
    """Return the documents and how much of each was understood."""
    columns = (
        Column(desk.say("document"), 3.6),
        Column(desk.say("level")),
        Column(desk.say("goals"), 0.8, number=True),
        Column(desk.say("measures"), 0.8, number=True),
        Column(desk.say("clauses_read"), 1.1, number=True),
        Column(desk.say("brackets_read"), 1.6, number=True),
        Column(desk.say("findings"), 0.8, number=True),
    )
    rows = tuple(
        (
            one.title,
            desk.level(one.level),
            desk.number(one.goals),
            desk.number(one.measures),
            desk.share(one.clause_share),
            desk.read_share(one),
            desk.number(one.findings),
        )
        for one in desk.report.documents
    )
    return Grid(columns, rows)
