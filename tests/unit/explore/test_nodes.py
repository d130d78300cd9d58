import pytest

from kg.errors import UnknownNodeError
from kg.explore import (
    Progress,
    edge_evidence,
    edges_among,
    evidence,
    gap_by_key,
    node,
    nodes_of,
    relation_counts,
    status,
)
from kg.explore.nodes import aliases
from kg.ids import iri
from kg.model import Bilingual, Finding, Severity
from kg.rdf.statuses import STATUS_GRAPH, Import, Light, Status, status_quads
from kg.store import memory_store
from kg.store.port import Store


def test_a_node_tells_its_level_area_and_document(store: Store) -> None:
    found = node(store, "task/chain")
    assert found.type == "task"
    assert found.label.zh == "加强产业链全面质量管理"
    assert (found.level, found.area, found.document) == ("province", "云岭省", "document/outline")


def test_a_node_can_be_asked_for_by_its_iri(store: Store) -> None:
    assert node(store, iri("goal", "g25")) == node(store, "goal/g25")
    assert node(store, "goal/g25").year == 2025


def test_the_more_special_class_is_shown(store: Store) -> None:
    assert node(store, "body/market").type == "department"
    assert aliases(store, iri("body", "market")) == ["省市场监管局"]


@pytest.mark.parametrize(
    "key",
    ["", "task/none", "a> } DELETE WHERE { ?s ?p ?o } #", "task/a b", "urn:x\n", "mention/m1"],
)
def test_what_is_not_there_or_is_no_identifier_is_refused(store: Store, key: str) -> None:
    with pytest.raises(UnknownNodeError):
        node(store, key)


def test_many_nodes_come_in_the_order_asked_for(store: Store) -> None:
    wanted = [iri("task", "lab"), iri("goal", "g25"), iri("task", "none"), iri("task", "chain")]
    assert list(nodes_of(store, wanted)) == [wanted[0], wanted[1], wanted[3]]


def test_the_worst_finding_colours_the_node(store: Store) -> None:
    subject = node(store, "task/chain")
    words = Bilingual("x", "x")
    findings = [
        Finding(str(rank), "G01", severity, (subject,), words, words)
        for rank, severity in enumerate([Severity.LOW, Severity.HIGH, Severity.INFO])
    ]
    gaps = gap_by_key(findings)
    assert gaps == {"task/chain": Severity.HIGH}
    assert node(store, "task/chain", gaps=gaps).gap is Severity.HIGH


def test_evidence_gives_the_stored_words_and_both_places(store: Store) -> None:
    (found,) = evidence(store, "goal/g25")
    assert found.quote == "到2025年质量整体水平明显提高"
    assert (found.start, found.end, found.raw_start, found.raw_end) == (4, 19, 14, 31)
    assert (found.document, found.text_sha256) == ("document/outline", "aaaa")


def test_evidence_is_cut_from_the_text_where_it_is_kept(store: Store) -> None:
    text = "0123456789" * 6
    (found,) = evidence(store, "goal/g25", text_of={"aaaa": text}.get)
    assert found.quote == text[4:19]
    assert evidence(store, "goal/g35") == []


def test_relations_are_counted_in_both_directions_and_the_general_one_is_not_told_twice(
    store: Store,
) -> None:
    counts = {(c.relation, c.direction): c.count for c in relation_counts(store, "task/chain")}
    assert counts["supportedBy", "out"] == 2
    assert counts["requires", "in"] == 1
    assert counts["takesUp", "in"] == 1
    assert ("dependsOn", "in") not in counts


def test_an_edge_says_whether_it_is_stated_and_how_sure(store: Store) -> None:
    ends = [iri("task", "chain"), iri("body", "industry"), iri("programme", "base")]
    edges = {edge.id: edge for edge in edges_among(store, ends)}
    led = edges["task/chain~ledBy~body/industry"]
    assert (led.stated, led.confidence, led.evidence, led.role) == (True, 0.9, 1, "lead")
    inherited = edges["programme/base~ledBy~body/industry"]
    assert (inherited.stated, inherited.confidence, inherited.evidence) == (False, 0.7, 0)


def test_a_dependency_takes_confidence_from_its_link(store: Store) -> None:
    (edge,) = edges_among(store, [iri("task", "lab"), iri("task", "chain")])
    assert (edge.relation, edge.stated, edge.confidence) == ("requires", False, 0.6)


def test_the_words_behind_an_edge_can_be_read(store: Store) -> None:
    (found,) = edge_evidence(store, "task/chain~ledBy~body/industry")
    assert found.quote == "省工信厅牵头负责"
    assert edge_evidence(store, "task/lab~ledBy~body/market") == []
    with pytest.raises(UnknownNodeError):
        edge_evidence(store, "task/chain~likes~body/industry")


def test_what_a_ledger_says_of_a_measure_is_told_and_nothing_where_it_says_nothing() -> None:
    measure = "https://w3id.org/qualitykg/id/task/chain"
    taken = Import("ledger.xlsx", "0" * 64, "2026-03-01T08:00:00+00:00")
    told = Status(measure, taken, "在推进", 40, Light.YELLOW, "2026-02-28", "等待批复")
    store = memory_store()
    store.replace(STATUS_GRAPH, status_quads([told]))
    found = status(store, "task/chain")
    assert found == Progress("在推进", 40, Light.YELLOW, "2026-02-28", "等待批复")
    assert status(store, "task/lab") is None
