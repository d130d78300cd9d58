"""What plans of the genre do that no example plan did: one cause a case. All texts are invented."""

import pytest

from kg.extract import extract
from kg.model import Extraction, Kind
from kg.text.paragraphs import paragraphs


def texts(found: Extraction, kind: Kind) -> list[str]:
    return [m.text for m in found.mentions if m.kind is kind]


def under_tasks(words: str) -> Extraction:
    """Return what *words* say within a section of tasks."""
    return extract(f"一、主要任务\n（一）加强检测\n{words}")


NAMES_ALONE = [
    ("推广检测。（市科技局、市财政局，青禾电力公司）", ["青禾电力公司"]),
    ("推广检测。（市科技局、市财政局，检测企业，各县政府）", ["检测企业", "各县政府"]),
]


@pytest.mark.parametrize(("words", "others"), NAMES_ALONE)
def test_an_unknown_name_among_departments_does_not_unmake_a_bracket_of_names(
    words: str, others: list[str]
) -> None:
    bodies = [duty.body for duty in under_tasks(words).responsibilities]
    assert len(bodies) == 2 + len(others)
    assert bodies[2] == others[0]


def test_names_without_a_department_among_them_are_no_duty() -> None:
    assert not under_tasks("推广检测。（青禾电力公司、白石检测站）").responsibilities


def test_a_page_break_inside_a_clause_ends_no_paragraph() -> None:
    text = (
        "推进数据归集。建立数据共享机制，完善数据平\n\n台，推广电子证照，建设检测中心。\n推广检测。"
    )
    found = [span.of(text) for span in paragraphs(text)]
    assert found == [text[: text.rindex("\n")], "推广检测。"]


def test_a_line_that_ends_its_sentence_ends_its_paragraph() -> None:
    text = "推进数据归集，建立数据共享机制，完善数据平台。\n推广检测，服务企业。"
    assert len(list(paragraphs(text))) == 2


TASKS = [
    # verbs and adverbs that no example plan has
    ("前瞻布局检测技术研究。", ["前瞻布局检测技术研究"]),
    ("下大力气保护古树名木，大规模推动企业升级。", ["下大力气保护古树名木", "大规模推动企业升级"]),
]


@pytest.mark.parametrize(("words", "tasks"), TASKS)
def test_a_directive_is_a_task(words: str, tasks: list[str]) -> None:
    assert texts(under_tasks(words), Kind.TASK) == tasks
