"""The sections that tell of an analysis: what has changed, who needs whom, what comes first, chains."""

from collections.abc import Iterator

from kg import drawing
from kg.report import words
from kg.report.blocks import Block, Column, Drawing, Grid, Heading, Items, Words
from kg.report.layouts.desk import Desk
from kg.report.model import ChainLine, Changes, short

MISSING_PAIRS, CHANGED = 30, 200


def since(desk: Desk) -> tuple[Block, ...]:
    """Return what is new, gone and of another severity since an earlier run."""
    changes = desk.report.changes
    if changes is None:
        return ()
    told = desk.say(
        "since_text",
        began=words.moment(changes.began, desk.lang),
        appeared=desk.number(len(changes.appeared)),
        gone=desk.number(len(changes.gone)),
        regraded=desk.number(len(changes.regraded)),
        unchanged=desk.number(changes.unchanged),
    )
    columns = (
        Column(desk.say("change")),
        Column(desk.say("key"), 1.6),
        Column(desk.say("reason"), 5),
    )
    rows = tuple(_changed(desk, changes))
    shown = (Grid(columns, rows[:CHANGED]), *desk.rest(len(rows) - CHANGED)) if rows else ()
    return (Words(told), *shown)


def coordination(desk: Desk) -> tuple[Block, ...]:
    """Return who must coordinate with whom, drawn, and the pairs without a channel."""
    told = desk.report.coordination
    text = desk.say(
        "congruence_text",
        required=desk.number(told.required),
        missing=desk.number(told.missing),
        met=desk.number(told.required - told.missing),
        plain=desk.share(told.congruence),
        weighted=desk.share(told.congruence_weighted),
    )
    drawn = (_drawn(desk),) if told.matrix.bodies else ()
    missing = [need for need in told.needs if not need.arranged]
    table: tuple[Block, ...] = ()
    if missing:
        table = (
            Heading(desk.say("missing_pairs")),
            desk.needs(missing[:MISSING_PAIRS]),
            *desk.rest(len(missing) - MISSING_PAIRS),
        )
    return (Words(text), *drawn, *table)


def _drawn(desk: Desk) -> Drawing:
    told = desk.report.coordination.matrix
    cells = {
        (row, column): drawing.Cell(weight, (row, column) in told.arranged)
        for row, weights in enumerate(told.cells)
        for column, weight in enumerate(weights)
        if weight
    }
    names = tuple(body.to(desk.lang) for body in told.bodies)
    label = desk.say("coordination")
    svg = drawing.matrix_svg(drawing.Matrix(names, cells), label=label)
    return Drawing(svg, label, desk.say("matrix_text"))


def dependencies(desk: Desk) -> tuple[Block, ...]:
    """Return what must come before what: the longest chain, and the rings."""
    told = desk.report.dependencies
    text = desk.say(
        "dependencies_text", measures=desk.number(told.measures), links=desk.number(told.links)
    )
    blocks: list[Block] = [Words(text)]
    if told.longest:
        steps = tuple(step.to(desk.lang) for step in told.longest)
        blocks += [Heading(desk.say("longest")), Items(steps, ordered=True)]
    if told.cycles:
        rings = tuple(" → ".join(member.to(desk.lang) for member in ring) for ring in told.cycles)
        blocks += [Heading(desk.say("cycles")), Items(rings)]
    return tuple(blocks)


def chains(desk: Desk) -> tuple[Block, ...]:
    """Return how goals are carried down through the levels, and where that breaks off."""
    told = desk.report.chains
    if not told.total:
        return ()
    names = ("total", "complete", "broken", "headless")
    text = desk.say("chains_text", **{name: desk.number(getattr(told, name)) for name in names})
    cut = desk.say("chains_cut", total=desk.number(told.total)) if told.truncated else ""
    lines = tuple(_chain(desk, one) for one in told.shown)
    listed = (Heading(desk.say("chains_shown")), Items(lines)) if lines else ()
    return (Words(f"{text} {cut}".strip()), *listed)


def _chain(desk: Desk, one: ChainLine) -> str:
    faults = []
    if one.breaks:
        levels = desk.joined([desk.level(level) for level in one.breaks])
        faults.append(desk.say("broken_at", levels=levels))
    if one.headless:
        measures = desk.joined([measure.to(desk.lang) for measure in one.headless])
        faults.append(desk.say("headless_at", measures=measures))
    steps = " ← ".join(step.to(desk.lang) for step in one.steps)
    return f"{steps} — {desk.joined(faults)}"


def _changed(desk: Desk, changes: Changes) -> Iterator[tuple[str, str, str]]:
    known = {one.id: one for one in desk.report.findings}
    for name in changes.appeared:
        yield desk.say("appeared"), short(name), known[name].reason.to(desk.lang)
    for name, was in changes.regraded:
        one = known[name]
        told = desk.say("regraded", was=desk.severity(was), now=desk.severity(one.severity))
        yield told, short(name), one.reason.to(desk.lang)
    for lost in changes.gone:
        yield desk.say("gone"), short(lost.id), lost.reason.to(desk.lang)
