"""Observed values come in as a table; a table that is not one is refused whole."""

from decimal import Decimal
from pathlib import Path

import pytest

from kg.analysis.project import project
from kg.errors import MissingFileError, PayloadError
from kg.publish import take_in
from kg.store import memory_store
from kg.store.port import Store

HEAD = "指标,行政区,年份,数值,单位,来源\n"


def taken(folder: Path, text: str, store: Store | None = None) -> list[dict[str, object]]:
    """Return the rows of observations after a file with this text was taken in."""
    store = store or memory_store()
    path = folder / "observed.csv"
    path.write_text(text, "utf-8")
    take_in(store, path, keeping=[])
    return project(store).observations.to_pylist()


def test_a_row_is_an_observation_with_its_area_year_value_unit_and_source(tmp_path: Path) -> None:
    (row,) = taken(tmp_path, HEAD + "抽检合格率,云溪省,2026,96.50,%,虚构年鉴\n")
    assert row["indicator"] == "抽检合格率"
    assert (row["area"], row["year"], row["unit"]) == ("云溪省", 2026, "%")
    assert row["value"] == float(Decimal("96.5"))
    assert row["source"] == "虚构年鉴"


def test_english_heads_a_byte_order_mark_and_missing_extras_are_understood(tmp_path: Path) -> None:
    rows = taken(tmp_path, "\ufeffyear,indicator,area,value\n2026,抽检合格率,云溪省,96\n")
    assert [(row["year"], row["value"], row["unit"]) for row in rows] == [(2026, 96.0, None)]


def test_the_same_file_again_takes_the_place_of_its_rows(tmp_path: Path) -> None:
    store = memory_store()
    taken(tmp_path, HEAD + "抽检合格率,云溪省,2025,95,%,\n办结率,云溪省,2025,97,%,\n", store)
    rows = taken(tmp_path, HEAD + "抽检合格率,云溪省,2026,96,%,\n", store)
    assert [row["year"] for row in rows] == [2026]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "指标,行政区,数值\n抽检合格率,云溪省,96\n",
        HEAD + "抽检合格率,云溪省,,96,%,\n",
        HEAD + "抽检合格率,云溪省,去年,96,%,\n",
        HEAD + "抽检合格率,云溪省,2026,九十六,%,\n",
        HEAD + "抽检合格率,云溪省,2026,NaN,%,\n",
        HEAD + '"抽检合格率,云溪省\n',
    ],
    ids=["empty", "no year", "no value of a year", "a year in words", "a value in words", "no number", "open quote"],
)  # fmt: skip
def test_a_table_with_a_fault_is_refused_and_nothing_of_it_is_kept(
    tmp_path: Path, text: str
) -> None:
    store = memory_store()
    with pytest.raises(PayloadError, match=r"observed\.csv"):
        taken(tmp_path, text, store)
    assert store.graphs() == []


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        take_in(memory_store(), tmp_path / "none.csv", keeping=[])
