"""The ontology: bilingual, in step with code, glossary and gap catalogue, and consistent."""

import re
import tomllib
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from kg.model import LEVEL_RANK, Level, RelationKind, Role
from kg.validate import ontology_quads
from kg.vocab import (
    CLASS_OF_BODY_KIND,
    CLASS_OF_KIND,
    KIND_OF_DEPENDENCY,
    NS,
    PREFIXES,
    SHORTCUT_OF_ROLE,
    Class,
    Property,
    level_iri,
    role_iri,
)

QKG = Namespace(NS)
ONTOLOGY = URIRef(NS.removesuffix("#"))
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def _read(name: str) -> Graph:
    return Graph().parse(data=(files("ontology") / name).read_bytes(), format="turtle")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return _read("quality.ttl")


def _own(graph: Graph, *types: URIRef) -> set[str]:
    return {str(s) for t in types for s in graph.subjects(RDF.type, t) if str(s).startswith(NS)}


def _terms(graph: Graph) -> set[URIRef]:
    return {
        s for s in graph.subjects(RDF.type, None) if isinstance(s, URIRef) and str(s).startswith(NS)
    }


def _in_both(graph: Graph, term: URIRef, prop: URIRef) -> dict[str, str]:
    return {str(v.language): str(v) for v in graph.objects(term, prop) if isinstance(v, Literal)}


def _above(graph: Graph, kind: URIRef) -> set[URIRef]:
    return set(graph.transitive_objects(kind, RDFS.subClassOf)) - {kind}


def test_every_class_of_the_code_is_in_the_ontology_and_the_other_way_round(
    ontology: Graph,
) -> None:
    assert _own(ontology, OWL.Class) == {str(term) for term in Class}


def test_every_property_of_the_code_is_in_the_ontology_and_the_other_way_round(
    ontology: Graph,
) -> None:
    assert _own(ontology, *PROPERTY_TYPES) == {str(term) for term in Property}


def test_every_relation_of_the_model_is_a_property_or_becomes_something_else() -> None:
    elsewhere = {RelationKind.HORIZON, RelationKind.HAS_DEADLINE, RelationKind.SAME_AS}
    names = {str(term).removeprefix(NS) for term in Property}
    assert {kind for kind in RelationKind if kind not in names} == elsewhere


def test_every_term_has_one_label_and_one_definition_in_each_language(ontology: Graph) -> None:
    terms = _terms(ontology)
    assert len(terms) > 170
    for term in terms:
        for prop in (RDFS.label, SKOS.definition):
            assert set(_in_both(ontology, term, prop)) == {"zh", "en"}, (term, prop)
            assert len(list(ontology.objects(term, prop))) == 2, (term, prop)
        assert ontology.value(term, RDFS.isDefinedBy) == ONTOLOGY


def test_every_class_has_a_scope_note_in_each_language(ontology: Graph) -> None:
    for term in map(URIRef, _own(ontology, OWL.Class)):
        assert set(_in_both(ontology, term, SKOS.scopeNote)) == {"zh", "en"}, term
    noted = set(ontology.subjects(SKOS.scopeNote))
    assert len(noted) >= 70
    for term in noted | set(ontology.subjects(SKOS.example)):
        for prop in (SKOS.scopeNote, SKOS.example):
            assert set(_in_both(ontology, term, prop)) in ({"zh", "en"}, set()), term


def test_a_label_stands_for_one_term_in_each_kind(ontology: Graph) -> None:
    for types in ((OWL.Class,), PROPERTY_TYPES):
        for lang in ("zh", "en"):
            labels = [
                _in_both(ontology, URIRef(t), RDFS.label)[lang] for t in _own(ontology, *types)
            ]
            assert len(labels) == len(set(labels)), sorted(labels)


def test_classes_begin_with_a_capital_and_properties_do_not(ontology: Graph) -> None:
    for term in _own(ontology, OWL.Class):
        assert re.fullmatch(r"[A-Z][A-Za-z]+", term.removeprefix(NS)), term
    for term in _own(ontology, *PROPERTY_TYPES):
        assert re.fullmatch(r"[a-z][A-Za-z0-9]+", term.removeprefix(NS)), term


def test_the_words_that_the_glossary_gave_up_are_not_used(ontology: Graph) -> None:
    words = {
        w.lower()
        for t in _terms(ontology)
        for w in re.findall(r"[A-Z]?[a-z]+", str(t).removeprefix(NS))
    }
    assert words.isdisjoint({"actor", "campaign", "project", "alignment", "institutional"})


