"""Links between plans in a store: made by a build, made anew when a side changes, gone with it.

The plans are invented.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import uptake
from kg.errors import AmbiguousDocumentError, SameDocumentError, UnknownDocumentError
from kg.home import Home
from kg.model import Finding
from kg.rdf.uptake import document_of, graph_of
from kg.settings import load
from kg.store import formats, memory_store
from kg.workspace import Workspace

PROVINCE = """云溪省标准提升行动方案
云溪省人民政府
2025年3月1日
为贯彻落实《标准发展纲要》，制定本方案。
一、重点任务
（一）制定分级标准。制定重点产品质量分级标准，明确评价方法。（省市场监管局牵头）
（二）提升旅游服务质量。完善景区服务规范，开展旅游服务质量监测。（省文化和旅游厅牵头）
（三）培育质量文化。组织质量知识进校园，营造崇尚质量的氛围。（省教育厅牵头）
本文件为虚构示例。
"""
CITY = """宁远市标准提升实施方案
宁远市人民政府
2025年5月1日
根据《云溪省标准提升行动方案》，制定本方案。
一、重点任务
（一）提升旅游服务质量。完善景区服务规范，开展旅游服务质量检查。（市文化和旅游局牵头）
（二）营造崇尚质量的风气。落实《云溪省标准提升行动方案》关于培育质量文化的部署，举办质量讲堂。（市教育局牵头）
（三）压减涉企检查频次。推行综合查一次制度。（市司法局牵头）
本文件为虚构示例。
"""
ROWS = """
SELECT DISTINCT ?lower ?upper ?basis ?rule ?confidence {
  ?link a qkg:Uptake ; qkg:linkFrom/rdfs:label ?lower ; qkg:linkTo/rdfs:label ?upper ;
    qkg:basis ?basis ; qkg:byRule ?rule ; qkg:confidence ?confidence
} ORDER BY ?upper"""
WORDS = """
SELECT ?words ?file {
  ?link a qkg:Uptake ; qkg:linkFrom/rdfs:label "营造崇尚质量的风气"@zh ; qkg:evidencedBy ?mention .
  ?mention qkg:exact ?words ; qkg:mentionIn/qkg:fileName ?file
} ORDER BY ?file"""


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.delenv("QKG_HOME", raising=False)
    (tmp_path / "province.txt").write_text(PROVINCE, encoding="utf-8")
    (tmp_path / "city.txt").write_text(CITY, encoding="utf-8")
    settings = load(home=tmp_path / "home")
    with Workspace(Home.create(settings.home), memory_store(), settings) as opened:
        yield opened


def build(space: Workspace, *names: str) -> None:
    """Build these files beside the home."""
    outcomes = list(space.build([space.home.path.parent / name for name in names]))
    assert [outcome.error for outcome in outcomes] == [None] * len(names)


def pairs(space: Workspace) -> list[tuple[object, object, object]]:
    """Return what takes up what, and on which basis."""
    return [(row["lower"], row["upper"], row["basis"]) for row in space.query(ROWS).dicts()]


def links(space: Workspace) -> list[bytes]:
    """Return every quad about uptake, sorted."""
    quads = b"".join(space.store.dump(formats.N_QUADS)).splitlines()
    return sorted(quad for quad in quads if b".uptake>" in quad)


LINKED = [
    ("营造崇尚质量的风气", "培育质量文化", "stated"),
    ("提升旅游服务质量", "提升旅游服务质量", "inferred"),
]


@pytest.mark.parametrize("order", [("province.txt", "city.txt"), ("city.txt", "province.txt")])
def test_a_build_links_in_whatever_order_the_plans_come(
    space: Workspace, order: tuple[str, str]
) -> None:
    for name in order:
        build(space, name)
    assert pairs(space) == LINKED
    assert space.store.ask(
        "PREFIX qkg: <https://w3id.org/qualitykg/ns#> "
        "ASK { ?lower qkg:takesUp ?upper . ?link qkg:linkFrom ?lower ; qkg:linkTo ?upper }"
    )


def test_a_link_shows_the_words_of_both_sides(space: Workspace) -> None:
    build(space, "province.txt", "city.txt")
    rows = [(row["file"], row["words"]) for row in space.query(WORDS).dicts()]
    assert rows == [
        ("city.txt", "落实《云溪省标准提升行动方案》关于培育质量文化的部署"),
        ("province.txt", "培育质量文化"),
    ]
    assert space.validate().conforms


def test_a_second_build_and_a_second_alignment_change_nothing(space: Workspace) -> None:
    build(space, "province.txt", "city.txt")
    before, generation = links(space), space.store.generation
    build(space, "province.txt", "city.txt")
    assert space.store.generation == generation
    space.align()
    assert links(space) == before


def test_a_changed_upper_plan_is_compared_anew(space: Workspace) -> None:
    build(space, "province.txt", "city.txt")
    path = space.home.path.parent / "province.txt"
    path.write_text(PROVINCE.replace("提升旅游服务质量。", "修复古树名木。"), encoding="utf-8")
    build(space, "province.txt")
    assert ("提升旅游服务质量", "提升旅游服务质量", "inferred") not in pairs(space)


def test_a_changed_lower_plan_is_compared_anew(space: Workspace) -> None:
    build(space, "province.txt", "city.txt")
    path = space.home.path.parent / "city.txt"
    path.write_text(CITY.replace("压减涉企检查频次。", "制定分级标准。"), encoding="utf-8")
    build(space, "city.txt")
    assert ("制定分级标准", "制定分级标准", "inferred") in pairs(space)


@pytest.mark.parametrize("name", ["province.txt", "city.txt"])
def test_links_go_with_either_document(space: Workspace, name: str) -> None:
    build(space, "province.txt", "city.txt")
    key = next(entry.key for entry in space.documents() if entry.file_name == name)
    space.remove(key)
    assert pairs(space) == []
    assert links(space) == []


def test_a_build_that_was_cut_short_is_caught_up_by_the_next(space: Workspace) -> None:
    files = [space.home.path.parent / name for name in ("province.txt", "city.txt")]
    outcomes = space.build(files)
    next(outcomes), next(outcomes)  # both are stored, nothing is linked yet
    assert pairs(space) == []
    build(space, "city.txt")
    assert pairs(space) == LINKED


def test_candidates_are_shown_and_nothing_is_written(space: Workspace) -> None:
    build(space, "province.txt", "city.txt")
    before = space.store.generation
    (compared,) = space.alignments("city.txt")
    assert {pair.lower_words for pair in compared.candidates} == {"压减涉企检查频次"}
    assert len(compared.candidates) <= space.settings.align_candidates
    assert all(pair.score < space.settings.align_threshold for pair in compared.candidates)
    assert space.store.generation == before


OTHER = PROVINCE.replace("云溪省", "云麓省").replace("一、重点任务", "一、主要任务")


def test_a_plan_that_a_person_names_stays_compared(space: Workspace) -> None:
    (space.home.path.parent / "other.txt").write_text(OTHER, encoding="utf-8")
    build(space, "city.txt", "other.txt")
    assert pairs(space) == []
    (compared,) = space.align("city.txt", "云麓省标准提升行动方案")
    assert [pair.upper_words for pair in compared.links] == ["提升旅游服务质量"]
    changed = OTHER.replace("本文件为虚构示例。", "本文件为虚构的示例。")
    (space.home.path.parent / "other.txt").write_text(changed, encoding="utf-8")
    build(space, "other.txt")
    assert len(pairs(space)) == 1


def test_documents_are_named_by_key_title_or_file_name(space: Workspace) -> None:
    build(space, "province.txt", "city.txt")
    known = uptake.plans(space.store)
    plan = next(plan for plan in known.values() if plan.file_name == "city.txt")
    for name in (
        plan.id,
        plan.key,
        "city.txt",
        "宁远市标准提升实施方案",
        "《宁远市标准提升实施方案》",
    ):
        assert uptake.chosen(known, name, None) == [plan]
    with pytest.raises(UnknownDocumentError):
        space.align("nowhere.txt")
    with pytest.raises(SameDocumentError):
        space.align("city.txt", plan.key)
    (space.home.path.parent / "copy.txt").write_text(CITY, encoding="utf-8")
    build(space, "copy.txt")
    with pytest.raises(AmbiguousDocumentError, match=plan.key):
        space.align("宁远市标准提升实施方案")


def test_what_is_not_taken_up_becomes_a_gap(space: Workspace) -> None:
    build(space, "province.txt", "city.txt")
    found: list[Finding] = space.gaps(types=["G19"])
    assert [one.reason.zh.partition("；")[0] for one in found] == [
        "没有找到《宁远市标准提升实施方案》对“制定分级标准”的承接"
    ]


def test_only_the_graphs_of_uptake_are_taken_for_it() -> None:
    assert document_of(graph_of("a1")) == "a1"
    assert document_of("https://w3id.org/qualitykg/id/graph/a1") is None
    assert document_of("http://example.org/a1.uptake") is None
