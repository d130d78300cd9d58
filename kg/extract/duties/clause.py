"""One clause of responsibilities, read: （市场监管总局牵头，公安部等参与，2026年底前完成）.

A clause is a row of segments between commas and semicolons. A segment ends in a word that gives the
role (牵头, 配合), or opens with a label (责任单位：), or holds a deadline, a rule for the document,
or names that wait for the role of a later segment.
"""

import re
from dataclasses import dataclass, replace

from kg.extract.bodies.bodylist import Item, Names, is_body, split_names
from kg.extract.bodies.resolve import NOWHERE, Place, Resolved, prefix_of, resolve
from kg.extract.duties.clauseparts import Segment, inside_brackets, segments
from kg.extract.duties.widerules import WideRule, wide_rules
from kg.extract.dutyrules import Duty, duty_rules, pattern
from kg.extract.flat import Flat, flatten, torn_lines
from kg.model import Basis, Role, Span

_NOTHING = frozenset({"", "无", "/", "-", "—", "——", "暂无"})
_LONGEST_NAME = 40
_NO_NAME = re.compile(
    r"[：:]|(?<=..)(?<!自)由(?!贸)|(?<!主)要(?!素|道|塞)|[。；！？]"
)  # 院校内由教育部门 is a sentence
_GAP = re.compile(r"(?<=\S)\s(?=\S)")
_LAST = re.compile(r"[\s、，,；;：:]")
_PLAIN = Duty(Role.RESPONSIBLE, "duty.position")


