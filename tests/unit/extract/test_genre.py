"""What plans of the genre do that no example plan did: one cause a case. All texts are invented."""

import pytest

from kg.extract import extract
from kg.model import Extraction, Kind, RelationKind
from kg.text.clean import clean_in_place
from kg.text.pages import all_page_marks
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
    # a doer with its means, an attribute without its object: the next stretch completes the task
    ("支持软件企业面向制造业需求，研发档案软件。", ["支持软件企业面向制造业需求，研发档案软件"]),
    ("支持机构搭建面向社会的平台，共享数据。", ["支持机构搭建面向社会的平台", "共享数据"]),
    (
        "构建以园区为引领，以港口为依托，涵盖上下游的产业链。",
        ["构建以园区为引领，以港口为依托，涵盖上下游的产业链"],
    ),
    # whom a measure is for
    ("对获得试点示范的牵头单位，给予支持。", ["给予支持"]),
    ("符合条件的，纳入名录。", ["纳入名录"]),
    ("利用数据分析手段，推广电子证照。", ["推广电子证照"]),
    ("按照以点带面、统筹推进的原则，推广电子证照。", ["推广电子证照"]),
    ("围绕加快建设检测中心的目标，推广电子证照。", ["推广电子证照"]),
]


@pytest.mark.parametrize(("words", "tasks"), TASKS)
def test_a_directive_is_a_task(words: str, tasks: list[str]) -> None:
    assert texts(under_tasks(words), Kind.TASK) == tasks


PROVISIONS = [
    "困难企业可缓缴保险费",
    "所需资金从检测专项资金中列支",
    "单个企业最高不超过50万元",
    "免于提交许可证件",
]


@pytest.mark.parametrize("words", PROVISIONS)
def test_an_entitlement_or_a_payment_rule_is_a_provision(words: str) -> None:
    found = under_tasks(f"{words}。")
    kinds = [m.attrs["task_kind"] for m in found.mentions if m.kind is Kind.TASK]
    assert (texts(found, Kind.TASK), kinds) == ([words], ["provision"])


@pytest.mark.parametrize("words", ["市场行为有法可依", "可在符合规划的前提下", "可能受影响的部门"])
def test_what_only_has_the_word_is_no_provision(words: str) -> None:
    assert not texts(under_tasks(f"{words}。"), Kind.TASK)


TIMES = [
    ("2032年9月启动平台建设。", "2032年9月", "启动平台建设"),
    ("5年内重点培训检测人才。", "5年内", "重点培训检测人才"),
    ("从2032年起，推广电子证照。", "从2032年起", "推广电子证照"),
    ("各县应于每年12月底前将检测结果上报。", "每年12月底前", "将检测结果上报"),
]


@pytest.mark.parametrize(("words", "time", "task"), TIMES)
def test_a_time_before_the_verb_stays_outside_the_task(words: str, time: str, task: str) -> None:
    found = under_tasks(words)
    assert (texts(found, Kind.TIME), texts(found, Kind.TASK)) == ([time], [task])


def test_a_year_that_names_the_plan_is_no_deadline() -> None:
    assert not texts(under_tasks("2032年工作计划印发后抓紧落实。"), Kind.TIME)


@pytest.mark.parametrize(
    "words", ["实施如下重点项目。", "计划总投资71亿元。", "完成时限：2032年6月。"]
)
def test_what_only_leads_over_or_sums_up_is_no_task(words: str) -> None:
    assert not texts(under_tasks(words), Kind.TASK)


def test_a_character_of_unity_before_a_mark_opens_no_heading() -> None:
    found = extract(
        "一、主要任务\n（一）育人。\n坚持知行合一、工学结合。推广学徒制。\n二、保障措施\n加强领导。"
    )
    assert "工学结合" not in texts(found, Kind.TASK_GROUP)


def test_a_list_of_attributes_belongs_to_the_thing_that_is_counted() -> None:
    found = under_tasks("建成200个特色鲜明、美丽宜居的森林乡村。")
    assert texts(found, Kind.TARGET) == ["200个特色鲜明、美丽宜居的森林乡村"]


