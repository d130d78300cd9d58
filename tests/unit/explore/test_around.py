import pytest

from kg.explore import Within, overview, paths, subgraph, view
from kg.explore.summary import SUMMED
from kg.model import Severity
from kg.store.port import Store


def keys(nodes: object) -> list[str]:
    return [node.key for node in nodes]  # type: ignore[attr-defined]


def test_depth_none_is_the_node_alone(store: Store) -> None:
    found = subgraph(store, "task/chain", within=Within(depth=0))
    assert keys(found.nodes) == ["task/chain"]
    assert found.edges == ()
    assert not found.truncated


def test_one_step_reaches_the_neighbours_and_their_edges_among_themselves(store: Store) -> None:
    found = subgraph(store, "task/chain")
    assert set(keys(found.nodes)) == {
        "task/chain", "taskGroup/one", "programme/base", "body/industry", "body/market",
        "body/science", "task/lab", "task/city",
    }  # fmt: skip
    assert "programme/base~ledBy~body/industry" in {edge.id for edge in found.edges}


def test_hubs_are_followed_only_by_name(store: Store) -> None:
    plain = subgraph(store, "document/city")
    asked = subgraph(store, "document/city", within=Within(relations=("in:statedIn",)))
    assert "task/city" not in keys(plain.nodes)
    assert set(keys(asked.nodes)) == {"document/city", "taskGroup/city", "task/city"}


@pytest.mark.parametrize(
    ("relation", "reached"),
    [
        ("partOf", {"taskGroup/one"}),
        ("out:requires", set()),
        ("in:requires", {"task/lab"}),
        ("supportedBy", {"body/market", "body/science"}),
    ],
)
def test_a_relation_is_followed_in_the_direction_asked(
    store: Store, relation: str, reached: set[str]
) -> None:
    found = subgraph(store, "task/chain", within=Within(relations=(relation,)))
    assert set(keys(found.nodes)) == {"task/chain"} | reached


def test_types_filter_what_is_kept(store: Store) -> None:
    found = subgraph(store, "task/chain", within=Within(types=("department",)))
    assert {node.type for node in found.nodes[1:]} == {"department"}


def test_what_does_not_fit_is_counted_by_relation(store: Store) -> None:
    whole = subgraph(store, "task/chain")
    cut = subgraph(store, "task/chain", within=Within(limit=4))
    assert len(cut.nodes) == 4
    assert cut.truncated
    assert sum(cut.left_out.values()) == len(whole.nodes) - 4
    assert cut == subgraph(store, "task/chain", within=Within(limit=4))


def test_each_relation_gives_in_turn_where_there_is_no_room(store: Store) -> None:
    cut = subgraph(store, "task/chain", within=Within(limit=4))
    assert keys(cut.nodes) == ["task/chain", "taskGroup/one", "programme/base", "body/industry"]


def test_the_overview_shows_goals_groups_measures_and_who_leads(store: Store) -> None:
    found = overview(store)
    assert {node.type for node in found.nodes} == {
        "document", "goal", "taskGroup", "programme", "action", "arrangement", "department",
        "openBody",
    }  # fmt: skip
    assert keys(found.nodes)[:2] == ["document/outline", "document/city"]
    assert not found.truncated


def test_the_overview_sums_up_what_it_hides_and_says_so(store: Store) -> None:
    edges = {edge.id: edge for edge in overview(store).edges}
    summed = edges[SUMMED + "taskGroup/one~ledBy~body/market"]
    assert not summed.stated
    assert SUMMED + "programme/base~realises~taskGroup/one" in edges
    assert "taskGroup/one~contributesTo~goal/g25" in edges
    assert edges["document/city~implements~document/outline"].stated


def test_a_group_shows_the_worst_gap_of_the_tasks_it_hides(store: Store) -> None:
    gaps = {"task/credit": Severity.MEDIUM, "taskGroup/two": Severity.LOW}
    shown = {node.key: node.gap for node in overview(store, gaps=gaps).nodes}
    assert shown["taskGroup/two"] is Severity.MEDIUM
    assert shown["taskGroup/one"] is None


def test_a_small_overview_keeps_the_upper_level_and_counts_the_rest(store: Store) -> None:
    found = overview(store, limit=10)
    assert len(found.nodes) <= 10
    assert found.truncated
    assert "document/city" not in keys(found.nodes)
    assert found.left_out["document"] == 1


def test_paths_go_through_what_is_done_not_through_documents(store: Store) -> None:
    first, *_ = paths(store, ("body/city", "body/science"))
    assert keys(first.nodes) == ["body/city", "task/city", "task/chain", "body/science"]
    assert [edge.relation for edge in first.edges] == ["supportedBy", "ledBy", "takesUp"]
    every = paths(store, ("goal/g25", "goal/g35"), k=5)
    assert all("document/outline" not in keys(way.nodes) for way in every)


def test_paths_come_cheapest_first_and_are_simple(store: Store) -> None:
    found = paths(store, ("goal/g25", "body/industry"), k=5)
    assert len(found) > 1
    assert [way.cost for way in found] == sorted(way.cost for way in found)
    assert all(len(set(keys(way.nodes))) == len(way.nodes) for way in found)


def test_paths_keep_to_the_relations_asked_for(store: Store) -> None:
    (way,) = paths(store, ("task/lab", "task/city"), relations=("requires", "takesUp"), k=5)
    assert keys(way.nodes) == ["task/lab", "task/chain", "task/city"]
    assert paths(store, ("task/lab", "task/city"), relations=("requires",)) == []


def test_a_node_has_no_path_to_itself_and_none_to_an_island(store: Store) -> None:
    assert paths(store, ("task/lab", "task/lab")) == []
    assert paths(store, ("task/lab", "area/yunling")) == []


def test_a_view_of_the_same_nodes_says_the_same_as_the_overview(store: Store) -> None:
    gaps = {"task/credit": Severity.MEDIUM}
    whole = overview(store, gaps=gaps)
    again = view(store, keys(whole.nodes), limit=100, gaps=gaps)
    assert set(again.nodes) == set(whole.nodes)
    assert {edge.id for edge in again.edges} == {edge.id for edge in whole.edges}


def test_a_view_keeps_to_its_limit_and_passes_over_what_is_not_there(store: Store) -> None:
    found = view(store, ["task/none", "task/chain", "task/lab", "goal/g25"], limit=3)
    assert keys(found.nodes) == ["task/chain", "task/lab"]
    assert found.truncated
