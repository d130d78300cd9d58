"""Reports: every finding in every format, nothing hostile gets out, the same input twice."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from kg.analysis.project import Tables
from kg.errors import FormatError, HomeError
from kg.model import Severity
from kg.report import FORMATS, Report, assemble, write
from kg.report import findings as exchange
from kg.report.formats import render
from kg.report.layout import PER_TYPE
from kg.settings import Settings
from tests.unit.report.conftest import ISSUES


def test_the_plan_gives_findings_of_several_types(report: Report) -> None:
    assert len(report.findings) > 25
    assert {"G01", "G03"} <= {finding.type for finding in report.findings}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_finding_is_in_every_format(report: Report, suffix: str, lang: str) -> None:
    text = render(report, suffix, lang=lang).replace("\\", "")
    short = [finding.id.rpartition("/")[2] for finding in report.findings]
    assert [name for name in short if name not in text] == []


def test_the_page_holds_no_script_and_names_nothing_outside(report: Report) -> None:
    page = render(report, ".html", lang="zh")
    tree = HTMLParser(page)
    assert tree.css("script, link, img, iframe, object") == []
    assert [node for node in tree.css("*") if "style" in node.attributes] == []
    assert re.findall(r"(?:href|src)=\"(?!#)", page) == []
    assert "&lt;script&gt;" in page


def test_a_long_type_is_cut_on_the_page_and_whole_in_the_appendix(report: Report) -> None:
    page = HTMLParser(render(report, ".html", lang="zh"))
    line = next(line for line in report.types if line.id == "G01")
    assert line.total > PER_TYPE
    assert len(page.css("#G01 .finding")) == PER_TYPE
    assert len(page.css("#appendix .finding")) == len(report.findings)
    assert f"其余 {line.total - PER_TYPE} 项" in page.css_first("#G01 .more").text()


def test_words_from_a_document_are_no_markdown(report: Report) -> None:
    text = render(report, ".md", lang="zh")
    assert "<script>" not in text
    assert "[a](javascript" not in text
    assert not [line for line in text.splitlines() if line.startswith("# 量")]


def test_the_page_speaks_the_language_that_was_asked_for(report: Report) -> None:
    zh, en = render(report, ".html", lang="zh"), render(report, ".html", lang="en")
    assert "2026年3月1日" in zh
    assert "1 March 2026" in en
    assert "摘要" not in en


def test_equal_input_gives_equal_bytes(tables: Tables, settings: Settings, report: Report) -> None:
    again = assemble(tables, settings=settings, made_at=report.made_at, issues=ISSUES)
    for suffix in FORMATS:
        assert render(again, suffix, lang="zh") == render(report, suffix, lang="zh")


def test_counts_agree_with_the_findings(report: Report) -> None:
    assert sum(line.total for line in report.types) == len(report.findings)
    assert sum(report.count(severity) for severity in Severity) == len(report.findings)


def test_a_report_on_one_task_speaks_of_that_task_alone(tables: Tables, settings: Settings) -> None:
    one = "task/d1.30"
    found = assemble(tables, settings=settings, made_at="2026-03-01T09:05+00:00", scope=one)
    assert found.findings
    assert all(any(n.key == one for n in f.subjects) for f in found.findings)


def test_an_unknown_ending_is_refused_with_the_known_ones(report: Report, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"\.html"):
        write(report, tmp_path / "report.exe", lang="zh")


def test_a_report_that_cannot_be_written_leaves_nothing(report: Report, tmp_path: Path) -> None:
    with pytest.raises(HomeError):
        write(report, tmp_path / "missing" / "report.html", lang="zh")
    assert list(tmp_path.iterdir()) == []


def test_no_cell_of_the_csv_is_a_formula(report: Report) -> None:
    text = exchange.text(report.findings, "csv", lang="zh")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert len(rows) == len(report.findings) + 1
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell]


@pytest.mark.parametrize("suffix", [".html", ".md", ".json"])
def test_a_finding_says_in_which_provision_its_words_stand(report: Report, suffix: str) -> None:
    assert "三、（二）4" in render(report, suffix, lang="zh")


def test_the_csv_has_the_provisions_in_a_column_of_their_own(report: Report) -> None:
    text = exchange.text(report.findings, "csv", lang="zh")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert "三、（二）4." in {row["provisions"] for row in rows}


def test_sarif_has_a_rule_for_every_result(report: Report) -> None:
    run = json.loads(exchange.text(report.findings, "sarif", lang="en"))["runs"][0]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert len(run["results"]) == len(report.findings)
    assert {result["ruleId"] for result in run["results"]} <= rules


def test_findings_as_json_keep_their_fields(report: Report) -> None:
    read = json.loads(exchange.text(report.findings, "json", lang="zh"))
    assert read[0]["id"] == report.findings[0].id
    assert set(read[0]["reason"]) == {"zh", "en"}
    with pytest.raises(FormatError, match="sarif"):
        exchange.text(report.findings, "yaml", lang="zh")
