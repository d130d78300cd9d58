"""How measures, goals and targets are written in running text. All texts are invented."""

import pytest

from kg.extract import extract
from kg.model import Kind, RelationKind

HEAD = "一、主要任务\n（一）建设平台。推进共享。\n"


def named(kind: Kind, words: str, *, head: str = HEAD) -> list[str]:
    """Return the mentions of *kind* in *words*, which stand under a heading of tasks."""
    text = head + words
    found = [m for m in extract(text).mentions if m.kind is kind and m.span.start >= len(head)]
    return [m.text for m in found]


TASKS = [
    pytest.param(
        "逐步将检测范围扩大到乡镇，优先将检测业做大做强。",
        ["逐步将检测范围扩大到乡镇", "优先将检测业做大做强"],
        id="an adverb before 将",
    ),
    pytest.param("逐步将老旧检测设备、停用检测车间。", [], id="将 without its verb"),
    pytest.param("遵循“谁使用谁负责”原则。", [], id="a principle in quotation marks"),
    pytest.param(
        "推动检测从事后处置转向源头防控，从人工抽样转向在线监测。",
        ["推动检测从事后处置转向源头防控，从人工抽样转向在线监测"],
        id="one turn after the other",
    ),
    pytest.param(
        "分行业、分领域实施检测专项工程。",
        ["分行业、分领域实施检测专项工程"],
        id="two adverbs with a mark between",
    ),
    pytest.param(
        "使绿色检测成为自觉行动，推广标准。",
        ["使绿色检测成为自觉行动", "推广标准"],
        id="自觉行动 is no action",
    ),
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
    pytest.param("批复后的图纸和名单。", [], id="after approval, of things"),
    pytest.param(
        "鼓励企业走出去，深度参与全球分工。",
        ["鼓励企业走出去", "深度参与全球分工"],
        id="深度 before its verb",
    ),
    pytest.param(
        "市检测局会同运营单位将名单纳入平台管理。",
        ["会同运营单位将名单纳入平台管理"],
        id="with others",
    ),
    pytest.param(
        "运营单位作为责任主体，负责平台的日常维护工作。",
        ["负责平台的日常维护工作"],
        id="运营单位 is a noun",
    ),
    pytest.param(
        "运营单位结合应用场景提出共享申请。",
        ["结合应用场景提出共享申请"],
        id="the ground behind a body",
    ),
    pytest.param("园区采取政府授权运营模式。", [], id="政府 inside the object is no subject"),
    pytest.param("以数字化手段感知水情变化。", ["以数字化手段感知水情变化"], id="means and verb"),
    pytest.param("以数字化手段。", [], id="means alone"),
    pytest.param(
        "在省级平台建立与职责相适应的名录库。",
        ["在省级平台建立与职责相适应的名录库"],
        id="a verb before 与…相…的",
    ),
    pytest.param(
        "组织企业通过改造网络等方式，优先在园区，建设检测外网。",
        ["组织企业通过改造网络等方式，优先在园区，建设检测外网"],
        id="ways before the doing",
    ),
    pytest.param("适应检测行业发展需求，建设平台。", ["建设平台"], id="a ground of its own"),
    pytest.param(
        "采取联合抽查、随机抽查等方式，加强检测监管。",
        ["加强检测监管"],
        id="ways that open the sentence",
    ),
    pytest.param(
        "鼓励检测机构、行业协会等基于抽查数据分析，向企业反馈检测信息。",
        ["鼓励检测机构、行业协会等基于抽查数据分析，向企业反馈检测信息"],
        id="who is encouraged has only means yet",
    ),
    pytest.param(
        "鼓励检测机构应用基于互联网的检测设备，提高检测水平。",
        ["鼓励检测机构应用基于互联网的检测设备", "提高检测水平"],
        id="基于 inside an attribute",
    ),
    pytest.param(
        "支持在家电、家具等领域，强化检测数据应用。",
        ["支持在家电、家具等领域，强化检测数据应用"],
        id="where it is supported, then what",
    ),
    pytest.param(
        "站在便民的高度，各司其职、密切协作。", ["各司其职、密切协作"], id="a stand is no task"
    ),
    pytest.param(
        "给予检测机构补助，最高不超过50万元。", ["给予检测机构补助"], id="a limit is no task"
    ),
    pytest.param(
        "支持通过任务外包等方式，用好外地检测人才。",
        ["支持通过任务外包等方式，用好外地检测人才"],
        id="the ways of support, then what",
    ),
    pytest.param(
        "上川等东部检测试验区加快推进检测设备研发，青川检测试验区推进技术改造。",
        ["加快推进检测设备研发", "推进技术改造"],
        id="a zone as subject",
    ),
    pytest.param(
        "家电等行业实施绿色改造。", ["家电等行业实施绿色改造"], id="an industry is told of"
    ),
    pytest.param("家电新区建设明显加快。", [], id="新区建设 is a noun"),
    pytest.param(
        "对实际投资较大的检测项目（包括检测技改项目），给予奖励。",
        ["给予奖励"],
        id="for whom, with a bracket",
    ),
    pytest.param(
        "完善检测标准，既要加快推广，也要保障质量。",
        ["完善检测标准", "加快推广", "保障质量"],
        id="既要 makes no topic of what stands before it",
    ),
    pytest.param(
        "运营单位作为责任主体，负责平台的日常运维，须配备检测人员。",
        ["负责平台的日常运维", "配备检测人员"],
        id="负责 makes no topic",
    ),
    pytest.param(
        "动态调整清单，并及时通过相关平台向社会公开。",
        ["动态调整清单", "及时通过相关平台向社会公开"],
        id="an adverb before 通过",
    ),
    pytest.param(
        "建立反馈机制，以提升数据的准确性。",
        ["建立反馈机制", "提升数据的准确性"],
        id="以 and what it is for",
    ),
    pytest.param("以提升检测能力为重点，建设平台。", ["建设平台"], id="以…为 is no purpose"),
    pytest.param(
        "引导和推动检测投资基金，加大对检测机构的支持。",
        ["引导和推动检测投资基金，加大对检测机构的支持"],
        id="a fund as doer",
    ),
    pytest.param(
        "鼓励企业参与设立检测基金，推广检测标准。",
        ["鼓励企业参与设立检测基金", "推广检测标准"],
        id="a fund as object",
    ),
    pytest.param(
        "重大问题及时向市政府报告。", ["重大问题及时向市政府报告"], id="what is to be reported"
    ),
    pytest.param(
        "各部门、各区按需在平台上提出共享申请。",
        ["按需在平台上提出共享申请"],
        id="the ground behind the last of two bodies",
    ),
    pytest.param("立足检测发展现状，推广标准。", ["推广标准"], id="a ground that ends in 现状"),
    pytest.param("要及时向市政府报告。", ["及时向市政府报告"], id="to report to somebody"),
    pytest.param("制定如下政策措施。", [], id="what leads to the measures"),
    pytest.param(
        "培育3家检测企业，20家检测机构。",
        ["培育3家检测企业，20家检测机构"],
        id="the next stretch goes on counting",
    ),
]


