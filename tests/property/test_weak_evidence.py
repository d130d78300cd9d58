"""G25 on random elements: the SQL rule and its SPARQL twin find the same."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kg.analysis.gaps import findings_of
from kg.analysis.project import read
from kg.analysis.saved import saved_query
from kg.ids import graph_iri, iri
from kg.settings import Settings
from kg.store import memory_store
from kg.vocab import CLASS_OF_KIND, RDF_TYPE, RDFS_LABEL, Class, Property

XSD = "http://www.w3.org/2001/XMLSchema#"
elements = st.lists(
    st.tuples(
        st.sampled_from(["taskGroup", "task", "programme", "action", "arrangement", "goal"]),
        st.sampled_from([None, "0.2", "0.59", "0.6", "0.95", "1"]),
        st.sets(st.sampled_from("abc")),
    ),
    max_size=8,
)


def nquads(given_: list[tuple[str, str | None, set[str]]]) -> bytes:
    """Return elements of a kind, with a confidence and mentions, as N-Quads."""
    triples = []
    for n, (kind, confidence, mentions) in enumerate(given_):
        name = f"<{iri('element', str(n))}>"
        triples.append(f"{name} <{RDF_TYPE}> <{CLASS_OF_KIND[kind]}>")
        triples.append(f'{name} <{RDFS_LABEL}> "第{n}项"@zh')
        if confidence:
            triples.append(f'{name} <{Property.CONFIDENCE}> "{confidence}"^^<{XSD}decimal>')
        for key in mentions:
            mention = f"<{iri('mention', key)}>"
            triples.append(f"{name} <{Property.EVIDENCED_BY}> {mention}")
            triples.append(f"{mention} <{RDF_TYPE}> <{Class.MENTION}>")
            triples.append(f"{mention} <{Property.MENTION_IN}> <{iri('text', 't')}>")
            triples.append(f"<{iri('text', 't')}> <{Property.TEXT_OF}> <{iri('document', 'd')}>")
    return "".join(f"{triple} <{graph_iri('random')}> .\n" for triple in triples).encode()


@pytest.mark.slow
@hypothesis_settings(max_examples=40, deadline=None)
@given(elements)
def test_sql_and_sparql_find_the_same_weak_evidence(
    given_: list[tuple[str, str | None, set[str]]],
) -> None:
    store = memory_store()
    store.replace(graph_iri("random"), nquads(given_))
    found = findings_of(read(store), settings=Settings(), types=["G25"])
    weak = {
        iri("element", str(n))
        for n, (_, confidence, mentions) in enumerate(given_)
        if not mentions or float(confidence or 1) < 0.6
    }
    assert {node.id for one in found for node in one.subjects} == weak
    assert {row["element"] for row in store.select(saved_query("g25").text).dicts()} == weak