TREE = {
    "PolicyElement": {"Goal", "Target", "Measure"},
    "Measure": {"Task", "TaskGroup", "Programme", "Action", "Arrangement"},
    "Body": {"Department", "CoordinationBody", "OpenBody"},
    "Link": {"Responsibility", "Dependency", "Contribution", "Uptake", "Channel", "Relation"},
    "Document": {"CitedDocument"},
}


@pytest.mark.parametrize("kind", TREE)
def test_the_class_tree_is_that_of_the_glossary(ontology: Graph, kind: str) -> None:
    below = {str(s).removeprefix(NS) for s in ontology.subjects(RDFS.subClassOf, QKG[kind])}
    assert below == TREE[kind]


ALIGNED = {
    "Document": "http://data.europa.eu/eli/ontology#LegalResource",
    "Mention": "http://www.w3.org/ns/oa#SpecificResource",
    "Measure": "http://www.w3.org/ns/prov#Plan",
    "Body": "http://www.w3.org/ns/org#Organization",
    "Department": "http://data.europa.eu/m8g/PublicOrganisation",
    "Responsibility": "http://data.europa.eu/m8g/Participation",
    "Role": "http://www.w3.org/ns/org#Role",
    "Observation": "http://purl.org/linked-data/cube#Observation",
    "PolicyArea": "http://www.w3.org/2004/02/skos/core#Concept",
}


@pytest.mark.parametrize("kind", ALIGNED)
def test_a_class_stands_below_the_term_of_others_that_it_aligns_with(
    ontology: Graph, kind: str
) -> None:
    assert URIRef(ALIGNED[kind]) in _above(ontology, QKG[kind])


def test_every_role_has_the_shortcut_that_the_code_writes(ontology: Graph) -> None:
    for role in Role:
        assert str(ontology.value(URIRef(role_iri(role)), QKG.shortcut)) == SHORTCUT_OF_ROLE[role]
        assert (URIRef(SHORTCUT_OF_ROLE[role]), RDFS.subPropertyOf, QKG.hasBody) in ontology
    assert len(_own(ontology, QKG.Role)) == len(Role)


def test_every_kind_of_dependency_has_the_shortcut_that_the_code_writes(ontology: Graph) -> None:
    for relation, kind in KIND_OF_DEPENDENCY.items():
        assert str(ontology.value(URIRef(kind), QKG.shortcut)) == NS + relation
        assert (QKG[relation], RDFS.subPropertyOf, QKG.dependsOn) in ontology
    assert _own(ontology, QKG.DependencyKind) == set(KIND_OF_DEPENDENCY.values())


def test_every_level_has_its_rank(ontology: Graph) -> None:
    ranks = {level: ontology.value(URIRef(level_iri(level)), QKG["rank"]) for level in Level}
    assert {level: int(str(rank)) for level, rank in ranks.items()} == dict(LEVEL_RANK)
    assert len(_own(ontology, QKG.Level)) == len(Level)


def test_every_kind_of_the_model_has_a_class(ontology: Graph) -> None:
    classes = _own(ontology, OWL.Class)
    assert {*CLASS_OF_KIND.values(), *CLASS_OF_BODY_KIND.values()} <= classes


def test_the_gap_types_are_those_of_the_catalogue(ontology: Graph, root: Path) -> None:
    names = {f"{NS}G{number:02}" for number in range(1, 26)}
    assert _own(ontology, QKG.GapType) == names
    catalogue = tomllib.loads((root / "kg/analysis/gaps/catalogue.toml").read_text("utf-8"))
    assert len(catalogue) >= 12
    for name, entry in catalogue.items():
        assert _in_both(ontology, QKG[name], RDFS.label) == {"zh": entry["zh"], "en": entry["en"]}


def test_only_datatypes_that_every_store_keeps_are_used(ontology: Graph) -> None:
    ranges = {
        o
        for p in _own(ontology, OWL.DatatypeProperty)
        for o in ontology.objects(URIRef(p), RDFS.range)
    }
    assert ranges <= {XSD.string, XSD.integer, XSD.decimal, XSD.boolean, RDFS.Literal}
    literals = {o.datatype for o in ontology.objects() if isinstance(o, Literal)}
    assert literals <= {None, XSD.integer}


