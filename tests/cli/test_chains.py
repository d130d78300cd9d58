"""`qkg analyse chains`: what it prints and how it ends."""

import csv
import json

from tests.cli.conftest import Command


def test_chains_are_listed_with_their_leads(linked: Command) -> None:
    done = linked("analyse", "chains", "--format", "csv")
    (row,) = csv.DictReader(done.stdout.splitlines())
    assert row["chain"] == "提升旅游服务质量 ← 提升旅游服务质量"
    assert row["leads"] == "云溪省文化和旅游厅 ← 云溪省宁远市文化和旅游局"
    assert (row["hand-offs"], row["boundary"], row["broken at"]) == ("1", "1", "")
    assert "1 / 1" in done.stderr


def test_a_chain_through_a_measure_is_told_step_by_step(linked: Command) -> None:
    done = linked("analyse", "chains", "--measure", "培育质量文化", "--format", "json")
    (one,) = json.loads(done.stdout)["chains"]
    assert [step["label"]["zh"] for step in one["steps"]] == ["培育质量文化"]
    assert (one["breaks"], one["complete"]) == (["prefecture"], False)


def test_a_measure_that_is_not_there_is_told(linked: Command) -> None:
    done = linked("analyse", "chains", "--measure", "没有这项")
    assert done.returncode == 1
    assert "没有这项" in done.stderr


def test_a_measure_is_asked_of_chains_alone(linked: Command) -> None:
    assert linked("analyse", "dependencies", "--measure", "培育质量文化").returncode == 2
