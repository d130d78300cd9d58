"""On random versions: nothing differs from itself, and the way back is the opposite."""

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kg.analysis.diff import Trait, diff
from kg.analysis.versions import Item, Modality, Version

WORDS = ("制定", "标准", "平台", "建设", "评价", "质量", "开展", "应当", "2027年", "95%", "共享")


@st.composite
def versions(draw: st.DrawFn, name: str = "d") -> Version:
    """A version of up to eight elements, whose titles are alike and come twice now and then."""
    items: list[Item] = []
    for n in range(draw(st.integers(0, 8))):
        title = "".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
        parent = draw(st.sampled_from([None, *(item.id for item in items)]))
        bodies = st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(["lead", "support"]))
        items.append(
            Item(
                id=f"{name}{n}",
                family=draw(st.sampled_from(["measures", "measures", "goals"])),
                kind=draw(st.sampled_from(["task", "taskGroup"])),
                title=title,
                words=title,
                number=draw(st.sampled_from(["", "1", "1-1", "1-2", "2"])),
                start=n * 10,
                parent=parent,
                document=name,
                year=draw(st.sampled_from([None, 2026, 2027])),
                value="",
                modality=draw(st.sampled_from(list(Modality))),
                duties=draw(st.frozensets(bodies, max_size=2)),
            )
        )
    return Version(tuple(items), {name: "虚构方案"})


SLOWLY = hypothesis_settings(max_examples=150, deadline=None)


@SLOWLY
@given(versions())
def test_a_version_does_not_differ_from_itself(one: Version) -> None:
    assert diff(one, one).is_empty


@SLOWLY
@given(versions("d"), versions("e"))
def test_the_way_back_is_the_opposite(one: Version, other: Version) -> None:
    assert diff(one, other).inverse() == diff(other, one)


@SLOWLY
@given(versions("d"), versions("e"))
def test_every_element_is_matched_once_or_came_or_went(one: Version, other: Version) -> None:
    found = diff(one, other)
    old = [pair[0].id for pair in found.pairs]
    new = [pair[1].id for pair in found.pairs]
    old += [d.old.id for d in found.differences if d.trait is Trait.REMOVED and d.old]
    new += [d.new.id for d in found.differences if d.trait is Trait.ADDED and d.new]
    assert sorted(old) == sorted(item.id for item in one.items)
    assert sorted(new) == sorted(item.id for item in other.items)


@SLOWLY
@given(versions("d"), st.data())
def test_only_what_is_taken_away_is_told_as_removed(one: Version, data: st.DataObject) -> None:
    parents = {item.parent for item in one.items}
    leaves = [item for item in one.items if item.id not in parents]
    names = {(item.kind, item.title) for item in one.items}
    if not leaves or len(names) < len(one.items):  # of two that are called the same either may go
        return
    gone = data.draw(st.sampled_from(leaves))
    rest = Version(tuple(item for item in one.items if item != gone), one.documents)
    assert diff(one, rest).counts == {"removed": 1}
