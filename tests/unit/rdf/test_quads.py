"""Facts to quads: every fact has its words, nodes and shortcuts agree, the same every time."""

import warnings
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from rdflib import RDF, RDFS, Dataset, Graph, Literal, Namespace

from kg import ids, rdf
from kg.model import Kind, Mention, RelationKind, Span
from kg.reading import read_document
from kg.settings import load
from kg.vocab import NS, SHORTCUT_OF_ROLE, Class, Property

QKG = Namespace(NS)
LINKS = (QKG.Responsibility, QKG.Dependency, QKG.Contribution, QKG.Relation, QKG.Channel)
ELEMENTS = (
    QKG.Goal,
    QKG.Target,
    QKG.Task,
    QKG.TaskGroup,
    QKG.Programme,
    QKG.Action,
    QKG.Arrangement,
)


def _read(data: bytes) -> Graph:
    dataset = Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=data, format="nquads")
    graph = Graph()
    for quad in dataset.quads():
        graph.add(quad[:3])
    return graph


def _quads(example: Any, **changes: Any) -> bytes:
    extraction = replace(example.extraction, **changes)
    return rdf.quads(example.source, extraction, example.cleaned)


@pytest.fixture(scope="module")
def graph(example: Any) -> Graph:
    return _read(_quads(example))


def _labelled(graph: Graph, words: str, kind: str | None = None) -> Any:
    found = list(graph.subjects(RDFS.label, Literal(words, lang="zh")))
    if kind:
        found = [s for s in found if (s, RDF.type, QKG[kind]) in graph]
    (only,) = found
    return only


def _rows(graph: Graph, query: str) -> set[tuple[str, ...]]:
    prefixes = f"PREFIX qkg: <{NS}> PREFIX rdfs: <{RDFS}> "
    return {tuple(str(cell) for cell in row) for row in graph.query(prefixes + query)}


def test_every_element_and_every_link_points_to_its_words_and_its_document(graph: Graph) -> None:
    facts = [s for kind in (*ELEMENTS, *LINKS) for s in graph.subjects(RDF.type, kind)]
    assert len(facts) == 9 + 4 + 2 + 1 + 3 + 3
    for fact in facts:
        assert list(graph.objects(fact, QKG.evidencedBy)), fact
        assert len(list(graph.objects(fact, QKG.statedIn))) == 1, fact


def test_a_mention_gives_its_place_in_the_clean_and_in_the_raw_text(
    example: Any, graph: Graph
) -> None:
    mentions = list(graph.subjects(RDF.type, QKG.Mention))
    assert len(mentions) > 20
    for mention in mentions:
        place = {
            name: int(graph.value(mention, QKG[name]))
            for name in ("start", "end", "rawStart", "rawEnd")
        }
        words = example.cleaned.text[place["start"] : place["end"]]
        assert str(graph.value(mention, QKG.exact)) == words
        assert place["rawStart"] == place["start"] + 2
        assert place["rawEnd"] == place["end"] + 2


def test_the_sentence_of_a_mention_counts_stops_and_line_ends_once(graph: Graph) -> None:
    task = _labelled(graph, "制定省级标准", "Task")
    goal = _labelled(graph, "质量水平明显提升", "Goal")
    assert int(graph.value(graph.value(goal, QKG.evidencedBy), QKG.sentence)) == 4
    assert int(graph.value(graph.value(task, QKG.evidencedBy), QKG.sentence)) == 6


def test_shortcuts_and_responsibility_nodes_say_the_same(graph: Graph) -> None:
    nodes = set()
    for duty in graph.subjects(RDF.type, QKG.Responsibility):
        role = str(graph.value(duty, QKG.inRole)).removeprefix(NS)
        shortcut = next(p for r, p in SHORTCUT_OF_ROLE.items() if r == role)
        nodes.add(
            (graph.value(duty, QKG.responsibilityFor), str(shortcut), graph.value(duty, QKG.heldBy))
        )
    direct = {
        (s, str(p), o)
        for p in SHORTCUT_OF_ROLE.values()
        for s, o in graph.subject_objects(QKG[p.removeprefix(NS)])
    }
    assert len(nodes) == 4
    assert nodes == direct
    assert {(s, o) for s, _, o in nodes} == set(graph.subject_objects(QKG.hasBody))


