"""A review and a build at once: neither undoes the other. The plan is invented."""

import csv
import io
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.home import Home
from kg.review.columns import FORM
from kg.settings import load
from kg.store import Store, memory_store
from kg.workspace import Workspace

PLAN = """云溪省标准提升行动方案
云溪省人民政府
2025年3月1日
一、重点任务
（一）提升旅游服务质量。开展旅游服务质量监测。（省文化和旅游厅牵头，省财政厅配合）
本文件为虚构示例。
"""
LED = "SELECT ?name { ?task qkg:ledBy/rdfs:label ?name }"
VERSION = "SELECT ?text { ?document qkg:textSha256 ?text }"


class Meeting:
    """A store that starts a review when a document is just about to be put in."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.review: threading.Thread | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def replace_each(self, graphs: dict[str, bytes]) -> None:
        review, self.review = self.review, None
        if review is not None and any("/graph/" in graph for graph in graphs):
            review.start()
            review.join(1.0)  # it would be done by then if nothing held it
        self._store.replace_each(graphs)


def sheet(space: Workspace) -> bytes:
    """Return the sheet in which whoever leads is rejected."""
    _, blocks = space.review_sheet(".csv")
    text = b"".join(blocks).decode("utf-8-sig")
    rows = [
        dict(zip(FORM.keys, row, strict=True)) for row in csv.reader(io.StringIO(text, newline=""))
    ]
    for row in rows[1:]:
        if "文化和旅游厅" in "".join(row.values()):
            row["decision"] = "reject"
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.heading for column in FORM.columns])
    writer.writerows([row[key] for key in FORM.keys] for row in rows[1:])
    return out.getvalue().encode()


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    settings = load(home=tmp_path / "home")
    store: Any = Meeting(memory_store())
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    space = Workspace(Home.create(settings.home), store, settings)
    assert [one.error for one in space.build([tmp_path / "plan.txt"])] == [None]
    return space


@pytest.mark.slow
def test_a_review_that_comes_while_its_document_is_built_is_carried_out(
    space: Workspace, tmp_path: Path
) -> None:
    assert space.query(LED).rows
    data = sheet(space)
    review = threading.Thread(
        target=space.take_review, args=("a.csv", data), kwargs={"today": date(2025, 4, 1)}
    )
    store: Any = space.store
    store.review = review
    (tmp_path / "plan.txt").write_text(PLAN + "\n附件略\n", encoding="utf-8")
    assert [one.error for one in space.build([tmp_path / "plan.txt"])] == [None]
    review.join(20)
    assert not review.is_alive()
    assert not space.query(LED).rows
    (text,) = space.query(VERSION).rows[0]
    assert "附件略" in (space.home.text_of(str(text)) or "")
