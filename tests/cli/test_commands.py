"""The command line as people use it: results, messages, exit codes, nothing half-written."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from kg.cli import app
from kg.workspace import open_workspace
from tests.cli.conftest import Command

PLAN = """云溪省质量提升行动方案
一、主要目标
到2027年，产品质量明显提升，产品质量合格率达到95%以上。
二、重点任务
（一）提升产品质量。开展产品质量提升行动，完善产品质量分级制度。（省市场监管局牵头，省财政厅配合）
（二）加强标准建设。制定重点产品标准，推动标准实施。（省工业和信息化厅负责）
本文件为虚构示例。
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_the_main_job_from_a_document_to_a_report(
    process: Command, plan: Path, tmp_path: Path
) -> None:
    built = process("build", plan)
    assert (built.returncode, built.stderr.splitlines()[0]) == (0, "new 1")  # then how fast
    gaps = process("gaps", "--format", "json")
    assert gaps.returncode == 0
    assert "G02" in {finding["type"] for finding in json.loads(gaps.stdout)}
    assert process("report", "-o", "report.html").returncode == 0
    assert "协同缺口报告" in (tmp_path / "report.html").read_text(encoding="utf-8")
    listed = json.loads(process("documents", "--json").stdout)
    assert [entry["title"] for entry in listed] == ["云溪省质量提升行动方案"]


def test_a_second_build_changes_nothing_and_a_changed_file_is_replaced(
    qkg: Command, plan: Path, tmp_path: Path
) -> None:
    qkg("build", plan)
    qkg("export", "-o", "first.nq")
    again = qkg("build", plan)
    qkg("export", "-o", "second.nq")
    assert "unchanged 1" in again.stderr
    first, second = (tmp_path / name for name in ("first.nq", "second.nq"))
    assert sorted(first.read_bytes().splitlines()) == sorted(second.read_bytes().splitlines())
    plan.write_text(PLAN.replace("95%", "97%"), encoding="utf-8")
    assert "replaced 1" in qkg("build", plan).stderr
    assert len(json.loads(qkg("documents", "--json").stdout)) == 1


def test_a_query_answers_as_table_and_as_json(qkg: Command, plan: Path) -> None:
    qkg("build", plan)
    query = "SELECT ?name { ?task qkg:ledBy/rdfs:label ?name FILTER(LANG(?name) = 'zh') }"
    assert "云溪省市场监督管理局" in qkg("query", query).stdout
    rows = json.loads(qkg("query", query, "--format", "json").stdout)["results"]["bindings"]
    assert {row["name"]["value"] for row in rows} == {"云溪省市场监督管理局"}
    assert qkg("query", "--name", "duties").returncode == 0


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT nonsense", "error at 1:16"),
        ("SELECT ?a {\n ?a b c }", "error at 2:"),
        ("SELECT * { ?a unknown:b ?c }", "error at 1:24: PREFIX?"),
        ("ASK {\n\n ?a qkg:b }", "error at 3:11\n"),
    ],
)
def test_a_query_that_is_none_is_told_by_its_own_lines(
    qkg: Command, plan: Path, query: str, place: str
) -> None:
    qkg("build", plan)
    done = qkg("query", query)
    assert done.returncode == 1
    assert place in done.stderr
    assert "[" not in done.stderr


def test_no_address_is_told_where_nothing_can_be_served(qkg: Command) -> None:
    done = qkg("serve", "--home", "nowhere")
    assert done.returncode == 1
    assert "qkg build" in done.stderr
    assert "http://" not in done.stderr


@pytest.mark.parametrize("name", [".bashrc", "lost+found"])
def test_the_folder_of_an_account_or_a_volume_becomes_a_home(
    qkg: Command, plan: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "account" / name).mkdir(parents=True)
    for command in (["build", plan], ["check"]):
        assert qkg(*command, "--home", tmp_path / "account").returncode == 0


def test_a_gap_can_stop_a_pipeline(qkg: Command, plan: Path) -> None:
    qkg("build", plan)
    assert qkg("gaps", "--type", "G02", "--fail-on", "low").returncode == 4
    assert qkg("gaps", "--type", "G05", "--fail-on", "low").returncode == 0


def test_findings_can_be_listed_by_what_readers_marked(qkg: Command, plan: Path) -> None:
    qkg("build", plan)
    every = qkg("gaps").stdout
    assert "[云溪省质量提升行动方案 二、（二）]" in every  # one plan of several, and where in it
    assert qkg("gaps", "--marks", "open", "--marks", "seen").stdout == every != ""
    assert qkg("gaps", "--marks", "not-a-gap").stdout == ""
    assert qkg("gaps", "--marks", "wrong").returncode == 2


def test_a_removed_document_is_gone(qkg: Command, plan: Path) -> None:
    qkg("build", plan)
    key = json.loads(qkg("documents", "--json").stdout)[0]["key"]
    assert qkg("remove", key).returncode == 0
    assert json.loads(qkg("documents", "--json").stdout) == []
    assert qkg("remove", key).returncode == 1


