"""Who does what in an invented plan: the bodies in brackets, their roles, and the planted flaws."""

from dataclasses import dataclass
from random import Random

from bench.draft import Draft
from bench.nation import Place
from bench.words import DEPARTMENT, OPEN_BODIES
from kg.model import BodyKind, Kind, Level, RelationKind, Responsibility, Role, Span

FLAWS = ("G01", "G02", "G03", "G04", "G05")
"""Gap types that are planted, one item each; no other item has such a gap."""

_OFFICE = {Level.CENTRAL: "部", Level.PROVINCE: "厅"}
_DONE_BY = {
    Role.LEAD: "牵头",
    Role.RESPONSIBLE: "负责",
    Role.SUPPORT: "配合",
    Role.SUPERVISOR: "监督",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """Who has which role in an item; open bodies are named by no name."""

    body: str
    role: Role
    open: bool


def bracket(
    draft: Draft, chance: Random, place: Place, item: tuple[str, str | None]
) -> tuple[Duty, ...]:
    """Write who does an item, with its planted flaw; return it."""
    measure, flaw = item
    if flaw == "G01":
        draft.say("\n")
        return ()
    start = draft.end
    draft.say("（")
    found: list[tuple[str, str, Role, bool, Span]] = []
    for role, names in _staff(chance, flaw):
        draft.say("，" if found else "")
        for number, name in enumerate(names):
            draft.say("、" if number else "")
            found.append(_body(draft, place, name, role))
        draft.say(_DONE_BY[role])
    deadline = f"{chance.choice((2025, 2026, 2027))}年底前" if chance.random() < 0.4 else None
    draft.say(f"，{deadline}完成" if deadline else "")
    draft.say("）")
    clause = Span(start, draft.end)
    draft.say("\n")
    for position, (body_id, body, role, is_open, span) in enumerate(found, 1):
        draft.duties.append(
            Responsibility(
                clause=clause,
                body_id=body_id,
                body=body,
                role=role,
                applies_to=(measure,),
                rule=f"duty.cue.{role}",
                body_span=span,
                open=is_open,
                deadline=deadline,
                position=position,
            )
        )
    return tuple(Duty(body, role, is_open) for _, body, role, is_open, _ in found)


def _staff(chance: Random, flaw: str | None) -> list[tuple[Role, list[str]]]:
    """Return who does an item in which role, by the stems of their names."""
    names = DEPARTMENT.some(chance, 8)
    if flaw == "G02":
        return [(Role.RESPONSIBLE, names[:2])]
    if flaw == "G03":
        return [(Role.LEAD, names[:2]), (Role.SUPPORT, names[2:3])]
    if flaw == "G04":
        return [(Role.RESPONSIBLE, [chance.choice(OPEN_BODIES)])]
    if flaw == "G05":
        return [(Role.LEAD, names[:1]), (Role.SUPERVISOR, names[:1])]
    responsible = chance.choices((0, 1, 2, 3), (3, 4, 2, 1))[0]
    support = chance.choices((0, 1, 2, 4), (3, 4, 2, 1))[0]
    helping = names[1 + responsible : 1 + responsible + support]
    if helping and chance.random() < 0.1:
        helping.append(chance.choice(OPEN_BODIES))
    staff = [(Role.LEAD, names[:1]), (Role.RESPONSIBLE, names[1 : 1 + responsible])]
    staff.append((Role.SUPPORT, helping))
    if chance.random() < 0.05:
        staff.append((Role.SUPERVISOR, names[-1:]))
    return [(role, bodies) for role, bodies in staff if bodies]


def _body(draft: Draft, place: Place, name: str, role: Role) -> tuple[str, str, Role, bool, Span]:
    is_open = name in OPEN_BODIES
    office = _OFFICE.get(place.level, "局")
    words = name if is_open else f"{place.short}{name}{office}"
    canonical = name if is_open else f"{place.name or '全国'}{name}{office}"
    span = draft.say(words)
    this = _mark_body(
        draft,
        place,
        (span, canonical),
        BodyKind.OPEN_BODY if is_open else BodyKind.DEPARTMENT,
    )
    return this, canonical, role, is_open, span


def leading_group(draft: Draft, chance: Random, place: Place) -> frozenset[str]:
    """Write the coordination body of an area and its members; return these."""
    canonical = f"{place.name or '全国'}质量工作领导小组"
    words = f"{place.short}质量工作领导小组"
    span = draft.say(words)
    group = _mark_body(draft, place, (span, canonical), BodyKind.COORDINATION_BODY)
    cue = draft.say("统筹推进，成员单位包括")
    members = []
    for number, name in enumerate(DEPARTMENT.some(chance, chance.randint(4, 8))):
        draft.say("、" if number else "")
        member, body, *_ = _body(draft, place, name, Role.PARTICIPANT)
        draft.tie(RelationKind.MEMBER_OF, member, group, cue=cue)
        members.append(body)
    draft.say("。\n")
    return frozenset(members)


def _mark_body(draft: Draft, place: Place, named: tuple[Span, str], kind: BodyKind) -> str:
    span, canonical = named
    area = {"area": place.name} if place.name else {}
    return draft.mark(
        Kind.BODY,
        span,
        "body.name",
        canonical=canonical,
        body_kind=kind.value,
        level=place.level.value,
        **area,
    )
