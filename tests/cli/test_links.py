"""`qkg align`: what it prints and how it ends."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

UPPER = """云溪省标准提升行动方案
一、重点任务
（一）提升旅游服务质量。完善景区服务规范。（省文化和旅游厅牵头）
（二）培育质量文化。组织质量知识进校园。（省教育厅牵头）
本文件为虚构示例。
"""
LOWER = """宁远市标准提升实施方案
根据《云溪省标准提升行动方案》，制定本方案。
一、重点任务
（一）提升旅游服务质量。完善景区服务规范。（市文化和旅游局牵头）
（二）压减检查质量频次。推行综合查一次制度。（市司法局牵头）
本文件为虚构示例。
"""


@pytest.fixture
def built(qkg: Command, tmp_path: Path) -> Command:
    (tmp_path / "upper.txt").write_text(UPPER, encoding="utf-8")
    (tmp_path / "lower.txt").write_text(LOWER, encoding="utf-8")
    assert qkg("build", "lower.txt", "upper.txt").returncode == 0
    return qkg


def test_links_are_made_and_listed(built: Command) -> None:
    done = built("align", "--format", "json")
    (row,) = json.loads(done.stdout)
    assert (row["lower"], row["upper"], row["basis"]) == ("提升旅游服务质量",) * 2 + ("inferred",)
    assert "links 1" in done.stderr


def test_candidates_are_listed_for_review(built: Command) -> None:
    done = built("align", "lower.txt", "云溪省标准提升行动方案", "--candidates", "--format", "csv")
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert {row["lower"] for row in rows} == {"压减检查质量频次"}
    assert all(float(row["likeness"]) < 0.5 for row in rows)


def test_the_table_fits_a_terminal(built: Command) -> None:
    assert built("align").stdout.splitlines()[0].split() == ["lower", "upper", "likeness", "basis"]


def test_a_document_that_is_not_there_is_told(built: Command) -> None:
    done = built("align", "nowhere.txt")
    assert done.returncode == 1
    assert "qkg documents" in done.stderr
