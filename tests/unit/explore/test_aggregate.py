import pytest

from kg.analysis.census import census
from kg.errors import UnknownNodeError
from kg.explore import Aggregate, aggregate, overview, worst_by_group
from kg.model import Bilingual, Finding, Group, Node, Place, Severity
from kg.store.port import Store

YUNLING = "https://w3id.org/qualitykg/id/area/yunling"
LINJIANG = "https://w3id.org/qualitykg/id/area/linjiang"


def of(store: Store, within: Place = (None, None), *, limit: int = 150) -> Aggregate:
    return aggregate(store, census(store), within=within, limit=limit)


def finding(key: str, kind: str, severity: Severity) -> Finding:
    subject = Node(f"https://w3id.org/qualitykg/id/{key}", key, kind, Bilingual(key, key))
    said = Bilingual("原因", "reason")
    return Finding(
        id="urn:finding",
        type="G01",
        severity=severity,
        subjects=(subject,),
        reason=said,
        remedy=said,
        evidence=(),
        candidates=(),
        confidence=1.0,
    )


def test_each_group_is_counted_where_its_document_applies(store: Store) -> None:
    counts = of(store).counts
    assert counts[Group("task", "province", YUNLING)] == 3
    assert counts[Group("task", "prefecture", LINJIANG)] == 1
    assert counts[Group("document", "province", YUNLING)] == 1
    assert counts[Group("department", "province")] == 3


def test_ties_add_up_the_relations_between_the_things_of_two_groups(store: Store) -> None:
    ties = {(t.source.type, t.relation, t.target.type): t.count for t in of(store).ties}
    assert ties["task", "takesUp", "task"] == 1
    assert ties["task", "supportedBy", "department"] == 2
    assert not [tie for tie in of(store).ties if tie.source == tie.target]


def test_a_level_and_an_area_leave_only_their_groups_and_plans(store: Store) -> None:
    found = of(store, ("prefecture", None))
    assert {group.level for group in found.counts} == {"prefecture"}
    assert [plan.key for plan in found.plans] == ["document/city"]
    assert found.plan_count == 1
    narrow = of(store, (None, "area/yunling"))
    assert {group.area for group in narrow.counts} == {YUNLING}
    assert narrow.areas[YUNLING].zh == "云岭省"


def test_areas_are_taken_together_where_they_would_be_too_many_groups(store: Store) -> None:
    coarse = of(store, limit=10)
    assert {group.area for group in coarse.counts} == {None}
    assert coarse.counts[Group("task", "province")] == 3
    assert sum(coarse.counts.values()) == sum(of(store).counts.values())


def test_areas_that_do_not_fit_are_counted(store: Store) -> None:
    cut = of(store, ("prefecture", None), limit=2)
    assert len(cut.counts) <= 2
    assert cut.left_out >= 1


def test_a_group_shows_the_worst_that_was_found_in_it(store: Store) -> None:
    found = [
        finding("task/chain", "task", Severity.LOW),
        finding("body/market", "department", Severity.MEDIUM),
        finding("document/outline", "document", Severity.LOW),
        finding("document/outline", "document", Severity.HIGH),
    ]
    known = census(store)
    worst = aggregate(store, known, worst=worst_by_group(known, found)).worst
    assert worst[Group("document", "province", YUNLING)] is Severity.HIGH
    assert worst[Group("department", "province")] is Severity.MEDIUM


def test_an_area_that_cannot_be_a_key_is_refused(store: Store) -> None:
    with pytest.raises(UnknownNodeError):
        of(store, (None, "a> b"))


def test_the_overview_of_one_document_holds_nothing_of_another(store: Store) -> None:
    found = overview(store, document="document/city")
    assert {node.document for node in found.nodes if node.document} == {"document/city"}
    assert overview(store, document="document/none").nodes == ()