TASKS += [
    pytest.param(
        "严查假冒检测报告，明晰检测边界、强化检测联动。",
        ["严查假冒检测报告", "明晰检测边界、强化检测联动"],
        id="verbs of strictness",
    ),
    pytest.param(
        "因地制宜、疏堵结合建设检测设施，逐企业编制检测报告。",
        ["因地制宜、疏堵结合建设检测设施", "逐企业编制检测报告"],
        id="adverbs joined by a mark",
    ),
    pytest.param(
        "举办检测机构的，在县级检测部门登记。", ["在县级检测部门登记"], id="in which case"
    ),
    pytest.param(
        "各县按照职责分工，制定检测工作计划与具体措施。",
        ["制定检测工作计划与具体措施"],
        id="具体措施 is what is made",
    ),
    pytest.param(
        "优先将检测试点任务赋予云川，以检测标准引领产业发展。",
        ["优先将检测试点任务赋予云川", "以检测标准引领产业发展"],
        id="赋予 and 引领",
    ),
    pytest.param(
        "利用基础数据，以及云川检测中心汇聚的行业数据，建设平台。",
        ["建设平台"],
        id="a verb before 的 names a thing",
    ),
    pytest.param(
        "云川市政府将对检测进展进行全程督办，重大问题及时向省政府报告。",
        ["对检测进展进行全程督办", "重大问题及时向省政府报告"],
        id="将 before 对",
    ),
    pytest.param(
        "各县要于2032年5月底前将检测结果报送云川市检测局。",
        ["将检测结果报送云川市检测局"],
        id="将 behind a date",
    ),
]


