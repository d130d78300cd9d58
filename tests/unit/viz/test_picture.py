from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explore import Aggregate, Subgraph, Tie
from kg.model import Bilingual, Edge, Group, Node, Severity
from viz.grouped import edge_of_tie, grouped, key_of_group
from viz.network import boxes
from viz.picture import svg

SVG = "{http://www.w3.org/2000/svg}"


def pair(one: str, other: str, *, stated: bool = True) -> Subgraph:
    nodes = (
        Node("urn:a", "task/a", "task", Bilingual(one, one), gap=Severity.HIGH),
        Node("urn:b", "body/b", "department", Bilingual(other, other)),
    )
    return Subgraph(
        nodes,
        (Edge("a~ledBy~b", "urn:a", "urn:b", "ledBy", stated=stated),),
        truncated=False,
        limit=2,
    )


def drawn(graph: Subgraph) -> ElementTree.Element:
    return ElementTree.fromstring(svg(graph, boxes(graph), lang="zh", label="图"))


@given(st.text(max_size=300))
def test_any_name_gives_a_picture_that_can_be_read(name: str) -> None:
    picture = drawn(pair(name, "省工信厅"))
    allowed = {"svg", "rect", "g", "path", "title", "text", "circle"}
    assert {one.tag.removeprefix(SVG) for one in picture.iter()} <= allowed


def test_every_card_and_every_line_is_there_and_tells_what_it_is() -> None:
    picture = drawn(pair("推进质量追溯", "省工信厅"))
    assert [one.text for one in picture.iter(f"{SVG}title")] == [
        "任务 · 推进质量追溯",
        "党政机构 · 省工信厅",
    ]
    words = [one.text for one in picture.iter(f"{SVG}text")]
    assert {"推进质量追溯", "省工信厅", "▲"} <= set(words)
    assert len(list(picture.iter(f"{SVG}path"))) == 2  # the line and its head


@pytest.mark.parametrize("stated", [True, False])
def test_what_is_inferred_is_dashed(stated: bool) -> None:
    line = next(drawn(pair("甲", "乙", stated=stated)).iter(f"{SVG}path"))
    assert ("stroke-dasharray" in line.attrib) is not stated


def test_no_card_lies_outside_the_picture() -> None:
    picture = drawn(pair("推进质量追溯" * 9, "省工信厅"))
    width, height = float(picture.attrib["width"]), float(picture.attrib["height"])
    moved = next(picture.iter(f"{SVG}g")).attrib["transform"]
    left, top = map(float, moved.removeprefix("translate(").removesuffix(")").split())
    cards = [one for one in picture.iter(f"{SVG}rect") if "rx" in one.attrib]
    assert len(cards) == 2
    for card in cards:
        x, y = float(card.attrib["x"]) + left, float(card.attrib["y"]) + top
        assert 0 <= x <= x + float(card.attrib["width"]) <= width
        assert 0 <= y <= y + float(card.attrib["height"]) <= height


def test_a_graph_of_nothing_is_a_picture_of_nothing() -> None:
    empty = Subgraph((), (), truncated=False, limit=1)
    assert list(drawn(empty).iter(f"{SVG}text")) == []


def test_a_group_is_a_card_that_tells_its_count_and_place() -> None:
    tasks, bodies = Group("task", "province", "urn:x"), Group("department", "county")
    found = Aggregate(
        counts={tasks: 1204, bodies: 3},
        ties=(Tie(tasks, "ledBy", bodies, 7),),
        areas={"urn:x": Bilingual("云泽省", "Yunze")},
        worst={tasks: Severity.LOW},
        left_out=2,
        plans=(),
        plan_count=0,
    )
    graph = grouped(found, limit=10)
    first, second = graph.nodes
    assert first.label == Bilingual("云泽省 任务 1,204", "Yunze: Task 1,204")
    assert second.label.zh == "县级 党政机构 3"
    assert first.gap is Severity.LOW
    assert graph.left_out == {"area": 2}
    assert graph.edges[0].id == edge_of_tie(found.ties[0])
    assert graph.edges[0].source.endswith(key_of_group(tasks))
