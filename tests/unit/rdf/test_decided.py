"""What reviewers decide wins over extraction, and no part of the graph contradicts it."""

import re
from typing import Any

import pytest

from kg import ids, rdf
from kg.model import Decision, Role, Verdict
from kg.rdf import Statement
from kg.store import memory_store
from kg.store.port import Store
from kg.validate import validate

GRAPH = ids.graph_iri("plan")
DAY = "2031-05-07"


@pytest.fixture(scope="module")
def found(example: Any) -> list[Statement]:
    return rdf.statements_of(example.source, example.extraction, example.cleaned)


def one(found: list[Statement], kind: str, words: str, role: Role | None = None) -> Statement:
    (statement,) = (s for s in found if (s.kind, s.words, s.role) == (kind, words, role))
    return statement


def written(example: Any, *decisions: Decision) -> Store:
    store = memory_store()
    facts = rdf.quads(example.source, example.extraction, example.cleaned, decisions=decisions)
    kept = rdf.decision_quads(decisions)
    store.replace_all({GRAPH: facts, rdf.DECISION_GRAPH: kept})
    return store


def rows(store: Store, pattern: str) -> list[tuple[object, ...]]:
    names = " ".join(dict.fromkeys(re.findall(r"[?]\w+", pattern))) or "*"
    query = (
        "PREFIX qkg: <https://w3id.org/qualitykg/ns#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        f"SELECT DISTINCT {names} {{ {pattern} }}"
    )
    return sorted(store.select(query).rows, key=str)


def test_every_element_responsibility_and_relation_is_a_statement(found: list[Statement]) -> None:
    assert len({statement.id for statement in found}) == len(found) > 25
    kinds = {statement.kind for statement in found}
    assert {"goal", "target", "taskGroup", "task", "programme", "responsibility"} <= kinds
    assert {"partOf", "requires", "contributesTo", "memberOf"} <= kinds
    assert all(statement.quote and statement.words for statement in found)


def test_the_identifier_of_a_statement_is_that_of_its_node(
    example: Any, found: list[Statement]
) -> None:
    store = written(example)
    nodes = {str(row[0]) for row in rows(store, "?s qkg:statedIn ?d ; qkg:confidence ?c")}
    with_node = [s for s in found if s.kind not in ("partOf", "realises", "hasGoal", "quantifies")]
    named = {s.id for s in with_node if s.is_element or s.is_responsibility}
    assert named <= nodes
    assert {s.id for s in found if s.kind in ("requires", "contributesTo")} <= nodes


def test_a_decided_document_conforms(example: Any, found: list[Statement]) -> None:
    duty = one(found, "responsibility", "云岭省财政厅", Role.SUPPORT)
    decisions = [
        Decision(duty.id, Verdict.CORRECT, DAY, role=Role.LEAD, body="省教育厅"),
        Decision(one(found, "task", "制定省级标准").id, Verdict.REJECT, DAY),
        Decision(one(found, "partOf", "实施“标准领航工程”").id, Verdict.ACCEPT, DAY),
        Decision(one(found, "goal", "质量水平明显提升").id, Verdict.CORRECT, DAY, words="质量好"),
    ]
    facts = rdf.quads(example.source, example.extraction, example.cleaned, decisions=decisions)
    kept = rdf.decision_quads(decisions)
    assert validate(facts + kept + rdf.authority_quads()).faults == ()


def test_what_is_accepted_is_sure_and_says_by_whom(example: Any, found: list[Statement]) -> None:
    link = one(found, "contributesTo", "夯实质量基础")
    store = written(example, Decision(link.id, Verdict.ACCEPT, DAY))
    ((basis, confidence, decision),) = rows(
        store,
        f"<{link.id}> qkg:basis ?basis ; qkg:confidence ?confidence ; qkg:decidedBy ?decision",
    )
    assert (basis, confidence) == ("inferred", 1)
    assert rows(store, f"<{decision}> qkg:decides ?s ; qkg:verdict ?v") == [(link.id, "accept")]