@pytest.mark.parametrize(("words", "tasks"), TASKS)
def test_a_task_is_found_in_its_style(words: str, tasks: list[str]) -> None:
    assert named(Kind.TASK, words) == tasks


RUN_IN = (
    "保护饮用水源。划定保护红线，清理沿岸排污口。公布水质，接受监督。"
    "整治黑臭河道。排查沿河污染源，公布治理名单。定期巡河，开展评议。"
    "修复沿海湿地。清退违规养殖，补种红树林。建立管护队伍，开展监测。"
)


def test_short_sentences_head_what_details_them() -> None:
    assert named(Kind.TASK_GROUP, RUN_IN) == ["保护饮用水源", "整治黑臭河道", "修复沿海湿地"]
    assert "保护饮用水源" not in named(Kind.TASK, RUN_IN)


def test_a_task_belongs_to_the_heading_inside_its_paragraph() -> None:
    found = extract(HEAD + RUN_IN)
    names = {m.id: m.text for m in found.mentions}
    parts = {
        (names[r.head], names[r.tail]) for r in found.relations if r.kind is RelationKind.PART_OF
    }
    assert {("开展评议", "整治黑臭河道"), ("整治黑臭河道", "建设平台")} <= parts


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(RUN_IN[: RUN_IN.index("修复")], id="two are no habit"),
        pytest.param("推广检测，建设平台。" + RUN_IN, id="the paragraph opens with a task"),
        pytest.param(
            "推广检测标准。制定目录，建设平台。研发检测软件。开放接口，共享数据。开展检测试点。",
            id="nothing below them",
        ),
    ],
)
def test_short_sentences_without_the_habit_are_tasks(words: str) -> None:
    assert named(Kind.TASK_GROUP, words) == []


NAMES_FIRST = (
    "家电制造。推广检测设备，开放检测平台。家电物流。完善检测网络，降低成本。"
    "家电金融。建立检测数据库，防范风险。家电农业。研制检测装置。"
)


def test_sentences_that_are_only_a_name_head_what_follows_them() -> None:
    names = ["家电制造", "家电物流", "家电金融", "家电农业"]
    assert named(Kind.TASK_GROUP, NAMES_FIRST) == names


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(NAMES_FIRST[: NAMES_FIRST.index("家电金融")], id="two are no habit"),
        pytest.param(NAMES_FIRST.replace("。家电", "。家电的"), id="an attribute is no name"),
    ],
)
def test_names_without_the_habit_head_nothing(words: str) -> None:
    assert named(Kind.TASK_GROUP, words) == []


UNNUMBERED = (
    "检测能力行动\n推广检测设备，开放平台。\n检测标准行动\n研制检测标准，发布目录。\n"
    "检测服务行动\n培育检测机构，定期评估。\n"
)


