"""Checks that others run on ontologies: FOOPS, OOPS-like pitfalls, OWL 2 profiles, a tableau reasoner.

FOOPS (Garijo, Corcho, Poveda-Villalón 2021) is a web service; the checks that need no network are
written out here under its names. All tools run offline on the file as it ships.
"""

import io
import re
import shutil
from collections.abc import Callable
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph
import pytest
from ontocraft_check import runner
from pyowl2_profiles import detect_profiles
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from kg.vocab import NS

ONTOLOGY = URIRef(NS.removesuffix("#"))
DCT = Namespace("http://purl.org/dc/terms/")
VANN = Namespace("http://purl.org/vocab/vann/")
BIBO = Namespace("http://purl.org/ontology/bibo/")
TURTLE = files("ontology") / "quality.ttl"


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(data=TURTLE.read_bytes(), format="turtle")


def _says(graph: Graph, *names: URIRef) -> set[URIRef]:
    """Return those of *names* that the ontology says of itself."""
    return {name for name in names if graph.value(ONTOLOGY, name, any=True) is not None}


def _terms(graph: Graph) -> set[URIRef]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    return {
        term
        for kind in kinds
        for term in graph.subjects(RDF.type, kind)
        if isinstance(term, URIRef) and str(term).startswith(NS)
    }


def _all_say(graph: Graph, *names: URIRef) -> bool:
    return _says(graph, *names) == set(names)


MINIMAL = (DCT.title, DCT.description, DCT.license, OWL.versionIRI, DCT.creator)
RECOMMENDED = (
    VANN.preferredNamespacePrefix,
    VANN.preferredNamespaceUri,
    OWL.versionInfo,
    DCT.created,
    DCT.bibliographicCitation,
    DCT.abstract,
    OWL.priorVersion,
)
DETAILED = (DCT.publisher, DCT.issued, DCT.modified, DCT.source, BIBO.status)

