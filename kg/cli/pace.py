"""How far a build is and how fast: a bar on a terminal, else a line every half minute."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from rich.progress import MofNCompleteColumn, ProgressColumn, Task
from rich.progress import Progress as Bar
from rich.text import Text

from kg.cli import console

if TYPE_CHECKING:
    from kg.storing import Outcome

_EVERY_S = 30.0
_READING, _LINKING = "读入 reading", "与上级文件比对 linking"


class _Rate(ProgressColumn):
    """So many a second, of late."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:.1f}/s")


@dataclass(slots=True)
class Line:
    """Says now and then how far a work is, in a line of its own.

    >>> said: list[str] = []
    >>> line = Line("reading", said.append, every_s=0)
    >>> line.at(500, 2000, now_s=line.since_s + 10)
    >>> said
    ['reading 500/2,000  50.0/s  0:00:30']
    """

    what: str
    say: Callable[[str], None]
    every_s: float = _EVERY_S
    since_s: float = field(default_factory=monotonic)
    before: int = 0

    def at(self, done: int, total: int, *, now_s: float) -> None:
        """Take note that so many of *total* are done; the time left follows from the last ones."""
        passed = now_s - self.since_s
        if passed < self.every_s or done == self.before:
            return
        rate = (done - self.before) / max(passed, 1e-9)
        left = timedelta(seconds=round((total - done) / rate))
        self.say(f"{self.what} {done:,}/{total:,}  {rate:.1f}/s  {left}")
        self.since_s, self.before = now_s, done


@dataclass(slots=True)
class Pace:
    """Watches one build."""

    total: int
    jobs: int
    _bar: Bar
    _began: float = field(default_factory=monotonic)
    _read: int = 0
    _characters: int = 0

    def watched(self, outcomes: Iterable["Outcome"]) -> Iterator["Outcome"]:
        """Yield *outcomes*, telling how far they are."""
        task = self._bar.add_task(_READING, total=self.total)
        line = Line(_READING, _say)
        for done, outcome in enumerate(outcomes, 1):
            self._bar.update(task, advance=1, description=outcome.path.name[:30])
            line.at(done, self.total, now_s=monotonic())
            self._read += outcome.characters > 0
            self._characters += outcome.characters
            yield outcome

    def linking(self) -> Callable[[int, int], None]:
        """Return what tells how many plans have been compared with those above them."""
        task = self._bar.add_task(_LINKING, total=None, visible=False)
        line = Line(_LINKING, _say)

        def tell(done: int, total: int) -> None:
            self._bar.update(task, completed=done, total=total, visible=True)
            line.at(done, total, now_s=monotonic())

        return tell

    def summary(self) -> str | None:
        """Return how much was read in which time, and how much that is for a core, if anything was."""
        if not self._read:
            return None
        passed = max(monotonic() - self._began, 1e-3)
        workers = self.jobs if self.jobs == 1 else self.jobs + 1  # one more, who writes
        each = passed * min(workers, os.cpu_count() or 1)
        return (
            f"读入 read {self._read:,} 份 documents，{self._characters:,} 字 characters，{passed:.1f} s；"
            f"每核 per core {self._read / each:.1f} 份/s，{self._characters / each:,.0f} 字/s"
        )


@contextmanager
def pace(total: int, *, jobs: int) -> Iterator[Pace]:
    """Give what watches a build of so many files, read so many at once."""
    with console.bar(MofNCompleteColumn(), _Rate()) as bar:
        yield Pace(total, jobs, bar)


def _say(line: str) -> None:
    if not console.err.is_terminal:  # there the bar says it
        console.err.print(line, highlight=False)