def test_lines_without_a_number_head_the_tasks_below_them() -> None:
    found = extract("云川市推广检测。\n" + UNNUMBERED)
    names = {m.id: m.text for m in found.mentions}
    groups = [m.text for m in found.mentions if m.kind is Kind.TASK_GROUP]
    assert groups == ["检测能力行动", "检测标准行动", "检测服务行动"]
    parts = {(names[r.head], names[r.tail]) for r in found.relations}
    assert ("发布目录", "检测标准行动") in parts


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(UNNUMBERED[: UNNUMBERED.index("检测服务")], id="two are no habit"),
        pytest.param(UNNUMBERED.replace("\n检测", "\n图2 检测"), id="words under a picture"),
    ],
)
def test_lines_without_a_number_and_the_habit_head_nothing(words: str) -> None:
    assert named(Kind.TASK_GROUP, "云川市推广检测。\n" + words, head="") == []


def test_a_line_that_tells_what_to_do_heads_the_numbers_below_it() -> None:
    words = "加快构建检测网络\n（一）建设平台。推进共享。\n（二）制定标准。推广应用。\n"
    found = extract("云川市推广检测。\n" + words)
    names = {m.id: m.text for m in found.mentions}
    parts = {(names[r.head], names[r.tail]) for r in found.relations}
    assert ("制定标准", "加快构建检测网络") in parts
    told = words.replace("加快构建检测网络", "云川检测概况")
    assert "云川检测概况" not in named(Kind.TASK_GROUP, told, head="云川市推广检测。\n")


SET_OFF = (
    "（一）发展检测。\n深入推进检测节能。\n推广检测设备，开放检测平台，建设检测中心，降低检测成本，完善检测网络。\n"
    "加快健全检测体系。\n研制检测标准，发布检测目录，培育检测机构，定期评估结果，推进检测结果互认。\n"
    "检测能力提升工程。\n更新检测设备，培养检测人才，支持检测机构整合，建立检测数据库，开展检测竞赛。\n"
)


def test_short_sentences_on_lines_of_their_own_head_the_lines_behind_them() -> None:
    found = extract("一、主要任务\n" + SET_OFF)
    names = {m.id: m.text for m in found.mentions}
    parts = {(names[r.head], names[r.tail]) for r in found.relations}
    assert ("发布检测目录", "加快健全检测体系") in parts
    assert ("更新检测设备", "检测能力提升工程") in parts
    assert ("深入推进检测节能", "发展检测") in parts


def test_two_short_sentences_on_lines_of_their_own_are_tasks() -> None:
    two = SET_OFF[: SET_OFF.index("检测能力提升")]
    assert "加快健全检测体系" in named(Kind.TASK, two, head="一、主要任务\n")


def test_what_stands_before_a_number_that_goes_on_is_no_list_but_tasks_of_the_one_before() -> None:
    torn = "务系统统一部署。依托检测平台建设完善检测信息库，成本下降。"
    tasks = ["依托检测平台建设完善检测信息库", "推进共享"]
    assert named(Kind.TASK, torn + "\n7.建设平台。推进共享。", head="") == tasks
    assert named(Kind.TASK, torn + "\n二、建设平台。推进共享。", head="") == ["推进共享"]


CUT_OFF = "推广检测设备，开放检测平台。到2035年，质量水平明显提升。降低检测成本，完善网络。\n"


def test_a_passage_that_begins_in_the_middle_begins_with_tasks() -> None:
    words = CUT_OFF + "（三）建设平台。推进共享。"
    tasks = ["推广检测设备", "开放检测平台", "降低检测成本", "完善网络"]
    assert named(Kind.TASK, words, head="") == [*tasks, "推进共享"]
    assert named(Kind.GOAL, words, head="") == ["质量水平明显提升"]


def test_what_stands_before_the_first_number_of_a_count_is_an_introduction() -> None:
    assert named(Kind.TASK, CUT_OFF + "（一）建设平台。推进共享。", head="") == ["推进共享"]


def test_two_headings_that_lost_their_line_end_are_two() -> None:
    lost = "四、主要任务（一）培育云川要素市场建立要素价值体系。制定目录，开展评估。（二）建设平台。推进共享。"
    assert "培育云川要素市场" in named(Kind.TASK_GROUP, lost, head="")


