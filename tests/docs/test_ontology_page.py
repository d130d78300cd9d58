"""docs/ontology.md and its twin: the drawing is current, the example is what reading gives, queries run."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg import rdf
from kg.reading import read_document
from kg.reference import example_plans
from kg.settings import Settings
from kg.vocab import NS, Class
from kg.workspace import Workspace, open_workspace

TWINS = ("ontology.md", "ontology.zh.md")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
NOT_DRAWN = {"Subject"}  # above all others


def blocks(root: Path, name: str, kind: str) -> list[str]:
    text = (root / "docs" / name).read_text("utf-8")
    return [block for word, block in BLOCK.findall(text) if word == kind]


@pytest.fixture(scope="module")
def script(script_of: Callable[[str], ModuleType]) -> ModuleType:
    return script_of("draw_ontology")


@pytest.fixture(scope="module")
def ontology(root: Path) -> Graph:
    return Graph().parse(root / "ontology" / "quality.ttl")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_workspace(tmp_path_factory.mktemp("page") / "home", create=True) as space:
        space.load_example()
        assert all(outcome.error is None for outcome in space.build(example_plans()))
        yield space


def test_the_drawing_is_current(root: Path, script: ModuleType) -> None:
    written = (root / "docs" / "ontology.svg").read_text("utf-8")
    assert written == script.drawing(), "run `python docs/draw_ontology.py`"


def test_the_drawing_shows_every_class(script: ModuleType) -> None:
    drawn = {box.term for box in script.BOXES} | {t for box in script.BOXES for t in box.inside}
    fields = {panel.title for panel in script.PANELS if panel.title.isascii()}
    assert drawn | fields | NOT_DRAWN == {str(term).removeprefix(NS) for term in Class}


def test_the_drawing_ties_only_what_the_ontology_ties(script: ModuleType, ontology: Graph) -> None:
    assert len(script.TIES) >= 25
    for tie in script.TIES:
        for term in tie.terms:
            prop = URIRef(NS + term)
            assert (prop, RDF.type, OWL.ObjectProperty) in ontology
            for side, name in ((RDFS.domain, tie.source), (RDFS.range, tie.target)):
                declared = ontology.value(prop, side)
                kinds = set(ontology.transitive_objects(URIRef(NS + name), RDFS.subClassOf))
                assert (
                    declared in kinds or (declared, RDFS.subClassOf, URIRef(NS + name)) in ontology
                )


def test_no_two_boxes_overlap(script: ModuleType) -> None:
    boxes = script.BOXES
    for number, one in enumerate(boxes):
        assert one.x + one.width // 2 <= script.WIDTH
        assert one.y + one.height // 2 <= script.HEIGHT
        for other in boxes[number + 1 :]:
            apart = (
                abs(one.x - other.x) * 2 >= one.width + other.width
                or abs(one.y - other.y) * 2 >= one.height + other.height
            )
            assert apart, (one.term, other.term)


@pytest.mark.parametrize("kind", ["turtle", "sparql"])
def test_the_twins_show_the_same_code(root: Path, kind: str) -> None:
    english, chinese = (blocks(root, name, kind) for name in TWINS)
    assert english
    assert english == chinese


@pytest.mark.parametrize("name", TWINS)
def test_every_link_leads_somewhere(root: Path, name: str) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", (root / "docs" / name).read_text("utf-8"))
    assert len(targets) >= 5
    assert [target for target in targets if not (root / "docs" / target).exists()] == []


@pytest.mark.parametrize("name", TWINS)
def test_every_word_of_ours_on_the_page_is_a_term(root: Path, name: str, ontology: Graph) -> None:
    terms = {str(s).removeprefix(NS) for s in ontology.subjects(RDF.type) if str(s).startswith(NS)}
    used = set(re.findall(r"qkg:(\w+)", (root / "docs" / name).read_text("utf-8")))
    assert len(used) > 30
    assert used <= terms


@pytest.mark.parametrize("name", TWINS)
def test_the_worked_example_is_what_reading_the_plan_gives(root: Path, name: str) -> None:
    plan = next(path for path in example_plans() if path.name == "yunling-province.txt")
    page = (root / "docs" / name).read_text("utf-8")
    (quote,) = re.findall(r"^> (.*)$", page, re.M)
    assert quote in plan.read_text("utf-8")
    reading = read_document(plan.name, plan.read_bytes(), settings=Settings())
    quads = rdf.quads(reading.source, reading.extraction, reading.cleaned)
    triples = re.sub(rb" <[^<>]+> \.$", b" .", quads, flags=re.M)
    made = Graph().parse(data=triples, format="nt")
    (block,) = blocks(root, name, "turtle")
    shown = Graph().parse(data=block, format="turtle")
    assert len(shown) >= 35
    assert [triple for triple in shown if triple not in made] == []


@pytest.mark.slow
def test_ten_queries_of_the_page_give_rows(root: Path, example: Workspace) -> None:
    queries = blocks(root, TWINS[0], "sparql")
    assert len(queries) == 10
    for query in queries:
        rows = example.query(query).rows
        assert rows, query
        assert len(rows) == len(set(rows)), query
