"""Review from end to end: out to a sheet, decided, back in, rebuilt; all or nothing."""

import csv
import datetime
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from kg.rdf.shortcuts import DISAGREEMENTS
from kg.review.columns import FORM
from kg.workspace import Workspace, open_workspace
from tests.cli.conftest import Command

PLAN = """云溪省质量提升行动方案
一、主要目标
到2027年，产品质量明显提升，产品质量合格率达到95%以上。
二、重点任务
（一）提升产品质量。开展产品质量提升行动，完善产品质量分级制度。（省市场监管局牵头，省财政厅配合）
（二）加强标准建设。制定重点产品标准，推动标准实施。（省工业和信息化厅负责）
全省共部署九项重点任务。
本文件为虚构示例。
"""
OTHER = PLAN.replace("云溪省", "云岭省").replace("95%", "=1+1")

pytestmark = pytest.mark.slow

Row = dict[str, str]
Edit = Callable[[Row], None]


@pytest.fixture
def built(qkg: Command, tmp_path: Path) -> Command:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "other.txt").write_text(OTHER, encoding="utf-8")
    assert qkg("build", "plan.txt", "other.txt", "--level", "province").returncode == 0
    assert qkg("review", "export", "review.xlsx").returncode == 0
    return qkg


def rows_of(path: Path) -> list[Row]:
    """The rows of a sheet, by key."""
    if path.suffix == ".csv":
        table = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    else:
        sheet = openpyxl.load_workbook(path)[FORM.tab]
        table = [[str(v or "") for v in row] for row in sheet.iter_rows(values_only=True)]
    return [dict(zip(FORM.keys, row, strict=True)) for row in table[1:]]


def decide(path: Path, **wanted: Row) -> None:
    """Write decisions into a workbook: the words of a statement -> what to fill in there."""
    book = openpyxl.load_workbook(path)
    sheet = book[FORM.tab]
    left = dict(wanted)
    for row in sheet.iter_rows(min_row=2):
        filling = left.pop(str(row[FORM.keys.index("words")].value), {})
        for key, text in filling.items():
            row[FORM.keys.index(key)].value = text
    assert not left
    book.save(path)


DECISIONS: dict[str, Row] = {
    "产品质量明显提升": {
        "decision": "correct",
        "new_words": "产品质量大幅提升",
        "note": "原文有误",
    },
    "云溪省财政厅": {"decision": "更正", "new_role": "牵头", "new_body": "省教育厅"},
    "云岭省工业和信息化厅": {"decision": "reject"},
    "产品质量提升行动": {"decision": "accept"},
}
PREFIX = "SELECT DISTINCT ?a ?b { "


def answers(qkg: Command, pattern: str) -> set[str]:
    out = qkg("query", f"{PREFIX}{pattern} }}", "--format", "csv").stdout
    return set(out.split()[1:])


def check_graph(qkg: Command) -> None:
    """Assert that the decisions of `DECISIONS` stand in the graph."""
    named = '?x rdfs:label ?a FILTER(STR(?a) IN ("产品质量大幅提升", "产品质量明显提升"))'
    assert answers(qkg, f"?x qkg:decidedBy ?d . {named}") == {"产品质量大幅提升,"}
    held = "qkg:responsibilityFor ?m ; qkg:heldBy/rdfs:label ?a ; qkg:inRole ?b"
    duties = answers(qkg, f"?r qkg:basis 'decision' ; {held}")
    assert {duty.split(",")[0] for duty in duties} == {"云溪省教育厅"}
    assert all(duty.endswith("#lead") for duty in duties)
    assert answers(qkg, '?a qkg:undertakenBy/rdfs:label "云岭省工业和信息化厅"@zh') == set()
    assert len(answers(qkg, '?a qkg:ledBy/rdfs:label "云溪省教育厅"@zh')) == 1
    with open_workspace(read_only=True) as space:
        assert space.store.select(DISAGREEMENTS).rows == ()


