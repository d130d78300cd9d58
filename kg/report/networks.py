"""Who needs whom, what comes first, how goals are carried down: the analyses in a report's words."""

from collections.abc import Sequence

from kg.analysis import chains as chains_
from kg.analysis import coordination as coordination_
from kg.analysis.dependencies import order
from kg.analysis.networks import requires_network
from kg.analysis.partition import heaviest, ordered
from kg.analysis.project import Tables
from kg.model import Bilingual
from kg.report.lines import Names
from kg.report.model import ChainLine, Chains, Coordination, Dependencies, Matrix, Need, Step

MATRIX_BODIES = 24  # a page of A4 holds no more
CHAINS_SHOWN = 20


def coordination(tables: Tables, *, covered: frozenset[str] | None, names: Names) -> Coordination:
    """Return coordination required against coordination arranged, the heaviest need first."""
    needed = coordination_.coordination(tables, measures=covered)
    return Coordination(
        required=len(needed.required),
        missing=len(needed.missing),
        congruence=needed.congruence.plain,
        congruence_weighted=needed.congruence.weighted,
        needs=tuple(
            Need(
                ids=need.bodies,
                bodies=(names(need.bodies[0]), names(need.bodies[1])),
                weight=float(need.weight),
                shared=need.shared,
                arranged=need.arranged,
            )
            for need in needed.required
        ),
        matrix=_matrix(needed, names),
    )


def dependencies(tables: Tables, *, covered: frozenset[str] | None, names: Names) -> Dependencies:
    """Return the order of the measures, the longest chain and the rings."""
    network = requires_network(tables)
    if covered is not None:
        network = network.subgraph(set(network) & covered).copy()
    ordered = order(network)
    longest = ordered.longest if len(ordered.longest) > 1 else ()
    return Dependencies(
        measures=network.number_of_nodes(),
        links=network.number_of_edges(),
        order=tuple(
            Step(level, names(member), in_cycle=len(block) > 1)
            for level, blocks in enumerate(ordered.levels, start=1)
            for block in blocks
            for member in block
        ),
        longest=tuple(_joined(block, names) for block in longest),
        cycles=tuple(tuple(names(member) for member in cycle.members) for cycle in ordered.cycles),
    )


def chains(tables: Tables, *, covered: frozenset[str] | None, names: Names) -> Chains:
    """Return how goals are carried down through the levels, and where that breaks off."""
    found = chains_.chains(tables, within=covered)
    broken = [one for one in found.chains if one.breaks]
    headless = [one for one in found.chains if one.headless]
    doubtful = [*broken, *(one for one in headless if not one.breaks)]
    return Chains(
        total=len(found.chains),
        complete=sum(one.is_complete for one in found.chains),
        broken=len(broken),
        headless=len(headless),
        truncated=found.truncated,
        shown=tuple(
            ChainLine(
                steps=tuple(names(step.element) for step in one.steps),
                breaks=one.breaks,
                headless=tuple(map(names, one.headless)),
            )
            for one in doubtful[:CHAINS_SHOWN]
        ),
    )


def _matrix(needed: coordination_.Coordination, names: Names) -> Matrix:
    chosen = heaviest(needed.required, MATRIX_BODIES)
    among = [need for need in needed.required if chosen.issuperset(need.bodies)]
    place = {body: number for number, body in enumerate(ordered(chosen, among))}
    cells = [[0.0] * len(place) for _ in place]
    arranged = set()
    for need in among:
        row, column = (place[body] for body in need.bodies)
        cells[row][column] = cells[column][row] = float(need.weight)
        if need.arranged:
            arranged |= {(row, column), (column, row)}
    return Matrix(
        bodies=tuple(names(body) for body in place),
        cells=tuple(tuple(row) for row in cells),
        arranged=frozenset(arranged),
    )


def _joined(block: Sequence[str], names: Names) -> Bilingual:
    labels = [names(member) for member in block]
    return Bilingual(" ⇄ ".join(one.zh for one in labels), " ⇄ ".join(one.en for one in labels))
