"""A small invented plan, built once into a store in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.home import Home
from kg.settings import Settings
from kg.store import memory_store
from kg.workspace import Workspace

PLAN = """云溪省标准提升行动方案
一、重点任务
（一）制定分级标准。制定重点产品质量分级标准，明确评价方法。（省市场监管局牵头，省财政厅配合）
（二）开展分级评价。在制定分级标准的基础上，开展重点产品质量分级评价。（省商务厅牵头）
本文件为虚构示例。
"""


def built(folder: Path, text: str = PLAN) -> Workspace:
    """Return a workspace with the plan in it."""
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    home = Home.create(folder / "home")
    space = Workspace(home, memory_store(), Settings(home=home.path))
    assert [outcome.error for outcome in space.build([path])] == [None]
    return space


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that tests only read."""
    with built(tmp_path_factory.mktemp("read")) as made:
        yield made


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace of the test's own, to write to; the plan is ``plan.txt`` in its folder."""
    with built(tmp_path) as made:
        yield made