GOALS = [
    pytest.param("要素价格市场决定，制造与服务协同", ["要素价格市场决定"], id="a market decides"),
    pytest.param(
        "检测能力明显增强，与产业链深度融合",
        ["检测能力明显增强", "与产业链深度融合"],
        id="与 and a predicate",
    ),
    pytest.param("检测中心地位基本确立", ["检测中心地位基本确立"], id="确立"),
    pytest.param("检测规模倍增", ["检测规模倍增"], id="倍增"),
    pytest.param("检测中心上架率达65%以上", ["检测中心上架率达65%以上"], id="上架率 is a noun"),
    pytest.param(
        "涌现出一批检测成效明显的示范地区", ["涌现出一批检测成效明显的示范地区"], id="涌现"
    ),
    pytest.param("条件较好的示范地区", [], id="a scope is no goal"),
    pytest.param("制定如下政策措施", [], id="what leads to the measures is no goal"),
    pytest.param(
        "逐步形成以云川为核心，青禾为补充的检测布局，检测能力明显增强",
        ["逐步形成以云川为核心，青禾为补充的检测布局", "检测能力明显增强"],
        id="形成以甲为核心 waits for its object",
    ),
    pytest.param(
        "重点培育3个检测园区、20家检测企业，50个检测项目，检测规模倍增",
        ["重点培育3个检测园区、20家检测企业，50个检测项目", "检测规模倍增"],
        id="the next stretch goes on counting",
    ),
    pytest.param(
        "新增5家检测企业，3家企业达到行业标杆水平",
        ["新增5家检测企业", "3家企业达到行业标杆水平"],
        id="a count with a predicate stands for itself",
    ),
]


GOALS += [
    pytest.param("基本消除检测盲区", ["基本消除检测盲区"], id="消除"),
    pytest.param(
        "检测网络覆盖80%以上的沿江城市", ["检测网络覆盖80%以上的沿江城市"], id="what is covered"
    ),
]


@pytest.mark.parametrize(("words", "goals"), GOALS)
def test_a_wished_state_is_a_goal(words: str, goals: list[str]) -> None:
    assert named(Kind.GOAL, words + "。", head="一、主要目标\n到2035年，") == goals


def test_a_year_alone_is_the_time_of_the_state_behind_it() -> None:
    words = "推广检测。2032年，质量水平得到明显提升。"
    assert named(Kind.GOAL, words) == ["质量水平得到明显提升"]
    assert named(Kind.TIME, words) == ["2032年"]