def test_an_accepted_relation_without_a_node_gets_one(example: Any, found: list[Statement]) -> None:
    link = one(found, "partOf", "制定省级标准")
    assert rows(written(example), f"<{link.id}> ?p ?o") == []
    store = written(example, Decision(link.id, Verdict.ACCEPT, DAY))
    assert len(rows(store, f"<{link.id}> qkg:decidedBy ?d")) == 1


def test_a_rejected_duty_leaves_no_shortcut(example: Any, found: list[Statement]) -> None:
    duty = one(found, "responsibility", "云岭省财政厅", Role.SUPPORT)
    store = written(example, Decision(duty.id, Verdict.REJECT, DAY))
    body = ids.iri("body", ids.body_key("云岭省财政厅"))
    assert rows(store, f"?s qkg:supportedBy <{body}>") == []
    assert rows(store, f"?s qkg:hasBody <{body}>") == []
    assert rows(store, f"<{duty.id}> ?p ?o") == []
    assert rows(store, "?s qkg:supportedBy ?o")


def test_a_rejected_membership_leaves_no_channel_between_the_two(
    example: Any, found: list[Statement]
) -> None:
    money = ids.iri("body", ids.body_key("云岭省财政厅"))
    market = ids.iri("body", ids.body_key("云岭省市场监督管理局"))
    pattern = f"<{market}> qkg:coordinatesWith <{money}> ; qkg:alias ?a"
    assert rows(written(example), f"<{market}> qkg:coordinatesWith ?o") != []
    member = one(found, "memberOf", "云岭省财政厅")
    store = written(example, Decision(member.id, Verdict.REJECT, DAY))
    assert rows(store, pattern) == []
    assert rows(store, f"<{market}> qkg:coordinatesWith ?o") == []


def test_a_rejected_element_takes_its_links_along(example: Any, found: list[Statement]) -> None:
    task = one(found, "task", "制定省级标准")
    store = written(example, Decision(task.id, Verdict.REJECT, DAY))
    assert rows(store, f"<{task.id}> ?p ?o") == []
    assert rows(store, f"?s ?p <{task.id}> FILTER(?p != qkg:decides)") == []


def test_the_duties_of_a_rejected_measure_do_not_fall_to_the_document(
    example: Any, found: list[Statement]
) -> None:
    group = one(found, "taskGroup", "夯实质量基础")
    store = written(example, Decision(group.id, Verdict.REJECT, DAY))
    measures = {str(row[1]) for row in rows(store, "?r qkg:responsibilityFor ?m")}
    assert measures == {one(found, "programme", "标准领航工程").id}


def test_a_rejection_does_not_rename_the_others_of_the_same_words(
    example: Any, found: list[Statement]
) -> None:
    task = one(found, "task", "制定省级标准")
    store = written(example, Decision(task.id, Verdict.REJECT, DAY))
    before = {s.id for s in found if s.is_element} - {task.id}
    left = {str(r[0]) for r in rows(store, "?s qkg:statedIn ?d ; qkg:byRule ?r ; rdfs:label ?l")}
    assert left == before


def test_corrected_words_stand_under_the_same_identifier(
    example: Any, found: list[Statement]
) -> None:
    goal = one(found, "goal", "质量水平明显提升")
    store = written(example, Decision(goal.id, Verdict.CORRECT, DAY, words="质量水平显著提升"))
    assert rows(store, f"<{goal.id}> rdfs:label ?l") == [("质量水平显著提升",)]
    assert len(rows(store, f"<{goal.id}> qkg:decidedBy ?d")) == 1