def _broken_docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document")


BAD = {
    "empty.txt": lambda path: path.write_bytes(b""),
    "blank.txt": lambda path: path.write_text(" \n\n", encoding="utf-8"),
    "binary.txt": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "large.txt": lambda path: path.write_bytes("质".encode() * 17_000_000),
    "broken.docx": _broken_docx,
    "torn.docx": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(200)),
    "broken.pdf": lambda path: path.write_bytes(b"%PDF-1.7\n" + b"x" * 100),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_leaves_nothing(qkg: Command, tmp_path: Path, name: str) -> None:
    BAD[name](tmp_path / name)
    result = qkg("build", name)
    assert result.returncode == 1
    assert name in result.stderr
    assert "Traceback" not in result.stderr
    assert list((tmp_path / "qkg-data" / "texts").iterdir()) == []
    assert json.loads(qkg("documents", "--json").stdout) == []


def test_one_bad_file_does_not_stop_the_others(qkg: Command, plan: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = qkg("build", plan, "empty.txt", "missing.txt")
    assert result.returncode == 3
    assert "failed 2  new 1" in result.stderr
    assert "missing.txt is not there" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("build", "nothing-here"), 1, "nothing-here"),
        (("gaps", "--home", "nowhere"), 1, "no data folder at nowhere"),
        (("documents", "--home", "nowhere"), 1, "qkg build"),
        (("report",), 2, "--output"),
        (("build",), 2, "paths"),
        (("unknown",), 2, "unknown"),
        (("clean", "missing.txt"), 1, "missing.txt"),
    ],
)
def test_wrong_use_is_told_with_the_right_code(
    qkg: Command, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = qkg(*arguments)
    assert result.returncode == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_with_nothing_readable_is_told(qkg: Command, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(b"\x89PNG")
    result = qkg("build", "pictures")
    assert result.returncode == 1
    assert "no readable document" in result.stderr


def test_wrong_queries_and_formats_are_told(qkg: Command, plan: Path) -> None:
    qkg("build", plan)
    malformed = qkg("query", "SELECT WHERE")
    assert malformed.returncode == 1
    assert "not a SPARQL 1.1" in malformed.stderr
    assert "duties" in qkg("queries").stdout
    assert qkg("query", "--name", "nonesuch").returncode == 1
    assert "G01" in qkg("gaps", "--type", "G99").stderr
    assert ".html" in qkg("report", "-o", "report.exe").stderr


def test_messages_are_chinese_unless_asked_otherwise(qkg: Command) -> None:
    assert "没有数据目录" in qkg("gaps", "--home", "nowhere", lang="zh").stderr


def test_a_second_writer_is_told_who_holds_the_store_and_a_reader_is_let_in(
    qkg: Command, process: Command, plan: Path, tmp_path: Path
) -> None:
    qkg("build", plan)
    with open_workspace(tmp_path / "qkg-data"):
        result, reading = process("build", plan), process("gaps")
    assert result.returncode == 1
    assert "另一个进程" in result.stderr
    assert reading.returncode == 0


def test_the_clean_text_maps_back_to_the_raw_text(qkg: Command, tmp_path: Path) -> None:
    raw = "質(zhì)量強(qiáng)國(guó)建設(shè),,穩(wěn)步推進(jìn)。\n"
    (tmp_path / "dirty.txt").write_text(raw, encoding="utf-8")
    result = qkg("clean", "dirty.txt", "--map", "map.json")
    assert result.stdout == "质量强国建设，稳步推进。\n"
    rows = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))
    assert (rows[0][0], rows[-1][1]) == (0, len(result.stdout))
    assert all(0 <= row[2] <= row[3] <= len(raw) for row in rows)


def test_extract_prints_facts_with_offsets_in_the_very_file(qkg: Command, plan: Path) -> None:
    facts = json.loads(qkg("extract", "--plain", plan).stdout)
    assert facts["entities"]
    assert all(PLAN[e["start"] : e["end"]] == e["text"] for e in facts["entities"])


COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands]


def test_the_commands_of_the_first_release_are_there() -> None:
    assert {"demo", "build", "clean", "extract", "gaps", "report", "query", "serve"} <= set(
        COMMANDS
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_in_both_languages(
    qkg: Command, command: str
) -> None:
    text = qkg(command, "--help").stdout
    assert "示例 Example" in text
    assert "·" in text


def _explained(command: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield each command, argument and option below *command* with what its help says."""
    yield path, command.help or ""
    for given in command.params:
        yield f"{path} {given.name}", getattr(given, "help", None) or ""
    for name, below in getattr(command, "commands", {}).items():
        yield from _explained(below, f"{path} {name}")


def test_every_argument_and_option_says_what_it_is_in_both_languages() -> None:
    helps = dict(_explained(get_command(app), "qkg"))
    assert len(helps) > 150
    assert [
        name
        for name, text in helps.items()
        if not re.search(r"[一-鿿]", text) or not re.search(r"[A-Za-z]{2}", text)
    ] == []
