"""Which measures a statement is about; the texts are invented."""

from kg.extract.duties.responsibilities import duties
from kg.model import Kind, Mention, Responsibility, Role, Span
from kg.text.segment import segment

LEAD, HELP = Role.LEAD, Role.SUPPORT


def _group(text: str, words: str) -> Mention:
    at = text.index(words)
    return Mention(f"G{at}", Kind.TASK_GROUP, Span(at, at + len(words)), words, "test")


def _task(text: str, words: str) -> Mention:
    at = text.index(words)
    return Mention(f"T{at}", Kind.TASK, Span(at, at + len(words)), words, "test")


def _aims(text: str, *mentions: Mention) -> list[list[str]]:
    by_id = {mention.id: mention.text for mention in mentions}
    result = duties(text, segment(text), mentions)
    clauses: dict[Span, Responsibility] = {d.clause: d for d in result.responsibilities}
    return [[by_id[i] for i in one.applies_to] for one in clauses.values()]


def test_the_only_clause_of_a_measure_is_about_its_heading() -> None:
    text = "（一）建设平台。推进共享。（财政部负责）\n（二）优化服务。缩短时限。（商务部负责）"
    mentions = (
        _group(text, "建设平台"),
        _task(text, "推进共享"),
        _group(text, "优化服务"),
        _task(text, "缩短时限"),
    )
    assert _aims(text, *mentions) == [["建设平台"], ["优化服务"]]


def test_one_of_several_clauses_is_about_the_tasks_before_it() -> None:
    text = "（一）建设平台。推进共享，打通数据。（财政部负责）缩短时限。（商务部负责）"
    mentions = (
        _group(text, "建设平台"),
        *(_task(text, w) for w in ("推进共享", "打通数据", "缩短时限")),
    )
    assert _aims(text, *mentions) == [["推进共享", "打通数据"], ["缩短时限"]]


def test_clauses_that_follow_each_other_share_their_measure() -> None:
    text = "（一）建设平台。推进共享。（牵头单位：市商务局）（配合单位：市财政局）"
    mentions = (_group(text, "建设平台"), _task(text, "推进共享"))
    assert _aims(text, *mentions) == [["建设平台"], ["建设平台"]]


def test_labelled_lines_are_one_statement_with_its_deadline() -> None:
    text = "（一）建设平台。推进共享。\n牵头单位：省数据局\n配合单位：省财政厅、\n省科技厅\n完成时限：2026年底\n"
    result = duties(text, segment(text), (_group(text, "建设平台"),))
    assert [(d.body, d.role, d.deadline) for d in result.responsibilities] == [
        ("省数据局", LEAD, "2026年底"),
        ("省财政厅", HELP, "2026年底"),
        ("省科学技术厅", HELP, "2026年底"),
    ]


def test_the_columns_of_a_table_give_the_roles() -> None:
    text = (
        "序号\t重点任务\t牵头单位\t配合单位\t完成时限\n"
        "1\t建设平台\t省数据局\t省财政厅、科技厅\t2026年底\n"
        "2\t推广制度\t省国资委\t无\t2027年\n"
    )
    result = duties(text, (), (_task(text, "建设平台"), _task(text, "推广制度")))
    rows = [(d.body, d.role, d.deadline, d.applies_to) for d in result.responsibilities]
    first, second = f"T{text.index('建设平台')}", f"T{text.index('推广制度')}"
    assert rows == [
        ("省数据局", LEAD, "2026年底", (first,)),
        ("省财政厅", HELP, "2026年底", (first,)),
        ("省科学技术厅", HELP, "2026年底", (first,)),
        ("省人民政府国有资产监督管理委员会", LEAD, "2027年", (second,)),
    ]


def test_a_duty_in_prose_is_about_the_tasks_of_its_sentence() -> None:
    text = "各地区要加强领导，落实责任。推进共享。"
    assert _aims(text, *(_task(text, w) for w in ("加强领导", "落实责任", "推进共享"))) == [
        ["加强领导", "落实责任"]
    ]


def test_a_numbered_unit_without_a_heading_bounds_its_clause() -> None:
    text = (
        "一、主要任务\n1.推进共享，打通数据。\n2.缩短时限，优化服务。（商务部负责）\n3.放宽准入。"
    )
    words = ("推进共享", "打通数据", "缩短时限", "优化服务", "放宽准入")
    mentions = (_group(text, "主要任务"), *(_task(text, w) for w in words))
    assert _aims(text, *mentions) == [["缩短时限", "优化服务"]]