def test_link_nodes_and_direct_properties_say_the_same(graph: Graph) -> None:
    ends = "?link qkg:linkFrom ?a ; qkg:linkTo ?b ."
    dependencies = _rows(graph, f"SELECT ?a ?b {{ ?link a qkg:Dependency . {ends} }}")
    direct = _rows(graph, "SELECT ?a ?b { ?a qkg:dependsOn ?b }")
    assert len(dependencies) == 2
    assert dependencies <= direct
    assert direct - dependencies <= {(b, a) for a, b in dependencies}
    contributions = _rows(graph, f"SELECT ?a ?b {{ ?link a qkg:Contribution . {ends} }}")
    assert contributions == _rows(graph, "SELECT ?a ?b { ?a qkg:contributesTo ?b }")
    others = _rows(graph, f"SELECT ?a ?p ?b {{ ?link a qkg:Relation ; qkg:shortcut ?p . {ends} }}")
    assert len(others) == 3
    assert others <= _rows(graph, "SELECT ?a ?p ?b { ?a ?p ?b }")


def test_an_inferred_link_is_marked_apart_from_a_stated_one(graph: Graph) -> None:
    basis = _rows(
        graph, "SELECT ?kind ?basis { ?l a qkg:Dependency ; qkg:ofKind ?kind ; qkg:basis ?basis }"
    )
    assert basis == {(NS + "flow", "stated"), (NS + "sharing", "inferred")}


def test_several_mentions_of_one_thing_are_one_node(graph: Graph) -> None:
    market = _labelled(graph, "云岭省市场监督管理局", "Department")
    assert str(market) == ids.iri("body", ids.body_key("云岭省市场监督管理局"))
    assert len(list(graph.objects(market, QKG.evidencedBy))) == 2
    assert (
        len(list(graph.objects(_labelled(graph, "标准领航工程", "Programme"), QKG.evidencedBy)))
        == 2
    )


def test_the_same_words_in_two_tasks_are_two_tasks(example: Any) -> None:
    words = "制定省级标准"
    second = example.cleaned.text.index(words, example.cleaned.text.index(words) + 1)
    again = Mention("write2", Kind.TASK, Span(second, second + len(words)), words, "rule.task")
    graph = _read(_quads(example, mentions=(*example.extraction.mentions, again)))
    assert len(list(graph.subjects(RDFS.label, Literal(words, lang="zh")))) == 2


def test_an_open_body_belongs_to_its_document(example: Any) -> None:
    one = _read(_quads(example))
    other = _read(
        rdf.quads(replace(example.source, key="other"), example.extraction, example.cleaned)
    )
    assert _labelled(one, "有关部门") != _labelled(other, "有关部门")
    assert _labelled(one, "云岭省财政厅") == _labelled(other, "云岭省财政厅")


def test_the_own_horizon_counts_before_the_deadline_of_a_clause(graph: Graph) -> None:
    base = _labelled(graph, "夯实质量基础", "TaskGroup")
    goal = _labelled(graph, "质量水平明显提升", "Goal")
    assert [int(year) for year in graph.objects(base, QKG.dueYear)] == [2033]
    assert [int(year) for year in graph.objects(goal, QKG.dueYear)] == [2035]
    assert [str(words) for words in graph.objects(base, QKG.deadline)] == ["2033年底前"]


def test_a_time_from_the_day_of_issue_has_its_year_and_how_often_has_none() -> None:
    text = "虚构县检测方案\n2031年3月1日\n一、重点任务\n（一）培训人员。五年内培训检测人员300名。每年开展抽查。"
    reading = read_document("plan.txt", text.encode(), settings=load())
    graph = _read(rdf.quads(reading.source, reading.extraction, reading.cleaned))
    trained = _labelled(graph, "培训检测人员300名", "Task")
    checked = _labelled(graph, "开展抽查", "Task")
    assert [int(year) for year in graph.objects(trained, QKG.dueYear)] == [2036]
    assert [str(words) for words in graph.objects(trained, QKG.deadline)] == ["五年内"]
    assert list(graph.objects(checked, QKG.dueYear)) == []
    assert [str(words) for words in graph.objects(checked, QKG.deadline)] == ["每年"]


def test_a_target_has_indicator_value_unit_and_year(graph: Graph) -> None:
    target = _labelled(graph, "制造业合格率达到95%以上", "Target")
    assert str(graph.value(graph.value(target, QKG.usesIndicator), RDFS.label)) == "制造业合格率"
    values = [
        graph.value(target, QKG[name]).toPython()
        for name in ("comparator", "unit", "dueYear", "binding")
    ]
    assert values == [">=", "%", 2035, True]
    assert graph.value(target, QKG.targetValue).toPython() == 95


