"""Sentences that govern every clause of a document: 列第一位者为牵头单位，下同."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from kg.extract.bodies.bodylist import split_names
from kg.extract.dutyrules import pattern
from kg.extract.flat import Flat
from kg.extract.rules import rule
from kg.model import Span

_INCLUDES = re.compile(r"[^、，；：（(〔]{2,20}[（(](?:含|包括)[^（()）]{2,30}[，,]下同[）)]")
_SIGNS = MappingProxyType(
    {
        "星号": "*＊★☆",
        "*": "*＊",
        "＊": "*＊",
        "三角": "▲△",
        "#": "#＃",
        "＃": "#＃",
        "逗号": "，,",
        "分号": "；;",
    }
)
_COUNTS = MappingProxyType({"两": 2, "二": 2, "三": 3, "四": 4})


class DocumentWide(StrEnum):
    """What a sentence settles for the rest of the document; the words of the exchange format."""

    FIRST_LEADS = "firstListedLeads"
    BEFORE_COMMA_LEADS = "beforeCommaLeads"
    MARKED_LEADS = "markedLeads"
    BODY_INCLUDES = "bodyIncludes"
    NOT_REPEATED = "alsoResponsible"


LEADING = MappingProxyType(
    {
        DocumentWide.FIRST_LEADS: "duty.document.first_leads",
        DocumentWide.BEFORE_COMMA_LEADS: "duty.document.before_comma_leads",
        DocumentWide.MARKED_LEADS: "duty.document.marked_leads",
    }
)
"""The rule in the rule file of each sentence that says who of several bodies leads."""


@dataclass(frozen=True, slots=True)
class WideRule:
    """A rule for the whole document, as this clause states it."""

    rule: DocumentWide
    span: Span
    bodies: tuple[str, ...] = ()  # names that every later clause means, for NOT_REPEATED
    others: str = ""  # what those do who do not lead
    # Behind a name, for MARKED_LEADS; behind those who lead, for BEFORE_COMMA_LEADS.
    signs: str = ""
    count: int = 1  # of those who lead, for FIRST_LEADS


def leading(text: str) -> Iterator[WideRule]:
    """Yield the sentences anywhere in *text* that say who of several bodies leads.

    >>> [
    ...     (one.rule.value, one.signs, one.others)
    ...     for one in leading("加*号的为牵头单位，其他单位配合。")
    ... ]
    [('markedLeads', '*＊', '配合')]
    """
    for kind, identifier in LEADING.items():
        for found in rule("responsibilities", identifier).finditer(text):
            yield _led_by(text, kind, found)


def _led_by(text: str, kind: DocumentWide, found: re.Match[str]) -> WideRule:
    said = found.groupdict()
    sign = said.get("mark") or said.get("sign") or ""
    count = said.get("count") or "1"
    others = pattern("duty.document.others_help").match(text, found.end())
    return WideRule(
        kind,
        Span(found.start(), others.end() if others else found.end()),
        others=others["others"] if others else "",
        signs=_SIGNS.get(sign, sign),
        count=_COUNTS.get(count) or int(count),
    )


def wide_rules(flat: Flat) -> list[tuple[tuple[int, int], WideRule]]:
    """Return the rules that a clause states, each with the characters of *flat* that it takes up."""
    found: list[tuple[tuple[int, int], WideRule]] = []
    ditto = pattern("duty.document.ditto").search(flat.text)
    for wide in leading(flat.text):
        start, end = wide.span.start, wide.span.end
        end = ditto.end() if ditto and ditto.start() - end in (0, 1) else end
        found.append(((start, end), replace(wide, span=flat.span(start, end))))
    more = pattern("duty.document.not_repeated").search(flat.text)
    if more:
        names = split_names(flat.text, more.start("bodies"), more.end("bodies"))
        words = tuple(flat.text[item.start : item.end] for item in names.items)
        wide = WideRule(DocumentWide.NOT_REPEATED, flat.span(more.start(), more.end()), words)
        found.append(((more.start(), more.end()), wide))
    includes = _INCLUDES.search(flat.text)
    if includes:
        wide = WideRule(DocumentWide.BODY_INCLUDES, flat.span(includes.start(), includes.end()))
        found.append(((-1, -1), wide))
    return found
