"""Peel a clause: what stands before its own words (conjunction, time, subject with 要) comes off."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.rules import rule, rule_set
from kg.model import Attrs, Kind, Mention, Span

_HOLDER = re.compile(r"(?:省市|[省市县区]|地区|部门|单位|企业|机构|政府|[局委办厅]|主体|组织)$")
_BLANKS = " \t\n\r\f\u3000"


@dataclass(frozen=True, slots=True)
class Flat:
    """The words of a span without blanks, and where each of them stands in the text.

    Scraped lines break anywhere (基\\n础), so words are looked for in the flat form.
    """

    words: str
    span: Span
    places: tuple[int, ...] | None  # None: no blanks, place = span.start + index

    def place(self, index: int) -> int:
        """Return the offset in the text of the flat character at *index*."""
        if self.places is None:
            return self.span.start + index
        return self.places[index] if index < len(self.places) else self.span.end

    def part(self, start: int, end: int) -> Span:
        """Return the span in the text of the flat characters from *start* to *end*."""
        if start >= end:
            return Span(self.place(start), self.place(start))
        return Span(self.place(start), self.place(end - 1) + 1)


def flat(text: str, span: Span) -> Flat:
    """Return the flat form of *span*.

    >>> flat("质\\n量", Span(0, 3)).words
    '质量'
    """
    words = span.of(text)
    if not any(blank in words for blank in _BLANKS):
        return Flat(words, span, None)
    kept = [(i, char) for i, char in enumerate(words, span.start) if char not in _BLANKS]
    return Flat("".join(char for _, char in kept), span, tuple(i for i, _ in kept))


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, peeled: its own words, the time before them, whether a subject came off."""

    flat: Flat
    time: Mention | None = None
    subject: bool = False
    joined: bool = False  # opens with 以及: goes on with the objects of the clause before
    bare: bool = False  # 必须, 要 without a subject: the clause before it is the topic

    @property
    def words(self) -> str:
        """Return the clause's own words without blanks."""
        return self.flat.words

    @property
    def span(self) -> Span:
        """Return where the clause's own words stand."""
        return self.flat.span


def mention(kind: Kind, text: str, span: Span, *, by: str, attrs: Attrs | None = None) -> Mention:
    """Return a mention whose identifier says what it is and where, the same in every run."""
    identifier = f"{kind.value}:{span.start}-{span.end}"
    return Mention(identifier, kind, span, span.of(text), by, attrs=attrs or {})


def peel(text: str, span: Span, *, directive: bool) -> Clause:
    """Return the clause at *span* without what stands before its own words.

    With *directive* a subject and its 要, 应 or 须 come off as well, as in a section of tasks.
    """
    whole = flat(text, span)
    at, time, subject, bare = 0, None, False, False
    for _ in range(4):
        words = whole.words[at:]
        step = _conjunction(words)
        if not step and time is None:
            time, step = _time(text, whole, at)
        if not step and directive and not subject:
            step = _subject(words)
            subject, bare = step > 0, 0 < step <= 2
        if not step:
            break
        at += step
    rest = whole.part(at, len(whole.words)) if at < len(whole.words) else Span(span.end, span.end)
    joined = whole.words.startswith(("以及", "及"))
    return Clause(flat(text, rest), time, subject, joined, bare)


def _conjunction(words: str) -> int:
    found = rule("tasks", "task.conjunction").search(words)
    return found.end() if found else 0


def _subject(words: str) -> int:
    from kg.extract.tasks import opens_directive  # noqa: PLC0415

    found = rule("tasks", "task.subject").search(words)
    if found is None:
        return 0
    head = words[: found.end()].rstrip("要应须当必也都均还")
    if head and opens_directive(head) and not _HOLDER.search(head):
        return 0
    return found.end()


def _time(text: str, whole: Flat, at: int) -> tuple[Mention | None, int]:
    words = whole.words[at:]
    for name in ("time.period", "time.horizon", "time.deadline"):
        found = rule("times", name).search(words)
        if found is None:
            continue
        role = rule("times", name).set["role"]
        span = whole.part(at, at + found.end())
        return mention(
            Kind.TIME, text, span, by=name, attrs={"role": role, "value": found[0]}
        ), found.end()
    return None, 0


def dates(text: str, times: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the full dates in *text* that are no part of one of *times*."""
    made = rule_set("times")["time.date"]
    for found in made.finditer(text):
        if any(found.start() < time.span.end and time.span.start < found.end() for time in times):
            continue
        yield mention(
            Kind.TIME,
            text,
            Span(*found.span()),
            by=made.id,
            attrs={"role": "published", "value": found[0]},
        )
