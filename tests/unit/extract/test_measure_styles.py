"""How measures, goals and targets are written in running text. All texts are invented."""

import pytest

from kg.extract import extract
from kg.model import Kind

HEAD = "一、主要任务\n（一）建设平台。推进共享。\n"


def named(kind: Kind, words: str, *, head: str = HEAD) -> list[str]:
    """Return the mentions of *kind* in *words*, which stand under a heading of tasks."""
    text = head + words
    found = [m for m in extract(text).mentions if m.kind is kind and m.span.start >= len(head)]
    return [m.text for m in found]


TASKS = [
    pytest.param(
        "鼓励设置备用泵，确保收水能力；要配备双回路电源。",
        ["鼓励设置备用泵", "确保收水能力", "配备双回路电源"],
        id="a semicolon ends a topic",
    ),
    pytest.param(
        "严把产品标准和出厂标准两个关口。",
        ["严把产品标准和出厂标准两个关口"],
        id="an adverb inside a longer verb",
    ),
    pytest.param(
        "对高耗水行业实行递增的水价政策。",
        ["对高耗水行业实行递增的水价政策"],
        id="what is granted to whom",
    ),
    pytest.param("及时回应群众关切。", ["及时回应群众关切"], id="应 at the end of a verb"),
    pytest.param(
        "编制乡村方案，批复后叠加到一张图上。",
        ["编制乡村方案", "批复后叠加到一张图上"],
        id="after approval",
    ),
    pytest.param("审核后的名单、批复后的图纸。", [], id="after approval, of things"),
    pytest.param(
        "鼓励企业走出去，深度参与全球分工。",
        ["鼓励企业走出去", "深度参与全球分工"],
        id="深度 before its verb",
    ),
]


@pytest.mark.parametrize(("words", "tasks"), TASKS)
def test_a_task_is_found_in_its_style(words: str, tasks: list[str]) -> None:
    assert named(Kind.TASK, words) == tasks