FOOPS: dict[str, Callable[[Graph], bool]] = {
    "FIND1 a prefix is declared": lambda g: (
        str(g.value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "qkg"
    ),
    "HTTP1 an open protocol": lambda _: NS.startswith("https://"),
    "OM1 minimal metadata": lambda g: _all_say(g, *MINIMAL),
    "OM2 recommended metadata": lambda g: _all_say(g, *RECOMMENDED),
    "OM3 detailed metadata": lambda g: _all_say(g, *DETAILED),
    "OM4.1 a licence": lambda g: str(g.value(ONTOLOGY, DCT.license)).startswith("https://"),
    "OM5.1 basic provenance": lambda g: _all_say(g, DCT.creator, DCT.created),
    "OM5.2 detailed provenance": lambda g: _all_say(g, DCT.issued, DCT.publisher),
    "PURL1 a persistent name": lambda _: NS.startswith("https://w3id.org/"),
    "URI2 one name": lambda g: list(g.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY],
    "VER1 a version": lambda g: (
        str(g.value(ONTOLOGY, OWL.versionIRI)) == f"{ONTOLOGY}/{g.value(ONTOLOGY, OWL.versionInfo)}"
    ),
    "VOC1 metadata in known words": lambda g: all(
        str(p).startswith(("http://purl.org/", "http://www.w3.org/"))
        for p in g.predicates(ONTOLOGY)
    ),
    "VOC2 terms of others are reused": lambda g: (
        len({o for o in g.objects(None, RDFS.subClassOf) if not str(o).startswith(NS)}) >= 10
    ),
    "VOC3 every term has a label": lambda g: all((t, RDFS.label, None) in g for t in _terms(g)),
    "VOC4 every term is defined": lambda g: all((t, SKOS.definition, None) in g for t in _terms(g)),
}


@pytest.mark.parametrize("name", FOOPS)
def test_the_offline_checks_of_foops_pass(ontology: Graph, name: str) -> None:
    assert FOOPS[name](ontology)


def test_each_check_of_foops_fails_on_an_ontology_that_says_nothing() -> None:
    empty = Graph()
    empty.add((URIRef("urn:other"), RDF.type, OWL.Ontology))
    empty.add((URIRef(NS + "Bare"), RDF.type, OWL.Class))
    passed = {name.split()[0] for name, check in FOOPS.items() if check(empty)}
    assert passed == {"HTTP1", "PURL1", "VOC1"}  # these look at the name alone, or at nothing


# An inverse for each property would only double the names: SPARQL has `^`. META02 asks for Korean.
NOT_OURS = ["P13", "META02"]


def _pitfalls(path: Path) -> list[tuple[str, str]]:
    report = runner.run(str(path), reasoner="rl", disable=NOT_OURS)
    found = report.findings
    return sorted((finding.rule, finding.target) for finding in found if NS in finding.target)


@pytest.mark.slow
def test_no_pitfall_is_found_in_our_namespace(root: Path) -> None:
    assert _pitfalls(root / "ontology" / "quality.ttl") == []


@pytest.mark.slow
def test_a_pitfall_put_in_is_found(tmp_path: Path) -> None:
    broken = (
        TURTLE.read_text("utf-8")
        + "qkg:Stray a owl:Class . qkg:Body rdfs:subClassOf qkg:Department .\n"
    )
    (tmp_path / "broken.ttl").write_text(broken, encoding="utf-8")
    rules = {rule for rule, _ in _pitfalls(tmp_path / "broken.ttl")}
    assert {"P04", "P06"} <= rules  # a class that stands alone, a circle of classes


def _profiles(turtle: bytes) -> dict[str, int]:
    store = pyoxigraph.Store()
    store.load(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    found = detect_profiles(store)
    return {name: found[name]["total_violations"] for name in ("dl", "rl")}


def test_the_ontology_is_in_the_profiles_dl_and_rl() -> None:
    assert _profiles(TURTLE.read_bytes()) == {"dl": 0, "rl": 0}


def test_an_axiom_outside_rl_is_found() -> None:
    some = "qkg:Task rdfs:subClassOf [ a owl:Restriction ; owl:onProperty qkg:hasBody ; owl:someValuesFrom qkg:Body ] ."
    assert _profiles(TURTLE.read_bytes() + some.encode())["rl"] > 0


@pytest.mark.slow
def test_hermit_finds_every_class_satisfiable(ontology: Graph) -> None:
    if shutil.which("java") is None or find_spec("owlready2") is None:
        pytest.skip("HermiT needs java and owlready2: pip install --group reasoner")
    import owlready2

    world = owlready2.World()
    triples = io.BytesIO(ontology.serialize(format="nt", encoding="utf-8"))
    with world.get_ontology(str(ONTOLOGY)).load(fileobj=triples, format="ntriples"):
        owlready2.sync_reasoner_hermit(world, debug=0)
    assert list(world.inconsistent_classes()) == []


# ------------------------------------------------------------- deprecation and the log of changes


def deprecation_faults(graph: Graph) -> list[str]:
    """Return what is wrong with deprecated terms: they stay, say what replaces them, and rest."""
    faults = []
    old = set(graph.subjects(OWL.deprecated, Literal(True)))
    for term in sorted(old, key=str):
        successors = set(graph.objects(term, DCT.isReplacedBy))
        if (
            not successors
            or successors & old
            or not all((s, RDF.type, None) in graph for s in successors)
        ):
            faults.append(f"{term}: dct:isReplacedBy must name a living term")
        if (term, SKOS.changeNote, None) not in graph:
            faults.append(f"{term}: skos:changeNote must say since when and why")
        axioms = (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf)
        faults += [f"{term}: still used by {s}" for p in axioms for s in graph.subjects(p, term)]
    return faults


def test_deprecated_terms_keep_to_the_habit(ontology: Graph) -> None:
    assert deprecation_faults(ontology) == []


def test_a_deprecated_term_may_rest_beside_the_one_that_replaces_it(ontology: Graph) -> None:
    rests = 'qkg:Campaign a owl:Class ; owl:deprecated true ; dct:isReplacedBy qkg:Action ; skos:changeNote "9.9.9" .'
    graph = Graph().parse(data=TURTLE.read_text("utf-8") + rests, format="turtle")
    assert deprecation_faults(graph) == []


@pytest.mark.parametrize(
    ("turtle", "fault"),
    [
        ('qkg:Campaign owl:deprecated true ; skos:changeNote "9.9.9" .', "living term"),
        (
            'qkg:Campaign owl:deprecated true ; dct:isReplacedBy qkg:Gone ; skos:changeNote "" .',
            "living term",
        ),
        ("qkg:Campaign owl:deprecated true ; dct:isReplacedBy qkg:Action .", "since when"),
        (
            'qkg:Body owl:deprecated true ; dct:isReplacedBy qkg:Action ; skos:changeNote "" .'
            " qkg:heldBy rdfs:range qkg:Body .",
            "still used by",
        ),
    ],
)
def test_a_term_deprecated_carelessly_is_found(turtle: str, fault: str) -> None:
    graph = Graph().parse(data=TURTLE.read_text("utf-8") + turtle, format="turtle")
    assert any(fault in found for found in deprecation_faults(graph))


def test_the_log_of_changes_accounts_for_every_term(ontology: Graph, root: Path) -> None:
    page = (root / "docs" / "ontology-changelog.md").read_text("utf-8")
    added = [
        name
        for line in re.findall(r"^- 新增 added: (.*)$", page, re.M)
        for name in re.findall(r"`(\w+)`", line)
    ]
    terms = {str(s).removeprefix(NS) for s in ontology.subjects(RDFS.isDefinedBy, ONTOLOGY)}
    assert len(added) == len(set(added))
    assert set(added) == terms
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", page, re.M)
    assert versions[0] == str(ontology.value(ONTOLOGY, OWL.versionInfo))
    assert str(ontology.value(ONTOLOGY, OWL.priorVersion)) == f"{ONTOLOGY}/{versions[1]}"
