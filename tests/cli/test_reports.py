"""`qkg report` and the findings for pipelines, as a person or a program asks for them."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

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