@dataclass(frozen=True, slots=True)
class ClauseBody:
    """A body of a clause: where it is written, who it is, what it has to do.

    ``span`` is ``None`` for a body that another clause means here too (以下均需……不再列出).
    """

    span: Span | None
    fragments: tuple[Span, ...]
    name: str  # as written, without line breaks
    body: Resolved
    duty: Duty
    basis: Basis = Basis.STATED
    list_open: bool = False
    nested: bool = False
    position: int = 1


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause says. ``unread`` are segments that no rule could read."""

    span: Span
    fragments: tuple[Span, ...]
    bodies: tuple[ClauseBody, ...]
    deadline: str | None = None
    rules: tuple[WideRule, ...] = ()
    unread: tuple[Span, ...] = ()
    cued: bool = False  # a role is written, so that place alone did not decide


@dataclass(slots=True)
class _Reading:
    """What has been read of a clause so far."""

    groups: list[tuple[Duty, Basis, Names]]
    waiting: list[Names]
    label: Duty | None = None
    deadline: str | None = None
    unread: list[Segment] | None = None


def parse_clause(
    text: str, *, span: Span | None = None, place: Place = NOWHERE, duty: Duty | None = None
) -> Clause:
    """Return what the clause ``text[span]`` says, with offsets in *text*.

    Args:
        text: the text that holds the clause.
        span: the clause with its brackets, all of *text* if not given.
        place: who issued the document, to resolve 省财政厅 and 财政厅.
        duty: the role of names without one, as the header of a table column gives it; in a cell,
            white space between two names tells them apart, as a line end did in the sheet.

    >>> clause = parse_clause("（市场监管总局牵头，公安部等参与，2026年底前完成）")
    >>> [(body.name, body.duty.role.value, body.list_open) for body in clause.bodies]
    [('市场监管总局', 'lead', False), ('公安部', 'participant', True)]
    >>> clause.deadline
    '2026年底前'
    """
    whole = span or Span(0, len(text))
    holes = torn_lines(text, whole)
    flat = flatten(text, whole, holes, listed=_listed(text, whole) if duty else frozenset())
    if not flat.text:
        return Clause(whole, (), ())
    rules = wide_rules(flat)
    reading = _read(flat, rules, duty)
    return Clause(
        span=whole,
        fragments=flat.fragments(0, len(flat.text)) if holes else (),
        bodies=_bodies(flat, reading, place),
        deadline=reading.deadline,
        rules=tuple(rule for _, rule in rules),
        unread=tuple(
            flat.span(part.start, part.end)
            for part in reading.unread or ()
            if part.end > part.start
        ),
        cued=any(basis is Basis.STATED for _, basis, _ in reading.groups),
    )


def _listed(text: str, span: Span) -> frozenset[int]:
    """Return where white space in a cell stands between two names: 市财政局 市教育局."""
    return frozenset(
        gap.start()
        for gap in _GAP.finditer(text, span.start, span.end)
        if is_body(_LAST.split(text[span.start : gap.start()])[-1])
        and is_body(_LAST.split(text[gap.end() : span.end])[0])
    )


def _read(flat: Flat, rules: list[tuple[tuple[int, int], WideRule]], duty: Duty | None) -> _Reading:
    reading = _Reading([], [], label=duty, unread=[])
    start, end = inside_brackets(flat.text)
    spent = [place for place, _ in rules]
    for segment in segments(flat.text, start, end):
        if not any(a < segment.end and segment.start < b for a, b in spent):
            _take(flat.text, segment, reading)
        if segment.strong:
            _settle(reading)
    _settle(reading)
    _place_the_rest(reading)
    return reading


def _take(text: str, segment: Segment, reading: _Reading) -> None:
    """Read one segment into *reading*."""
    start, end = _after_label(text, segment, reading)
    if start < 0:
        return
    start, end = _without_dates(text, start, end, reading)
    if text[start:end] in _NOTHING or pattern("duty.document.ditto").fullmatch(text, start, end):
        return
    if pattern("duty.ongoing").fullmatch(text, start, end):
        return
    duty, end = _cue(text, start, end)
    if duty is None:
        _take_names(text, Segment(start, end, segment.strong), reading)
    else:
        _take_role(text, Segment(start, end, segment.strong), duty, reading)


def _after_label(text: str, segment: Segment, reading: _Reading) -> tuple[int, int]:
    """Return what follows the label of *segment*, (-1, -1) where that was a deadline."""
    label = duty_rules().label.match(text, segment.start, segment.end)
    if label is None:
        return segment.start, segment.end
    if duty_rules().time_label.match(text, segment.start, label.end()):
        given = text[label.end() : segment.end]
        date = duty_rules().deadline.match(given)
        reading.deadline = (date["date"] if date else given) or reading.deadline
        return -1, -1
    _settle(reading)
    reading.label = next(
        duty for one, duty in duty_rules().labels if one.match(text, segment.start, label.end())
    )
    return label.end(), segment.end


def _without_dates(text: str, start: int, end: int, reading: _Reading) -> tuple[int, int]:
    rules = duty_rules()
    whole = rules.deadline.match(text[start:end])
    if whole:
        reading.deadline = reading.deadline or whole["date"]
        return end, end
    first = rules.deadline_start.match(text[start:end])
    last = rules.deadline_end.search(text[start:end])
    if first:
        reading.deadline = reading.deadline or first["date"]
        start += first.end()
    elif last:
        reading.deadline = reading.deadline or last["date"]
        end = start + last.start()
    return start, end


def _cue(text: str, start: int, end: int) -> tuple[Duty | None, int]:
    """Return the role that ``text[start:end]`` ends with, and where the names before it end."""
    best: tuple[Duty | None, int] = (None, end)
    words = text[start:end]
    for cue, duty in duty_rules().cues:
        found = cue.search(words)
        if found and start + found.start() < best[1]:
            best = (duty, start + found.start())
    return best


def _take_role(text: str, segment: Segment, duty: Duty, reading: _Reading) -> None:
    joint = pattern("duty.joint").search(text, segment.start, segment.end)
    first_end = joint.start() if joint else segment.end
    own = _named(text, segment.start, first_end)
    waiting, reading.waiting = reading.waiting, []
    names = _together([*waiting, *([own] if own.items else [])])
    if joint:
        leads = replace_role(duty, Role.LEAD) if duty.role is Role.RESPONSIBLE else duty
        partners = _named(text, joint.end(), segment.end)
        second = duty if duty.role is Role.SUPPORT else replace_role(duty, Role.PARTICIPANT)
        reading.groups += [(leads, Basis.STATED, names), (second, Basis.STATED, partners)]
    else:
        reading.groups.append((duty, Basis.STATED, names))
    if not any(group[2].items for group in reading.groups):
        reading.groups.clear()
        _unread(segment, reading)


def replace_role(duty: Duty, role: Role) -> Duty:
    """Return *duty* with another role, given by 会同 beside the word that ends the segment."""
    return replace(duty, role=role, rule="duty.joint")


def _take_names(text: str, segment: Segment, reading: _Reading) -> None:
    joint = pattern("duty.joint").match(text, segment.start, segment.end)
    names = _named(text, joint.end() if joint else segment.start, segment.end)
    if not names.items:
        _unread(segment, reading)
    elif joint:
        duty = Duty(Role.PARTICIPANT, "duty.joint")
        reading.groups.append((duty, Basis.STATED, names))
    else:
        reading.waiting.append(names)


def _named(text: str, start: int, end: int) -> Names:
    names = split_names(text, start, end)
    kept = tuple(item for item in names.items if _nameable(text[item.start : item.end]))
    return Names(kept, names.open)


def _nameable(name: str) -> bool:
    if len(name) > _LONGEST_NAME or _NO_NAME.search(name):
        return False
    return is_body(name) or resolve(name).known


def _together(parts: list[Names]) -> Names:
    items = tuple(item for part in parts for item in part.items)
    return Names(items, any(part.open for part in parts))


def _settle(reading: _Reading) -> None:
    """Give the names that wait the role of the label that stands before them."""
    if reading.waiting and reading.label is not None:
        reading.groups.append((reading.label, Basis.STATED, _together(reading.waiting)))
        reading.waiting = []


def _place_the_rest(reading: _Reading) -> None:
    """Names that no word gives a role are responsible, by their place in the clause alone."""
    if reading.waiting:
        reading.groups.append((_PLAIN, Basis.POSITION, _together(reading.waiting)))
        reading.waiting = []


def _unread(segment: Segment, reading: _Reading) -> None:
    if reading.unread is not None:
        reading.unread.append(segment)


def _bodies(flat: Flat, reading: _Reading, place: Place) -> tuple[ClauseBody, ...]:
    found: list[tuple[Item, Resolved, tuple[Duty, Basis, Names]]] = []
    for duty, basis, names in reading.groups:
        carried: str | None = None
        for item in names.items:
            name = flat.text[item.start : item.end]
            carried = None if item.first else carried
            resolved = resolve(name, place, carried)
            if item.first and not resolved.open:
                carried = prefix_of(name)
            found.append((item, resolved, (duty, basis, names)))
    found.sort(key=lambda one: (one[0].start, one[0].end))
    return tuple(_body(flat, *one, position=at) for at, one in enumerate(found, 1))


def _body(
    flat: Flat,
    item: Item,
    resolved: Resolved,
    group: tuple[Duty, Basis, Names],
    *,
    position: int,
) -> ClauseBody:
    duty, basis, names = group
    fragments = flat.fragments(item.start, item.end)
    span = flat.span(item.start, item.end)
    torn = len(fragments) > 1
    return ClauseBody(
        span=span,
        fragments=fragments if torn else (),
        name=flat.text[item.start : item.end],
        body=resolved,
        duty=item.duty or duty,
        basis=basis,
        list_open=names.open,
        nested=item.nested,
        position=position,
    )
