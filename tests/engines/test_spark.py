"""On Spark, two executors of their own: the same documents as on one machine."""

from pathlib import Path

import pytest

from kg.analysis.project import project
from kg.engine import mapper
from kg.engine.spark import session
from kg.errors import EngineError
from kg.reference import example_plans
from kg.workspace import Workspace, open_workspace
from tests.engines.conftest import ENGINE


def test_the_shipped_example_read_on_spark_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    plans = [path.relative_to(Path.cwd()) for path in example_plans()]  # executors stand elsewhere
    with (
        open_workspace(tmp_path / "here", create=True) as one,
        open_workspace(tmp_path / "spark", engine=ENGINE, create=True) as other,
    ):
        for space in (one, other):
            space.load_example()
            assert [outcome.error for outcome in space.build(plans)] == [None] * len(plans)
        assert documents(one) == documents(other)


def documents(space: Workspace) -> list[tuple[str, int]]:
    tables = project(space.store)
    rows = {name: table.num_rows for name, table in tables.named().items()}
    return sorted(rows.items()) + [(key, 0) for key in tables.documents["id"].to_pylist()]


def test_answers_come_in_the_order_of_the_items_and_a_failure_in_a_line() -> None:
    with mapper("local[2]") as chosen:
        assert list(chosen.map(str, range(100))) == [str(number) for number in range(100)]
        with pytest.raises(EngineError) as failed:
            list(chosen.map(int, ["1", "x"]))
        assert "\n" not in failed.value.text("en")


def test_an_engine_that_does_not_answer_is_told() -> None:
    with (
        pytest.raises(EngineError, match=r"spark://127\.0\.0\.1:1 "),
        session("spark://127.0.0.1:1"),
    ):
        pass
