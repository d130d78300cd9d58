"""Reports: every finding in every format, nothing hostile gets out, the same input twice."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import jsonschema_rs
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from kg.analysis.project import Tables
from kg.errors import FormatError, HomeError, UnknownNodeError
from kg.model import Bilingual, Severity
from kg.report import FORMATS, Report, Wish, assemble, render, write
from kg.report import findings as exchange
from kg.settings import Settings
from tests.unit.report.conftest import HOSTILE, ISSUES
from tests.unit.report.reading import needs_pdf, sheets, text_of


def test_the_plan_gives_findings_of_several_types(report: Report) -> None:
    assert len(report.findings) > 25
    assert {"G01", "G03"} <= {finding.type for finding in report.findings}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_finding_is_in_every_format(report: Report, suffix: str, lang: str) -> None:
    if suffix == ".pdf":
        needs_pdf()
    text = text_of(render(report, suffix, Wish(lang=lang)), suffix).replace("\\", "")
    short = [finding.id.rpartition("/")[2] for finding in report.findings]
    assert [name for name in short if name not in text] == []


def test_the_page_holds_no_script_and_names_nothing_outside(report: Report) -> None:
    page = render(report, ".html", Wish()).decode()
    tree = HTMLParser(page)
    assert tree.css("script, link, img, iframe, object") == []
    assert [node for node in tree.css("*") if "style" in node.attributes] == []
    assert re.findall(r"(?:href|src)=\"(?!#)", page) == []
    assert "&lt;script&gt;" in page


def test_the_appendix_has_each_finding_once_under_its_type(report: Report) -> None:
    page = HTMLParser(render(report, ".html", Wish()).decode())
    assert len(page.css("#appendix .finding")) == len(report.findings)
    named = [node.attributes["id"] for node in page.css("[id]")]
    assert len(named) == len(set(named))
    links = {str(node.attributes["href"])[1:] for node in page.css("a")}
    assert len(links) > 20
    assert links <= set(named)


def test_words_from_a_document_are_no_markdown(report: Report) -> None:
    text = render(report, ".md", Wish()).decode()
    assert "<script>" not in text
    assert "[a](javascript" not in text
    assert not [line for line in text.splitlines() if line.startswith("# 量")]


def test_the_page_speaks_the_language_that_was_asked_for(report: Report) -> None:
    zh, en = (render(report, ".html", Wish(lang=lang)).decode() for lang in ("zh", "en"))
    assert "2026年3月1日" in zh
    assert "1 March 2026" in en
    assert "摘要" not in en


def test_equal_input_gives_equal_bytes(tables: Tables, settings: Settings, report: Report) -> None:
    again = assemble(tables, settings=settings, made_at=report.made_at, issues=ISSUES)
    for suffix in FORMATS:
        if suffix != ".pdf":  # WeasyPrint gives each file an identifier of its own
            assert render(again, suffix, Wish()) == render(report, suffix, Wish())


def test_counts_agree_with_the_findings(report: Report) -> None:
    assert sum(line.total for line in report.types) == len(report.findings)
    assert sum(report.count(severity) for severity in Severity) == len(report.findings)


def test_a_report_on_one_task_speaks_of_that_task_alone(tables: Tables, settings: Settings) -> None:
    one = "task/d1.50"
    found = assemble(tables, settings=settings, made_at="2026-03-01T09:05+00:00", scope=one)
    assert found.findings
    assert all(any(n.key == one for n in f.subjects) for f in found.findings)


def test_a_report_on_what_is_not_there_is_refused(tables: Tables, settings: Settings) -> None:
    with pytest.raises(UnknownNodeError, match="document/none"):
        assemble(tables, settings=settings, made_at="2026-03-01T09:05+00:00", scope="document/none")


def test_an_unknown_ending_is_refused_with_the_known_ones(report: Report, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"\.html"):
        write(report, tmp_path / "report.exe", Wish())


def test_a_report_that_cannot_be_written_leaves_nothing(report: Report, tmp_path: Path) -> None:
    with pytest.raises(HomeError):
        write(report, tmp_path / "missing" / "report.html", Wish())
    assert list(tmp_path.iterdir()) == []


def test_no_cell_of_the_csv_is_a_formula(report: Report) -> None:
    text = exchange.text(report.findings, "csv", lang="zh")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert len(rows) == len(report.findings) + 1
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell]


@pytest.mark.parametrize("suffix", [".html", ".md", ".json", ".docx", ".xlsx"])
def test_a_finding_says_in_which_provision_its_words_stand(report: Report, suffix: str) -> None:
    assert "三、（二）4" in text_of(render(report, suffix, Wish()), suffix)


@pytest.mark.parametrize("suffix", [".html", ".docx", ".xlsx"])
def test_hostile_words_stand_there_as_they_are(report: Report, suffix: str) -> None:
    text = " ".join(text_of(render(report, suffix, Wish()), suffix).split())
    assert " ".join(HOSTILE.split()) in text


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(report: Report) -> None:
    book = sheets(render(report, ".xlsx", Wish()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 300
    assert [cell for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


def test_the_sheets_have_filters_and_a_head_that_stays(report: Report) -> None:
    book = sheets(render(report, ".xlsx", Wish()))
    assert book.sheetnames == ["概览", "发现", "职责", "协同需求", "读取情况", "协同矩阵"]
    for name in ("发现", "职责", "协同需求", "读取情况"):
        assert book[name].auto_filter.ref
        assert book[name].freeze_panes == "B2"
    assert book["发现"].max_row == len(report.findings) + 1
    assert book["职责"].max_row == len(report.duties) + 1


def test_the_csv_has_the_provisions_in_a_column_of_their_own(report: Report) -> None:
    text = exchange.text(report.findings, "csv", lang="zh")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert "三、（二）4." in {row["provisions"] for row in rows}


def test_sarif_has_a_rule_for_every_result(report: Report) -> None:
    run = json.loads(exchange.text(report.findings, "sarif", lang="en"))["runs"][0]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert len(run["results"]) == len(report.findings)
    assert {result["ruleId"] for result in run["results"]} <= rules


# Every property that SARIF 2.1.0 (OASIS, sections 3.13 to 3.58) allows in the objects that we write;
# the standard closes them: another property makes the file invalid.
def _closed(required: str, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


_TEXT = {"type": "string", "minLength": 1}
_MESSAGE = _closed("text", text=_TEXT)
_LOCATION = _closed(
    "",
    physicalLocation=_closed(
        "artifactLocation",
        artifactLocation=_closed("uri", uri={"type": "string", "pattern": "^[a-z]+:"}),
        region=_closed(
            "charOffset",
            charOffset={"type": "integer", "minimum": 0},
            charLength={"type": "integer", "minimum": 0},
            snippet=_closed("text", text={"type": "string"}),
        ),
    ),
    logicalLocations={
        "type": "array",
        "uniqueItems": True,
        "items": _closed("", fullyQualifiedName=_TEXT, name=_TEXT),
    },
)
_RULE = _closed(
    "id", id=_TEXT, name=_TEXT, shortDescription=_MESSAGE, fullDescription=_MESSAGE, help=_MESSAGE
)
_RESULT = {
    **_closed(
        "message",
        ruleId=_TEXT,
        kind={"enum": ["fail", "informational"]},
        level={"enum": ["none", "note", "warning", "error"]},
        message=_MESSAGE,
        partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
        locations={"type": "array", "items": _LOCATION},
    ),
    # 3.27.10: whatever is no failure has the level none, and what has it is no failure
    "if": {"properties": {"kind": {"const": "fail"}}},
    "then": {"properties": {"level": {"enum": ["note", "warning", "error"]}}},
    "else": {"properties": {"level": {"const": "none"}}},
}
_DRIVER = _closed(
    "name",
    name=_TEXT,
    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
    rules={"type": "array", "uniqueItems": True, "items": _RULE},
)
SARIF = _closed(
    "version runs",
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "items": _closed(
            "tool",
            tool=_closed("driver", driver=_DRIVER),
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            results={"type": "array", "items": _RESULT},
        ),
    },
)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_keeps_to_the_standard(report: Report, lang: str) -> None:
    infos = [replace(one, severity=Severity.INFO, evidence=()) for one in report.findings[:2]]
    written = exchange.text([*report.findings, *infos], "sarif", lang=lang)
    wrong = [error.message for error in jsonschema_rs.iter_errors(SARIF, json.loads(written))]
    assert wrong == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_junit_has_a_suite_a_type_and_a_case_a_finding(report: Report, lang: str) -> None:
    infos = [replace(report.findings[0], id="https://x/G01.info", severity=Severity.INFO)]
    odd = [replace(report.findings[1], id="https://x/G01.odd", reason=Bilingual("\x00空", "\x00"))]
    found = [*report.findings, *infos, *odd]
    whole = ElementTree.fromstring(exchange.text(found, "junit", lang=lang))
    named = {str(case.get("name")).split()[0] for case in whole.iter("testcase")}
    assert {one.id.rpartition("/")[2] for one in found} <= named
    assert whole.get("skipped") == str(len(whole.findall("*/*/skipped")))
    assert int(whole.get("failures") or 0) == sum(
        one.severity is not Severity.INFO for one in found
    )
    assert len(whole) == len(report.types)
    for suite in whole:
        assert int(suite.get("tests") or 0) == len(suite) > 0


def test_findings_as_json_keep_their_fields(report: Report) -> None:
    read = json.loads(exchange.text(report.findings, "json", lang="zh"))
    assert read[0]["id"] == report.findings[0].id
    assert set(read[0]["reason"]) == {"zh", "en"}
    with pytest.raises(FormatError, match="sarif"):
        exchange.text(report.findings, "yaml", lang="zh")