INSTRUMENTS = [
    ("进一步扩大“白石人才计划”的规模。", ["白石人才计划"]),
    ("实施“白石人才”计划。", ["“白石人才”计划"]),
    ("带动群众积极投身山川绿化行动。", ["山川绿化行动"]),
    ("打击非法采砂等违法犯罪活动。", []),
    ("明确资金使用计划，推进二期工程。", []),
]


@pytest.mark.parametrize(("words", "names"), INSTRUMENTS)
def test_an_instrument_is_its_bare_name(words: str, names: list[str]) -> None:
    found = under_tasks(words)
    assert texts(found, Kind.ACTION) + texts(found, Kind.PROGRAMME) == names


BODY_OF_PLAN = "\n一、主要任务\n（一）加强检测\n推广检测。"
ORIGINS = [
    ("福建省标准提升行动方案", "province", "福建省"),
    ("2032年温州市质量强市行动计划", "prefecture", "温州市"),
    ("II浙江省检测网络建设规划", "province", "浙江省"),
    ("工业和信息化部等七部门关于加强检测工作的意见", "central", None),
    ("国务院关于加强检测工作的意见", "central", None),
    (
        "为深化检测改革，结合我省实际，就全省检测工作提出如下意见。对河南工作作出部署。",
        "province",
        "河南省",
    ),
    (
        "关于检测人才的十条意见\n为落实市委、市政府部署，结合莆田实际，提出意见。",
        "prefecture",
        "莆田市",
    ),
    ("政府工作报告\n——2032年在青禾县第三届人民代表大会上\n我县质量提升。", "county", "青禾县"),
    (
        "检测行动方案\n粤办函〔2032〕9号\n全省检测由省委、省政府部署，结合我省情况推进。",
        "province",
        "广东省",
    ),
]


@pytest.mark.parametrize(("head", "level", "area"), ORIGINS)
def test_a_plan_shows_where_it_speaks_from(head: str, level: str, area: str | None) -> None:
    about = extract(head + BODY_OF_PLAN).metadata
    assert (about.level, about.area) == (level, area)


TITLES = [
    ("附件 检测行动方案", "检测行动方案"),
    ("全文\n检测工作要求如下。\n关于加强检测工作的意见", "关于加强检测工作的意见"),
    (
        "本报讯 国务院关于加强检测工作的意见（2032年1月2日）检测是基础。",
        "国务院关于加强检测工作的意见",
    ),
]


@pytest.mark.parametrize(("head", "title"), TITLES)
def test_a_title_is_no_scrap_of_the_page(head: str, title: str) -> None:
    assert extract(head + BODY_OF_PLAN).metadata.title == title


DIGESTS = [
    (
        "近日，云川市印发《云川检测工作要点》。\n在检测网络方面，《工作要点》提出要建设检测网络，推广电子证照。"
        "同时，加大检测投入。",
        ["建设检测网络", "推广电子证照", "加大检测投入"],
    ),
    (
        "为优化检测布局，云川市将推动检测机构提质，支持建设检测平台。",
        ["推动检测机构提质", "支持建设检测平台"],
    ),
    (
        "《行动计划》指出，要构建检测网络，壮大检测机构。到2035年，建设3个检测中心。",
        ["构建检测网络", "壮大检测机构"],
    ),
    ("据介绍，检测是质量的基础。云川的检测能力明显增强。", []),
    (
        "-\n推进检测改革，提升检测水平。\n-\n加强检测宣传，建设检测平台。",
        ["推进检测改革", "提升检测水平", "加强检测宣传", "建设检测平台"],
    ),
    ("为贯彻落实纲要，推进检测改革，提升检测水平，制定本方案。", []),
]


@pytest.mark.parametrize(("words", "tasks"), DIGESTS)
def test_a_digest_tells_tasks_where_no_heading_does(words: str, tasks: list[str]) -> None:
    assert texts(extract(words), Kind.TASK) == tasks


