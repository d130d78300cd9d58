"""Single points are those that taking each body away shows."""

import networkx as nx
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kg.analysis.gaps import findings_of
from kg.analysis.project import tables_of
from kg.model import Finding, Severity
from kg.settings import Settings

MEASURES, BODIES, GOALS = "stuvwxyz", "abcdef", "ghi"
pairs = st.tuples(st.sampled_from(MEASURES), st.sampled_from(BODIES))
serving = st.tuples(st.sampled_from(MEASURES), st.sampled_from(GOALS + "t"))
often = hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def _findings(held: set[tuple[str, str]], serves: set[tuple[str, str]]) -> list[Finding]:
    rows = {
        "documents": [{"id": "doc", "title": "虚构方案"}],
        "measures": [{"id": name, "label_zh": name, "document": "doc"} for name in MEASURES],
        "goals": [{"id": name, "label_zh": name, "document": "doc"} for name in GOALS],
        "bodies": [{"id": name, "label": name, "kind": "department"} for name in BODIES],
        "responsibilities": [
            {"id": f"{m}{b}", "measure": m, "body": b, "role": "lead"} for m, b in held
        ],
        "contributions": [
            {"id": f"{m}{g}", "measure": m, "goal": g, "strength": 1.0} for m, g in serves
        ],
    }
    return findings_of(tables_of(rows), settings=Settings(), types=["G18"])


def _parts(held: set[tuple[str, str]], without: str = "") -> list[set[str]]:
    graph = nx.Graph([pair for pair in held if pair[1] != without])
    graph.add_nodes_from(m for m, b in held if b == without)
    return list(nx.connected_components(graph))


def _served(
    held: set[tuple[str, str]], serves: set[tuple[str, str]], without: str = ""
) -> set[str]:
    by_nobody_named = set(MEASURES) - {m for m, _ in held}
    reached = {m for m, b in held if b != without} | by_nobody_named
    while more := {g for m, g in serves if m in reached} - reached:
        reached |= more
    return reached.intersection(GOALS)


def _expected(held: set[tuple[str, str]], serves: set[tuple[str, str]]) -> dict[Severity, set[str]]:
    found: dict[Severity, set[str]] = {severity: set() for severity in Severity}
    whole = _served(held, serves)
    for body in {b for _, b in held}:
        lost = len(whole - _served(held, serves, body))
        parts = _parts(held, body)
        falls = len(parts) > len(_parts(held))
        (own,) = (part for part in _parts(held) if body in part)
        sizes = sorted(len(part) for part in parts if part <= own)
        if lost / max(len(whole), 1) >= 0.25:
            found[Severity.HIGH].add(body)
        elif lost or (falls and sizes[-2] > 1):
            found[Severity.MEDIUM].add(body)
        elif falls:
            found[Severity.LOW].add(body)
    return found


@often
@given(st.sets(pairs, max_size=12), st.sets(serving, max_size=6))
def test_single_points_are_those_that_taking_each_body_away_shows(
    held: set[tuple[str, str]], serves: set[tuple[str, str]]
) -> None:
    serves = {(m, g) for m, g in serves if m != g}
    found: dict[Severity, set[str]] = {severity: set() for severity in Severity}
    for finding in _findings(held, serves):
        found[finding.severity] |= {node.id for node in finding.subjects[1:]}
    assert found == _expected(held, serves)