def test_decisions_come_back_after_a_rebuild_and_stand_in_the_graph(
    built: Command, tmp_path: Path
) -> None:
    before = rows_of(tmp_path / "review.xlsx")
    decide(tmp_path / "review.xlsx", **DECISIONS)
    done = built("review", "import", "review.xlsx")
    assert (done.returncode, "accept 1  correct 2  reject 1" in done.stderr) == (0, True)
    check_graph(built)
    assert built("validate").returncode == 0
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN.replace("。\n本文件", "。\n\n本文件"), encoding="utf-8")
    assert "replaced 1" in built("build", "plan.txt", "--level", "province").stderr
    check_graph(built)
    assert built("review", "export", "again.xlsx").returncode == 0
    after = rows_of(tmp_path / "again.xlsx")
    filled = ("decision", "new_words", "new_role", "new_body", "note")
    assert [{k: v for k, v in row.items() if k not in filled} for row in after] == before_told(
        before, filled
    )
    decided = {row["words"]: row for row in after if row["decision"]}
    assert decided.keys() == DECISIONS.keys()
    assert decided["产品质量明显提升"]["note"] == "原文有误"
    assert decided["云溪省财政厅"]["new_role"] == "lead"


def before_told(rows: list[Row], filled: tuple[str, ...]) -> list[Row]:
    return [{k: v for k, v in row.items() if k not in filled} for row in rows]


def test_a_sheet_taken_in_again_changes_nothing(built: Command, tmp_path: Path) -> None:
    decide(tmp_path / "review.xlsx", **DECISIONS)
    built("review", "import", "review.xlsx")
    built("export", "-o", "first.nq")
    assert "documents 0" in built("review", "import", "review.xlsx").stderr
    built("review", "export", "again.xlsx")
    assert "documents 0" in built("review", "import", "again.xlsx").stderr
    built("export", "-o", "second.nq")
    first, second = (tmp_path / name for name in ("first.nq", "second.nq"))
    assert sorted(first.read_bytes().splitlines()) == sorted(second.read_bytes().splitlines())


def test_an_emptied_decision_is_taken_back(built: Command, tmp_path: Path) -> None:
    built("export", "-o", "first.nq")
    decide(tmp_path / "review.xlsx", **DECISIONS)
    built("review", "import", "review.xlsx")
    empty = {key: dict.fromkeys(told, "") for key, told in DECISIONS.items()}
    decide(tmp_path / "review.xlsx", **empty)
    assert "withdrawn 4" in built("review", "import", "review.xlsx").stderr
    built("export", "-o", "second.nq")
    lines = [
        {line for line in (tmp_path / name).read_bytes().splitlines() if b"startedAt" not in line}
        for name in ("first.nq", "second.nq")
    ]
    facts = [{line for line in one if b"/id/graph/" in line} for one in lines]
    assert {line for line in facts[0] ^ facts[1] if b"Time>" not in line} == set()


