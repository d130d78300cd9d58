"""Identifiers: the same words give the same key; offsets play no part."""

from hypothesis import given
from hypothesis import strategies as st

from kg import ids


@given(st.text(min_size=1), st.text(min_size=1))
def test_the_same_words_give_the_same_key(kind: str, text: str) -> None:
    assert ids.element_key("d", kind, text) == ids.element_key("d", kind, f" {text}\u3000")


def test_a_second_task_of_the_same_words_has_a_key_of_its_own() -> None:
    assert ids.element_key("d", "task", "加强监管", 0) != ids.element_key(
        "d", "task", "加强监管", 1
    )


@given(st.text(alphabet="abc/."), st.text(alphabet="abc"))
def test_a_key_is_read_back_from_its_iri(kind: str, key: str) -> None:
    assert ids.key_of(ids.iri(kind, key)) == f"{kind}/{key}"
