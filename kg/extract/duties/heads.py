"""Who a clause of running text gives a duty to: 各地区要……, 由甲牵头、乙配合, 甲负责……."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from kg.extract.bodies.resolve import Place
from kg.extract.duties import acting
from kg.extract.duties.acting import Holder, strong
from kg.extract.duties.clause import parse_clause
from kg.extract.dutyrules import Duty, duty_rules, pattern
from kg.extract.flat import Flat, flatten
from kg.extract.rules import rule
from kg.model import Role, Span

NO_NOUN = "(?![求素件点时用害闻职领约])"  # behind 要, 应, 须: 要求, 应用, 须知 ask for nothing
_MODAL = re.compile(f"[要应须需]{NO_NOUN}")
_ROLES = (
    "牵头",
    "配合",
    "协助",
    "参与",
    "参加",
    "负责",
    "负总责",
    "组织",
    "推进",
    "落实",
    "实施",
    "协调",
)
_LONGEST_OPENING = 200
_RULE = "duty.prose"
_ASIDE_RULE = "duty.prose.aside"
_BY_RULE = "duty.prose.by"
_IS_RULE = "duty.prose.is-role"
_CHARGE_RULE = "duty.prose.charge"


@dataclass(frozen=True, slots=True)
class Head:
    """A clause that says who has a duty; ``alone`` where it says nothing of the clauses behind."""

    clause: Span
    holders: tuple[Holder, ...]
    duty: Duty
    partners: tuple[Holder, ...] = ()
    alone: bool = False
    each: tuple[tuple[Holder, Duty], ...] = ()  # 甲牵头、乙配合: every holder has its own duty

    @property
    def reach(self) -> int:
        """Return where the last of its bodies ends: 同时，各地区要 begins a clause before them."""
        return self.holders[-1][0].end


class Piece(NamedTuple):
    """A clause, read once for all that look for its bodies, with its sentence.

    A tuple, since every clause makes one: twice as fast as a frozen dataclass.
    """

    span: Span
    flat: Flat
    following: Span | None
    part: Span  # its sentence
    told: bool = False  # it stands in a section that only tells of the state of things

    def begun(self) -> "Piece":
        """Return this clause without the time before its subject."""
        at = acting.begins(self.flat.text)
        if at == 0:
            return self  # as most clauses are
        flat = self.flat.behind(at)
        return self._replace(span=Span(flat.at[0], self.span.end), flat=flat)


def head_of(text: str, piece: Piece, place: Place) -> Head | None:
    """Return who has the duty that *piece* states, ``None`` where it gives none.

    >>> text, whole = "各地区要加强领导", Span(0, 8)
    >>> found = head_of(text, Piece(whole, flatten(text, whole), None, whole), Place())
    >>> found.duty.role.value if found else None
    'responsible'
    """
    return (
        _bare(text, piece, place)
        or _is_role(text, piece, place)
        or _told(text, piece, place)
        or _in_charge(text, piece.span, place)
        or _acts(text, piece, place)
        or _by(text, piece, place)
    )


def _tells(text: str, part: Span) -> bool:
    """Return whether the sentence *part* looks back, or says what will be by a horizon."""
    words = flatten(text, part).text
    horizon = rule("times", "time.horizon").regex.match(words)
    return horizon is not None or pattern("duty.prose.narrative").search(words) is not None


def _bare(text: str, piece: Piece, place: Place) -> Head | None:
    """Return the duties of a clause that only says who has which: 由甲牵头、乙配合."""
    flat = piece.flat
    if not flat.text.endswith(_ROLES):
        return None
    words = flat.text[flat.text.find("由") + 1 :]  # 所需经费由甲负责
    if pattern("duty.prose.bare").search(words) is None:
        return None
    if pattern("duty.prose.no-subject").match(words):
        return None
    told = flat.span(len(flat.text) - len(words), len(flat.text))
    found = parse_clause(text, span=told, place=place)
    each = tuple(
        ((body.span, body.body), body.duty) for body in found.bodies if body.span is not None
    )
    if not each or found.unread or not all(strong(text, span, place) for (span, _), _ in each):
        return None
    return Head(piece.span, tuple(holder for holder, _ in each), each[0][1], each=each)


def _is_role(text: str, piece: Piece, place: Place) -> Head | None:
    """Return the duty of a clause such as 省市场监管局为牵头单位."""
    flat = piece.flat
    if not flat.text.endswith(("单位", "部门")):
        return None
    found = pattern(_IS_RULE).search(flat.text)
    if found is None:
        return None
    label = found["label"] + "单位："
    duty = next((duty for one, duty in duty_rules().labels if one.match(label)), None)
    bodies = strong(text, flat.span(*found.span("bodies")), place)
    if duty is None or not bodies:
        return None
    each = tuple((holder, duty) for holder in bodies)
    return Head(piece.span, bodies, duty, each=each)


def _told(text: str, piece: Piece, place: Place) -> Head | None:
    """Return the bodies that *piece* begins with, before 要 or 应."""
    found = _subjects(text, Span(piece.span.start, piece.part.end), place)
    if not found:
        return None
    holders, behind = found
    told = flatten(text, Span(behind, piece.part.end))
    return Head(piece.span, holders, _duty(told.text), acting.partners(text, told, place))


def _acts(text: str, piece: Piece, place: Place) -> Head | None:
    """Return the bodies that *piece* begins with, right before a directive verb."""
    found = None if piece.told else acting.subject(text, piece.flat, place, piece.following)
    if found is None or _tells(text, piece.part):
        return None
    return Head(piece.span, found.holders, found.duty, found.partners)


def _subjects(text: str, part: Span, place: Place) -> tuple[tuple[Holder, ...], int] | None:
    """Return the bodies that *part* begins with, before 要 or 应, and where 要 or 应 ends."""
    if not _MODAL.search(text, part.start, min(part.end, part.start + 90)):
        return None
    flat = flatten(text, Span(part.start, min(part.end, part.start + _LONGEST_OPENING)))
    for identifier in (_RULE, _ASIDE_RULE):
        found = pattern(identifier).match(flat.text)
        if found is None:
            continue
        bodies = strong(text, flat.span(found.start("bodies"), found.end("bodies")), place)
        if bodies:
            return bodies, flat.span(0, found.end()).end
    return None


def _duty(told: str) -> Duty:
    """Return the duty of the words behind 要: of 要牵头 it is to lead."""
    if told.startswith("牵头") or pattern("duty.prose.leading").search(told) is not None:
        return Duty(Role.LEAD, _RULE)
    return acting.told_role(told) or Duty(Role.RESPONSIBLE, _RULE)


def _by(text: str, piece: Piece, place: Place) -> Head | None:
    """Return the duty of a clause such as 由市质量工作领导小组另行制定."""
    found = _agent(text, piece, place) if "由" in piece.flat.text else None
    if found is None:
        return None
    bodies, doing = found
    duty = acting.told_role(doing.text) or Duty(Role.RESPONSIBLE, _BY_RULE)
    return Head(piece.span, bodies, duty, acting.partners(text, doing, place), alone=True)


def _agent(text: str, piece: Piece, place: Place) -> tuple[tuple[Holder, ...], Flat] | None:
    """Return the bodies behind 由, and the words that say what they do."""
    clause = piece.span
    found = pattern(_BY_RULE).search(text, clause.start, clause.end)
    bodies = strong(text, Span(*found.span("bodies")), place) if found else ()
    if found and bodies:
        return bodies, flatten(text, Span(found.start("does"), clause.end))
    return acting.agent(text, piece.flat, place)


def _in_charge(text: str, clause: Span, place: Place) -> Head | None:
    """Return the duty of a clause such as 省市场监管局负责统筹协调."""
    found = rule("responsibilities", _CHARGE_RULE)
    match = found.search(clause.of(text))
    if match is None:
        return None
    words = Span(*(clause.start + at for at in match.span("bodies")))
    bodies = strong(text, words, place)
    role = Role.LEAD if match["lead"] else Role.RESPONSIBLE
    return Head(clause, bodies, Duty(role, _CHARGE_RULE)) if bodies else None
