"""Uploads over a real socket: a job, its progress, its end, its files; nothing left behind."""

import os
import socket
import time
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from kg.home import Home
from kg.store import memory_store
from tests.api.conftest import TOKEN, Start
from tests.fuzz.hostile import nested_forms

PLAN = """云溪省质量提升行动方案
一、重点任务
（一）提升产品质量。开展产品质量提升行动。（省市场监管局牵头，省财政厅配合）
本文件为虚构示例。
""".encode()


@pytest.fixture
def service(start: Start, tmp_path: Path) -> httpx2.Client:
    Home.create(tmp_path / "home")
    return start(store=memory_store(), open_writes=True, home=tmp_path / "home")


def ended(client: httpx2.Client, job: str) -> dict[str, object]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        state: dict[str, object] = client.get(f"/api/jobs/{job}").json()
        if state["status"] not in ("waiting", "running"):
            return state
        time.sleep(0.05)
    raise AssertionError("the job did not end")


def test_an_uploaded_plan_is_built_and_listed(service: httpx2.Client, tmp_path: Path) -> None:
    answer = service.post("/api/documents", files={"files": ("plan.txt", PLAN)})
    assert answer.status_code == 202
    state = ended(service, answer.json()["id"])
    assert state["status"] == "done"
    listed = service.get("/api/documents").json()["items"]
    assert [entry["title"] for entry in listed] == ["云溪省质量提升行动方案"]
    text = service.get(f"/api/documents/{listed[0]['key']}/text").json()
    assert text["highlights"]
    assert not list((tmp_path / "home").glob("upload-*"))


def test_a_bad_file_is_named_and_the_good_one_stays(service: httpx2.Client) -> None:
    files = [("files", ("plan.txt", PLAN)), ("files", ("empty.txt", b""))]
    state = ended(service, service.post("/api/documents", files=files).json()["id"])
    assert state["status"] == "partial"
    assert [(f["file_name"], f["status"]) for f in state["files"]] == [  # type: ignore[index]
        ("empty.txt", "failed"),
        ("plan.txt", "new"),
    ]


def test_the_changes_of_a_job_come_as_events(service: httpx2.Client) -> None:
    job = service.post("/api/documents", files={"files": ("plan.txt", PLAN)}).json()["id"]
    events = service.get(f"/api/jobs/{job}", headers={"Accept": "text/event-stream"})
    assert events.headers["content-type"].startswith("text/event-stream")
    assert events.text.strip().splitlines()[-1].startswith('data: {"id"')
    assert '"status": "done"' in events.text


def test_those_who_watch_a_job_hold_nobody_up(service: httpx2.Client) -> None:
    files = [("files", (f"plan{n}.txt", PLAN + str(n).encode())) for n in range(100)]
    path = f"/api/jobs/{service.post('/api/documents', files=files).json()['id']}"
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
    with ExitStack() as stack:
        for _ in range(60):  # the framework has forty threads
            where = (service.base_url.host, service.base_url.port)
            line = stack.enter_context(socket.create_connection(where, timeout=5))
            line.sendall(head.encode("ascii"))
            assert b"text/event-stream" in line.recv(4096)
        assert service.get("/api/queries", timeout=2).status_code == 200
        assert service.get(path).json()["status"] == "running"
        assert service.delete(path).status_code == 202
    assert ended(service, path.rpartition("/")[2])["status"] == "cancelled"


def test_what_is_given_overrides_what_the_text_says(service: httpx2.Client) -> None:
    answer = service.post(
        "/api/documents",
        files={"files": ("plan.txt", PLAN)},
        data={
            "level": "county",
            "area": "云溪省",
            "issuer": "云溪省教育厅",
            "implements": ["甲纲要", "乙规划"],
        },
    )
    ended(service, answer.json()["id"])
    assert service.get("/api/documents").json()["items"][0]["level"] == "county"
    facts = service.get("/store", headers={"Accept": "application/n-quads"}).text
    assert all(f'"{given}"@zh' in facts for given in ("云溪省教育厅", "甲纲要", "乙规划"))


@pytest.mark.parametrize("name", ["..", "a/.."])
def test_a_name_that_is_none_is_refused(service: httpx2.Client, name: str) -> None:
    assert service.post("/api/documents", files={"files": (name, PLAN)}).status_code in (400, 422)


