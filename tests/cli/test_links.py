"""`qkg align`: what it prints and how it ends."""

import csv
import json

from tests.cli.conftest import Command


def test_links_are_made_and_listed(linked: Command) -> None:
    done = linked("align", "--format", "json")
    (row,) = json.loads(done.stdout)
    assert (row["lower"], row["upper"], row["basis"]) == ("提升旅游服务质量",) * 2 + ("inferred",)
    assert "links 1" in done.stderr


def test_candidates_are_listed_for_review(linked: Command) -> None:
    done = linked("align", "lower.txt", "云溪省标准提升行动方案", "--candidates", "--format", "csv")
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert {row["lower"] for row in rows} == {"压减检查质量频次"}
    assert all(float(row["likeness"]) < 0.5 for row in rows)


def test_the_table_fits_a_terminal(linked: Command) -> None:
    assert linked("align").stdout.splitlines()[0].split() == ["lower", "upper", "likeness", "basis"]


def test_a_document_that_is_not_there_is_told(linked: Command) -> None:
    done = linked("align", "nowhere.txt")
    assert done.returncode == 1
    assert "qkg documents" in done.stderr
