"""What every picture promises: it is SVG, holds what it was told, and runs nothing."""

import re
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.drawing import (
    PROVINCES,
    Bar,
    Cell,
    Flow,
    Horizon,
    Matrix,
    Picture,
    Station,
    Stream,
    Tile,
    Timeline,
    flow_svg,
    gathered,
    matrix_svg,
    tiles_svg,
    timeline_svg,
)

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    '<script>alert(1)</script>"onload="x',
    "</svg><img src=x onerror=alert(1)>",
    "甲\u202e乙\u0000\ufffe丙",
    "长" * 10_000,
    "",
]


def pictures(name: str) -> dict[str, Picture]:
    """Return one picture of each kind, every word of which is *name*."""
    bars = (
        Bar(name, name, 2025.0, 2025.5, latest=2026.0, due=2026.0, href="/id/a"),
        Bar(name, name, 2025.5, 2026.0, tone="late", before=(0,)),
    )
    stations = (Station("a", name, 0, "#000", href="/id/a"), Station("b", name, 1, "#000"))
    cells = {(0, 1): Cell(2, arranged=True, href="#x"), (1, 0): Cell(2, arranged=False)}
    return {
        "timeline": timeline_svg(Timeline(bars, (Horizon(2025, name),)), label=name),
        "flow": flow_svg(Flow((name, name), stations, (Stream("a", "b", 3),)), label=name),
        "matrix": matrix_svg(Matrix((name, name), cells), label=name),
        "tiles": tiles_svg([Tile("浙江", 0.9, (name, name), alert=200, href="/x")], label=name),
    }


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", ["timeline", "flow", "matrix", "tiles"])
def test_no_name_becomes_markup(kind: str, name: str) -> None:
    root = ET.fromstring(pictures(name)[kind])
    known = {"svg", "g", "a", "rect", "text", "title", "path", "line", "polygon", "circle"}
    assert {part.tag.removeprefix(SVG) for part in root.iter()} <= known
    assert not [key for part in root.iter() for key in part.attrib if key.startswith("on")]
    links = {part.attrib["href"] for part in root.iter(f"{SVG}a")}
    assert links <= {"/id/a", "#x", "/x"}
    words = "".join(root.itertext())
    assert not re.search("[\u0000\u202e\ufffe]", words)


@pytest.mark.parametrize("kind", ["timeline", "flow", "matrix", "tiles"])
def test_a_picture_is_called_by_its_name(kind: str) -> None:
    root = ET.fromstring(pictures("质量")[kind])
    assert (root.attrib["role"], root.attrib["aria-label"]) == ("group", "质量")


@pytest.mark.parametrize(
    "empty",
    [
        timeline_svg(Timeline(()), label=""),
        flow_svg(Flow(("", ""), (), ()), label=""),
        matrix_svg(Matrix((), {}), label=""),
        tiles_svg([], label=""),
    ],
    ids=["timeline", "flow", "matrix", "tiles"],
)
def test_nothing_to_show_is_shown(empty: Picture) -> None:
    assert ET.fromstring(empty).tag == f"{SVG}svg"


def test_a_bar_stands_where_its_years_do() -> None:
    told = Timeline((Bar("甲", "", 2025.0, 2025.5), Bar("乙", "", 2026.0, 2027.0)))
    bars = [part.attrib for part in ET.fromstring(timeline_svg(told, label="")).iter(f"{SVG}rect")]
    (first, second) = ((float(one["x"]), float(one["width"])) for one in bars)
    assert second[0] - first[0] == pytest.approx(2 * first[1], abs=0.2)
    assert second[1] == pytest.approx(2 * first[1], abs=0.2)


def test_a_horizon_far_away_does_not_squeeze_the_bars() -> None:
    bar = Bar("甲", "", 2025.0, 2025.5)
    near = timeline_svg(Timeline((bar,), (Horizon(2026, "近"),)), label="")
    far = timeline_svg(Timeline((bar,), (Horizon(2050, "远"),)), label="")
    assert "近" in near
    assert "远" not in far


STREAMS = st.dictionaries(
    st.tuples(st.sampled_from("abcdefg"), st.sampled_from("ABCDEFG")),
    st.integers(1, 9),
    min_size=1,
)


@given(STREAMS, st.integers(1, 5))
def test_gathering_loses_nothing(amounts: dict[tuple[str, str], int], most: int) -> None:
    ids = sorted({end for ends in amounts for end in ends})
    stations = tuple(Station(one, one, int(one.isupper()), "#000") for one in ids)
    flow = Flow(("", ""), stations, tuple(Stream(*ends, n) for ends, n in amounts.items()))
    less = gathered(flow, most=most, rest="{n}")
    assert sum(one.amount for one in less.streams) == sum(amounts.values())
    for column in (0, 1):
        names = [one for one in less.stations if one.column == column]
        assert len(names) <= most + 1
    known = {one.id for one in less.stations}
    assert {end for one in less.streams for end in (one.source, one.target)} <= known


@given(STREAMS)
def test_stations_of_a_column_do_not_touch(amounts: dict[tuple[str, str], int]) -> None:
    ids = sorted({end for ends in amounts for end in ends})
    stations = tuple(Station(one, one, int(one.isupper()), "#000") for one in ids)
    flow = Flow(("", ""), stations, tuple(Stream(*ends, n) for ends, n in amounts.items()))
    columns: dict[str, list[tuple[float, float]]] = {}
    for box in ET.fromstring(flow_svg(flow, label="")).iter(f"{SVG}rect"):
        place = float(box.attrib["y"]), float(box.attrib["height"])
        columns.setdefault(box.attrib["x"], []).append(place)
    for column in columns.values():
        for (y, height), (after, _) in pairwise(sorted(column)):
            assert y + height < after


def test_the_provinces_are_the_31_each_at_a_place_of_its_own() -> None:
    assert len(PROVINCES) == 31
    assert max(Counter(PROVINCES.values()).values()) == 1