@pytest.mark.parametrize(
    ("given", "name", "kind"),
    [
        ("省教育厅", "云岭省教育厅", "Department"),
        ("云岭省教育厅", "云岭省教育厅", "Department"),
        ("省科技厅", "云岭省科学技术厅", "Department"),
        ("有关企业", "有关企业", "OpenBody"),
        ("云岭省质量工作联席会议", "云岭省质量工作联席会议", "CoordinationBody"),
    ],
)
def test_a_corrected_body_stands_in_the_place_of_the_one_read(
    example: Any, found: list[Statement], given: str, name: str, kind: str
) -> None:
    duty = one(found, "responsibility", "云岭省财政厅", Role.SUPPORT)
    decision = Decision(duty.id, Verdict.CORRECT, DAY, body=given)
    store = written(example, decision)
    ((_, measure, body, basis),) = rows(
        store,
        f"?r qkg:decidedBy <{ids.decision_iri(duty.id)}> ; qkg:responsibilityFor ?measure ; "
        "qkg:heldBy ?body ; qkg:basis ?basis",
    )
    assert basis == "decision"
    assert (name, f"https://w3id.org/qualitykg/ns#{kind}") in rows(
        store, f"<{body}> rdfs:label ?l ; a ?t"
    )
    assert rows(store, f"<{measure}> qkg:supportedBy <{body}> ; qkg:hasBody ?b")
    assert rows(store, f"<{duty.id}> ?p ?o") == []


def test_a_corrected_role_changes_the_shortcut(example: Any, found: list[Statement]) -> None:
    duty = one(found, "responsibility", "云岭省财政厅", Role.SUPPORT)
    store = written(example, Decision(duty.id, Verdict.CORRECT, DAY, role=Role.LEAD))
    body = ids.iri("body", ids.body_key("云岭省财政厅"))
    assert [row[0] for row in rows(store, f"?p ?q <{body}> ; qkg:ledBy ?b")]
    assert rows(store, f"?m qkg:supportedBy <{body}>") == []


def test_a_correction_into_a_duty_that_is_there_merges_with_it(
    example: Any, found: list[Statement]
) -> None:
    market = one(found, "responsibility", "云岭省市场监督管理局", Role.LEAD)
    money = one(found, "responsibility", "云岭省财政厅", Role.SUPPORT)
    decision = Decision(money.id, Verdict.CORRECT, DAY, role=Role.LEAD, body="省市场监管局")
    store = written(example, decision)
    ((basis, decided),) = rows(store, f"<{market.id}> qkg:basis ?b ; qkg:decidedBy ?d")
    assert (basis, decided) == ("rule", ids.decision_iri(money.id))


def test_a_decision_on_what_is_no_longer_found_is_told(example: Any) -> None:
    lost = Decision(ids.iri("task", "plan.0123456789"), Verdict.ACCEPT, DAY)
    store = written(example, lost)
    assert rows(store, "[] qkg:issueCode ?code FILTER(STRSTARTS(?code, 'lost'))") == [
        ("lost-decision",)
    ]


def test_decisions_come_back_as_they_were_written() -> None:
    statement = ids.iri("responsibility", "plan.0123456789")
    decisions = [
        Decision(
            statement, Verdict.CORRECT, DAY, role=Role.LEAD, body="省教育厅", note='“改”\n"x"'
        ),
        Decision(ids.iri("goal", "other.0123456789"), Verdict.REJECT, DAY),
    ]
    store = memory_store()
    store.replace(rdf.DECISION_GRAPH, rdf.decision_quads(decisions))
    every = rdf.decisions_in(store.select(rdf.decisions_query()).dicts())
    assert sorted(every, key=lambda d: d.statement) == sorted(decisions, key=lambda d: d.statement)
    assert rdf.decisions_in(store.select(rdf.decisions_query("plan")).dicts()) == decisions[:1]


def test_an_issue_points_to_its_place(example: Any) -> None:
    found = rows(
        written(example),
        "?i a qkg:Issue ; qkg:issueCode ?code ; qkg:reason ?why ; qkg:evidencedBy/qkg:exact ?q "
        "FILTER(LANG(?why) = 'zh')",
    )
    assert [row[1:] for row in found] == [("declared-count", "数目不符", "加强统筹")]
