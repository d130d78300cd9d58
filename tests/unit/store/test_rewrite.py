"""Dataset clauses, read and written."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import MalformedQueryError
from kg.store.port import Dataset
from kg.store.sparql.lexer import tokens
from kg.store.sparql.rewrite import dataset_named, with_base, with_first, with_using

G = Dataset(("urn:g",))


@given(st.text(alphabet="SELECT{}<>\"'#\\?:.;@ \nurn服务_-%", max_size=60))
def test_tokens_joined_again_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX a: <urn:a> DELETE { ?s ?p 'WHERE' } WHERE { ?s ?p 'WHERE {' } # WHERE",
        "INSERT { ?s ?p ?o } WHERE { { SELECT * WHERE { ?s ?p ?o } } }",
        "DELETE{?s ?p ?o}INSERT{?s ?p 1}WHERE{?s ?p ?o};DELETE WHERE{GRAPH ?g{?s ?p ?o}}",
    ],
)
def test_an_update_with_clauses_put_in_is_still_an_update(text: str) -> None:
    changed = with_using(text, G)
    assert changed.count("USING <urn:g>") == text.count(";") + 1
    ox.Store().update(changed)


@pytest.mark.parametrize("word", ["USING <urn:a> ", "USING NAMED <urn:a> "])
def test_an_update_with_a_dataset_of_its_own_is_refused(word: str) -> None:
    with pytest.raises(MalformedQueryError):
        with_using(f"DELETE {{ ?s ?p ?o }} {word}WHERE {{ ?s ?p ?o }}", G)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PREFIX a: <urn:a>",
        "# PREFIX\nPREFIX a: <urn:a> # a\nINSERT DATA { a:b a:c 1 }",
        "CLEAR ALL",
    ],
)
def test_a_statement_put_first_leaves_an_update(text: str) -> None:
    store = ox.Store()
    store.update(with_first(text, "INSERT DATA { <urn:x> <urn:y> 2 }"))
    assert len(store) == (1 if "INSERT" not in text else 2) - ("CLEAR" in text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM<urn:g>{ ?s ?p ?o }", G),
        ("SELECT * FROM NAMED <urn:g> WHERE { ?s ?p ?o }", Dataset((), ("urn:g",))),
        ("SELECT ?from { ?from a 'FROM <urn:g>' } # FROM <urn:g>", None),
        ("ASK { ?s <http://a.example/FROM> ?o }", None),
    ],
)
def test_dataset_clauses_are_read(query: str, expected: Dataset | None) -> None:
    assert dataset_named(query) == expected


@pytest.mark.parametrize(
    "base", ["http://a/> SELECT * { SERVICE <http://b/> { } } #", "http://a b/", "http://a/\n"]
)
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(MalformedQueryError):
        with_base("ASK { }", base)
