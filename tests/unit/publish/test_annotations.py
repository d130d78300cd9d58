"""The evidence as Web Annotations: every span twice, in the clean and in the raw text."""

from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from kg.vocab import Property
from kg.workspace import Workspace

from .conftest import PLAN, built

OA = Namespace("http://www.w3.org/ns/oa#")


def annotated(space: Workspace, folder: Path) -> Graph:
    space.export_annotations(folder / "evidence.ttl")
    return Graph().parse(folder / "evidence.ttl", format="turtle")


def test_every_mention_is_the_target_of_one_annotation(space: Workspace, tmp_path: Path) -> None:
    graph = annotated(space, tmp_path)
    mentions = {
        str(row[0]) for row in space.query("SELECT DISTINCT ?m { ?x qkg:evidencedBy ?m }").rows
    }
    notes = set(graph.subjects(RDF.type, OA.Annotation))
    assert len(notes) == len(mentions) > 10
    targets = {str(t) for note in notes for t in graph.objects(note, OA.hasTarget)}
    assert targets == mentions | {f"{mention}#raw" for mention in mentions}


def test_bodies_are_the_statements_that_rest_on_the_words(space: Workspace, tmp_path: Path) -> None:
    graph = annotated(space, tmp_path)
    rows = space.query("SELECT DISTINCT ?x ?m { ?x qkg:evidencedBy ?m }").rows
    told = {
        (str(body), str(note).removesuffix("#annotation"))
        for note, body in graph.subject_objects(OA.hasBody)
    }
    assert told == {(str(x), str(m)) for x, m in rows}
    assert URIRef(Property.EVIDENCED_BY) not in set(graph.predicates())


@pytest.mark.parametrize("text", [PLAN, PLAN.replace("财政", "财(cái)政(zhèng)")])
def test_positions_and_quotes_name_the_same_words(tmp_path: Path, text: str) -> None:
    with built(tmp_path, text) as space:
        graph = annotated(space, tmp_path)
        sha = str(space.query("SELECT ?sha { ?t qkg:textSha256 ?sha }").rows[0][0])
        clean = space.home.text_of(sha)
    assert clean is not None
    checked = 0
    for selected in graph.subjects(RDF.type, OA.SpecificResource):
        source = text if str(selected).endswith("#raw") else clean
        selectors = set(graph.objects(selected, OA.hasSelector))
        assert {graph.value(one, RDF.type) for one in selectors} == {
            OA.TextPositionSelector,
            OA.TextQuoteSelector,
        }
        (place,) = [one for one in selectors if (one, OA.start, None) in graph]
        (quote,) = selectors - {place}
        start, end = (int(str(graph.value(place, p))) for p in (OA.start, OA.end))
        assert source[start:end] == str(graph.value(quote, OA.exact))
        checked += 1
    assert checked > 20


def test_words_that_the_graph_does_not_hold_are_not_told(fresh: Workspace, tmp_path: Path) -> None:
    fresh.store.update(
        f"DELETE {{ GRAPH ?g {{ ?m <{Property.EXACT}> ?w }} }} "
        f"WHERE {{ GRAPH ?g {{ ?m <{Property.EXACT}> ?w }} }}"
    )
    graph = annotated(fresh, tmp_path)
    assert set(graph.subjects(RDF.type, OA.TextQuoteSelector)) == set()
    assert len(set(graph.subjects(RDF.type, OA.TextPositionSelector))) > 20
