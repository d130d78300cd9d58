import itertools

from hypothesis import given
from hypothesis import strategies as st

from viz.layout import Box, Item, layered, size
from viz.lines import MAX_LINES, broken, text_width
from viz.style import TYPES

LABELS = st.text(st.characters(codec="utf-8"), max_size=80)


def overlap(one: Box, other: Box) -> bool:
    apart_x = abs(one.x - other.x) >= (one.width + other.width) / 2 - 0.2
    apart_y = abs(one.y - other.y) >= (one.height + other.height) / 2 - 0.2
    return not (apart_x or apart_y)


def test_a_chinese_character_is_twice_as_wide_as_a_letter() -> None:
    assert text_width("质量") == 2 * text_width("ab") == 28.0


@given(LABELS)
def test_a_label_has_at_most_three_lines_that_fit_its_card(label: str) -> None:
    lines = broken(label)
    assert len(lines) <= MAX_LINES
    width, height = size(lines)
    assert all(text_width(line) < width for line in lines)
    assert width <= 450
    assert height <= 100


def test_words_stay_whole_and_no_line_begins_with_a_closing_mark() -> None:
    lines = broken("Outline for Building a Quality Power")
    assert " ".join(lines).split() == ["Outline", "for", "Building", "a", "Quality", "Power"]
    for line in broken("把党的领导贯彻到工作的各领域，各方面。各环节"):
        assert line[0] not in "，。"


def test_marks_that_turn_the_direction_of_text_are_dropped() -> None:
    assert broken("质\u202e量\u2066强国") == ("质量强国",)


def test_columns_follow_the_reading_of_a_plan() -> None:
    items = [Item(name, name, "名称") for name in reversed(TYPES)]
    boxes = layered(items, [])
    columns = sorted(boxes, key=lambda name: boxes[name].x)
    ranks = [TYPES[name].rank for name in columns]
    assert ranks == sorted(ranks)


@given(
    st.lists(st.tuples(st.sampled_from(sorted(TYPES)), LABELS), max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60),
)
def test_cards_never_overlap_and_places_do_not_change(
    nodes: list[tuple[str, str]], links: list[tuple[int, int]]
) -> None:
    items = [Item(str(at), kind, label) for at, (kind, label) in enumerate(nodes)]
    edges = [(str(a), str(b)) for a, b in links]
    boxes = layered(items, edges)
    assert set(boxes) == {item.id for item in items}
    assert boxes == layered(items, list(reversed(edges)))
    for one, other in itertools.combinations(boxes.values(), 2):
        assert not overlap(one, other)


def test_neighbours_stand_opposite_each_other() -> None:
    items = [Item(f"g{n}", "taskGroup", "任务组") for n in range(6)]
    items += [Item(f"p{n}", "programme", "工程") for n in reversed(range(6))]
    boxes = layered(items, [(f"p{n}", f"g{n}") for n in range(6)], aspect=0.5)
    assert all(boxes[f"p{n}"].y == boxes[f"g{n}"].y for n in range(6))


def test_cards_of_one_type_that_are_tied_stand_side_by_side() -> None:
    items = [Item(name, "department", name) for name in ("centre", "one", "two", "three")]
    boxes = layered(items, [(name, "centre") for name in ("one", "two", "three")], aspect=0.5)
    assert boxes["centre"].x < boxes["one"].x == boxes["two"].x == boxes["three"].x
