"""`qkg analyse chains`: what it prints and how it ends."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_links import LOWER, UPPER


@pytest.fixture
def built(qkg: Command, tmp_path: Path) -> Command:
    (tmp_path / "upper.txt").write_text(UPPER, encoding="utf-8")
    (tmp_path / "lower.txt").write_text(LOWER, encoding="utf-8")
    assert qkg("build", "lower.txt", "upper.txt").returncode == 0
    return qkg


def test_chains_are_listed_with_their_leads(built: Command) -> None:
    done = built("analyse", "chains", "--format", "csv")
    (row,) = csv.DictReader(done.stdout.splitlines())
    assert row["chain"] == "提升旅游服务质量 ← 提升旅游服务质量"
    assert row["leads"] == "云溪省文化和旅游厅 ← 云溪省宁远市文化和旅游局"
    assert (row["hand-offs"], row["boundary"], row["broken at"]) == ("1", "1", "")
    assert "1 / 1" in done.stderr


def test_a_chain_through_a_measure_is_told_step_by_step(built: Command) -> None:
    done = built("analyse", "chains", "--measure", "培育质量文化", "--format", "json")
    (one,) = json.loads(done.stdout)["chains"]
    assert [step["label"]["zh"] for step in one["steps"]] == ["培育质量文化"]
    assert (one["breaks"], one["complete"]) == (["prefecture"], False)


def test_a_measure_that_is_not_there_is_told(built: Command) -> None:
    done = built("analyse", "chains", "--measure", "没有这项")
    assert done.returncode == 1
    assert "没有这项" in done.stderr


def test_a_measure_is_asked_of_chains_alone(built: Command) -> None:
    assert built("analyse", "dependencies", "--measure", "培育质量文化").returncode == 2
