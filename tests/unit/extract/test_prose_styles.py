"""Duties in running text, one style a case: asides, levels, bare roles, names. All texts are invented."""

import pytest

from kg.model import Kind, RelationKind
from tests.unit.extract.conftest import held, read

LEAD, HELP, JOIN, DO = "lead", "support", "participant", "responsible"


def bodies(words: str) -> list[str]:
    return [m.text for m in read(words).mentions if m.kind is Kind.BODY]


STYLES = [
    # organs of several levels are one class, the first of them too
    ("州、县（市）人民政府应当建立检测台账。", [("州、县（市）人民政府", DO)]),
    ("省、市、县有关部门要公开目录。", [("省、市、县有关部门", DO)]),
    ("省市两级要建立检测台账。", [("省市两级", DO)]),
    ("全省各地要建立检测台账。", [("全省各地", DO)]),
    ("各级各有关部门要公开检测目录。", [("各级各有关部门", DO)]),
    ("上游省级人民政府应当公开检测结果。", [("上游省级人民政府", DO)]),
    # classes beside organs, and classes that are no departments
    ("地方各级人民政府及供气单位应定期检测。", [("地方各级人民政府", DO), ("供气单位", DO)]),
    ("数据提供方须更新检测目录。", [("数据提供方", DO)]),
    ("地级及以上城市要公布检测结果。", [("地级及以上城市", DO)]),
    ("各自贸试验区要建立检测台账。", [("各自贸试验区", DO)]),
    ("对口省市要组织检测机构对接。", [("对口省市", DO)]),
    ("职业院校要开设检测课程。", [("职业院校", DO)]),
    # time, frequency, place and means between the subject and its verb
    ("各城市每季度向社会公布检测结果。", [("各城市", DO)]),
    ("各城市在当地媒体公布检测清单。", [("各城市", DO)]),
    ("各区自2031年起每年开展检测抽查。", [("各区", DO)]),
    ("各区应于2031年底前，完成检测抽查。", [("各区", DO)]),
    ("运营单位结合检测场景按需提出共享申请。", [("运营单位", DO)]),
    ("各区按需在检测系统中提出共享申请。", [("各区", DO)]),
    # what the body is, or within which limits it acts, before its 要
    ("县级人民政府是检测的责任主体，要建立台账。", [("县级人民政府", DO)]),
    ("对抽查中的缺陷，样品提供方在职责范围内，须及时改正。", [("样品提供方", DO)]),
    ("地方人民政府对本地检测结果负责，公开检测目录。", [("地方人民政府", DO)]),
    # 由, also where its verb ends the sentence or joins a verb inside the name
    ("日常工作由省检测数据管理局承担。", [("省检测数据管理局", DO)]),
    ("由档案部门进行检测评估。", [("档案部门", DO)]),
    ("市质检局负责制定检测规则。", [("市质检局", DO)]),
    ("由档案部门进行监督管理。", [("档案部门", "supervisor")]),
    ("各级档案部门要加强对检测工作的指导。", [("各级档案部门", "supervisor")]),
    # roles without brackets
    ("由省教育厅牵头，省财政厅配合，建立检测台账。", [("省教育厅", LEAD), ("省财政厅", HELP)]),
    ("由省教育厅牵头、省财政厅参与，建立检测台账。", [("省教育厅", LEAD), ("省财政厅", JOIN)]),
    ("检测经费由省财政厅、省教育厅按职责分工负责。", [("省财政厅", DO), ("省教育厅", DO)]),
    # 会同 further on, and behind the words that tell who the body is
    (
        "省教育厅是检测主管部门，要会同有关部门建立台账。",
        [("省教育厅", LEAD), ("有关部门", JOIN)],
    ),
    ("省教育厅将会同有关部门建立台账。", [("省教育厅", LEAD), ("有关部门", JOIN)]),
    ("省教育厅要加强统筹，会同有关部门建立台账。", [("省教育厅", DO), ("有关部门", JOIN)]),
    # who is the main body answers, with no 要; who is told to lead leads
    ("各市县人民政府为责任主体，负责组织实施检测。", [("各市县人民政府", DO)]),
    ("省教育厅要发挥牵头作用，加强统筹。", [("省教育厅", LEAD)]),
    ("省财政厅为牵头单位，省教育厅为配合单位。", [("省财政厅", LEAD), ("省教育厅", HELP)]),
    ("省财政厅负责资金，省教育厅负责培训。", [("省财政厅", DO), ("省教育厅", DO)]),
    # more organs and classes
    ("所在地市、县级人民政府要开展检测。", [("所在地市、县级人民政府", DO)]),
    ("由所在地市、县级人民政府负责开展评估。", [("所在地市、县级人民政府", DO)]),
    ("各主要矿区相关部门要建立台账。", [("各主要矿区相关部门", DO)]),
    ("乡镇（街道）要建立检测台账。", [("乡镇（街道）", DO)]),
    ("开发区管委会要建立检测台账。", [("开发区管委会", DO)]),
    ("公安机关、税务机关应当共享信息。", [("公安机关", DO), ("税务机关", DO)]),
    ("各级人民政府及其有关部门应当加强检测。", [("各级人民政府", DO), ("有关部门", DO)]),
    ("各级党委和政府要加强领导。", [("各级党委和政府", DO)]),
    ("各级林业和草原主管部门要公开目录。", [("各级林业和草原主管部门", DO)]),
    ("各部门（系统）要公开检测目录。", [("各部门（系统）", DO)]),
    ("中央质量和检测委员会加强对检测工作的统筹协调。", [("中央质量和检测委员会", DO)]),
    ("教育部门、财政部门在职责范围内，分别负责检测工作。", [("教育部门", DO), ("财政部门", DO)]),
    ("各级档案部门要发挥好牵头部门的作用。", [("各级档案部门", LEAD)]),
    # further verbs, and words between the subject and them
    ("各地区依法关闭或搬迁超标企业。", [("各地区", DO)]),
    ("请各单位于2031年5月前报送检测情况。", [("各单位", DO)]),
    ("检测结果由各市人民政府向社会公布。", [("各市人民政府", DO)]),
    ("办法由省教育厅会同有关部门拟定。", [("省教育厅", LEAD), ("有关部门", JOIN)]),
    ("省检测工作领导小组办公室（设在省教育厅）负责协调。", [("省检测工作领导小组办公室", DO)]),
    # a name given in brackets is no second body
    ("有关部门和各区政府（以下统称管理部门）要公开目录。", [("有关部门", DO), ("各区政府", DO)]),
]