def test_a_duty_by_a_document_rule_shows_the_rule_too(graph: Graph) -> None:
    quotes = _rows(
        graph,
        'SELECT ?words { ?r a qkg:Responsibility ; qkg:basis "rule" ; qkg:evidencedBy/qkg:exact ?words }',
    )
    assert ("列第一位者为牵头单位，下同",) in quotes
    assert len(quotes) == 2


def test_members_meet_in_a_channel_and_coordinate_both_ways(graph: Graph) -> None:
    market, money = _labelled(graph, "云岭省市场监督管理局"), _labelled(graph, "云岭省财政厅")
    science = _labelled(graph, "云岭省科学技术厅")
    assert (market, QKG.coordinatesWith, money) in graph
    assert (money, QKG.coordinatesWith, market) in graph
    assert (science, QKG.coordinatesWith, money) in graph
    assert (science, QKG.coordinatesWith, market) not in graph
    arrangers = {
        str(graph.value(c, QKG.arrangedBy)).split("/id/")[1].split("/")[0]
        for c in graph.subjects(RDF.type, QKG.Channel)
    }
    assert arrangers == {"body", "document"}


def test_documents_meet_by_title_in_whatever_order_they_are_read(
    example: Any, graph: Graph
) -> None:
    outline = replace(example.extraction.metadata, title="云岭省印发《虚构质量纲要》", area=None)
    upper = rdf.quads(
        replace(example.source, key="upper"),
        replace(example.extraction, metadata=outline),
        example.cleaned,
    )
    both = graph + _read(upper)
    rows = _rows(both, "SELECT ?lower ?upper { ?lower qkg:implements/^qkg:citedAs ?upper }")
    assert (ids.iri("document", "plan"), ids.iri("document", "upper")) in rows
    assert _rows(graph, "SELECT ?label { ?d a qkg:Document ; qkg:refersTo/rdfs:label ?label }") == {
        ("虚构标准规划",)
    }


def test_policy_areas_are_known_by_their_short_names(graph: Graph) -> None:
    assert (
        _labelled(graph, "产业", "PolicyArea"),
        QKG.alignedWith,
        _labelled(graph, "财政", "PolicyArea"),
    ) in graph


def test_a_clause_that_found_no_measure_is_a_duty_for_the_document(example: Any) -> None:
    duty = replace(example.extraction.responsibilities[0], applies_to=("lost",))
    graph = _read(_quads(example, responsibilities=(duty,)))
    (node,) = graph.subjects(RDF.type, QKG.Responsibility)
    assert str(graph.value(node, QKG.responsibilityFor)) == ids.iri("document", "plan")


def test_a_duty_that_the_text_repeats_is_one_node_with_two_clauses(example: Any) -> None:
    duty = example.extraction.responsibilities[1]
    again = replace(duty, clause=Span(0, 5), confidence=0.5)
    graph = _read(_quads(example, responsibilities=(again, duty)))
    (node,) = graph.subjects(RDF.type, QKG.Responsibility)
    assert len(list(graph.objects(node, QKG.evidencedBy))) == 2
    assert graph.value(node, QKG.confidence).toPython() == 1


@pytest.mark.parametrize(
    "kind", [RelationKind.PART_OF, RelationKind.REQUIRES, RelationKind.HAS_GOAL]
)
def test_a_relation_between_things_that_cannot_stand_in_it_is_left_out(
    example: Any, kind: RelationKind
) -> None:
    odd = replace(example.extraction.relations[0], kind=kind, head="market", tail="industry")
    assert _quads(example, relations=(*example.extraction.relations, odd)) == _quads(example)


def test_a_torn_mention_gives_its_parts_and_not_what_lies_between(example: Any) -> None:
    torn = replace(example.extraction.mentions[8], fragments=(Span(3, 5), Span(7, 9)))
    graph = _read(_quads(example, mentions=(torn,), relations=(), responsibilities=()))
    task = next(iter(graph.subjects(RDF.type, QKG.Task)))
    starts = {int(graph.value(m, QKG.start)) for m in graph.objects(task, QKG.evidencedBy)}
    assert starts == {3, 7}


