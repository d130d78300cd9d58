"""The published examples, reproduced to the printed digit; each names its source."""

import networkx as nx
import numpy as np
import pytest

from kg.analysis.coordination import congruence, requirements
from kg.analysis.dependencies import order, propagation_cost
from kg.analysis.pert import Estimate, schedule
from kg.analysis.positions import BROKER_ROLES, brokerage, structural_holes
from kg.analysis.satisfaction import Support, satisfaction

# --- 1. Cataldo et al. 2008, CMU-ISR-08-104, section on coordination requirements.
# The channels (CA) are ours: no published ratio was found.
ASSIGNMENT = [[0, 1, 0], [0, 1, 1], [1, 1, 0]]
DEPENDENCE = [[1, 1, 0], [1, 1, 1], [0, 1, 1]]
CHANNELS = {
    "A-B": ([[0, 1, 0], [1, 0, 0], [0, 0, 0]], 1, 2),
    "A-B and B-C": ([[0, 1, 0], [1, 0, 1], [0, 1, 0]], 2, 5),
}


def test_coordination_requirements_are_those_of_cataldo_2008() -> None:
    required = requirements(ASSIGNMENT, DEPENDENCE)
    assert required.toarray().tolist() == [[1, 2, 2], [2, 4, 3], [2, 3, 4]]


@pytest.mark.parametrize("name", CHANNELS)
def test_congruence_counts_met_needs_plain_and_weighted(name: str) -> None:
    channels, met, weight = CHANNELS[name]
    found = congruence(requirements(ASSIGNMENT, DEPENDENCE), channels)
    assert (found.met, found.needs) == (met, 3)
    assert (found.weight_met, found.weight) == (weight, 7)
    assert found.plain == met / 3
    assert found.weighted == weight / 7


# --- 2. Design structure matrix of 13 tasks (Yassine 2004); a row needs its columns.
YASSINE = {
    2: (4,),
    3: (1, 4, 5, 8, 10, 13),
    4: (1,),
    5: (1, 2, 3, 4, 7, 8, 10, 11, 13),
    6: (2, 9),
    7: (3, 4, 5, 8, 10, 13),
    8: (2, 4, 10),
    9: (3, 4, 10, 13),
    10: (2, 4, 8),
    11: (3, 4, 5, 8, 10, 13),
    12: (13,),
    13: (2, 3, 4, 5, 7, 8, 9, 10, 11, 12),
}


def yassine() -> "nx.DiGraph[str]":
    """Return the network of the 13 tasks: from the needed to the needing."""
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_edges_from((f"{c:02}", f"{r:02}") for r, needed in YASSINE.items() for c in needed)
    return network


def test_the_13_tasks_of_yassine_2004_fall_into_six_blocks_in_order() -> None:
    network = yassine()
    assert network.number_of_edges() == 52
    levels = order(network).levels
    blocks = [[int(name) for name in block] for level in levels for block in level]
    assert blocks == [[1], [4], [2], [8, 10], [3, 5, 7, 9, 11, 12, 13], [6]]
    inside = [pair for block in blocks for pair in network.subgraph(f"{n:02}" for n in block).edges]
    assert len(inside) == 23


def test_the_propagation_cost_of_the_13_tasks_is_113_of_169() -> None:
    assert round(propagation_cost(yassine()), 4) == 0.6686
    assert round(propagation_cost(yassine()) * 169) == 113


# --- 3. Structural holes (Borgatti, Connections 20(1); values checked with UCINET and igraph).
HOLES = ["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"]
WEIGHTS = (2, 3, 5, 2, 8, 3, 4, 1, 3, 10)


def test_structural_holes_are_those_of_borgatti_without_weights() -> None:
    found = structural_holes(nx.Graph([(a, b) for a, b in HOLES]))
    assert {node: round(found[node][0], 3) for node in "GAC"} == {"G": 0.400, "A": 0.595, "C": 1.0}
    assert {node: round(found[node][1], 2) for node in "GAC"} == {"G": 4.67, "A": 2.50, "C": 1.0}


def test_structural_holes_are_those_of_borgatti_with_weights() -> None:
    network: nx.Graph[str] = nx.Graph()
    network.add_weighted_edges_from(
        (a, b, weight) for (a, b), weight in zip(HOLES, WEIGHTS, strict=True)
    )
    found = structural_holes(network, weight="weight")
    assert {node: round(found[node][0], 3) for node in "GA"} == {"G": 0.299, "A": 0.795}
    assert round(found["G"][1], 2) == 5.47
    assert round(found["A"][1], 3) == 2.475  # printed 2.47, cut off


# --- 4. Brokerage by the definition of Gould and Fernandez, on the graph of the sna help page.
def test_brokers_are_counted_by_the_definition_of_gould_and_fernandez() -> None:
    network = nx.DiGraph([(a, b) for a, b in ["AB", "AC", "BC", "BD", "CD", "DA"]])
    found = brokerage(network, {"A": 1, "B": 1, "C": 2, "D": 2})
    expected = {
        "A": {"itinerant": 1, "gatekeeper": 1},
        "B": {"representative": 1},
        "C": {"gatekeeper": 1},
        "D": {"itinerant": 1, "representative": 1},
    }
    nothing = dict.fromkeys(BROKER_ROLES, 0)
    assert found == {node: nothing | counts for node, counts in expected.items()}


