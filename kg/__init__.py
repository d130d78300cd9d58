"""quality-kg: who must coordinate with whom, on what, and where is that not arranged?

import kg

with kg.open("qkg-data", create=True) as space:
    for outcome in space.build(space.find(["plans/"])):
        print(outcome.path.name, outcome.status)
    for finding in space.gaps(severity=kg.Severity.HIGH):
        print(finding.type, finding.reason.zh)
    kg.write(space.report(), Path("report.html"), lang="zh")
"""

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import QkgError
from kg.model import ReportKind, Severity
from kg.version import __version__ as __version__

if TYPE_CHECKING:
    from kg.report import Report
    from kg.workspace import Workspace

__all__ = ["QkgError", "ReportKind", "Severity", "open", "write"]


def open(  # noqa: A001  as in the builtin: `kg.open(home)`
    home: str | Path | None = None, *, store: str | None = None, create: bool = False
) -> "Workspace":
    """Return the workspace at *home*; what is not given comes from ``QKG_*``.

    Raises:
        UnknownHomeError: There is none, and *create* is false.
        StoreLockedError: Another process writes to it.
    """
    from kg.workspace import open_workspace

    return open_workspace(home, store=store, create=create)


def write(
    report: "Report",
    path: Path,
    *,
    lang: str = "zh",
    kind: ReportKind = ReportKind.FULL,
    body: str | None = None,
) -> None:
    """Write *report* to *path*; the ending says the format: .html .pdf .docx .xlsx .md .csv .json.

    Args:
        report: What `Workspace.report` returned.
        path: The file.
        lang: ``zh`` or ``en``.
        kind: All of it, two pages, or a sheet for each body.
        body: The IRI of the one body that it shall speak of, see `Workspace.body`.

    Raises:
        FormatError: No format has this ending.
        ReportError: The format has no such kind, or the body no duty.
        MissingLibraryError: What the format needs is not installed.
    """
    from kg.report import Wish
    from kg.report import write as write_report

    write_report(report, path, Wish(kind, lang, body))
