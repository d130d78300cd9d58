"""What search promises of any names: every part finds its name, and no history shows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.explore import LabelIndex
from kg.store import memory_store
from tests.names import ONE, TWO, found, named

HAN = st.text("质量强国建设纲要提升重点长", min_size=1, max_size=8)
GRAPHS = st.dictionaries(
    st.sampled_from([ONE, TWO]), st.dictionaries(st.sampled_from("abcd"), HAN, max_size=3)
)


@settings(deadline=None, max_examples=40)
@given(st.lists(GRAPHS, min_size=1, max_size=4))
def test_an_index_that_was_kept_in_step_is_like_a_new_one(states: list[dict]) -> None:
    store, kept = memory_store(), LabelIndex()
    for state in states:
        for graph, names in state.items():
            store.replace(graph, named(graph, names))
        kept.refresh(store)
    fresh = LabelIndex()
    for query in ("质", "质量", "国建", "zl", "z", "长"):
        assert found(kept, store, query) == found(fresh, store, query)


@settings(deadline=None, max_examples=40)
@given(st.lists(HAN, min_size=1, max_size=6), st.data())
def test_any_part_of_any_name_finds_it(names: list[str], data: st.DataObject) -> None:
    store = memory_store()
    store.replace(ONE, named(ONE, {str(number): name for number, name in enumerate(names)}))
    number = data.draw(st.integers(0, len(names) - 1))
    start = data.draw(st.integers(0, len(names[number]) - 1))
    part = names[number][start : data.draw(st.integers(start + 1, len(names[number])))]
    assert str(number) in found(LabelIndex(), store, part)