def test_a_csv_and_a_workbook_hold_the_same_rows(built: Command, tmp_path: Path) -> None:
    built("review", "export", "review.csv")
    data = (tmp_path / "review.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows_of(tmp_path / "review.csv") == rows_of(tmp_path / "review.xlsx")
    text = data.decode("utf-8-sig").replace(",产品质量明显提升,,,,", ",产品质量明显提升,accept,,,")
    changed = [row.split(",") for row in text.splitlines()]
    assert len(changed) > 10
    (tmp_path / "review.csv").write_bytes(text.encode("gb18030"))
    assert built("review", "import", "review.csv").returncode == 0


def test_a_sheet_can_be_narrowed_to_a_document_and_to_doubtful_statements(
    built: Command, tmp_path: Path
) -> None:
    key = rows_of(tmp_path / "review.xlsx")[0]["document"]
    built("review", "export", "some.csv", "--document", key, "--below", "0.9")
    rows = rows_of(tmp_path / "some.csv")
    assert {row["document"] for row in rows} <= {key}
    assert all(float(row["confidence"]) < 0.9 for row in rows)
    assert built("review", "export", "none.csv", "--document", "nothing").returncode == 1


def test_the_workbook_is_ready_to_be_filled_in(built: Command, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(tmp_path / "review.xlsx")[FORM.tab]
    assert sheet.freeze_panes == "A2"
    offers = {
        str(o.sqref).split("2:")[0]: o.formula1 for o in sheet.data_validations.dataValidation
    }
    assert offers["K"] == '"accept,reject,correct"'
    assert sheet.column_dimensions["E"].width > 30
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}


def cell(column: str, value: object) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        book = openpyxl.load_workbook(path)
        book[FORM.tab].cell(3, FORM.keys.index(column) + 1).value = value  # type: ignore[assignment]
        book.save(path)

    return change


def merge(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book[FORM.tab].merge_cells("K3:K4")
    book.save(path)


def drop_column(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book[FORM.tab].delete_cols(FORM.keys.index("new_role") + 1)
    book.save(path)


def repeat_row(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book[FORM.tab]
    for column in range(1, len(FORM.keys) + 1):
        sheet.cell(4, column).value = sheet.cell(3, column).value
    book.save(path)


WRONG: dict[str, tuple[Callable[[Path], None], str]] = {
    "an unknown statement": (cell("id", "task/0123456789.0123456789"), "A3"),
    "no statement": (cell("id", ""), "A3"),
    "an unknown decision": (cell("decision", "maybe"), "K3"),
    "a formula": (cell("note", "=1+1"), "Q3"),
    "a date": (cell("note", datetime.datetime(2031, 5, 7)), "Q3"),
    "a number": (cell("new_body", 7), "N3"),
    "a truth value": (cell("decision", True), "K3"),
    "a correction without a decision": (cell("new_words", "别的"), "L3"),
    "a correction without words": (cell("decision", "correct"), "K3"),
    "changed words": (cell("words", "别的"), "E3"),
    "merged cells": (merge, "K3:K4"),
    "a missing column": (drop_column, "new_role"),
    "a row twice": (repeat_row, "A4"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_sheet_is_refused_by_sheet_and_cell_and_nothing_is_taken_in(
    built: Command, tmp_path: Path, name: str
) -> None:
    built("export", "-o", "first.nq")
    decide(tmp_path / "review.xlsx", **DECISIONS)
    change, place = WRONG[name]
    change(tmp_path / "review.xlsx")
    result = built("review", "import", "review.xlsx")
    assert result.returncode == 1
    assert place in result.stderr
    assert "Traceback" not in result.stderr
    built("export", "-o", "second.nq")
    first, second = (tmp_path / name for name in ("first.nq", "second.nq"))
    assert sorted(first.read_bytes().splitlines()) == sorted(second.read_bytes().splitlines())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("torn.xlsx", b"PK\x03\x04" + bytes(200)),
        ("empty.csv", b""),
        ("quotes.csv", b'id,decision\n"a'),
        ("sheet.ods", b""),
    ],
)
def test_a_file_that_is_no_sheet_is_told(
    built: Command, tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    result = built("review", "import", name)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert built("review", "import", "missing.xlsx").returncode == 1


def test_decisions_outlive_the_removal_of_their_document(built: Command, tmp_path: Path) -> None:
    decide(tmp_path / "review.xlsx", **DECISIONS)
    built("review", "import", "review.xlsx")
    with open_workspace(tmp_path / "qkg-data") as space:
        for entry in space.documents():
            space.remove(entry.key)
    built("build", "plan.txt", "other.txt", "--level", "province")
    check_graph(built)


def test_issues_are_listed_with_their_place(built: Command) -> None:
    out = built("issues", "--format", "csv").stdout
    assert "declared-count" in out
    assert "九项重点任务" in out
    assert built("issues", "nothing").returncode == 1


def test_rules_are_listed_with_example_and_counter_example(qkg: Command) -> None:
    assert "counter_example" in qkg("rules", "--format", "json").stdout
    assert "line-end" in qkg("rules", "--format", "csv").stdout


@pytest.mark.parametrize("command", ["export", "import"])
def test_the_review_commands_have_help_with_an_example(qkg: Command, command: str) -> None:
    text = qkg("review", command, "--help").stdout
    assert "示例 Example" in text
    assert "·" in text


def test_a_document_without_its_text_is_told(built: Command, tmp_path: Path) -> None:
    for path in (tmp_path / "qkg-data" / "texts").glob("*.source.json"):
        path.unlink()
    with open_workspace(tmp_path / "qkg-data") as space:
        key = _first(space)
    assert "build it here first" in built("review", "export", "a.csv", "--document", key).stderr
    assert "left out" in built("review", "export", "a.csv").stderr
    assert "build it here first" in built("review", "import", "review.xlsx").stderr


def _first(space: Workspace) -> str:
    return space.documents()[0].key