STYLES += [
    (
        "由云江省检测局牵头，会同省财政厅、省教育厅等部门制定检测办法。",
        [("云江省检测局", LEAD), ("省财政厅", JOIN), ("省教育厅", JOIN)],
    ),
    ("省财政厅、省教育厅等部门按职责分工抓好落实。", [("省财政厅", DO), ("省教育厅", DO)]),
    ("由市政府督查室负责公开检测结果。", [("市政府督查室", DO)]),
    ("中央和国家机关有关部门要结合职能，加强检测。", [("中央和国家机关有关部门", DO)]),
    ("国家发展改革委牵头设立工作专班负责协调检测。", [("国家发展改革委", LEAD)]),
    ("各级政府采取政府补贴等方式，推进检测机构建设。", [("各级政府", DO)]),
]


@pytest.mark.parametrize(("words", "duties"), STYLES)
def test_a_body_is_found_in_every_style_of_running_text(
    words: str, duties: list[tuple[str, str]]
) -> None:
    assert held(words) == duties


NOBODY = [
    "近年来，各部门加强检测抽查，检测水平有所提高。",
    "到2032年，各城市建成检测平台。",
    "各区检测数据经档案部门审核同意后汇聚到平台。",
    "联席会议由省教育厅、省财政厅等部门组成。",
    "本办法由省教育厅负责解释。",
    "由省教育厅主要负责同志担任召集人。",
    "建立由政府负责人牵头、有关部门参加的检测机制。",
    "省教育厅编制了检测规划。",
    "加强数字政府建设。",
    "各部门检测工作取得明显成效。",
    "各地可结合实际制定检测补贴政策。",
    "本办法所称检测，是指档案部门按照规定开展的活动。",
    "大型企业要开展检测。",
    "在省级有关部门指导下，开展检测试点。",
    "要依托平台推进检测。",
]


@pytest.mark.parametrize("words", NOBODY)
def test_looking_back_or_naming_gives_nobody_a_duty(words: str) -> None:
    assert held(words) == []


NAMES = [
    ("建立“检测湾区”建设专责小组。", ["“检测湾区”建设专责小组"]),
    ("在省级有关部门指导下，开展检测试点。", ["省级有关部门"]),
    ("推动云河集团中央实验室建设。", []),
    ("国务院检测行政主管部门要公开目录。", ["国务院检测行政主管部门"]),
    ("经档案部门或者检测管理机构审核。", ["档案部门", "检测管理机构"]),
    ("建立由政府负责人牵头、有关部门参加的检测机制。", []),
    ("引导大型企业设立检测领导小组。", []),
    ("充分利用省推进检测工作领导小组开展检测。", ["省推进检测工作领导小组"]),
]


@pytest.mark.parametrize(("words", "found"), NAMES)
def test_a_name_is_read_whole_and_never_out_of_a_longer_word(words: str, found: list[str]) -> None:
    assert bodies(words) == found


def ties(words: str, kind: RelationKind) -> list[tuple[str, str]]:
    found = read(words)
    named = {m.id: m.text for m in found.mentions}
    return [(named[r.head], named[r.tail]) for r in found.relations if r.kind is kind]


def test_who_acts_with_another_coordinates_with_it() -> None:
    words = "省教育厅会同省财政厅、有关部门建立台账。"
    expected = [("省教育厅", "省财政厅"), ("省教育厅", "有关部门")]
    assert ties(words, RelationKind.COORDINATES) == expected


APPROVALS = [
    ("编制检测专项规划，确定检测重点，批准后组织开展抽查。", "批准后组织开展抽查"),
    ("编制检测专项规划，报省政府审定后，建立检测台账。", "建立检测台账"),
]


@pytest.mark.parametrize(("words", "task"), APPROVALS)
def test_what_follows_an_approval_needs_what_was_drawn_up(words: str, task: str) -> None:
    assert ties(words, RelationKind.REQUIRES) == [(task, "编制检测专项规划")]


def test_what_waits_for_an_approval_of_nothing_drawn_up_needs_nothing() -> None:
    words = "加强检测管理，批准后纳入检测台账管理。"
    assert ties(words, RelationKind.REQUIRES) == []


def test_every_duty_points_to_a_body_that_is_named() -> None:
    found = read("国务院检测行政主管部门会同国务院教育行政部门建立检测台账。")
    named = {m.id for m in found.mentions}
    assert [one.body_id in named for one in found.responsibilities] == [True, True]
