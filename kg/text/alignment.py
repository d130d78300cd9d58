"""Clean text with its way back: which raw characters each clean character stands for.

Repairs are held as runs and edits, never as an object per character. Two facts keep this simple and
are tested: a run is either character by character (equal lengths) or one clean character that stands
for several raw ones; no repair invents text, so every clean character has a raw place.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kg.model import Edit, Issue, Run, Span


class Change(NamedTuple):
    """What one repair wants: ``text[start:end]`` becomes *after*, which is no longer than it was."""

    start: int
    end: int
    after: str


@dataclass(frozen=True, slots=True)
class CleanText:
    """Text as the rules read it, its runs back to the raw text, and what was done to it.

    ``issues`` have spans in the clean text. The runs cover it without holes, in order; raw
    characters between two runs were deleted.

    >>> CleanText.from_map("质量", [[0, 1, 0, 6], [1, 2, 6, 7]]).raw_span(Span(0, 2))
    Span(start=0, end=7)
    """

    text: str
    runs: tuple[Run, ...]
    edits: tuple[Edit, ...] = ()
    issues: tuple[Issue, ...] = ()

    @classmethod
    def from_map(
        cls, text: str, rows: Iterable[Sequence[int]], *, issues: tuple[Issue, ...] = ()
    ) -> "CleanText":
        """Return the clean text whose runs are *rows*, as `to_map` wrote them."""
        return cls(text, tuple(Run(*row) for row in rows), issues=issues)

    def to_map(self) -> list[list[int]]:
        """Return the runs as ``[clean_start, clean_end, raw_start, raw_end]``, half-open."""
        return [[run.clean_start, run.clean_end, run.raw_start, run.raw_end] for run in self.runs]

    def raw_span(self, span: Span) -> Span:
        """Return the raw range that *span* of the clean text came from.

        An empty span gives an empty one at the same place.
        """
        if not self.runs:
            return Span(0, 0)
        if span.start >= span.end:
            place = self._raw_of(span.start, last=span.start >= len(self.text))
            return Span(place, place)
        return Span(self._raw_of(span.start, last=False), self._raw_of(span.end - 1, last=True))

    def _raw_of(self, index: int, *, last: bool) -> int:
        at = bisect_right(self.runs, index, key=lambda run: run.clean_start) - 1
        run = self.runs[max(at, 0)]
        return _raw_place(run, min(index, run.clean_end - 1), last=last)

    def replay(self, raw: str) -> str:
        """Return the text that the edits make of *raw*: the explanation, carried out.

        Raises:
            ValueError: An edit does not fit: *raw* is another text, or the edits are incomplete.
        """
        draft = Draft(raw)
        for batch in _batches(self.edits):
            draft.apply(batch[0].rule, [_located(draft, edit) for edit in batch])
        return draft.text


def identity(text: str) -> CleanText:
    """Return *text* as clean text that stands for itself.

    >>> identity("质量").runs
    (Run(clean_start=0, clean_end=2, raw_start=0, raw_end=2),)
    """
    return CleanText(text, (Run(0, len(text), 0, len(text)),) if text else ())


def with_issues(clean: CleanText, issues: Iterable[Issue]) -> CleanText:
    """Return *clean* with *issues* added."""
    return replace(clean, issues=(*clean.issues, *issues))


@dataclass(slots=True)
class Draft:
    """A text under repair. Mutable, and private to one call of `kg.text.clean.clean`."""

    text: str
    runs: list[Run] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)  # repairs that had too much to do

    def __post_init__(self) -> None:
        self.runs = list(identity(self.text).runs)

    def apply(self, rule: str, changes: Sequence[Change]) -> None:
        """Make *changes* (in order, not overlapping) and log each as an edit by *rule*.

        Characters of ``after`` stand for those at the same place before; the last one stands for
        all that is left, as 质 does for 質(zhì).
        """
        if not changes:
            return
        raw = list(_raw_spans(self.runs, changes))
        pieces: list[str] = []
        at, shrinks = 0, False
        for change, span in zip(changes, raw, strict=True):
            before = self.text[change.start : change.end]
            pieces += (self.text[at : change.start], change.after)
            self.edits.append(Edit(rule, span, before, change.after))
            shrinks = shrinks or len(before) != len(change.after)
            at = change.end
        pieces.append(self.text[at:])
        if shrinks:
            self.runs = _recomposed(self.runs, changes, length=len(self.text))
        self.text = "".join(pieces)


def _is_plain(run: Run) -> bool:
    """Return whether *run* goes character by character."""
    return run.clean_end - run.clean_start == run.raw_end - run.raw_start


def _raw_place(run: Run, index: int, *, last: bool) -> int:
    """Return where the raw part of the clean character *index* starts, or ends if *last*."""
    if _is_plain(run):
        return run.raw_start + index - run.clean_start + (1 if last else 0)
    return run.raw_end if last else run.raw_start


def _raw_spans(runs: Sequence[Run], changes: Sequence[Change]) -> Iterator[Span]:
    at = 0
    for change in changes:
        while runs[at].clean_end <= change.start:
            at += 1
        run = runs[at]
        if change.end <= run.clean_end and _is_plain(run):  # as most do
            shift = run.raw_start - run.clean_start
            yield Span(change.start + shift, change.end + shift)
            continue
        end = at
        while runs[end].clean_end < change.end:
            end += 1
        start = _raw_place(runs[at], change.start, last=False)
        yield Span(start, _raw_place(runs[end], change.end - 1, last=True))


def _recomposed(runs: Sequence[Run], changes: Sequence[Change], *, length: int) -> list[Run]:
    """Return the runs after *changes*: kept stretches are cut out, shrunk ones get a run."""
    out: list[Run] = []
    source = _Cutter(runs)
    at = 0
    for change in changes:
        size = len(change.after)
        if size == change.end - change.start:
            continue  # character by character: part of the stretch that is kept
        kept_to = change.start + max(size - 1, 0)
        for piece in source.cut(at, kept_to):
            _append(out, *piece)
        if size:
            covered = list(source.cut(kept_to, change.end))
            _append(out, 1, covered[0][1], covered[-1][2])
        at = change.end
    for piece in source.cut(at, length):
        _append(out, *piece)
    return out


class _Cutter:
    """Cuts ascending stretches out of runs, in one walk."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = runs
        self.at = 0

    def cut(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield (clean length, raw start, raw end) for the parts of ``[start, end)``."""
        while start < end:
            while self.runs[self.at].clean_end <= start:
                self.at += 1
            run = self.runs[self.at]
            stop = min(end, run.clean_end)
            first = _raw_place(run, start, last=False)
            yield stop - start, first, _raw_place(run, stop - 1, last=True)
            start = stop


def _append(out: list[Run], size: int, raw_start: int, raw_end: int) -> None:
    """Add a run at the end, joined to the one before where both go character by character."""
    if not out:
        out.append(Run(0, size, raw_start, raw_end))
        return
    before = out[-1]
    plain = size == raw_end - raw_start
    if plain and before.raw_end == raw_start and _is_plain(before):
        out[-1] = Run(before.clean_start, before.clean_end + size, before.raw_start, raw_end)
    else:
        out.append(Run(before.clean_end, before.clean_end + size, raw_start, raw_end))


def _batches(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Yield stretches of *edits* that one pass made: same rule, ascending, not overlapping."""
    batch: list[Edit] = []
    for edit in edits:
        joins = batch and batch[-1].rule == edit.rule
        if joins and batch[-1].raw_span.end <= edit.raw_span.start:
            batch.append(edit)
            continue
        if batch:
            yield batch
        batch = [edit]
    if batch:
        yield batch


def _located(draft: Draft, edit: Edit) -> Change:
    span = edit.raw_span
    at = bisect_right(draft.runs, span.start, key=lambda run: run.raw_start) - 1
    run = draft.runs[max(at, 0)] if draft.runs else Run(0, 0, 0, 0)
    start = run.clean_start + (span.start - run.raw_start if _is_plain(run) else 0)
    end = start + len(edit.before)
    if draft.text[start:end] != edit.before:
        message = f"edit {edit.rule} at raw {span.start} expects {edit.before!r}"
        raise ValueError(message)
    return Change(start, end, edit.after)
