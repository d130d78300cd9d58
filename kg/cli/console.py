"""How the command line prints: plain text when piped, tables and a progress bar on a terminal."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from kg.errors import HomeError
from kg.ids import iri
from kg.model import Finding, Mark, Severity
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from kg.explore.documents import DocumentEntry
    from kg.storing import Outcome

DONE, FAILED, PARTIAL, TRIPPED = 0, 1, 3, 4

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)

_PIPED = 10_000  # columns: nothing is cut or folded for another program

NO_MARKS: Mapping[str, Mark] = MappingProxyType({})
COLOUR = {
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "bright_black",
}


class TableFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def emit(text: str) -> None:
    """Write *text* to standard output, unchanged."""
    sys.stdout.write(text)


def write_file(path: Path, text: str) -> None:
    """Write *text* to *path*.

    Raises:
        HomeError: The file cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise HomeError(path=path, detail=error.strerror or error) from error


def rows(entries: Sequence[Mapping[str, object]], format_: TableFormat) -> None:
    """Print *entries*, all with the same keys."""
    if format_ is TableFormat.JSON:
        emit(json.dumps(entries, ensure_ascii=False, indent=1, default=str) + "\n")
    elif format_ is TableFormat.CSV:
        writer = csv.DictWriter(sys.stdout, list(entries[0]) if entries else [])
        writer.writeheader()
        writer.writerows(entries)
    else:
        _grid(entries)


def _grid(entries: Sequence[Mapping[str, object]]) -> None:
    """Print a table: as wide as the terminal, or as wide as it needs to be where piped."""
    if not entries:
        err.print("（无 none）")
        return
    console = Console(markup=False, highlight=False, width=None if out.is_terminal else _PIPED)
    grid = Table(header_style="bold", box=None, pad_edge=False)
    for name in entries[0]:
        grid.add_column(name, overflow="fold")
    for entry in entries:
        grid.add_row(*(_cell(value) for value in entry.values()))
    console.print(grid)


def _cell(value: object) -> str:
    """Return how a table shows *value*: IRIs that we know in their short form."""
    words = "" if value is None else str(value)
    for prefix, start in PREFIXES.items():
        if words.startswith(start) and len(words) > len(start):
            return f"{prefix}:{words[len(start) :]}"
    return words


def findings(
    found: Sequence[Finding],
    lang: str,
    titles: Mapping[str, str],
    *,
    marked: Mapping[str, Mark] = NO_MARKS,
) -> None:
    """Print one line a finding, most severe first as given, and a count.

    A line ends with where its first words stand: the provision, and the document by *titles*. Where
    any is *marked*, by its IRI, a column tells how.
    """
    width = max((len(marked.get(finding.id, "")) for finding in found), default=0)
    for finding in found:
        out.print(f"{finding.severity.value:6}", style=COLOUR[finding.severity], end=" ")
        if width:
            out.print(f"{marked.get(finding.id, ''):{width}}", end=" ")
        said = f"{finding.type}  {finding.reason.to(lang)}"
        out.print(said, markup=False, highlight=False, end="")
        out.print(_place(finding, titles), markup=False, highlight=False, style="bright_black")
    err.print(f"{len(found)} 项 findings", highlight=False)


def titles_of(documents: Iterable["DocumentEntry"]) -> dict[str, str]:
    """Return the titles of documents by their IRIs."""
    return {iri("document", one.key): one.title for one in documents}


def _place(finding: Finding, titles: Mapping[str, str]) -> str:
    first = next(iter(finding.evidence), None)
    if first is None:
        return ""
    told = " ".join(part for part in (titles.get(first.document, ""), first.provision) if part)
    return f"  [{told}]" if told else ""


def gap_summary(found: Sequence[Finding], lang: str, titles: Mapping[str, str]) -> None:
    """Print how many findings there are of each type and severity, then the most severe."""
    from kg.analysis.gaps import catalogue

    counts: dict[str, dict[Severity, int]] = {}
    for finding in found:
        by_severity = counts.setdefault(finding.type, dict.fromkeys(Severity, 0))
        by_severity[finding.severity] += 1
    entries: list[dict[str, object]] = [
        {
            "type": type_,
            "": catalogue()[type_].name.to(lang),
            **{severity.value: n or "" for severity, n in reversed(by.items())},
        }
        for type_, by in sorted(counts.items())
    ]
    rows(entries, TableFormat.TABLE)
    high = [finding for finding in found if finding.severity is Severity.HIGH]
    findings(high, lang, titles)
    err.print(f"以上为高等级，各级共 {len(found)} 项 · of high severity; {len(found)} in all")


def bar(*columns: ProgressColumn) -> Progress:
    """Return a bar with these columns too; where there is no terminal it draws nothing."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        *columns,
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )


@contextmanager
def counted(what: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that takes how many are done, and of how many, and moves a bar."""
    with bar(MofNCompleteColumn()) as moving:
        task = moving.add_task(what, total=None)
        yield lambda done, total: moving.update(task, completed=done, total=total)


@contextmanager
def watching(what: str, path: Path) -> Iterator[Callable[[BinaryIO], BinaryIO]]:
    """Give a function that makes of the open file *path* one that moves a bar as it is read."""
    with bar(DownloadColumn()) as moving:
        size = path.stat().st_size if path.exists() else 0
        yield lambda file: moving.wrap_file(file, total=size, description=what)


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Show on a terminal that something is under way."""
    if not err.is_terminal:
        yield
        return
    with err.status(what):
        yield


def outcomes(results: Iterable["Outcome"], lang: str) -> int:
    """Name every file that failed, count the rest; return the exit code."""
    counts: dict[str, int] = {}
    for outcome in results:
        counts[outcome.status.value] = counts.get(outcome.status.value, 0) + 1
        if outcome.error is not None:
            message = f"{outcome.path}: {outcome.error.text(lang)}"
            err.print(message, style="red", markup=False, highlight=False)
    err.print("  ".join(f"{status} {n}" for status, n in sorted(counts.items())), highlight=False)
    failed = counts.get("failed", 0)
    if not failed:
        return DONE
    return FAILED if failed == sum(counts.values()) else PARTIAL
