"""The report as one HTML file: no script, no outside reference, a policy that forbids both."""

import base64
import hashlib
from dataclasses import dataclass
from importlib.resources import files

from kg.report.layout import context, environment
from kg.report.model import Matrix, Report

CELL, LEFT, TOP = 22, 190, 34


def render(report: Report, *, lang: str) -> str:
    """Return *report* as a page that opens anywhere, prints on A4, and holds all it needs."""
    style = files("kg.report").joinpath("templates", "report.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = environment(autoescape=True).get_template("report.html")
    return page.render(
        **context(report, lang),
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        drawing=_drawing(report.coordination.matrix),
    )


@dataclass(frozen=True, slots=True)
class _Cell:
    """One pair of bodies in the drawing; *shade* is 1..5."""

    x: int
    y: int
    shade: int
    arranged: bool
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Where everything of the matrix stands, in pixels."""

    width: int
    height: int
    cell: int
    left: int
    top: int
    cells: tuple[_Cell, ...]


def _drawing(matrix: Matrix) -> _Drawing:
    most = max((weight for row in matrix.cells for weight in row), default=0.0)
    cells = tuple(
        _Cell(
            x=LEFT + column * CELL,
            y=TOP + row * CELL,
            shade=1 + min(4, int(5 * weight / most)),
            arranged=(row, column) in matrix.arranged,
            row=row,
            column=column,
        )
        for row, weights in enumerate(matrix.cells)
        for column, weight in enumerate(weights)
        if weight
    )
    size = len(matrix.bodies) * CELL
    return _Drawing(LEFT + size + 8, TOP + size + 8, CELL, LEFT, TOP, cells)