OVERSIGHT = """检测行动方案
一、主要任务
（一）压减检查频次
整合检查事项。
（二）加大监督抽查力度
扩大抽查覆盖面，该项任务与压减检查频次存在冲突。
二、保障措施
（三）加强督查
国家统计局、审计署对本方案落实情况进行督查。化解矛盾纠纷。
"""


def test_a_stated_conflict_joins_two_measures() -> None:
    found = extract(OVERSIGHT)
    names = {m.id: m.text for m in found.mentions}
    ends = [
        (names[r.head], names[r.tail])
        for r in found.relations
        if r.kind is RelationKind.CONFLICTS_WITH
    ]
    assert ends == [("加大监督抽查力度", "压减检查频次")]


def test_who_supervises_the_plan_is_told_by_its_clause() -> None:
    found = extract(OVERSIGHT)
    names = {m.id: m.text for m in found.mentions}
    ends = {(names[r.head], r.tail) for r in found.relations if r.kind is RelationKind.SUPERVISES}
    assert ("国家统计局", "DOC") in ends


def test_a_table_whose_cells_fell_on_lines_of_their_own_is_read_as_a_table() -> None:
    cells = "序号 主要指标 单位 计划任务 其中：2031年任务 指标属性"
    rows = "1 新建检测站 个 40 12 约束性 2 改造管网 公里 2500 600 预期性"
    text = "表2 主要指标\n\n" + "\n\n".join(f"{cells} {rows}".split()) + "\n\n（一）推广检测。"
    found = [m.attrs for m in extract(text).mentions if m.kind is Kind.TARGET]
    assert [(at["name"], at["value"], at["unit"], at["binding"]) for at in found] == [
        ("新建检测站", "40", "个", True),
        ("改造管网", "2500", "公里", False),
    ]


def test_a_table_on_lines_ends_where_its_rows_are_no_longer_numbered() -> None:
    text = "序号\n重点任务\n责任单位\n1\n建设检测站\n市科技局\n推广检测\n市财政局\n3\n"
    duties = extract(text).responsibilities
    assert [duty.body for duty in duties] == ["市科学技术局"]


def test_what_an_assessment_gives_for_a_heading_is_no_part_of_it() -> None:
    text = (
        "（一）推广检测应用（4分）\n1．建设检测站。（市科技局负责）\n2．服务企业。（市科技局负责）"
    )
    assert texts(extract(text), Kind.TASK_GROUP) == ["推广检测应用"]


PLANNED = [
    ("对清单内事项逐项编制完成检测服务操作规范。", ["检测服务操作规范"]),
    ("按要求建立检测数据交易规则。", []),
    ("建立检测数据交易规则。", ["检测数据交易规则"]),
    ("加快完善检测配套规范。", []),
    ("按照《云州检测评价指标体系》，推广检测。", ["云州检测评价指标体系"]),
]


@pytest.mark.parametrize(("words", "documents"), PLANNED)
def test_documents_to_be_written_are_told_by_verb_and_genre(
    words: str, documents: list[str]
) -> None:
    assert texts(under_tasks(words), Kind.DOCUMENT) == documents


def test_what_is_reached_once_rebuilt_is_a_goal() -> None:
    found = under_tasks("到2031年，改造后检测机房能效值达到1.3以下。改造后方机房。")
    assert texts(found, Kind.GOAL) == ["改造后检测机房能效值达到1.3以下"]
    assert texts(found, Kind.TASK) == ["改造后方机房"]


def test_who_is_both_to_do_the_one_and_the_other_has_a_duty() -> None:
    found = under_tasks("各县既要建好检测站，又要用好检测站。")
    assert [duty.body for duty in found.responsibilities] == ["各县"]


