"""Where a body stands between others: structural holes and brokerage."""

from collections.abc import Hashable, Mapping
from typing import Any

import networkx as nx
import numpy as np
import scipy  # scipy.sparse loads when it is first used


def structural_holes(
    network: "nx.Graph[str]", *, weight: str | None = None
) -> dict[str, tuple[float, float]]:
    """Return Burt's constraint and effective size of each node that has neighbours.

    With ``p`` the share that a tie has in all ties of its first end, and ``m`` its share in the
    heaviest of them: constraint is the sum of ``(p_ij + sum_q p_iq p_qj)²`` over the neighbours j,
    effective size that of ``1 - sum_q p_iq m_jq``. As products of sparse matrices: node by node, as
    networkx does it, 350 bodies of 80 plans take 15 s.

    Source: Burt 1992; Borgatti, Connections 20(1).

    >>> structural_holes(nx.Graph([("a", "b"), ("b", "c")]))["b"]
    (0.5, 2.0)
    """
    linked = [node for node in network if network.degree(node)]
    if not linked:
        return {}
    ties = scipy.sparse.csr_array(
        nx.to_scipy_sparse_array(network, nodelist=linked, weight=weight, dtype=np.dtype(float))
    )
    share = scipy.sparse.diags_array(1 / ties.sum(axis=1)) @ ties
    relative = scipy.sparse.diags_array(1 / ties.max(axis=1).toarray().ravel()) @ ties
    met = (ties > 0).astype(float)
    constraint: Any = (share + share @ share).multiply(met).power(2).sum(axis=1)
    size: Any = met.sum(axis=1) - (share @ relative.T).multiply(met).sum(axis=1)
    pairs = zip(constraint.tolist(), size.tolist(), strict=True)
    return dict(zip(linked, pairs, strict=True))


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
