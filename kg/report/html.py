"""The report as one HTML file: no script, no outside reference, a policy that forbids both."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from kg.model import Severity
from kg.report.blocks import Card, Layout
from kg.report.jinja import environment

Medium = Literal["screen", "paper"]
COLOURS = MappingProxyType(
    {
        Severity.HIGH: "#b3261e",
        Severity.MEDIUM: "#b26a00",
        Severity.LOW: "#2f6f8f",
        Severity.INFO: "#6b7680",
    }
)


def render(layout: Layout, *, medium: Medium = "screen") -> str:
    """Return *layout* as a page that opens anywhere and holds all it needs.

    Args:
        layout: What to show.
        medium: ``screen`` for browsers (which print it on A4, too), ``paper`` for pages to be cut.
    """
    sheet = _sheet(medium)
    page = environment(autoescape=True).get_template("report.html")
    return page.render(
        layout=layout,
        style=sheet,
        paper=medium == "paper",
        colours=COLOURS,
        linked=_linked(layout),
        policy=policy(medium),
    )


def policy(medium: Medium = "screen") -> str:
    """Return the Content-Security-Policy of the page: its own style sheet, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_sheet(medium).encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _sheet(medium: Medium) -> str:
    return files("kg.report").joinpath("templates", f"{medium}.css").read_text("utf-8")


def _linked(layout: Layout) -> frozenset[str]:
    """Return the findings that a card elsewhere leads to."""
    cards = (one for part in layout.sections for one in part.blocks if isinstance(one, Card))
    return frozenset(card.link for card in cards if card.link)