def test_no_axiom_needs_more_than_named_classes(ontology: Graph) -> None:
    nodes = {
        term for triple in ontology for term in triple if not isinstance(term, URIRef | Literal)
    }
    assert nodes == set()
    assert OWL.unionOf not in set(ontology.predicates())


def test_no_term_is_two_kinds_of_thing(ontology: Graph) -> None:
    kinds = [
        _own(ontology, OWL.Class),
        *(_own(ontology, t) for t in PROPERTY_TYPES),
        _own(ontology, OWL.NamedIndividual),
    ]
    for one, other in combinations(kinds, 2):
        assert one.isdisjoint(other)


def test_domains_and_ranges_are_declared_classes(ontology: Graph) -> None:
    for prop in _own(ontology, OWL.ObjectProperty):
        for side in (RDFS.domain, RDFS.range):
            kinds = list(ontology.objects(URIRef(prop), side))
            assert len(kinds) == 1, (prop, side)
            assert str(kinds[0]) in {str(c) for c in Class}


def test_siblings_that_exclude_each_other_are_disjoint_in_pairs(ontology: Graph) -> None:
    for names in (
        ("Goal", "Target", "Measure"),
        tuple(sorted(TREE["Link"])),
        tuple(sorted(TREE["Body"])),
    ):
        for one, other in combinations(names, 2):
            pair = (QKG[one], OWL.disjointWith, QKG[other])
            assert pair in ontology or pair[::-1] in ontology, pair


def test_the_ontology_says_what_it_is(ontology: Graph) -> None:
    dct = Namespace("http://purl.org/dc/terms/")
    assert str(ontology.value(ONTOLOGY, OWL.versionIRI)) == f"{ONTOLOGY}/1.0.0"
    assert str(ontology.value(ONTOLOGY, OWL.versionInfo)) == "1.0.0"
    assert (
        str(ontology.value(ONTOLOGY, dct.license)) == "https://creativecommons.org/licenses/by/4.0/"
    )
    assert set(_in_both(ontology, ONTOLOGY, dct.title)) == {"zh", "en"}
    assert dict(ontology.namespaces())["qkg"] == URIRef(NS)
    declared = {prefix: str(iri) for prefix, iri in ontology.namespaces()}
    assert all(declared.get(prefix, iri) == iri for prefix, iri in PREFIXES.items())


def test_the_shapes_speak_only_of_terms_that_there_are(ontology: Graph) -> None:
    shapes = _read("shapes.ttl")
    used = {term for triple in shapes for term in triple if str(term).startswith(NS)}
    assert len(used) > 60
    assert used <= _terms(ontology)


def test_the_glossary_is_in_step_with_the_ontology(ontology: Graph, root: Path) -> None:
    rows = re.findall(
        r"^\| (\w+) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$",
        (root / "docs/glossary.md").read_text("utf-8"),
        re.M,
    )
    page = {name: cells for name, *cells in rows if name != "term"}
    expected = {}
    for term in _terms(ontology):
        label, text = (_in_both(ontology, term, prop) for prop in (RDFS.label, SKOS.definition))
        cells = [label["zh"], label["en"], text["zh"], text["en"]]
        expected[str(term).removeprefix(NS)] = cells
    assert page == expected


def test_the_ontology_as_quads_is_the_ontology(ontology: Graph) -> None:
    lines = ontology_quads().splitlines()
    assert len(lines) == len(ontology)
    assert lines == sorted(lines)
    assert all(line.endswith(b"<https://w3id.org/qualitykg/id/graph/ontology> .") for line in lines)


@pytest.mark.slow
def test_a_reasoner_finds_no_contradiction(ontology: Graph) -> None:
    closed = Graph() + ontology
    closed.add((URIRef("urn:b"), RDF.type, QKG.Department))
    closed.add((URIRef("urn:t"), QKG.ledBy, URIRef("urn:b")))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    assert (URIRef("urn:t"), QKG.hasBody, URIRef("urn:b")) in closed
    assert _contradictions(closed) == []


@pytest.mark.slow
def test_a_reasoner_finds_a_goal_that_is_a_task(ontology: Graph) -> None:
    closed = Graph() + ontology
    closed.add((URIRef("urn:x"), RDF.type, QKG.Goal))
    closed.add((URIRef("urn:x"), RDF.type, QKG.Task))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    assert len(_contradictions(closed)) == 1


def _contradictions(graph: Graph) -> list[str]:
    error = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return sorted({str(o) for o in graph.objects(None, error)})
