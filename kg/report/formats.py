"""The formats of a report: one function each, chosen by the ending of the file's name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from kg.errors import FormatError, ReportError
from kg.home import write_blocks
from kg.model import ReportKind
from kg.plugins import Kind, named, plugins
from kg.progress import Progress, in_silence
from kg.report import findings as exchange
from kg.report import html, json, markdown, pdf, xlsx
from kg.report.blocks import Layout
from kg.report.cut import of_body
from kg.report.layouts import lay_out
from kg.report.model import Report


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a report.

    ``body``: the IRI of the one body that it shall speak of, every one where ``None``.
    """

    kind: ReportKind = ReportKind.FULL
    lang: str = "zh"
    body: str | None = None
    progress: Progress = in_silence


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, and what makes it, of pages to read or of the lines themselves."""

    media_type: str
    pages: Callable[[Layout, Progress], bytes] | None = None
    lines: Callable[[Report, str], bytes] | None = None


def _docx(layout: Layout, progress: Progress) -> bytes:
    from kg.report.docx import render as written  # python-docx takes a tenth of a second to load

    return written(layout, progress)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".html": Format("text/html", pages=lambda layout, _: html.render(layout).encode()),
        ".pdf": Format("application/pdf", pages=pdf.render),
        ".docx": Format(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            pages=_docx,
        ),
        ".md": Format("text/markdown", pages=lambda layout, _: markdown.render(layout).encode()),
        ".xlsx": Format(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lines=xlsx.render
        ),
        ".csv": Format(
            "text/csv",
            lines=lambda report, lang: exchange.text(report.findings, "csv", lang=lang).encode(),
        ),
        ".json": Format("application/json", lines=json.render),
    }
)


def endings() -> list[str]:
    """Return the endings of every format, those that packages add included."""
    return [*FORMATS, *(f".{one.name}" for one in plugins(Kind.REPORT_FORMATS))]


def format_of(suffix: str) -> Format:
    """Return the format of files that end so, ours or one that a package adds.

    Raises:
        FormatError: No format has this ending.
        PluginError: What a package adds for it cannot be used.

    >>> format_of(".md").media_type
    'text/markdown'
    """
    known = FORMATS.get(suffix.lower())
    if known is not None:
        return known
    added = named(Kind.REPORT_FORMATS, suffix.lower().removeprefix("."))
    if added is None:
        raise FormatError(given=suffix, known=" ".join(endings()))
    found = added.load()
    if not isinstance(found, Format):
        raise added.fault(detail="it is no kg.report.Format")
    tells = added.blamed()
    return replace(
        found,
        pages=found.pages and tells(found.pages),
        lines=found.lines and tells(found.lines),
    )


def render(report: Report, suffix: str, wish: Wish) -> bytes:
    """Return *report* in the format of files that end in *suffix*, as *wish* has it.

    Raises:
        FormatError: No format has this ending.
        PluginError: The package that adds the format failed.
        ReportError: The format has no such kind, or the body no duty.
        MissingLibraryError: What the format needs is not installed.
    """
    chosen = format_of(suffix)
    told = report if wish.body is None else of_body(report, wish.body)
    if chosen.pages is not None:
        kind = ReportKind.BODY if wish.body is not None else wish.kind
        return chosen.pages(lay_out(told, kind=kind, lang=wish.lang), wish.progress)
    if chosen.lines is None or wish.kind is ReportKind.SUMMARY:
        paged = " ".join(name for name, one in FORMATS.items() if one.pages)
        raise ReportError(
            en=f"a {wish.kind} is there to be read; write it to {paged}",
            zh=f"{wish.kind} 供阅读之用；请写为 {paged}",
        )
    return chosen.lines(told, wish.lang)


def write(report: Report, path: Path, wish: Wish) -> None:
    """Write *report* to *path*, whole or not at all, in the format of its ending.

    Raises:
        FormatError: No format has this ending.
        ReportError: The format has no such kind, or the body no duty.
        MissingLibraryError: What the format needs is not installed.
        HomeError: The file cannot be written.
    """
    write_blocks(path, [render(report, path.suffix, wish)])
