"""Tasks, goals and headings in paragraphs without numbers, and what is done to things.

All texts are invented.
"""

import pytest

from kg.extract import extract
from kg.model import Extraction, Kind, RelationKind

HEAD = "一、主要任务\n（一）加强检测\n"


def texts(found: Extraction, kind: Kind) -> list[str]:
    return [m.text for m in found.mentions if m.kind is kind]


def parts(found: Extraction) -> set[tuple[str, str]]:
    names = {m.id: m.text for m in found.mentions}
    return {
        (names[r.head], names[r.tail]) for r in found.relations if r.kind is RelationKind.PART_OF
    }


THINGS = [
    pytest.param("印染车间采用低温检测工艺。", "印染车间采用低温检测工艺", id="采用"),
    pytest.param("白石窑全部实施烟气检测。", "白石窑全部实施烟气检测", id="全部实施"),
    pytest.param("露天料场实施封闭改造。", "露天料场实施封闭改造", id="实施 and what is rebuilt"),
    pytest.param("家电行业推进检测上云。", "家电行业推进检测上云", id="an industry"),
    pytest.param("检测结果向社会公开。", "检测结果向社会公开", id="公开"),
    pytest.param("有条件的实施封闭改造。", "有条件的实施封闭改造", id="有条件的"),
    pytest.param("对停用库房要限期清理。", "对停用库房要限期清理", id="对…要"),
    pytest.param("通过标准助力检测升级。", "通过标准助力检测升级", id="a short means"),
]


@pytest.mark.parametrize(("words", "task"), THINGS)
def test_what_is_done_to_a_thing_is_a_task_with_the_thing_in_it(words: str, task: str) -> None:
    assert texts(extract(HEAD + words), Kind.TASK) == [task]


@pytest.mark.parametrize(
    "words",
    [
        "厂房设备已安装到位。",
        "印染技术采用率较高。",
        "今年是全面实施检测规划的第一年。",
        "对停用库房要限期清理的。",
        "对应届毕业生。",
        "坚持问题导向。",
        "严格按照国家有关检测规范。",
        "基于检测模型和算法等技术。",
    ],
)
def test_what_is_only_said_of_a_thing_is_no_task(words: str) -> None:
    assert texts(extract(HEAD + words), Kind.TASK) == []


def test_a_body_as_subject_stays_outside_the_task() -> None:
    found = extract(HEAD + "市检测局采取抽查方式检查检测机构。")
    assert not any(task.startswith("市检测局") for task in texts(found, Kind.TASK))


@pytest.mark.parametrize(
    ("words", "task", "target"),
    [
        ("全省累计新建泵站30座", "全省累计新建泵站30座", "泵站30座"),
        (
            "累计新增检测能力8万立方米/小时",
            "累计新增检测能力8万立方米/小时",
            "检测能力8万立方米/小时",
        ),
    ],
)
def test_so_many_over_all_are_a_task_with_a_target(words: str, task: str, target: str) -> None:
    found = extract(f"{HEAD}“十五五”期间，{words}。")
    assert [texts(found, kind) for kind in (Kind.TASK, Kind.TARGET, Kind.GOAL)] == [
        [task],
        [target],
        [],
    ]


def test_what_the_whole_province_will_have_built_is_a_goal() -> None:
    found = extract(f"{HEAD}到2035年，全省累计建成泵站30座。")
    assert texts(found, Kind.GOAL) == ["全省累计建成泵站30座"]


def test_a_demand_with_a_bare_must_behind_others_leaves_them_tasks() -> None:
    words = "推广检测标准，严格实行分流制度，要建设检测库房。"
    assert texts(extract(HEAD + words), Kind.TASK) == [
        "推广检测标准",
        "严格实行分流制度",
        "建设检测库房",
    ]


NAMED = "".join(
    f"{what}检测。完善{what}检测数据库，加快检测数据共享。推广{what}检测设备，降低成本。"
    for what in ("金融", "医疗", "应急")
)


def test_names_head_sentences_where_no_heading_announces_tasks() -> None:
    found = extract("推广检测数据，开放检测平台，加强检测监管。" + NAMED)
    assert texts(found, Kind.TASK_GROUP) == ["金融检测", "医疗检测", "应急检测"]
    assert ("推广医疗检测设备", "医疗检测") in parts(found)


def test_a_name_may_read_like_a_verb_where_names_are_the_habit() -> None:
    lines = [f"{what}制造。推广检测设备，开放检测平台。" for what in ("智能化", "网络化", "个性化")]
    text = HEAD + "\n".join([*lines, "服务化延伸。培育检测企业，建立检测数据库。"])
    assert texts(extract(text), Kind.TASK_GROUP)[-1] == "服务化延伸"


LONG = [
    f"坚持检测{what}与检测应用、检测服务相结合。适应检测形势，强化检测{what}，以检测{what}推动升级。"
    for what in ("研究", "标准", "平台")
]


def test_three_paragraphs_that_open_alike_have_headings_of_any_shape() -> None:
    found = extract(HEAD + "\n".join(LONG))
    assert texts(found, Kind.TASK_GROUP)[2:] == [line.split("。")[0] for line in LONG]