def test_the_same_facts_give_the_same_bytes_in_whatever_order_they_come(example: Any) -> None:
    expected = _quads(example)
    for seed in range(5):
        shuffled = {
            name: tuple(Random(seed).sample(values, len(values)))
            for name in ("mentions", "relations", "responsibilities")
            if (values := getattr(example.extraction, name))
        }
        assert _quads(example, **shuffled) == expected


def test_a_clause_with_a_deadline_counts_before_its_twin_without_one(example: Any) -> None:
    dated = replace(example.extraction.responsibilities[0], deadline="2031年底前")
    twins = (replace(dated, deadline=None), dated)
    either_way = {_quads(example, responsibilities=order) for order in (twins, twins[::-1])}
    assert len(either_way) == 1
    assert "2031年底前".encode() in either_way.pop()


def test_a_line_added_above_moves_places_but_no_element(example: Any) -> None:
    def moved(span: Span | None) -> Span | None:
        return Span(span.start + 3, span.end + 3) if span else None

    ext = example.extraction
    later = replace(
        ext,
        metadata=replace(ext.metadata, title_span=moved(ext.metadata.title_span)),
        mentions=tuple(replace(m, span=moved(m.span)) for m in ext.mentions),
        relations=tuple(replace(r, cue=moved(r.cue)) for r in ext.relations),
        responsibilities=tuple(replace(r, clause=moved(r.clause)) for r in ext.responsibilities),
        document_rules=tuple(replace(r, span=moved(r.span)) for r in ext.document_rules),
        provisions=tuple(
            replace(p, words=moved(p.words), span=moved(p.span)) for p in ext.provisions
        ),
    )
    cleaned = replace(example.cleaned, text="新行\n" + example.cleaned.text)
    before, after = _read(_quads(example)), _read(rdf.quads(example.source, later, cleaned))
    places = (ids.iri("mention", ""), str(QKG.start), str(QKG.end))
    versions = [
        ids.version_iri("plan", example.cleaned.text),
        ids.version_iri("plan", cleaned.text),
    ]
    for graph in (before, after):
        for triple in list(graph):
            if any(str(term).startswith((*places, *versions)) for term in triple):
                graph.remove(triple)
    assert set(before) == set(after)


def test_without_words_the_places_stay_and_the_words_go(example: Any) -> None:
    bare = _read(rdf.quads(example.source, example.extraction, example.cleaned, with_words=False))
    full = _read(_quads(example))
    gone = {triple for triple in full if triple not in bare}
    assert {predicate for _, predicate, _ in gone} == {QKG.exact}
    assert set(bare) < set(full)


def test_all_quads_lie_in_the_graph_of_the_document(example: Any) -> None:
    name = f" <{ids.graph_iri('plan')}> .".encode()
    assert all(line.endswith(name) for line in _quads(example).splitlines())


def test_the_authorities_name_each_body_in_both_languages() -> None:
    graph = _read(rdf.authority_quads())
    ndrc = _labelled(graph, "国家发展和改革委员会", "Department")
    assert {label.language for label in graph.objects(ndrc, RDFS.label)} == {"zh", "en"}
    fuzhou = _labelled(graph, "福州市", "Area")
    assert str(graph.value(graph.value(fuzhou, QKG.withinArea), QKG.areaCode)) == "350000"


def test_a_document_uses_the_areas_of_the_authorities(example: Any) -> None:
    def area(name: str) -> str:
        meta = replace(example.extraction.metadata, area=name)
        graph = _read(_quads(example, metadata=meta))
        return str(graph.value(next(graph.subjects(RDF.type, QKG.Document)), QKG.appliesIn))

    assert area("福州市") == area("福建省福州市") != area("厦门市")
    made_up = replace(example.extraction.metadata, area="云岭省临江市")
    graph = _read(_quads(example, metadata=made_up))
    city = _labelled(graph, "云岭省临江市", "Area")
    assert graph.value(city, QKG.withinArea) == _labelled(graph, "云岭省", "Area")


def test_every_term_that_is_written_is_in_the_vocabulary(graph: Graph) -> None:
    used = {str(term) for triple in graph for term in triple[1:] if str(term).startswith(NS)}
    concepts = {
        term
        for term in used
        if term.removeprefix(NS) in {"lead", "support", "province", "flow", "sharing"}
    }
    assert used - concepts <= {*Class, *Property}
    assert len(used) > 60
