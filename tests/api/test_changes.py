"""Changes tried out and versions compared over HTTP, on an invented plan."""

from pathlib import Path

import httpx2
import pytest

from kg.home import Home
from kg.settings import Settings
from kg.store import memory_store
from kg.workspace import Workspace

from .conftest import Start

PLAN = """云溪省标准提升行动方案
一、重点任务
（一）制定分级标准。制定重点产品质量分级标准，明确评价方法。（省市场监管局牵头，省财政厅配合）
（二）开展分级评价。在制定分级标准的基础上，开展重点产品质量分级评价。（省商务厅牵头）
本文件为虚构示例。
"""


@pytest.fixture(scope="module")
def client(start: Start, tmp_path_factory: pytest.TempPathFactory) -> httpx2.Client:
    folder = tmp_path_factory.mktemp("plans")
    texts = {"old.txt": PLAN, "new.txt": PLAN.replace("省财政厅配合", "省教育厅配合")}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    store = memory_store()
    settings = Settings(home=folder / "home")
    space = Workspace(Home.create(folder / "home"), store, settings)
    list(space.build(space.find([folder / name for name in texts])))
    return start(store, home=folder / "home")


CHANGES = [
    {"change": "remove", "body": "云溪省教育厅"},
    {"change": "channel", "bodies": ["云溪省市场监督管理局", "云溪省商务厅"]},
]


def test_changes_are_tried_without_a_token(client: httpx2.Client) -> None:
    answer = client.post("/api/whatif", json={"changes": CHANGES})
    assert answer.status_code == 200
    told = answer.json()
    assert told["changes"][0]["zh"] == "撤销 云溪省教育厅"
    assert "G13" in {finding["type"] for finding in told["gone"]}
    assert told["congruence_after"]["plain"] > told["congruence_before"]["plain"]


def test_no_change_makes_no_difference(client: httpx2.Client) -> None:
    told = client.post("/api/whatif", json={"changes": []}).json()
    assert told["counts_before"] == told["counts_after"]
    assert told["appeared"] == told["gone"] == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"change": "remove", "body": "无此局"}, 404),
        ({"change": "delay", "measure": "制定分级标准", "year": 2030}, 409),
        ({"change": "merge", "kept": "云溪省教育厅", "gone": "云溪省教育厅"}, 422),
        ({"change": "abolish", "body": "云溪省教育厅"}, 422),
        ({"change": "remove", "body": "云溪省教育厅", "more": 1}, 422),
    ],
)
def test_what_cannot_be_tried_is_told_as_a_problem(
    client: httpx2.Client, change: dict[str, object], status: int
) -> None:
    answer = client.post("/api/whatif", json={"changes": [change]})
    assert answer.status_code == status
    assert answer.json()["code"]


def test_two_documents_are_compared(client: httpx2.Client) -> None:
    answer = client.get("/api/diff", params={"old": "old.txt", "new": "new.txt"})
    assert answer.status_code == 200
    told = answer.json()
    assert told["counts"] == {"body": 1}
    assert told["differences"][0]["was"] == "云溪省财政厅"
    assert told["differences"][0]["now"] == "云溪省教育厅"
    same = client.get("/api/diff", params={"old": "old.txt", "new": "old.txt"}).json()
    assert same["differences"] == same["suspects"] == []


def test_no_file_of_the_machine_is_read_for_a_comparison(
    client: httpx2.Client, tmp_path: Path
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    answer = client.get("/api/diff", params={"old": str(path), "new": "new.txt"})
    assert answer.status_code == 404
    assert answer.json()["code"] == "unknown-document"
