"""The tables cut by jurisdiction: nothing is lost, nothing is cut that belongs together."""

from kg.analysis.project import Tables, tables_of
from kg.analysis.shares import PLACED_BY, put_shares, shares

WHOLE = {
    "observations",
    "bodies",
    "channels",
    "members",
    "answering",
    "coordinating",
    "policy_areas",
}


def nation() -> Tables:
    """Return three counties with a plan each, of which the first two depend on one another."""
    names = "abc"
    return tables_of(
        {
            "documents": [{"id": f"d{name}", "area": f"{name}县"} for name in names],
            "measures": [
                {"id": f"{name}{number}", "document": f"d{name}"}
                for name in names
                for number in range(3)
            ],
            "parents": [{"child": f"{name}1", "parent": f"{name}0"} for name in names],
            "dependencies": [{"id": "x", "source": "a1", "target": "b2"}],
            "uptake": [{"id": "u", "lower": "c1", "upper": "a1"}],
            "bodies": [{"id": "body", "label": "市经信局"}],
        }
    )


def test_each_table_is_cut_by_a_column_or_whole_in_each_share() -> None:
    assert {*tables_of({}).named()} == {*PLACED_BY} | WHOLE


def test_areas_that_a_dependency_ties_stay_together_and_uptake_ties_none() -> None:
    cut = [set(share.documents["id"].to_pylist()) for share in shares(nation(), rows=1)]
    assert sorted(map(sorted, filter(None, cut))) == [["da", "db"], ["dc"]]


def test_every_row_is_in_one_share_and_what_is_not_cut_in_each() -> None:
    tables = nation()
    cut = list(shares(tables, rows=1))
    for name, table in tables.named().items():
        rows = [row for share in cut for row in getattr(share, name).to_pylist()]
        times = 1 if name in PLACED_BY else len(cut)
        assert len(rows) == table.num_rows * times, name
        assert {tuple(row.values()) for row in rows} == {
            tuple(row.values()) for row in table.to_pylist()
        }, name


def test_two_areas_that_need_what_is_in_no_table_stay_together() -> None:
    """A cycle can pass through a thing of which nothing else is known."""
    tables = tables_of(
        {
            "documents": [{"id": f"d{name}", "area": name} for name in "abc"],
            "measures": [{"id": name, "document": f"d{name}"} for name in "abc"],
            "dependencies": [
                {"id": "1", "source": "a", "target": "unknown"},
                {"id": "2", "source": "unknown", "target": "b"},
            ],
        }
    )
    cut = [set(share.measures["id"].to_pylist()) for share in shares(tables, rows=1)]
    assert sorted(map(sorted, filter(None, cut))) == [["a", "b"], ["c"]]


def test_shares_are_put_once_and_told_by_name(tmp_path) -> None:  # type: ignore[no-untyped-def]
    first = put_shares(tmp_path, nation())
    assert [path.name for path in first] == ["share=0000"]
    assert {path.stem for path in first[0].iterdir()} == {*PLACED_BY}
    assert put_shares(tmp_path, tables_of({})) == first
