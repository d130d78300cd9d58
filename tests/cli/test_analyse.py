"""`qkg analyse`: what each analysis prints, as a table, JSON and CSV."""

import csv
import json

import pytest

from kg.cli.analyse import ANSWERS, Analysis
from tests.cli.conftest import Command

SHOWN_AS_TABLES = [what for what in Analysis if what is not Analysis.CHAINS]


@pytest.mark.parametrize("what", SHOWN_AS_TABLES)
def test_every_analysis_is_shown_under_titles_and_as_json_with_labels(
    linked: Command, what: Analysis
) -> None:
    table = linked("analyse", what)
    assert table.returncode == 0
    assert "(" in table.stdout.splitlines()[0]
    told = json.loads(linked("analyse", what, "--format", "json").stdout)
    assert all(set(label) == {"zh", "en"} for label in told["labels"].values())
    scoped = linked("analyse", what, "--scope", "body/none", "--format", "json")
    assert json.loads(scoped.stdout)["labels"] == {}


def test_help_tells_every_analysis_in_both_languages(linked: Command) -> None:
    told = linked("analyse", "--help").stdout.replace("\n", "").replace(" ", "")
    assert set(ANSWERS) == set(Analysis)
    for what, words in ANSWERS.items():
        assert f"{what}:{words.zh}{words.en}".replace(" ", "") in told
    assert "qkganalysecoordination--formatjson" in told


def test_coordination_tells_congruence_and_what_is_inferred(linked: Command) -> None:
    done = linked("analyse", "coordination", "--format", "json")
    told = json.loads(done.stdout)
    assert "congruence" in done.stderr
    assert {"plain", "weighted", "needs", "met"} <= told["congruence"].keys()
    for need in told["required"]:
        assert need["inferred"] <= need["weight"]
        assert set(need["bodies"]) <= told["labels"].keys()


def test_uptake_is_told_by_area_in_csv(linked: Command) -> None:
    done = linked("analyse", "uptake", "--format", "csv")
    (row,) = csv.DictReader(done.stdout.splitlines())
    assert row["area"] == "云溪省宁远市"
    assert 0 < float(row["rate"]) < 1
    assert int(row["taken up"]) < int(row["asked"])


def test_supervision_tells_each_plan_and_where_its_loop_is_open(linked: Command) -> None:
    loops = json.loads(linked("analyse", "supervision", "--format", "json").stdout)["loops"]
    assert len(loops) == 2
    for loop in loops:
        assert loop["is_closed"] is (not loop["missing"])
        assert len(loop["stages"]) == 4
