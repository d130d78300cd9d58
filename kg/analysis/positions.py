"""Where a body stands between others: structural holes and brokerage."""

from collections.abc import Hashable, Mapping

import networkx as nx


def structural_holes(
    network: "nx.Graph[str]", *, weight: str | None = None
) -> dict[str, tuple[float, float]]:
    """Return Burt's constraint and effective size of each node that has neighbours.

    Source: Burt 1992; Borgatti, Connections 20(1).
    """
    linked = [node for node in network if network.degree(node)]
    # Without a list of nodes networkx 3.6.1 takes a matrix path whose weighted effective size is
    # wrong: 5.52 for node G of its own test, where UCINET and igraph have 5.47.
    constraint = nx.constraint(network, nodes=linked, weight=weight)
    size = nx.effective_size(network, nodes=linked, weight=weight)
    return {node: (constraint[node], size[node]) for node in linked}


BROKER_ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def brokerage(
    network: "nx.DiGraph[str]", groups: Mapping[str, Hashable]
) -> dict[str, dict[str, int]]:
    """Return how often each node brokers between two that are not linked, by kind of broker.

    For an open path ``a -> v -> b``: coordinator AAA, itinerant ABA, gatekeeper ABB (v lets in),
    representative AAB (v speaks for its own), liaison ABC. Source: Gould, Fernandez 1989.

    >>> brokerage(nx.DiGraph([("a", "v"), ("v", "b")]), {"a": 1, "v": 1, "b": 2})["v"][
    ...     "representative"
    ... ]
    1
    """
    counts = {node: dict.fromkeys(BROKER_ROLES, 0) for node in network}
    for broker in network:
        for giver in network.predecessors(broker):
            for taker in network.successors(broker):
                open_path = len({giver, broker, taker}) == 3
                if open_path and not network.has_edge(giver, taker):
                    role = _broker_role(groups[giver], groups[broker], groups[taker])
                    counts[broker][role] += 1
    return counts


def _broker_role(giver: Hashable, broker: Hashable, taker: Hashable) -> str:
    if giver == taker:
        return "coordinator" if broker == giver else "itinerant"
    if broker == taker:
        return "gatekeeper"
    return "representative" if broker == giver else "liaison"