def test_a_path_in_a_name_leads_nowhere(service: httpx2.Client, tmp_path: Path) -> None:
    answer = service.post("/api/documents", files={"files": ("../../up.txt", PLAN)})
    state = ended(service, answer.json()["id"])
    assert [f["file_name"] for f in state["files"]] == ["up.txt"]  # type: ignore[index, union-attr]
    assert not list(tmp_path.rglob("up.txt"))


def test_uploads_and_cancelling_need_the_right_to_write(start: Start) -> None:
    closed = start(token=TOKEN)
    assert closed.post("/api/documents", files={"files": ("a.txt", PLAN)}).status_code == 401
    assert closed.delete("/api/jobs/0").status_code == 401


def test_an_unknown_job_is_404_and_a_cancelled_one_ends(service: httpx2.Client) -> None:
    assert service.get("/api/jobs/0").status_code == 404
    files = [("files", (f"plan{n}.txt", PLAN + str(n).encode())) for n in range(30)]
    job = service.post("/api/documents", files=files).json()["id"]
    assert service.delete(f"/api/jobs/{job}").status_code == 202
    assert ended(service, job)["status"] in ("cancelled", "done")


def test_a_job_ends_where_a_file_of_the_home_cannot_be_written(
    service: httpx2.Client, tmp_path: Path
) -> None:
    (tmp_path / "home" / "runs.jsonl").unlink(missing_ok=True)
    (tmp_path / "home" / "runs.jsonl").mkdir()
    answer = service.post("/api/documents", files={"files": ("plan.txt", PLAN)})
    state = ended(service, answer.json()["id"])
    assert state["status"] == "failed"
    assert not list((tmp_path / "home").glob("upload-*"))


def test_more_files_than_one_upload_may_have_are_refused(start: Start, tmp_path: Path) -> None:
    Home.create(tmp_path / "home")
    service = start(store=memory_store(), open_writes=True, home=tmp_path / "home", max_files=2)
    files = [("files", (f"{number}.txt", PLAN)) for number in range(3)]
    answer = service.post("/api/documents", files=files)
    assert (answer.status_code, answer.json()["code"]) == (400, "payload")
    assert "at most 2" in answer.text
    assert not list((tmp_path / "home").glob("upload-*"))


def test_more_uploads_than_may_wait_are_told_to_come_back(start: Start, tmp_path: Path) -> None:
    Home.create(tmp_path / "home")
    service = start(store=memory_store(), open_writes=True, home=tmp_path / "home", max_jobs=1)
    answers = [
        service.post("/api/documents", files={"files": (f"{number}.txt", PLAN * 200)})
        for number in range(8)
    ]
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused
    assert {answer.json()["code"] for answer in refused} == {"overloaded"}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    for answer in answers:
        if answer.status_code == 202:
            assert ended(service, answer.json()["id"])["status"] == "done"


def test_files_that_waited_for_a_killed_service_go_when_the_next_one_starts(
    start: Start, tmp_path: Path
) -> None:
    home = Home.create(tmp_path / "home").path
    for folder in ("upload-999999999-a", "upload-b", f"upload-{os.getpid()}-c"):
        (home / folder).mkdir()
        (home / folder / "a.txt").write_bytes(PLAN)
    start(store=memory_store(), open_writes=True, home=home)
    assert [left.name for left in home.glob("upload-*")] == [f"upload-{os.getpid()}-c"]


def test_a_document_that_blows_up_is_one_failed_file_and_others_are_answered(
    start: Start, tmp_path: Path
) -> None:
    Home.create(tmp_path / "home")
    service = start(store=memory_store(), open_writes=True, home=tmp_path / "home", read_limit_s=2)
    files = [("files", ("bomb.pdf", nested_forms(8))), ("files", ("plan.txt", PLAN))]
    job = service.post("/api/documents", files=files).json()["id"]
    assert service.get("/health", timeout=2).status_code == 200
    state = ended(service, job)
    assert state["status"] == "partial"
    bomb, plan = state["files"]  # type: ignore[misc]
    assert (bomb["status"], plan["status"]) == ("failed", "new")
    assert "QKG_READ_LIMIT_S" in bomb["reason"]["en"]


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"a":' * 200_000, b"[" * 9_000 + b"]" * 9_000])
def test_json_that_nests_without_end_is_refused(service: httpx2.Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    for path in ("/api/view", "/api/whatif", "/api/names", "/api/drawing"):
        answer = service.post(path, content=body, headers=headers)
        assert answer.status_code in (400, 422), answer.text
