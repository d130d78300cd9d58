"""`qkg report` and the findings for pipelines, as a person or a program asks for them."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

import kg
from kg.model import Mark
from tests.cli.conftest import Command

KINDS = (
    ("whole.docx", ()),
    ("summary.html", ("--kind", "summary")),
    ("sheets.md", ("--kind", "body")),
    ("one.xlsx", ("--body", "市司法局")),
    ("findings.csv", ()),
)


@pytest.mark.parametrize(("name", "asked"), KINDS)
def test_a_report_of_each_kind_is_written(
    linked: Command, tmp_path: Path, name: str, asked: tuple[str, ...]
) -> None:
    done = linked("report", "-o", name, *asked, "--lang", "en")
    assert (done.returncode, done.stderr.strip()) == (0, f"已写入 written: {name}")
    assert (tmp_path / name).stat().st_size > 100


def test_a_report_tells_what_is_new_since_the_findings_were_kept(
    linked: Command, tmp_path: Path
) -> None:
    assert linked("gaps", "--keep").returncode == 0
    plan = "某区质量工作计划\n一、主要任务\n（一）培育质量文化。\n本文件为虚构示例。\n"
    (tmp_path / "third.txt").write_text(plan, encoding="utf-8")
    assert linked("build", "third.txt").returncode == 0
    assert linked("report", "-o", "r.json", "--since", "last").returncode == 0
    told = json.loads((tmp_path / "r.json").read_text("utf-8"))
    changes = told["changes"]
    listed = {one["id"] for one in told["findings"]}
    assert changes["appeared"]
    assert set(changes["appeared"]) <= listed
    assert changes["unchanged"] + len(changes["appeared"]) + len(changes["regraded"]) == len(listed)


def test_findings_for_pipelines_and_for_the_web_name_the_same(linked: Command) -> None:
    listed = {one["id"] for one in json.loads(linked("gaps", "--format", "json").stdout)}
    web = json.loads(linked("gaps", "--format", "jsonld").stdout)
    suites = ElementTree.fromstring(linked("gaps", "--format", "junit").stdout)
    cases = {str(case.get("name")).split()[0] for case in suites.iter("testcase")}
    assert listed == {one["@id"] for one in web if "/finding/" in one["@id"]}
    assert {one.rpartition("/")[2] for one in listed} <= cases
    assert len(listed) >= 2


def test_a_comparison_keeps_to_a_scope(linked: Command, tmp_path: Path) -> None:
    assert linked("gaps", "--keep").returncode == 0
    plan = "某区质量工作计划\n一、主要任务\n（一）培育质量文化。\n本文件为虚构示例。\n"
    (tmp_path / "third.txt").write_text(plan, encoding="utf-8")
    assert linked("build", "third.txt").returncode == 0
    with kg.open() as space:
        listed = [(one.key, one.title) for one in space.documents()]
    told = {}
    for key, title in listed:
        scope = f"document/{key}"
        done = linked("report", "-o", "r.json", "--since", "last", "--scope", scope)
        assert done.returncode == 0
        changes = json.loads((tmp_path / "r.json").read_text("utf-8"))["changes"]
        gaps = linked("gaps", "--since", "last", "--scope", scope, "--format", "json")
        assert json.loads(gaps.stdout)["unchanged"] == changes["unchanged"]
        told[title] = changes
    assert told["某区质量工作计划"]["appeared"]
    assert told["某区质量工作计划"]["unchanged"] == 0
    others = [changes for title, changes in told.items() if title != "某区质量工作计划"]
    assert any(changes["unchanged"] for changes in others)


def test_marks_are_told_in_the_lists_for_other_programs(linked: Command) -> None:
    listed = json.loads(linked("gaps", "--format", "json").stdout)
    first, second = (one["id"] for one in listed[:2])
    assert {one["mark"] for one in listed} == {"open"}
    with kg.open() as space:
        space.mark_gap(first, Mark.NOT_A_GAP, today=date(2026, 3, 1))
        space.mark_gap(second, Mark.SEEN, today=date(2026, 3, 1))
    marks = {
        one["id"]: one["mark"] for one in json.loads(linked("gaps", "--format", "json").stdout)
    }
    assert (marks[first], marks[second]) == ("not-a-gap", "seen")
    text = linked("gaps", "--format", "csv").stdout.lstrip("\ufeff")
    rows = {row["id"]: row["mark"] for row in csv.DictReader(io.StringIO(text))}
    assert rows == marks
    (run,) = json.loads(linked("gaps", "--format", "sarif").stdout)["runs"]
    results = {one["partialFingerprints"]["finding"]: one for one in run["results"]}
    assert {name: one["properties"]["mark"] for name, one in results.items()} == marks
    assert [name for name, one in results.items() if "suppressions" in one] == [first]
    suites = ElementTree.fromstring(linked("gaps", "--format", "junit").stdout)
    (case,) = [
        case
        for case in suites.iter("testcase")
        if str(case.get("name")).startswith(first.rpartition("/")[2])
    ]
    assert case.find("skipped") is not None
