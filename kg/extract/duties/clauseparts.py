"""A clause of responsibilities cut into segments, at commas, semicolons, labels and roles."""

import re
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.dutyrules import duty_rules

_OPEN = "（([〔【"
_CLOSE = "）)]〕】"
_MARKS = "，,；;。"
_STRONG = "；;。"
_EDGE = re.compile("[" + re.escape(_OPEN + _CLOSE + _MARKS) + "]")
_NEXT_ROLE = re.compile(
    r"(?<=牵头)(?=、|[省市县区各国中]|有关|相关)|(?<=负责|配合|参与|指导)(?=、)|(?<=落实)(?=、)"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a clause; after a strong mark, names no longer wait for a role."""

    start: int
    end: int
    strong: bool  # ； or 。 follows: what waits, waits no longer


def inside_brackets(text: str) -> tuple[int, int]:
    """Return where a clause without its brackets and its last mark begins and ends."""
    start, end = 0, len(text)
    if text[0] in _OPEN and text[-1] in _CLOSE:
        start, end = 1, end - 1
    while end > start and text[end - 1] in "。；;，,":
        end -= 1
    return start, end


def segments(text: str, start: int, end: int) -> list[Segment]:
    """Return the segments of ``text[start:end]``, a clause without white space."""
    cuts = {start: False}
    depth = 0
    for edge in _EDGE.finditer(text, start, end):
        mark = edge[0]
        depth += (mark in _OPEN) - (mark in _CLOSE)
        if depth == 0 and mark in _MARKS:
            cuts[edge.end()] = mark in _STRONG
    for match in duty_rules().label.finditer(text, start, end):
        cuts.setdefault(match.start(), True)
    for match in _NEXT_ROLE.finditer(text, start, end):
        cuts.setdefault(match.start(), False)
    edges = [*sorted(cuts), end + 1]
    found = []
    for a, b in pairwise(edges):
        stop = b - 1 if b - 1 >= a and (b > end or text[b - 1] in _MARKS) else b
        found.append(Segment(a, stop, cuts.get(b, True)))
    return [part for part in found if part.end > part.start]
