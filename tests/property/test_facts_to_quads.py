"""Whatever the rules find, the graph keeps its promises: random facts over an invented text."""

import re
from dataclasses import dataclass

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg import ids, rdf
from kg.model import (
    Basis,
    BodyKind,
    Extraction,
    Kind,
    Level,
    Mention,
    Metadata,
    Relation,
    RelationKind,
    Responsibility,
    Role,
    Source,
    Span,
)
from kg.validate import validate
from kg.vocab import NS, SHORTCUT_OF_ROLE, Class, Property

TEXT = (
    "到2030年，质量提升。推动标准升级，建立“协调”机制\\，省局牵头。\n各部门<配合>，年底前完成。" * 3
)
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SOURCE = Source("d", "d.txt", "text/plain", "0" * 64, "1" * 64)
ELEMENTS = {
    Class.GOAL,
    Class.TARGET,
    Class.TASK,
    Class.TASK_GROUP,
    Class.PROGRAMME,
    Class.ACTION,
    Class.ARRANGEMENT,
}
LINKS = {Class.RESPONSIBILITY, Class.DEPENDENCY, Class.CONTRIBUTION, Class.CHANNEL, Class.RELATION}
NAMES = ("m0", "m1", "m2", "m3", "m4", "m5", "DOC", "nowhere")


@dataclass(frozen=True)
class Clean:
    """The text, as it stood in the raw file."""

    text: str = TEXT

    def raw_span(self, span: Span) -> Span:
        return span


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, len(TEXT) - 1))
    return Span(start, draw(st.integers(start + 1, min(len(TEXT), start + 12))))


@st.composite
def mentions(draw: st.DrawFn) -> tuple[Mention, ...]:
    found = []
    for name in NAMES[: draw(st.integers(0, 6))]:
        span = draw(spans())
        attrs = draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "canonical": st.sampled_from(["省局", "省标准局", "协调小组"]),
                    "body_kind": st.sampled_from([str(kind) for kind in BodyKind]),
                    "level": st.sampled_from([str(level) for level in Level]),
                    "area": st.sampled_from(["云岭省", "云岭省临江市", "福建"]),
                    "horizon": st.sampled_from(["2030", "2035"]),
                    "year": st.just(2031),
                    "value": st.sampled_from(["95", "95%", "九成", "1,000"]),
                    "name": st.just("合格率"),
                    "self": st.booleans(),
                },
            )
        )
        kind = draw(st.sampled_from(Kind))
        found.append(
            Mention(name, kind, span, span.of(TEXT), "r", draw(st.sampled_from([1.0, 0.5])), attrs)
        )
    return tuple(found)


@st.composite
def relations(draw: st.DrawFn) -> Relation:
    return Relation(
        draw(st.sampled_from(RelationKind)),
        draw(st.sampled_from(NAMES)),
        draw(st.sampled_from(NAMES)),
        "r",
        draw(st.booleans()),
        draw(st.sampled_from([1.0, 0.4])),
        draw(st.none() | spans()),
    )


@st.composite
def responsibilities(draw: st.DrawFn) -> Responsibility:
    return Responsibility(
        clause=draw(spans()),
        body_id=draw(st.sampled_from([None, "m0", "m1", "nowhere"])),
        body=draw(st.sampled_from(["省局", "各部门"])),
        role=draw(st.sampled_from(Role)),
        applies_to=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2))),
        rule="r",
        basis=draw(st.sampled_from(Basis)),
        open=draw(st.booleans()),
        deadline=draw(st.sampled_from([None, "2031年底前", "年底前"])),
    )


extractions = st.builds(
    Extraction,
    metadata=st.builds(
        Metadata,
        title=st.sampled_from(["质量提升", "关于印发《质量提升》的通知", '"怪\\题\n']),
        title_span=st.none() | spans(),
        issuer=st.sampled_from([None, "省局", "省局、省标准局"]),
        level=st.none() | st.sampled_from(Level),
        area=st.sampled_from([None, "云岭省", "福建省"]),
        implements=st.sampled_from([(), ("上级纲要",)]),
    ),
    mentions=mentions(),
    relations=st.lists(relations(), max_size=8).map(tuple),
    responsibilities=st.lists(responsibilities(), max_size=4).map(tuple),
)


def _triples(extraction: Extraction) -> set[tuple[str, str, str]]:
    quads = list(parse(rdf.quads(SOURCE, extraction, Clean()), format=RdfFormat.N_QUADS))
    assert {quad.graph_name.value for quad in quads} == {ids.graph_iri("d")}
    return {(quad.subject.value, quad.predicate.value, quad.object.value) for quad in quads}


@settings(max_examples=60)
@given(extractions)
def test_every_element_and_link_has_its_words_and_its_document(extraction: Extraction) -> None:
    triples = _triples(extraction)
    facts = {s for s, p, o in triples if p == RDF_TYPE and o in ELEMENTS | LINKS}
    assert facts <= {s for s, p, _ in triples if p == Property.EVIDENCED_BY}
    assert facts <= {s for s, p, _ in triples if p == Property.STATED_IN}


@settings(max_examples=60)
@given(extractions)
def test_a_mention_shows_the_words_at_its_place(extraction: Extraction) -> None:
    value = {(s, p): o for s, p, o in _triples(extraction)}
    for (subject, prop), words in value.items():
        if prop == Property.EXACT:
            start, end = (int(value[subject, name]) for name in (Property.START, Property.END))
            assert words == TEXT[start:end]


@settings(max_examples=60)
@given(extractions)
def test_shortcuts_and_nodes_agree(extraction: Extraction) -> None:
    triples = _triples(extraction)
    value = {(s, p): o for s, p, o in triples}
    nodes = {
        (
            value[s, Property.RESPONSIBILITY_FOR],
            str(SHORTCUT_OF_ROLE[Role(o.removeprefix(NS))]),
            value[s, Property.HELD_BY],
        )
        for s, p, o in triples
        if p == Property.IN_ROLE
    }
    assert nodes == {t for t in triples if t[1] in set(SHORTCUT_OF_ROLE.values())}
    assert {(s, o) for s, _, o in nodes} == {
        (s, o) for s, p, o in triples if p == Property.HAS_BODY
    }


@settings(max_examples=60)
@given(extractions)
def test_every_node_of_ours_that_is_pointed_to_is_described(extraction: Extraction) -> None:
    triples = _triples(extraction)
    described = {s for s, p, _ in triples if p == RDF_TYPE}
    pointed = {o for _, _, o in triples if re.match(re.escape(ids.BASE), o)}
    assert pointed <= described


@settings(max_examples=60)
@given(extractions)
def test_the_order_of_relations_and_duties_plays_no_part(extraction: Extraction) -> None:
    turned = Extraction(
        extraction.metadata,
        extraction.mentions[::-1],
        extraction.relations[::-1],
        extraction.responsibilities[::-1],
    )
    assert rdf.quads(SOURCE, turned, Clean()) == rdf.quads(SOURCE, extraction, Clean())


@pytest.mark.slow
@settings(max_examples=30, deadline=None, phases=[Phase.generate])
@given(extractions)
def test_whatever_is_found_conforms_to_the_shapes(extraction: Extraction) -> None:
    report = validate(rdf.quads(SOURCE, extraction, Clean()))
    assert [fault for fault in report.faults if not report.conforms] == []