TARGETS = [
    pytest.param("新建30个检测平台。", ["30个检测平台"], id="the verb stays outside"),
    pytest.param("到2035年新建30个检测平台。", ["新建30个检测平台"], id="right behind a horizon"),
    pytest.param("到2035年，新建30个检测平台。", ["30个检测平台"], id="behind a comma"),
    pytest.param("修复云川岸线90公里。", ["云川岸线90公里"], id="the number comes last"),
    pytest.param(
        "到2035年，检测覆盖面扩大，修复云川岸线90公里。",
        ["修复云川岸线90公里"],
        id="the number comes last, by a horizon",
    ),
    pytest.param(
        "到2035年，检测覆盖面扩大，培育检测企业50家。",
        ["检测企业50家"],
        id="things counted, by a horizon: the verb is no name",
    ),
    pytest.param(
        "到2035年，培育上市检测企业超过50家。",
        ["培育上市检测企业超过50家"],
        id="a number to be passed, by a horizon",
    ),
    pytest.param(
        "支持检测产业发展，云川检测园营业收入力争超过35亿元。",
        ["云川检测园营业收入力争超过35亿元"],
        id="a number that is hoped for",
    ),
    pytest.param("实施检测应用项目50个以上。", ["检测应用项目50个以上"], id="实施 stays outside"),
    pytest.param(
        "新增省级园区5个、市级园区15个。",
        ["省级园区5个", "市级园区15个"],
        id="two numbers of things",
    ),
    pytest.param(
        "培育3个省级检测园区和2个检测中心、10家检测企业。",
        ["3个省级检测园区", "2个检测中心", "10家检测企业"],
        id="three numbers of things",
    ),
    pytest.param(
        "打造5个规模大、带动性强、特色鲜明的检测园区，建成20个森林园区、湿地园区。",
        ["5个规模大、带动性强、特色鲜明的检测园区", "20个森林园区、湿地园区"],
        id="one number of several things",
    ),
    pytest.param("争取不少于8个检测项目。", ["不少于8个检测项目"], id="a comparator first"),
    pytest.param("在各县布局4-5个检测中心。", ["4-5个检测中心"], id="a verb behind a place"),
    pytest.param(
        "推动甲公司、乙公司2家企业全年新建检测站300座。",
        ["检测站300座"],
        id="a verb behind a subject, the number last",
    ),
    pytest.param(
        "推动5家检测企业的3个重点项目建设。", ["3个重点项目"], id="the number of a number"
    ),
    pytest.param("完善政务服务4个小组的分工。", [], id="服务 as a noun"),
    pytest.param(
        "培育3家检测企业，20家检测机构。",
        ["3家检测企业", "20家检测机构"],
        id="the next stretch goes on counting",
    ),
    pytest.param(
        "到2035年，检测业占比达40%、规模突破9亿元。",
        ["检测业占比达40%", "规模突破9亿元"],
        id="two targets of one goal",
    ),
    pytest.param("每年发布5个以上检测榜单。", ["5个以上检测榜单"], id="every year"),
    pytest.param("力争全市建成10个检测节点。", ["10个检测节点"], id="a subject before the verb"),
    pytest.param("实现登记事项90%网上办理。", ["登记事项90%网上办理"], id="实现 stays outside"),
    pytest.param("完成改造的奖励50万元。", [], id="a payment is no target"),
    pytest.param("推广检测企业达150万元的做法。", [], id="an attribute is no target"),
]


TARGETS += [
    pytest.param(
        "争创1个省级以上检测园区。", ["1个省级以上检测园区"], id="以上 behind a level is no bound"
    ),
    pytest.param(
        "组织不少于15名检测专家参与标准编写。",
        ["不少于15名检测专家"],
        id="who is counted does something",
    ),
    pytest.param("检测骨干网带宽提升至10兆。", ["检测骨干网带宽提升至10兆"], id="what it rises to"),
    pytest.param("探索检测场景不少于3个。", ["检测场景不少于3个"], id="探索"),
]


@pytest.mark.parametrize(("words", "targets"), TARGETS)
def test_a_target_has_its_span(words: str, targets: list[str]) -> None:
    assert named(Kind.TARGET, words) == targets


OTHERS = [
    pytest.param(
        Kind.ARRANGEMENT, "探索建构检测结果统计制度。", ["检测结果统计制度"], id="two verbs"
    ),
    pytest.param(
        Kind.ARRANGEMENT,
        "建立检测服务定价模型和价格形成机制。",
        ["价格形成机制"],
        id="behind a model",
    ),
    pytest.param(
        Kind.ARRANGEMENT, "推动甲县等园区完善检测补偿机制。", ["检测补偿机制"], id="inner verb"
    ),
    pytest.param(
        Kind.ARRANGEMENT, "开展检测评价制度改革试点。", ["检测评价制度"], id="a pilot of it"
    ),
    pytest.param(Kind.ARRANGEMENT, "推进商事制度改革。", [], id="a reform is none"),
    pytest.param(
        Kind.PROGRAMME, "实施国家新一代检测工程。", ["国家新一代检测工程"], id="of the state"
    ),
    pytest.param(
        Kind.DOCUMENT, "实施沿江污染防治方案，清理排口。", ["沿江污染防治方案"], id="carried out"
    ),
    pytest.param(
        Kind.DOCUMENT, "制定检测装备发展路线图。", ["检测装备发展路线图"], id="a road map"
    ),
    pytest.param(
        Kind.TIME, "各市应于2035年底前，完成改造。", ["2035年底前"], id="于 stays outside"
    ),
    pytest.param(
        Kind.TASK,
        "各市应于2035年底前，基本完成红线划定。",
        ["基本完成红线划定"],
        id="work finished by a deadline",
    ),
    pytest.param(
        Kind.GOAL,
        "到2035年，沿江各县基本消除黑臭水体。",
        ["沿江各县基本消除黑臭水体"],
        id="a subject before what is reached",
    ),
]


