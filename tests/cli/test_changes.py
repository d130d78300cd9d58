"""Changes tried out and versions compared from the command line, on an invented plan."""

import json
from pathlib import Path

import pytest

from tests.plans import STANDARDS

from .conftest import Command


@pytest.fixture
def built(qkg: Command, tmp_path: Path) -> Command:
    (tmp_path / "plan.txt").write_text(STANDARDS, encoding="utf-8")
    assert qkg("build", "plan.txt").returncode == 0
    return qkg


def test_several_changes_are_tried_at_once(built: Command) -> None:
    pairs = (
        "--channel",
        "云溪省市场监督管理局",
        "云溪省商务厅",
        "--channel",
        "云溪省财政厅",
        "云溪省商务厅",
    )
    done = built("whatif", *pairs, "--assign", "开展分级评价=云溪省财政厅:配合", "--format", "json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert len(told["changes"]) == 3
    assert "G13" in {finding["type"] for finding in told["gone"]}
    table = built("whatif", "--remove", "云溪省商务厅", lang="zh")
    assert "失去牵头单位的措施" in table.stdout
    assert "撤销 云溪省商务厅" in table.stderr


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ((), 2, "at least one change"),
        (("--merge", "云溪省商务厅"), 2, "two bodies"),
        (("--merge", "云溪省商务厅", "--remove", "云溪省财政厅"), 2, "two bodies"),
        (("--remove", "无此局"), 1, "无此局"),
        (("--delay", "开展分级评价"), 1, "MEASURE=YEAR"),
        (("--remove", "云溪省商务厅", "--format", "xml"), 1, "table json"),
    ],
)
def test_what_cannot_be_tried_is_told(
    built: Command, given: tuple[str, ...], code: int, told: str
) -> None:
    done = built("whatif", *given)
    assert done.returncode == code
    assert told in done.stderr


def test_two_files_are_compared_in_each_format(built: Command, tmp_path: Path) -> None:
    new = tmp_path / "new" / "plan.txt"
    new.parent.mkdir()
    new.write_text(STANDARDS.replace("省财政厅配合", "省教育厅配合"), encoding="utf-8")
    told = json.loads(built("diff", "plan.txt", new, "--format", "json").stdout)
    assert told["counts"] == {"body": 1}
    assert told["suspects"][0]["kind"] == "dependency"
    assert "主体变化" in built("diff", "plan.txt", new, lang="zh").stdout
    assert "| bodies changed |" in built("diff", "plan.txt", new, "--format", "md").stdout
    cleared = built("diff", "plan.txt", new, "--clear", "all", "--format", "json")
    assert json.loads(cleared.stdout)["suspects"] == []
    assert "cleared: 1" in cleared.stderr
    same = built("diff", "plan.txt", "plan.txt")
    assert "no difference" in same.stderr
    assert built("diff", "plan.txt", "nowhere.txt").returncode == 1


def test_two_files_are_compared_without_a_data_folder(qkg: Command, tmp_path: Path) -> None:
    for name, text in (
        ("a.txt", STANDARDS),
        ("b.txt", STANDARDS.replace("省商务厅牵头", "省教育厅牵头")),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = qkg("diff", "a.txt", "b.txt", "--format", "json")
    assert json.loads(done.stdout)["counts"] == {"body": 1}
    assert not (tmp_path / "qkg-data").exists()
