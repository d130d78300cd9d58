"""Terms and lines: whatever the text holds comes back, and nothing else."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Literal

from kg.rdf.terms import boolean, date, decimal, integer, node, nquads, text

GRAPH = "https://example.org/g"
SUBJECT, PREDICATE = node("https://example.org/s"), node("https://example.org/p")


def _read_back(term: str) -> Literal:
    data = nquads([(SUBJECT, PREDICATE, term)], GRAPH)
    assert data.count(b"\n") == 1
    dataset = Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=data, format="nquads")
    (value,) = {quad[2] for quad in dataset.quads()}
    assert isinstance(value, Literal)
    return value


@given(st.text())
def test_any_text_comes_back_as_it_was(words: str) -> None:
    assert str(_read_back(text(words))) == words


@given(st.text(alphabet='\x00\x01\x08\t\n\x0b\x0c\r\x1f\x7f\x85\u2028"\\ua<>{}|^`质🜨'))
def test_marks_that_mean_something_in_rdf_come_back_as_they_were(words: str) -> None:
    value = _read_back(text(words, "zh"))
    assert (str(value), value.language) == (words, "zh")


@given(st.integers())
def test_an_integer_comes_back_as_it_was(value: int) -> None:
    assert _read_back(integer(value)).toPython() == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.0, "1"),
        (0.9, "0.9"),
        (0.0, "0"),
        (-0.0, "0"),
        (-2.5, "-2.5"),
        (1e-9, "0"),
        (95, "95"),
        (100, "100"),
        (1e6, "1000000"),
    ],
)
def test_a_decimal_has_its_shortest_form(value: float, shown: str) -> None:
    assert decimal(value).split('"')[1] == shown


def test_truth_is_a_boolean() -> None:
    assert _read_back(boolean(value=True)).toPython() is True
    assert _read_back(boolean(value=False)).toPython() is False


@pytest.mark.parametrize("words", ["", "2031", "2031-13-01", "2031年5月", "2031-05"])
def test_what_is_no_whole_date_gives_none(words: str) -> None:
    assert date(words) is None


@pytest.mark.parametrize(
    "iri", ["https://example.org/a b", "https://example.org/>", "x\n", 'x"', "x{y}", "x\\y"]
)
def test_what_no_iri_may_hold_is_refused(iri: str) -> None:
    with pytest.raises(ValueError, match="not an IRI"):
        node(iri)


def test_lines_are_sorted_and_each_stands_once() -> None:
    b, a = (SUBJECT, PREDICATE, text("b")), (SUBJECT, PREDICATE, text("a"))
    assert nquads([b, a, b], GRAPH) == nquads([a, b], GRAPH)
    assert nquads([b, a], GRAPH).count(b"\n") == 2