def test_two_paragraphs_that_open_with_a_long_sentence_have_none() -> None:
    assert len(texts(extract(HEAD + "\n".join(LONG[:2])), Kind.TASK_GROUP)) == 2


SLOGANS = (
    "——形成较为成熟的检测体系。在检测装备等领域取得重大突破，占据检测技术制高点。\n"
    "——检测能力达到领先水平。检测应用极大拓展。\n"
)


def test_slogans_at_the_front_of_a_cut_out_text_are_goals() -> None:
    found = extract(SLOGANS + "（四）重点任务。\n推广检测标准。")
    assert texts(found, Kind.GOAL) == [
        "形成较为成熟的检测体系",
        "在检测装备等领域取得重大突破",
        "占据检测技术制高点",
        "检测能力达到领先水平",
        "检测应用极大拓展",
    ]


def test_dashes_that_tell_what_to_do_are_no_goals() -> None:
    found = extract("——推广检测标准。完善检测目录，开放检测平台。\n（四）重点任务。\n推广检测。")
    assert texts(found, Kind.GOAL) == []


def test_principles_among_tasks_are_no_tasks() -> None:
    text = "一、行动要求\n（一）总体思路\n推广检测。\n（二）基本原则\n坚持开放共享。营造开放环境，培育检测企业。"
    assert texts(extract(text), Kind.TASK) == ["推广检测"]


def test_the_number_of_a_page_is_no_heading() -> None:
    text = "一、主要任务\n（一）加强检测\n推广检测标准。\n\n15\n\n（二）加强监管\n完善检测目录。"
    assert ("加强监管", "主要任务") in parts(extract(text))


def test_what_a_document_lists_are_tasks_one_by_one() -> None:
    words = "《云川工作要点》部署了推广检测、加强计量和标准监管、开展“放心家电”行动等工作任务。"
    found = extract(f"日前，云川市印发工作要点，{words}")
    assert texts(found, Kind.TASK) == ["推广检测", "加强计量和标准监管", "开展“放心家电”行动"]


def test_what_a_document_only_counts_are_no_tasks() -> None:
    assert texts(extract("日前印发的《云川工作要点》部署了六项任务。"), Kind.TASK) == []


NAMES = [
    pytest.param(
        Kind.DOCUMENT, "制定家电检测办法和技术规范。", ["家电检测办法和技术规范"], id="one"
    ),
    pytest.param(Kind.DOCUMENT, "发布受检家电名录。", ["受检家电名录"], id="a register"),
    pytest.param(Kind.DOCUMENT, "制定家电评估规范。", ["家电评估规范"], id="a code"),
    pytest.param(Kind.DOCUMENT, "统筹完善全国检测规划。", ["全国检测规划"], id="an adverb more"),
    pytest.param(Kind.DOCUMENT, "修订完善检测名录。", ["检测名录"], id="two verbs"),
    pytest.param(Kind.DOCUMENT, "完善相关技术规范。", [], id="a code without a name"),
    pytest.param(Kind.ARRANGEMENT, "建立市场化创新机制。", ["市场化创新机制"], id="创新 is a name"),
    pytest.param(Kind.ARRANGEMENT, "建立检测新机制。", [], id="a new one is no name"),
    pytest.param(
        Kind.PROGRAMME, "组织实施检测提升计划、产检融合工程等。", ["产检融合工程"], id="and others"
    ),
    pytest.param(
        Kind.BODY, "国务院检测督导委员会听取汇报。", ["国务院检测督导委员会"], id="a committee"
    ),
]


@pytest.mark.parametrize(("kind", "words", "names"), NAMES)
def test_what_is_named_has_its_whole_name(kind: Kind, words: str, names: list[str]) -> None:
    assert texts(extract(HEAD + words), kind) == names


def test_a_number_for_the_whole_city_is_the_target_alone() -> None:
    found = extract(HEAD + "力争到2035年全市再新增600万千瓦供应能力。")
    assert texts(found, Kind.TARGET) == ["600万千瓦供应能力"]


BOXED = (
    "一、主要任务\n（一）加强检测\n推广检测标准。\n专栏1  检测网络畅通工程\n"
    "1. 排查检测设施。全面排查设施功能，明确责任。\n（1）摸清底数。\n2. 提升检测能力。新建检测站，更新设备。\n"
    "（二）加强监管\n完善检测目录。\n"
)


def test_what_is_counted_right_behind_a_box_stands_in_the_box() -> None:
    found = parts(extract(BOXED))
    box = "检测网络畅通工程"
    assert {("排查检测设施", box), ("提升检测能力", box), (box, "加强检测")} <= found
    assert ("加强监管", "主要任务") in found


def test_a_count_that_goes_on_behind_a_box_is_not_of_the_box() -> None:
    text = (
        BOXED.replace("1. 排查", "2. 排查")
        .replace("2. 提升", "3. 提升")
        .replace("推广检测标准。", "1. 推广检测标准。")
    )
    assert ("提升检测能力", "检测网络畅通工程") not in parts(extract(text))
