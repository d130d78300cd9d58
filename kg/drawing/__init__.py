"""Pictures as SVG, for pages and for reports: values in, text out, nothing read and nothing fetched.

`matrix` who needs whom, `timeline` when what can and must be done, `flow` who carries which goal, `tiles` a map of the
provinces; `svg` and `letters` are what they are made with. Colours stand in the pictures themselves,
so that they print and go into any document; a page may give its own to the classes (``late``,
``quiet``, …), for the dark.
"""

from kg.drawing.flow import Flow, Station, Stream, flow_svg, gathered
from kg.drawing.matrix import Cell, Matrix, matrix_svg
from kg.drawing.svg import Picture
from kg.drawing.tiles import PROVINCES, Tile, tiles_svg
from kg.drawing.timeline import Bar, Horizon, Timeline, timeline_svg

__all__ = [
    "PROVINCES",
    "Bar",
    "Cell",
    "Flow",
    "Horizon",
    "Matrix",
    "Picture",
    "Station",
    "Stream",
    "Tile",
    "Timeline",
    "flow_svg",
    "gathered",
    "matrix_svg",
    "tiles_svg",
    "timeline_svg",
]
