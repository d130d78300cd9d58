"""The formats of a report: one function each, chosen by the ending of the file's name."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from kg.errors import FormatError
from kg.home import write_blocks
from kg.report import html, json, markdown
from kg.report.model import Report

FORMATS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {".html": html.render, ".json": json.render, ".md": markdown.render}
)


def render(report: Report, suffix: str, *, lang: str) -> str:
    """Return *report* in the format of *suffix* (``.html``, ``.md``, ``.json``).

    Raises:
        FormatError: No format has this ending.
    """
    if suffix.lower() not in FORMATS:
        raise FormatError(given=suffix, known=" ".join(FORMATS))
    return FORMATS[suffix.lower()](report, lang=lang)


def write(report: Report, path: Path, *, lang: str) -> None:
    """Write *report* to *path*, whole or not at all, in the format of its ending.

    Raises:
        FormatError: No format has this ending.
        HomeError: The file cannot be written.
    """
    write_blocks(path, [render(report, path.suffix, lang=lang).encode()])
