"""The report as one HTML file: no script, no outside reference, a policy that forbids both."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from markupsafe import Markup, escape

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
    room = environment(autoescape=True)
    room.filters["titled"] = _titled
    return room.get_template("report.html").render(
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


def _titled(svg: str, label: str) -> Markup:
    """Return *svg* with *label* as its title: by that WeasyPrint names a figure (PDF/UA-1, 7.3)."""
    head, end, rest = svg.partition(">")
    return Markup(f"{head}{end}<title>{escape(label)}</title>{rest}")  # noqa: S704  made of elements


def _linked(layout: Layout) -> frozenset[str]:
    """Return the findings that a card elsewhere leads to."""
    cards = (one for part in layout.sections for one in part.blocks if isinstance(one, Card))
    return frozenset(card.link for card in cards if card.link)