@pytest.mark.parametrize(("kind", "words", "found"), OTHERS)
def test_instruments_documents_and_times_have_their_spans(
    kind: Kind, words: str, found: list[str]
) -> None:
    assert named(kind, words) == found


def test_a_goal_names_an_institutional_system_but_no_state_of_the_world() -> None:
    words = "检测结果评价体系初步建立，现代检测产业体系基本建成。"
    found = named(Kind.ARRANGEMENT, words, head="一、主要目标\n到2035年，")
    assert found == ["检测结果评价体系"]


def test_a_heading_glued_to_the_ground_of_its_first_task_ends_before_it() -> None:
    lost = (
        "一、主要任务（一）建设平台。推进共享。（二）推广标准。开展宣传。"
        "（三）建立检测协作机制按照“自愿参与”原则，推动数据共享。"
    )
    assert named(Kind.TASK_GROUP, lost, head="")[-1] == "建立检测协作机制"


def test_a_title_goes_on_with_its_years_on_the_next_line() -> None:
    text = "云川市检测体系建设发展规划\n(2031—2035年)\n一、主要任务\n建设平台。"
    found = [m.text for m in extract(text).mentions if m.kind is Kind.DOCUMENT]
    assert found == ["云川市检测体系建设发展规划\n(2031—2035年)"]


def test_a_title_of_several_lines_begins_with_the_line_that_says_what_it_is_about() -> None:
    text = "云川市关于印发检测行业\n发展规划的通知\n一、主要任务\n建设平台，推进共享。"
    found = [m.text for m in extract(text).mentions if m.kind is Kind.DOCUMENT]
    assert found == ["云川市关于印发检测行业\n发展规划的通知"]


def test_a_long_list_of_bodies_before_the_verb_is_its_subject() -> None:
    bodies = "、".join(f"{name}部" for name in "甲乙丙丁戊己庚辛壬癸") * 3
    assert named(Kind.TASK, f"{bodies}等部门要完善检测协调机制。") == ["完善检测协调机制"]


STATES = "通过创建活动,促进检测机制日趋完善,发展思路更加清晰,基础保障更有力,质量意识明显提高。"


def test_a_row_of_hoped_states_tells_goals_without_a_heading() -> None:
    found = [m.text for m in extract(STATES).mentions if m.kind is Kind.GOAL]
    assert found == [
        "促进检测机制日趋完善",
        "发展思路更加清晰",
        "基础保障更有力",
        "质量意识明显提高",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "近年来," + STATES,
        STATES.replace("创建活动", "近年来的创建活动"),
        "通过创建活动,检测机制日趋完善。",
    ],
)
def test_what_has_been_reached_is_no_goal(words: str) -> None:
    assert not [m for m in extract(words).mentions if m.kind is Kind.GOAL]


def test_a_title_begins_behind_all_its_issuers() -> None:
    text = "云州市委办公室 云州市人民政府办公室关于推广检测的意见\n\n一、任务\n推广检测。"
    found = [m.text for m in extract(text).mentions if m.kind is Kind.DOCUMENT]
    assert found == ["关于推广检测的意见"]


def test_addressees_with_half_width_marks_are_bodies() -> None:
    text = (
        "云州市人民政府办公室关于推广检测的通知\n发布时间:2031-01-04 来源:云州网\n"
        "各县(区)人民政府,市政府各部门、各直属机构,中直、省直驻云州有关单位:\n经市政府同意,现印发给你们。"
    )
    found = [m.text for m in extract(text).mentions if m.kind is Kind.BODY]
    assert found[:4] == [
        "各县(区)人民政府",
        "市政府各部门",
        "各直属机构",
        "中直、省直驻云州有关单位",
    ]


