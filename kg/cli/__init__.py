"""The command line `qkg`: parse, call one function, print. What is done lives elsewhere.

Exit codes: 0 done; 1 a `QkgError`; 2 wrong usage; 3 done in part; 4 `--fail-on` tripped.
Heavy rooms are imported inside the commands, so that `qkg --help` starts fast.
"""

import sys
from typing import Annotated

import typer

# The order of these lines is the order of the commands in `qkg --help`.
# isort: off
from kg.cli import documents
from kg.cli import links
from kg.cli import answers
from kg.cli import report
from kg.cli import analyse
from kg.cli import whatif
from kg.cli import diff
from kg.cli import review
from kg.cli import ledger
from kg.cli import exchange
from kg.cli import upkeep
from kg.cli import access
from kg.cli import service

# isort: on
from kg.cli.console import err, out
from kg.cli.options import app
from kg.errors import QkgError
from kg.version import __version__

__all__ = [
    "access",
    "analyse",
    "answers",
    "app",
    "diff",
    "documents",
    "exchange",
    "ledger",
    "links",
    "main",
    "report",
    "review",
    "service",
    "upkeep",
    "whatif",
]


@app.callback(invoke_without_command=True)
def _root(
    *, version: Annotated[bool, typer.Option("--version", help="版本 Show the version")] = False
) -> None:
    if version:
        out.print(f"qkg {__version__}", highlight=False)
        raise typer.Exit


def main() -> None:
    """Run the command line; a `QkgError` ends it with its message and exit code 1."""
    try:
        app()
    except QkgError as error:
        from kg import settings

        message = f"qkg: {error.text(settings.language())}"
        err.print(message, style="red", markup=False, highlight=False)
        sys.exit(1)
