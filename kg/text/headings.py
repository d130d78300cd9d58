"""Tell the heading of a numbered unit from its text.

（三）健全标准体系。制定…… has a heading, （三）制定标准，推广…… has none. A document keeps one habit
for each level of numbers, so the units of a level vote.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from kg.model import Span
from kg.text.clauses import CLAUSE_MARKS, cut
from kg.text.glued import (
    LONGEST_OWN,
    box_name_end,
    container_end,
    end_before_blank,
    end_before_sentence,
    first_of_two,
    glued_end,
)
from kg.text.numbering import DEPTH, Numbering
from kg.text.pages import CONTENTS_LINE
from kg.text.units import Unit

_LONGEST = 46
_MOST_CLAUSES = 3
_POINTS = r"[（(]\d{1,3}(?:\.\d+)?分[）)]"  # what an assessment gives for it: 优化服务（4分）
_BEHIND = re.compile(
    r"[（(〔\[][^。]{0,400}?(?:负责|牵头|配合|参与|落实|单位[：:]|部门[：:]|分工)|"
    r"(?:责任|牵头|配合|负责|参与)(?:单位|部门)[：:]|" + _POINTS
)
_DUTY_BRACKET = re.compile(
    r"[（(〔\[][^（）()〔〕。]{2,300}(?:负责|牵头|配合|参与|落实)[）)〕\]]|"
    r"[（(〔\[](?:责任|牵头|配合|负责|参与)(?:单位|部门)[：:]|" + _POINTS
)
_STOP = re.compile(r"[。！？；;]")
_QUANTITY = re.compile(r"\d{4}年|\d+%|\d+个|《")
_ALWAYS = (Numbering.CHAPTER, Numbering.SECTION, Numbering.BOX)
_NEVER = (Numbering.ARTICLE,)


class Style(StrEnum):
    """How a document writes the units of one level."""

    HEADED = "headed"
    PLAIN = "plain"
    GLUED = "glued"  # headed, but the line end behind the heading is lost
    LOST = "lost"  # the same, told by words that leave no doubt; a vote, never a habit


def heading_styles(text: str, parts: Sequence[Unit]) -> dict[Numbering, Style]:
    """Return for each kind of number whether its units have headings, by the vote of the units."""
    votes: dict[Numbering, list[Style]] = {}
    for at, unit in enumerate(parts):
        following = parts[at + 1] if at + 1 < len(parts) else None
        if unit.marker is not None and not CONTENTS_LINE.search(unit.span.of(text)):
            votes.setdefault(unit.marker.numbering, []).append(_vote(text, unit, following))
    return {numbering: _winner(cast) for numbering, cast in votes.items()}


def _vote(text: str, unit: Unit, following: Unit | None) -> Style:
    if unit.content and container_end(text, unit.content) is not None:
        return Style.LOST
    if unit.inline and unit.content and _end_of_glued(text, unit) is not None:
        return Style.LOST
    own = _own_heading(text, unit, following)
    if own is not None and own - unit.content.start <= LONGEST_OWN:
        return Style.HEADED
    if unit.inline and unit.content and glued_end(text, unit.content) is not None:
        return Style.GLUED
    return Style.PLAIN if own is None else Style.HEADED


def _winner(cast: list[Style]) -> Style:
    headed, lost = cast.count(Style.HEADED), cast.count(Style.LOST)
    if headed * 2 >= len(cast):
        return Style.HEADED
    if cast.count(Style.GLUED) + lost >= 2 and cast.count(Style.PLAIN) * 3 <= len(cast):
        return Style.GLUED
    return Style.HEADED if (headed + lost) * 2 >= len(cast) else Style.PLAIN


def heading_end(
    text: str, unit: Unit, following: Unit | None, styles: dict[Numbering, Style]
) -> int | None:
    """Return where the heading of *unit* ends, ``None`` where it has none."""
    numbering = unit.marker.numbering if unit.marker else None
    if numbering is None or numbering in _NEVER or not unit.content:
        return None
    if numbering in _ALWAYS:
        name = box_name_end(text, unit.content) if numbering is Numbering.BOX else None
        return name or _first_stop(text, unit.content)
    lost = _surely_lost_end(text, unit, styles[numbering])
    if lost is not None:
        return lost
    end = _own_heading(text, unit, following)
    lost = _lost_end(text, unit, following, styles[numbering])
    if end is None or (lost is not None and end < unit.span.end):
        return lost
    if styles[numbering] is Style.PLAIN:
        return end if _stands_over(unit, following) else None
    lost = unit.inline and text[end : end + 1] == "。"
    return (first_of_two(text, Span(unit.content.start, end)) if lost else None) or end


def _surely_lost_end(text: str, unit: Unit, style: Style) -> int | None:
    """Return where a heading ends that its words tell from the text glued to it."""
    container = container_end(text, unit.content)
    if container is not None or not unit.inline or style is Style.PLAIN:
        return container
    return _end_of_glued(text, unit)


def _end_of_glued(text: str, unit: Unit) -> int | None:
    return end_before_blank(text, unit.content) or end_before_sentence(text, unit.content)


def _lost_end(text: str, unit: Unit, following: Unit | None, style: Style) -> int | None:
    """Return where a heading ends whose line end was removed, ``None`` where none is seen.

    What stands at the top over numbered parts has a heading, whatever the others of its level have.
    """
    top = unit.marker is not None and DEPTH[unit.marker.numbering] == 1
    over = top and unit.inline and style is Style.PLAIN and _stands_over(unit, following)
    return glued_end(text, unit.content) if style is Style.GLUED or over else None


def _own_heading(text: str, unit: Unit, following: Unit | None) -> int | None:
    """Return where a first sentence that reads like a heading ends, ``None`` where none does."""
    end = _first_stop(text, unit.content)
    head = Span(unit.content.start, end)
    stopped = end < unit.span.end
    if not 2 <= len(head) <= _LONGEST or (stopped and _QUANTITY.search(head.of(text))):
        return None
    if text[end : end + 1] in ("；", ";"):
        return None
    rest = text[end : unit.span.end].lstrip("。！？；; \n\u3000")
    most = _MOST_CLAUSES if _stands_over(unit, following) and not rest else 2
    if sum(1 for _ in cut(text, head, CLAUSE_MARKS)) > most:
        return None
    if rest and _BEHIND.match(rest):
        return end if _stands_over(unit, following) else None
    if rest:
        return end
    return end if _heads_alone(text, unit, following) else None


def _first_stop(text: str, content: Span) -> int:
    found = _STOP.search(text, content.start, content.end)
    duty = _DUTY_BRACKET.search(text, content.start, found.start() if found else content.end)
    if duty:
        return duty.start()
    line = text.find("\n", content.start, content.end)
    stop = found.start() if found else content.end
    return stop if line < 0 or line > stop or found else content.end


def _heads_alone(text: str, unit: Unit, following: Unit | None) -> bool:
    """Return whether a unit of one sentence can be the heading of what follows it."""
    if following is None:
        return False
    if _stands_over(unit, following):
        return True
    if following.marker is not None or following.inline:
        return False
    return not _BEHIND.match(following.span.of(text))


def _stands_over(unit: Unit, following: Unit | None) -> bool:
    if following is None or following.marker is None or unit.marker is None:
        return False
    return DEPTH[following.marker.numbering] > DEPTH[unit.marker.numbering]
