"""Windows, leeway and conflicts of time against brute force on small random networks."""

from itertools import pairwise, permutations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.project import Tables, tables_of
from kg.analysis.timing import TimeConflict, Window, conflicts, windows

NODES = "abcde"
LEAST = 0.5
forward = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(
        lambda pair: pair[0] < pair[1]
    ),
    max_size=8,
    unique=True,
)
years = st.lists(st.one_of(st.none(), st.integers(2025, 2027)), min_size=5, max_size=5)
plans = st.lists(st.sampled_from(["early", "late", "undated"]), min_size=5, max_size=5)
ISSUED = {"early": 2024.0, "late": 2026.0, "undated": None}


def tables(due: list[int | None], plan: list[str]) -> Tables:
    """Return measures of these deadlines in these plans."""
    days = {name: f"{year:.0f}-01-01" for name, year in ISSUED.items() if year is not None}
    return tables_of(
        {
            "documents": [{"id": name, "issued_on": days.get(name)} for name in ISSUED],
            "measures": [
                {"id": name, "due_year": year, "document": of}
                for name, year, of in zip(NODES, due, plan, strict=True)
            ],
        }
    )


def network_of(pairs: list[tuple[str, str]]) -> "nx.DiGraph[str]":
    """Return a network over all nodes with these links."""
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(NODES)
    network.add_edges_from(pairs)
    return network


def paths(pairs: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return every path, single nodes included, found by trying every order of every subset."""
    known = set(pairs)
    return [
        chain
        for size in range(1, len(NODES) + 1)
        for chain in permutations(NODES, size)
        if all(step in known for step in pairwise(chain))
    ]


def found_in(
    pairs: list[tuple[str, str]], due: list[int | None], plan: list[str]
) -> tuple[dict[str, Window], tuple[TimeConflict, ...]]:
    """Return the windows by measure and the conflicts."""
    network = network_of(pairs)
    found = windows(tables(due, plan), network, least=LEAST)
    return {one.measure: one for one in found}, conflicts(network, found)


@given(forward, years, plans)
def test_finish_and_latest_are_those_of_the_worst_path(
    pairs: list[tuple[str, str]], due: list[int | None], plan: list[str]
) -> None:
    found, _ = found_in(pairs, due, plan)
    ends, starts = dict(zip(NODES, due, strict=True)), dict(zip(NODES, plan, strict=True))
    for name in NODES:
        into = [path for path in paths(pairs) if path[-1] == name]
        known = [(ISSUED[starts[path[0]]], len(path)) for path in into]
        finish = max((start + LEAST * n for start, n in known if start is not None), default=None)
        assert found[name].finish == finish
        out = [path for path in paths(pairs) if path[0] == name]
        bounds = [(ends[path[-1]], len(path) - 1) for path in out]
        latest = min((end + 1 - LEAST * n for end, n in bounds if end is not None), default=None)
        assert found[name].latest == latest
        assert (found[name].slack is None) == (finish is None or latest is None)


@given(forward, years, plans)
def test_leeway_is_what_the_longest_path_through_a_measure_falls_short_of_the_longest(
    pairs: list[tuple[str, str]], due: list[int | None], plan: list[str]
) -> None:
    found, _ = found_in(pairs, due, plan)
    longest = max(len(path) for path in paths(pairs))
    for name in NODES:
        through = max(len(path) for path in paths(pairs) if name in path)
        assert found[name].leeway == longest - through
        before = max(len(path) for path in paths(pairs) if path[-1] == name)
        assert found[name].level == before


@given(forward, years, plans)
def test_conflicts_are_told_exactly_where_trying_all_paths_finds_one(
    pairs: list[tuple[str, str]], due: list[int | None], plan: list[str]
) -> None:
    found, told = found_in(pairs, due, plan)
    ends = dict(zip(NODES, due, strict=True))
    late = {
        (path[0], path[-1])
        for path in paths(pairs)
        if len(path) > 1
        and ends[path[0]] is not None
        and ends[path[-1]] is not None
        and all(ends[name] is None for name in path[1:-1])
        and (ends[path[0]] or 0) > (ends[path[-1]] or 0)
    }
    assert {(one.path[0], one.path[-1]) for one in told if one.kind == "order"} == late
    over = {
        name
        for name in NODES
        for finish, end in [(found[name].finish, ends[name])]
        if finish is not None and end is not None and finish > end + 1
    }
    ending = {one.path[-1] for one in told if one.kind == "window"}
    assert ending <= over
    for one in told:
        assert all(step in pairs for step in pairwise(one.path))
        assert one.years > 0
    waiting = {
        name
        for name in over - ending
        if all(
            len(path) == 1 or _starts_anew(path, found) for path in paths(pairs) if path[-1] == name
        )
    }
    assert over - ending == waiting


def _starts_anew(path: tuple[str, ...], found: dict[str, Window]) -> bool:
    """Return whether the plan of the last was issued when the one before it could be finished."""
    last, before = found[path[-1]], found[path[-2]]
    return before.finish is None or (last.start is not None and last.start >= before.finish)


def test_measures_that_wait_for_one_another_are_timed_as_one() -> None:
    network = nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")])
    found = windows(tables([2025, None, 2026, None, None], ["early"] * 5), network, least=1.0)
    assert [(one.measure, one.level, one.finish, one.latest) for one in found] == [
        ("a", 1, 2025.0, 2026.0),
        ("b", 1, 2025.0, 2026.0),
        ("c", 2, 2026.0, 2027.0),
    ]
    assert conflicts(network, found) == ()


def test_a_path_longer_than_its_window_is_told_with_all_its_steps() -> None:
    network = nx.DiGraph(list(pairwise("abcd")))
    found = windows(tables([None, None, None, 2025, None], ["early"] * 5), network, least=1.0)
    (one,) = conflicts(network, found)
    assert (one.kind, one.path, one.years) == ("window", tuple("abcd"), 2.0)
