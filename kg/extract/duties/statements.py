"""Where a text states responsibilities: brackets, labelled lines, columns of a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.bodies.resolve import Place
from kg.extract.duties.clause import Clause, parse_clause
from kg.extract.dutyrules import Duty, duty_rules, pattern
from kg.extract.flat import flatten
from kg.extract.inorder import InOrder, spans_in_order
from kg.extract.rows import bare, tables
from kg.model import Basis, Span

_OPEN = "（([〔【"
_CLOSE = "）)]〕】"
_EDGE = re.compile("[" + re.escape(_OPEN + _CLOSE) + "]")
_LONGEST = 900
_HINT = re.compile(
    r"牵头|负责|单位|部门|配合|参与|落实|参加|协助|主办|指导|监督|督促|承办|主体|政府|[局委厅部办会行署院]"
)
_ENDED = re.compile(r"[。；;.!！?？”\"）)\]〕】\n\r\f]\s*$|^\s*$")
_STOPPED = re.compile(r"[。；;！!][ \u3000\n\r\f]*$|[\n\r\f][ \u3000]*$")
_FOOTER = re.compile(r"(?:主办|承办|建设)(?:单位|部门)")  # 主办单位：… at the foot of a web page
_LABEL_BEFORE = re.compile(r"(?:^|[\n\r\f。；;\t】]|[）)])[ \u3000\xa0]*[（(〔\[【]?$")
_NEXT_UNIT = re.compile(
    r"。|[（(][一二三四五六七八九十百]+[）)]|(?<![\d.])\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]+、"
)
_COLON = re.compile("[：:]")
_LONGEST_LABEL = 40
_LINE = re.compile(r"[^\n\r\f]*")
_BLANK_LINES = re.compile(r"[\s\u3000]*")
_NOBODY = re.compile(r"[\s\-—–/\\无…\d%％.]*")  # of an empty cell, or one of points
_LONGEST_NAME = 14
_RUNS_ON = re.compile(r"[、，,；;和及][ \u3000]*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause with its place: in a table its row holds the measure."""

    clause: Clause
    row: Span | None = None


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements of a text; ``candidates`` counts brackets that look like one."""

    found: tuple[Statement, ...]
    candidates: int
    unread: tuple[Span, ...]  # candidates of which nothing could be read


def statements(text: str, place: Place) -> Statements:
    """Return every statement of responsibility in *text*, in its order.

    >>> found = statements("推进共享。（省财政厅负责）", Place()).found
    >>> [body.name for body in found[0].clause.bodies]
    ['省财政厅']
    """
    found: list[Statement] = []
    unread: list[Span] = []
    taken: list[Span] = []
    for span in _pairs(text):
        if taken and taken[-1].end > span.start:
            continue
        clause = _bracket(text, span, place)
        if clause is not None:
            taken.append(span)
            found.append(Statement(clause))
        elif _promises(text, span):
            unread.append(span)
    for one in _rows(text, place):
        if isinstance(one, Span):
            unread.append(one)
        else:
            found.append(one)
    stated = spans_in_order({s.row or s.clause.span for s in found})
    found += _lines(text, place, stated)
    found.sort(key=lambda one: one.clause.span)
    return Statements(tuple(found), len(found) + len(unread), tuple(unread))


def _pairs(text: str) -> list[Span]:
    """Return the pairs of brackets, widths mixed as they come, the outer before the inner."""
    stack: list[int] = []
    pairs: list[Span] = []
    for edge in _EDGE.finditer(text):
        if edge[0] in _OPEN:
            stack.append(edge.start())
        elif stack:
            start = stack.pop()
            if edge.end() - start <= _LONGEST:
                pairs.append(Span(start, edge.end()))
    return sorted(pairs, key=lambda span: (span.start, -span.end))


def _bracket(text: str, span: Span, place: Place) -> Clause | None:
    """Return the clause in a bracket, ``None`` if it holds something else."""
    if not _HINT.search(text, span.start, span.end):
        return None
    clause = parse_clause(text, span=span, place=place)
    if not clause.bodies or _mostly_unread(text, clause):
        return None
    if _labelled(text, span):
        return clause
    pointed = sum(body.body.known or body.body.open for body in clause.bodies)
    known = pointed == len(clause.bodies)
    before = text[max(0, span.start - 8) : span.start]
    if clause.cued:
        return clause if known or _ENDED.search(before) else None
    # Names alone are a duty only behind a full stop: 本办法（财政部、税务总局）… cites its authors.
    # A power company or a park office among departments is no doubt of it.
    mostly = pointed >= 1 and pointed * 2 >= len(clause.bodies)
    return clause if mostly and _STOPPED.search(before) and not clause.unread else None


def _mostly_unread(text: str, clause: Clause) -> bool:
    lost = sum(len(part) for part in clause.unread)
    return lost * 2 > len(clause.span)


def _labelled(text: str, span: Span) -> bool:
    flat = flatten(text, Span(span.start, min(span.end, span.start + 60))).text
    return bool(duty_rules().label.search(flat, 1))


def _promises(text: str, span: Span) -> bool:
    """Return whether a bracket that was not read looks like a statement all the same."""
    if not _ENDED.search(text[max(0, span.start - 8) : span.start]):
        return False
    flat = flatten(text, span).text[1:-1]
    return bool(duty_rules().label.match(flat)) or any(
        cue.search(flat) and duty.rule != "duty.cue.supervisor" for cue, duty in duty_rules().cues
    )


def _lines(text: str, place: Place, taken: InOrder[Span]) -> Iterator[Statement]:
    """Yield labels outside brackets: 牵头单位：… on a line of its own, or after a full stop."""
    done = 0
    for label in _labels(text):
        at = label.start()
        if at < done or taken.any_touches(Span(at, at + 1)):
            continue
        if _FOOTER.match(text, at) or not _LABEL_BEFORE.search(text[max(0, at - 6) : at]):
            continue
        span = Span(at, _line_end(text, at))
        clause = parse_clause(text, span=span, place=place)
        if clause.bodies:
            done = span.end
            yield Statement(clause)


def _labels(text: str) -> Iterator[re.Match[str]]:
    """Yield the labels: they end in a colon, and there are few colons to look before."""
    done = 0
    for colon in _COLON.finditer(text):
        start = max(done, colon.start() - _LONGEST_LABEL)
        label = duty_rules().label.search(text, start, colon.end())
        if label is not None:
            yield label
        done = colon.end()


def _line_end(text: str, start: int) -> int:
    """Return where the labelled lines that start at *start* end."""
    end = _one_line_end(text, start)
    while end < len(text):
        blank = _BLANK_LINES.match(text, end)
        following = blank.end() if blank else end
        runs_on = _RUNS_ON.search(text[start:end])
        label = duty_rules().label.match(text, following)
        if label is None and not runs_on:
            return end
        longer = _one_line_end(text, label.end() if label else following)
        if longer <= end:
            return end
        end = longer
    return end


def _one_line_end(text: str, start: int) -> int:
    line = _LINE.match(text, start)
    end = line.end() if line else start
    stop = _NEXT_UNIT.search(text, start + 3, end)
    end = stop.start() if stop else end
    while end > start and text[end - 1] in " \u3000；;。）)】〕]":
        if text[end - 1] in "）)】〕]" and _balanced(text[start:end]):
            break
        end -= 1
    return end


def _balanced(text: str) -> bool:
    return sum(text.count(c) for c in _OPEN) >= sum(text.count(c) for c in _CLOSE)


def _rows(text: str, place: Place) -> Iterator[Statement | Span]:
    """Yield the cells of tables under heads that name a role; as a bare span where none is read."""
    for table in tables(text):
        columns, dates = _columns(table.names)
        above: dict[int, Clause] = {}
        for row in table.rows:
            for at, duty in columns.items():
                if at >= len(row.cells) or _NOBODY.fullmatch(text, *_ends(row.cells[at])):
                    continue
                clause = _repeated(text, row.cells[at], above.get(at)) or parse_clause(
                    text, span=row.cells[at], place=place, duty=duty
                )
                if clause.bodies:
                    above[at] = clause
                    yield Statement(_dated(text, clause, row.cells, dates), row.span)
                else:
                    yield row.cells[at]


def _repeated(text: str, cell: Span, above: Clause | None) -> Clause | None:
    """Return what the cell *above* says where this one says 同上; its bodies stand up there."""
    if above is None or not pattern("duty.cell.same").fullmatch(text, *_ends(cell)):
        return None
    bodies = tuple(replace(body, basis=Basis.INHERITED) for body in above.bodies)
    return replace(above, span=cell, bodies=bodies, unread=())


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _dated(text: str, clause: Clause, cells: Sequence[Span], dates: Sequence[int]) -> Clause:
    for index in dates:
        if clause.deadline is None and index < len(cells) and cells[index]:
            return replace(clause, deadline=cells[index].of(text))
    return clause


def _columns(names: Sequence[str]) -> tuple[dict[int, Duty], list[int]]:
    """Return the columns that name a role, and those that hold deadlines."""
    columns: dict[int, Duty] = {}
    dates: list[int] = []
    for index, head in enumerate(names):
        name = bare(head) + "："
        role = next((d for one, d in duty_rules().labels if one.search(name)), None)
        if role is not None and len(name) < _LONGEST_NAME:
            columns[index] = role
        elif duty_rules().time_label.search(name) and len(name) < _LONGEST_NAME:
            dates.append(index)
    return columns, dates
