"""Which measures a clause of responsibilities is about.

The clause stands at the end of what it governs: the heading of its measure, where it is the only
clause under it; else the tasks since the clause before. In a table it is the row.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from kg.extract.inorder import InOrder, mentions_in_order
from kg.model import Kind, Mention, Span
from kg.text.numbering import OUTLINE, Numbering
from kg.text.segment import Block, BlockKind

_UNITS = frozenset(
    {
        Numbering.FIRST,
        Numbering.SECOND,
        Numbering.THIRD,
        Numbering.FOURTH,
        Numbering.ARTICLE,
        *OUTLINE,
    }
)
_INSTRUMENTS = frozenset({Kind.PROGRAMME, Kind.ACTION, Kind.ARRANGEMENT})
_GAP = " \t\n\r\f\u3000。；;，,"


@dataclass(frozen=True, slots=True)
class Aims:
    """The measures of a document in order, ready to be asked what a clause is about."""

    text: str
    groups: InOrder[Mention]
    tasks: InOrder[Mention]
    instruments: InOrder[Mention]
    units: tuple[int, ...]  # where numbered units without a heading begin

    def under(self, clauses: Sequence[Span]) -> tuple[tuple[str, ...], ...]:
        """Return, for each of *clauses* in the order of the text, the ids of its measures."""
        runs = self._runs(clauses)
        starts = [run[0].start for run in runs]
        found: list[tuple[str, ...]] = []
        for index, run in enumerate(runs):
            before = runs[index - 1][-1].end if index else 0
            found += [self._aim(run[0].start, before, starts)] * len(run)
        return tuple(found)

    def inside(self, span: Span) -> tuple[str, ...]:
        """Return the ids of the tasks in *span*, of its groups or instruments if it has none."""
        for kind in (self.tasks, self.groups, self.instruments):
            found = tuple(measure.id for measure in kind.inside(span))
            if found:
                return found
        return ()

    def _runs(self, clauses: Sequence[Span]) -> list[list[Span]]:
        """Return the clauses, those that follow each other directly together."""
        runs: list[list[Span]] = []
        for clause in clauses:
            if runs and not self.text[runs[-1][-1].end : clause.start].strip(_GAP):
                runs[-1].append(clause)
            else:
                runs.append([clause])
        return runs

    def _aim(self, at: int, before: int, starts: Sequence[int]) -> tuple[str, ...]:
        groups = self.groups
        index = bisect_left(groups.starts, at) - 1
        group = groups.things[index] if index >= 0 else None
        start = group.span.start if group else 0
        end = groups.starts[index + 1] if index + 1 < len(groups.starts) else len(self.text)
        unit = (
            self.units[bisect_right(self.units, at) - 1]
            if self.units and self.units[0] <= at
            else 0
        )
        headed = group is not None and unit <= start
        if group is not None and headed and _count(starts, start, end) == 1:
            return (group.id,)
        low = max(before, start, unit)
        found = self.inside(Span(low, max(low, at)))
        return found or ((group.id,) if group else ())


def aims(text: str, blocks: Sequence[Block], mentions: Sequence[Mention]) -> Aims:
    """Return the measures among *mentions*, in order, with the numbered units of *blocks*."""
    ordered = sorted(mentions, key=attrgetter("span.start", "span.end"))
    groups = mentions_in_order(m for m in ordered if m.kind is Kind.TASK_GROUP)
    units = tuple(
        block.span.start
        for block in blocks
        if block.kind is BlockKind.ITEM
        and block.numbering in _UNITS
        and not _count(groups.starts, block.span.start, block.span.end)
    )
    return Aims(
        text=text,
        groups=groups,
        tasks=mentions_in_order(m for m in ordered if m.kind is Kind.TASK),
        instruments=mentions_in_order(m for m in ordered if m.kind in _INSTRUMENTS),
        units=units,
    )


def _count(starts: Sequence[int], start: int, end: int) -> int:
    return bisect_left(starts, end) - bisect_left(starts, start)
