"""Sentences that govern every clause of a document: 列第一位者为牵头单位，下同."""

import re
from dataclasses import dataclass
from enum import StrEnum

from kg.extract.bodies.bodylist import split_names
from kg.extract.dutyrules import pattern
from kg.extract.flat import Flat
from kg.model import Span

_INCLUDES = re.compile(r"[^、，；：（(〔]{2,20}[（(](?:含|包括)[^（()）]{2,30}[，,]下同[）)]")


class DocumentWide(StrEnum):
    """What a sentence settles for the rest of the document; the words of the exchange format."""

    FIRST_LEADS = "firstListedLeads"
    BEFORE_COMMA_LEADS = "beforeCommaLeads"
    BODY_INCLUDES = "bodyIncludes"
    NOT_REPEATED = "alsoResponsible"


_LEADING = {
    "duty.document.first_leads": DocumentWide.FIRST_LEADS,
    "duty.document.before_comma_leads": DocumentWide.BEFORE_COMMA_LEADS,
}


@dataclass(frozen=True, slots=True)
class WideRule:
    """A rule for the whole document, as this clause states it."""

    rule: DocumentWide
    span: Span
    bodies: tuple[str, ...] = ()  # names that every later clause means, for NOT_REPEATED
    others: str = ""  # what those behind the comma do, for BEFORE_COMMA_LEADS


def wide_rules(flat: Flat) -> list[tuple[tuple[int, int], WideRule]]:
    """Return the rules that a clause states, each with the characters of *flat* that it takes up."""
    found: list[tuple[tuple[int, int], WideRule]] = []
    ditto = pattern("duty.document.ditto").search(flat.text)
    for identifier, kind in _LEADING.items():
        first = pattern(identifier).search(flat.text)
        if first is None:
            continue
        end = ditto.end() if ditto and ditto.start() - first.end() in (0, 1) else first.end()
        others = first.groupdict().get("others") or ""
        rule = WideRule(kind, flat.span(first.start(), end), others=others)
        found.append(((first.start(), end), rule))
    more = pattern("duty.document.not_repeated").search(flat.text)
    if more:
        names = split_names(flat.text, more.start("bodies"), more.end("bodies"))
        words = tuple(flat.text[item.start : item.end] for item in names.items)
        rule = WideRule(DocumentWide.NOT_REPEATED, flat.span(more.start(), more.end()), words)
        found.append(((more.start(), more.end()), rule))
    includes = _INCLUDES.search(flat.text)
    if includes:
        rule = WideRule(DocumentWide.BODY_INCLUDES, flat.span(includes.start(), includes.end()))
        found.append(((-1, -1), rule))
    return found
