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
    # a subject that is no body: a basin, an industry, a level of government
    ("青川流域推进退化林修复。", ["推进退化林修复"]),
    ("信创领域重点推动九个项目建设。", ["重点推动九个项目建设"]),
    ("信创领域推动力不足。", []),
    # means and doing in one stretch
    ("通过内部创业、投资孵化等培育检测新主体。", ["通过内部创业、投资孵化等培育检测新主体"]),
    ("面向小微企业、合作社等加快档案软件研发。", ["面向小微企业、合作社等加快档案软件研发"]),
    ("利用数据分析手段，推广电子证照。", ["推广电子证照"]),
    ("按照以点带面、统筹推进的原则，推广电子证照。", ["推广电子证照"]),
    ("围绕加快建设检测中心的目标，推广电子证照。", ["推广电子证照"]),
]


@pytest.mark.parametrize(("words", "tasks"), TASKS)
def test_a_directive_is_a_task(words: str, tasks: list[str]) -> None:
    assert texts(under_tasks(words), Kind.TASK) == tasks
