"""On random plans: what holds of any change that is tried out."""

from collections.abc import Mapping

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kg.analysis.coordination import coordination
from kg.analysis.gaps import findings_of
from kg.analysis.overlay import (
    BODY_COLUMNS,
    Assign,
    Change,
    Channel,
    Delay,
    Merge,
    Remove,
    overlaid,
)
from kg.analysis.project import Tables, tables_of
from kg.analysis.whatif import whatif
from kg.model import Role
from kg.settings import Settings

from .test_gap_twins import Rows, plans

SLOWLY = hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
NOBODY = "https://w3id.org/qualitykg/id/body/nobody"


def ids(rows: Rows, table: str) -> list[str]:
    return [str(row["id"]) for row in rows[table]]


def as_rows(tables: Tables) -> Mapping[str, object]:
    return {name: table.to_pylist() for name, table in tables.named().items()}


@st.composite
def changed_plans(draw: st.DrawFn) -> tuple[Rows, Change]:
    """Rows of a plan, and a change of it."""
    rows = draw(plans())
    bodies, measures = ids(rows, "bodies"), ids(rows, "measures")
    one, other = draw(st.permutations(bodies))[:2]
    measure = draw(st.sampled_from(measures))
    year = draw(st.integers(2024, 2036))
    role = draw(st.sampled_from(list(Role)))
    change = draw(
        st.sampled_from(
            [
                Remove(one),
                Merge(one, other),
                Delay(measure, year),
                Assign(measure, one, role),
                Channel(one, other),
            ]
        )
    )
    return rows, change


@SLOWLY
@given(plans())
def test_no_change_makes_no_difference(rows: Rows) -> None:
    found = whatif(tables_of(rows), [], settings=Settings())
    assert found.is_empty
    assert found.counts_before == found.counts_after


@SLOWLY
@given(changed_plans())
def test_the_tables_stay_as_they_are(given_: tuple[Rows, Change]) -> None:
    rows, change = given_
    tables = tables_of(rows)
    before = as_rows(tables)
    overlaid(tables, [change])
    assert as_rows(tables) == before


@SLOWLY
@given(changed_plans())
def test_findings_before_and_the_difference_give_the_findings_after(
    given_: tuple[Rows, Change],
) -> None:
    rows, change = given_
    if isinstance(change, Merge):  # a merged body's findings go on under another id
        return
    tables = tables_of(rows)
    found = whatif(tables, [change], settings=Settings())
    before = {finding.id for finding in findings_of(tables, settings=Settings())}
    after = {finding.id for finding in findings_of(overlaid(tables, [change]), settings=Settings())}
    appeared = {finding.id for finding in found.appeared}
    gone = {finding.id for finding in found.gone}
    assert (before - gone) | appeared == after
    assert not appeared & before
    assert gone <= before


@SLOWLY
@given(plans(), st.data())
def test_a_channel_never_lowers_congruence(rows: Rows, data: st.DataObject) -> None:
    one, other = data.draw(st.permutations(ids(rows, "bodies")))[:2]
    tables = tables_of(rows)
    before = coordination(tables).congruence
    after = coordination(overlaid(tables, [Channel(one, other)])).congruence
    assert after.plain >= before.plain
    assert after.weighted >= before.weighted
    assert after.needs == before.needs


@SLOWLY
@given(plans())
def test_removing_a_body_that_holds_nothing_changes_nothing(rows: Rows) -> None:
    more = {"id": NOBODY, "label": "无事局", "kind": "department"}
    with_one = {**rows, "bodies": [*rows["bodies"], more]}
    assert whatif(tables_of(with_one), [Remove(NOBODY)], settings=Settings()).is_empty
    assert as_rows(overlaid(tables_of(with_one), [Remove(NOBODY)])) == as_rows(tables_of(rows))


@SLOWLY
@given(plans(), st.data())
def test_a_body_that_is_gone_is_named_nowhere(rows: Rows, data: st.DataObject) -> None:
    one, other = data.draw(st.permutations(ids(rows, "bodies")))[:2]
    change = data.draw(st.sampled_from([Remove(one), Merge(other, one)]))
    after = overlaid(tables_of(rows), [change])
    for name, columns in BODY_COLUMNS.items():
        for column in columns:
            assert one not in getattr(after, name)[column].to_pylist()
    left = set(after.channels["id"].to_pylist())
    was = set(tables_of(rows).channels["id"].to_pylist())
    assert not {row["channel"] for row in after.covering.to_pylist()} & (was - left)


@SLOWLY
@given(plans(), st.data())
def test_a_merged_body_holds_what_both_held(rows: Rows, data: st.DataObject) -> None:
    kept, gone = data.draw(st.permutations(ids(rows, "bodies")))[:2]
    before, after = tables_of(rows), overlaid(tables_of(rows), [Merge(kept, gone)])

    def held(tables: Tables, *bodies: str) -> set[tuple[str, str]]:
        found = tables.responsibilities.to_pylist()
        return {(row["measure"], row["role"]) for row in found if row["body"] in bodies}

    assert held(after, kept) == held(before, kept, gone)
    duties = [(r["measure"], r["body"], r["role"]) for r in after.responsibilities.to_pylist()]
    mine = [duty for duty in duties if duty[1] == kept]
    assert len(mine) == len(set(mine))


@SLOWLY
@given(plans(), st.data())
def test_a_delay_and_its_way_back_is_no_change(rows: Rows, data: st.DataObject) -> None:
    measure = data.draw(st.sampled_from(ids(rows, "measures")))
    tables = tables_of(rows)
    own = next(row for row in tables.measures.to_pylist() if row["id"] == measure)
    year = own["due_year"] or 2030
    dated = overlaid(tables, [Delay(measure, year)])
    there_and_back = overlaid(dated, [Delay(measure, year + 5), Delay(measure, year)])
    assert as_rows(there_and_back) == as_rows(dated)