# --- 5. PERT of nine activities (course material, coursehero p2vl9tn).
GRADUATES = {
    "A": (5, 6, 7), "B": (8, 8, 11), "C": (6, 8, 11), "D": (9, 12, 15), "E": (5, 6, 9),
    "F": (5, 6, 7), "G": (2, 3, 7), "H": (4, 4, 5), "I": (5, 7, 8),
}  # fmt: skip
GRADUATES_BEFORE = {"C": "A", "E": "C", "F": "D", "G": "F", "H": "B", "I": "H"}


def _estimates(given: dict[str, tuple[int, int, int]]) -> dict[str, Estimate]:
    return {name: Estimate(*guess) for name, guess in given.items()}


def test_pert_times_of_the_nine_activities_are_as_printed() -> None:
    estimates = _estimates(GRADUATES)
    plan = schedule(estimates, GRADUATES_BEFORE)
    expected = [round(estimates[name].expected, 2) for name in "ABCDEFGHI"]
    assert expected == [6, 8.5, 8.17, 12, 6.33, 6, 3.5, 4.17, 6.83]
    assert (plan.critical, plan.duration) == (("D", "F", "G"), 21.5)
    assert round(plan.times["E"].early_finish, 1) == 20.5
    assert round(plan.times["I"].early_finish, 1) == 19.5
    assert round(plan.variance, 3) == 1.806  # printed 1.805, cut off
    assert round(plan.variance**0.5, 3) == 1.344


# --- 6. PERT of fourteen tasks (worked answer, wizedu 717873).
FOURTEEN = {
    "A": (5, 5, 7), "B": (1, 2, 5), "C": (5, 5, 5), "D": (4, 8, 13), "E": (1, 10, 17),
    "F": (1, 5, 7), "G": (2, 6, 9), "H": (4, 4, 6), "I": (2, 7, 10), "J": (2, 4, 7),
    "K": (6, 10, 13), "L": (2, 6, 6), "M": (2, 2, 3), "N": (7, 7, 12),
}  # fmt: skip
FOURTEEN_BEFORE = {
    "C": "A", "D": "A", "E": "BC", "F": "D", "G": "D", "H": "EF", "I": "GH", "J": "I", "K": "I",
    "L": "J", "M": "K", "N": "LM",
}  # fmt: skip


def test_pert_slack_of_the_fourteen_tasks_is_as_printed() -> None:
    plan = schedule(_estimates(FOURTEEN), FOURTEEN_BEFORE)
    assert "-".join(plan.critical) == "A-C-E-H-I-K-M-N"
    assert round(plan.duration, 2) == 50.83
    slack = {name: round(spell.slack, 2) for name, spell in plan.times.items()}
    loose = {"B": 8.0, "D": 1.83, "F": 1.83, "G": 5.0, "J": 2.5, "L": 2.5}
    assert slack == dict.fromkeys("ACEHIKMN", 0.0) | loose


# --- 8. Dominators (Cooper, Harvey, Kennedy, figure 2) and articulation points (barbell).
def test_every_node_of_figure_2_is_dominated_by_the_root() -> None:
    network = nx.DiGraph([(1, 2), (2, 1), (3, 2), (4, 1), (5, 3), (5, 4)])
    found = {n: above for n, above in nx.immediate_dominators(network, 5).items() if n != 5}
    assert found == dict.fromkeys((1, 2, 3, 4), 5)


def test_the_bar_of_a_barbell_is_its_single_point_of_failure() -> None:
    assert sorted(nx.articulation_points(nx.barbell_graph(4, 2))) == [3, 4, 5, 6]


def test_requirements_of_no_tasks_are_no_requirements() -> None:
    required = requirements(np.zeros((2, 0)), np.zeros((0, 0)))
    assert congruence(required, np.zeros((2, 2))).plain == 1.0


# --- 7. GRL (rules of jUCMNav's quantitative algorithm; Algorithms 15(10):343; inputs ours).
SATISFACTION = {
    "AND is the least": ({"parts": [75, 50, 100]}, 50),
    "OR is the greatest": ({"parts": [75, 50, -25], "how": "or"}, 75),
    "contributions add up, each cut off": (
        {"supports": [Support(50, 75), Support(25, 100), Support(-25, 50)]}, 50,
    ),
    "without a fully satisfied contributor 90 is the most": (
        {"supports": [Support(60, 100), Support(50, 90)]}, 90,
    ),
    "a dependency is a lid": ({"parts": [50], "needs": [25]}, 25),
}  # fmt: skip


@pytest.mark.parametrize("name", SATISFACTION)
def test_goals_are_satisfied_by_the_rules_of_grl(name: str) -> None:
    given, expected = SATISFACTION[name]
    assert satisfaction(**given) == expected