def test_what_a_section_of_background_tells_is_no_goal() -> None:
    text = "一、发展形势\n“十二五”期间，检测能力明显提升，检测体系更加健全。\n二、主要目标\n到2030年，检测能力明显提升。"
    found = [m for m in extract(text).mentions if m.kind is Kind.GOAL]
    assert [m.span.start > text.index("二、") for m in found] == [True]


ARRANGEMENTS = [
    pytest.param("推进检测首席官制度先行先试。", ["检测首席官制度"], id="先行先试"),
    pytest.param("推进检测认证和标识制度工作。", ["检测认证和标识制度"], id="工作"),
    pytest.param(
        "健全检测标准和评价标准体系。", ["检测标准和评价标准体系"], id="one 体系 of two standards"
    ),
    pytest.param("完善检测数据共享开放体系。", ["检测数据共享开放体系"], id="开放体系"),
    pytest.param("高度重视检测数据制度建设。", [], id="重视 makes nothing"),
    pytest.param("健全保障机制。", [], id="a generic word"),
]


@pytest.mark.parametrize(("words", "names"), ARRANGEMENTS)
def test_an_arrangement_has_its_name(words: str, names: list[str]) -> None:
    assert named(Kind.ARRANGEMENT, words) == names


PROGRAMMES = [
    pytest.param("实施检测科技重大项目和检测攻关工程。", ["检测攻关工程"], id="behind 项目"),
    pytest.param("承接检测节点建设和运营等工程。", [], id="甲等工程 has no name"),
    pytest.param("统筹检测、计量、认证资源利用等工程。", [], id="甲、乙等工程 has no name"),
]


@pytest.mark.parametrize(("words", "names"), PROGRAMMES)
def test_a_programme_has_its_name(words: str, names: list[str]) -> None:
    assert named(Kind.PROGRAMME, words) == names


def test_what_stands_in_brackets_behind_the_name_of_a_box_is_no_part_of_it() -> None:
    text = HEAD + "推广检测平台。\n专栏二：检测提升行动（专项行动之二）\n建设检测中心。\n"
    found = extract(text)
    names = {m.id: m.text for m in found.mentions}
    assert [m.text for m in found.mentions if m.kind is Kind.PROGRAMME] == ["检测提升行动"]
    parts = {(names[r.head], names[r.tail]) for r in found.relations}
    assert ("建设检测中心", "检测提升行动") in parts


@pytest.mark.parametrize("doing", ["持续建设检测中心", "优化检测网络", "聚焦检测短板建设中心"])
def test_the_name_of_a_box_ends_where_its_first_sentence_opens(doing: str) -> None:
    found = named(Kind.PROGRAMME, f"推广检测平台。\n专栏1检测能力提升工程{doing}，推广检测标准。\n")
    assert found == ["检测能力提升工程"]


PLANNED = [
    pytest.param("制定并发布年度检测开放计划。", ["年度检测开放计划"], id="written and published"),
    pytest.param("制定并印发实施检测运营规则。", ["检测运营规则"], id="written and carried out"),
    pytest.param("负责制定检测运营规则。", ["检测运营规则"], id="in charge of writing it"),
    pytest.param("制定推动检测升级指导意见。", ["推动检测升级指导意见"], id="指导意见"),
    pytest.param("制定我区检测数据共享目录。", ["检测数据共享目录"], id="of our own"),
    pytest.param(
        "制定年度工作计划和检测试点实施方案。", ["检测试点实施方案"], id="a plan without a name"
    ),
    pytest.param("出台检测监管的指导意见。", [], id="a genre alone is no name"),
]


@pytest.mark.parametrize(("words", "names"), PLANNED)
def test_a_document_to_be_written_has_its_name(words: str, names: list[str]) -> None:
    assert named(Kind.DOCUMENT, words) == names


def test_policies_named_one_by_one_are_no_list_of_areas() -> None:
    assert named(Kind.POLICY_AREA, "协调产业政策、创新政策与社会政策。") == []
