"""Who of the bodies of a clause leads, where a sentence of the document says it for all clauses."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.duties.clause import ClauseBody
from kg.extract.duties.widerules import LEADING, DocumentWide, WideRule
from kg.extract.dutyrules import Duty
from kg.model import Basis, Role

_OTHERS = {"配合": Role.SUPPORT, "协助": Role.SUPPORT, "参与": Role.PARTICIPANT}


def says_who_leads(wide: WideRule) -> bool:
    """Return whether a rule for the document says who of several bodies leads."""
    return wide.rule in LEADING


def led(
    text: str, bodies: tuple[ClauseBody, ...], leading: WideRule | None
) -> tuple[ClauseBody, ...]:
    """Return *bodies*, those made leads of whom *leading* says it, unless the clause says who does.

    A body that stands alone leads only where its name carries the sign.
    """
    if leading is None or any(body.duty.role is Role.LEAD for body in bodies):
        return bodies
    chosen = _chosen(text, bodies, leading)
    if not any(chosen):
        return bodies
    by = LEADING[leading.rule]
    return tuple(
        _with_duty(body, leading, by=by, leads=leads)
        for body, leads in zip(bodies, chosen, strict=True)
    )


def _with_duty(body: ClauseBody, leading: WideRule, *, by: str, leads: bool) -> ClauseBody:
    role = Role.LEAD if leads else _OTHERS.get(leading.others)
    if role is None and leading.rule is not DocumentWide.BEFORE_COMMA_LEADS:
        return body
    return replace(body, duty=Duty(role or Role.RESPONSIBLE, by), basis=Basis.RULE)


def _chosen(text: str, bodies: Sequence[ClauseBody], leading: WideRule) -> list[bool]:
    """Return for each of *bodies* whether *leading* makes it lead."""
    if leading.rule is DocumentWide.MARKED_LEADS:
        return [_carries(text, body, leading.signs) for body in bodies]
    if len(bodies) < 2:
        return [False] * len(bodies)
    if leading.rule is DocumentWide.FIRST_LEADS:
        first = leading.count
    else:
        first = _before(text, bodies, leading.signs)
    return [at < first for at in range(len(bodies))]


def _carries(text: str, body: ClauseBody, signs: str) -> bool:
    """Return whether one of *signs* stands at the name: 市教育局*, ★市教育局, 市教育局（*）."""
    if body.span is None:
        return False
    sign = f"[{re.escape(signs)}]"
    behind = re.compile(rf"[（(]?{sign}").match(text, body.span.end)
    return behind is not None or text[max(body.span.start - 1, 0)] in signs


def _before(text: str, bodies: Sequence[ClauseBody], marks: str) -> int:
    """Return how many of *bodies* stand before the first mark outside brackets, all without one."""
    for at, (body, following) in enumerate(pairwise(bodies), 1):
        if body.span is not None and following.span is not None and not following.nested:
            between = text[body.span.end : following.span.start]
            if any(mark in between for mark in marks):
                return at
    return len(bodies)