SAID = [
    # who reports upwards does so: the one reported to is no subject
    ("项目审批前应当报本级主管部门初审。", ["报本级主管部门初审"]),
    ("完善办法，报云州人民政府批准后公布实施。", ["完善办法", "报云州人民政府批准后公布实施"]),
    # a ground without a comma
    ("各地要结合本地实际开展检测站建设。", ["结合本地实际开展检测站建设"]),
    # 新建 is said of what is built, and what is built is to be given something
    ("新建机组要同步建设检测设施。", ["同步建设检测设施"]),
    ("要促请党委政府将检测纳入议事日程。", ["促请党委政府将检测纳入议事日程"]),
]


@pytest.mark.parametrize(("words", "tasks"), SAID)
def test_what_stands_before_a_task_is_told_from_it(words: str, tasks: list[str]) -> None:
    assert texts(under_tasks(words), Kind.TASK) == tasks


def test_a_sentence_that_says_what_things_are_gives_nothing_to_do() -> None:
    found = under_tasks("开展检测行动，完善检测网络，既是当前的重点工作，也是长期任务。")
    assert not texts(found, Kind.TASK)


def test_goals_without_a_heading_begin_with_their_horizon() -> None:
    found = extract(
        "一、总体要求\n坚持质量第一，完善检测网络。\n到2031年，检测能力显著提高。\n"
        "——检测成效日益增强。检测合格率稳定在94%以上。\n二、主要任务\n（一）推广检测。建设平台。"
    )
    assert texts(found, Kind.GOAL) == [
        "检测能力显著提高",
        "检测成效日益增强",
        "检测合格率稳定在94%以上",
    ]
    assert [m.attrs["year"] for m in found.mentions if m.kind is Kind.TARGET] == [2031]


def test_a_number_between_lines_of_text_is_a_page() -> None:
    text = "一、主要任务\n（一）推广检测\n完善检测网络，服务企业。建设云州检测数据库、青川检测数\n\n8\n\n据库等设施。推广检测设备。"
    assert texts(extract(text), Kind.TASK)[-2:] == [
        "建设云州检测数据库、青川检测数\n\n8\n\n据库等设施",
        "推广检测设备",
    ]


def test_a_number_among_cells_is_no_page() -> None:
    cells = ["序号", "任务", "责任单位", "1", "建设检测站", "市科技局", "2", "推广检测", "市财政局"]
    assert not all_page_marks("\n\n".join(cells))


def test_first_sentences_that_all_paragraphs_elaborate_are_headings() -> None:
    text = "一、主要任务\n（一）推动升级\n" + "".join(
        f"重点突破{what}软件。研发推广工具，开放平台。完善名录，推广应用。\n" for what in "甲乙"
    )
    assert texts(extract(text), Kind.TASK_GROUP)[-2:] == ["重点突破甲软件", "重点突破乙软件"]


def test_bars_between_cells_make_a_table() -> None:
    rows = "县（市、区） | 降耗目标 | 责任部门 |\n青川县 | 19% | 青川县人民政府 |\n白石县 | 17% | 白石县人民政府 |"
    found = extract(clean_in_place(f"云州降耗目标分解表\n{rows}"))
    assert texts(found, Kind.TARGET) == ["19%", "17%"]
    assert len(found.responsibilities) == 2


def test_a_body_is_known_by_the_short_name_that_the_text_gave_it() -> None:
    found = extract(
        "云江省检测工作领导小组（以下简称领导小组）负责统筹。领导小组办公室设在省科技厅。"
        "各县定期向领导小组报告情况。建立领导小组制度。"
    )
    named = [m for m in found.mentions if m.kind is Kind.BODY and m.text.startswith("领导小组")]
    assert [m.text for m in named] == ["领导小组办公室", "领导小组"]
    assert named[1].attrs["canonical"] == "云江省检测工作领导小组"


def test_a_notice_that_asks_everybody_gives_tasks() -> None:
    found = extract(
        "现将检测目标下达各县，请各县加强组织领导，强化工作措施。\n"
        "各县人民政府要将检测纳入工作布局，健全管理制度。\n"
    )
    assert texts(found, Kind.TASK) == [
        "加强组织领导",
        "强化工作措施",
        "将检测纳入工作布局",
        "健全管理制度",
    ]
