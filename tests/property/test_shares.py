"""On random plans: graph rules find in the shares of a nation what they find in the whole."""

from hypothesis import given

from kg.analysis.gaps import catalogue
from kg.analysis.gaps.graph_rules import RULES
from kg.analysis.gaps.hits import Hit
from kg.analysis.gaps.workbench import Workbench
from kg.analysis.project import Tables, tables_of
from kg.analysis.shares import shares
from kg.settings import Settings
from tests.property.test_gap_twins import Rows, often, plans

APART = [kind for kind in catalogue().values() if kind.apart]


def found(tables: Tables) -> dict[str, list[Hit]]:
    with Workbench(tables) as bench:
        return {kind.id: RULES[kind.how](bench, Settings()) for kind in APART}


@often
@given(plans())
def test_a_graph_rule_finds_in_shares_what_it_finds_in_the_whole(rows: Rows) -> None:
    tables = tables_of(rows)
    whole, cut = found(tables), [found(share) for share in shares(tables, rows=1)]
    for kind in APART:
        together = [hit for one in cut for hit in one[kind.id]]
        assert sorted(map(repr, together)) == sorted(map(repr, whole[kind.id])), kind.id


def test_every_graph_rule_says_whether_it_can_be_asked_apart() -> None:
    assert {kind.id for kind in APART} == {"G16", "G17", "G18", "G22"}
    assert {kind.how for kind in APART} == {*RULES}
