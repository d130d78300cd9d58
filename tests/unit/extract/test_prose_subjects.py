"""Duties whose bodies are the grammatical subject: one cause a case. All texts are invented."""

import pytest

from kg.model import Kind
from tests.unit.extract.conftest import held, read


def tasks(words: str) -> list[str]:
    return [m.text for m in read(words).mentions if m.kind is Kind.TASK]


def times(words: str) -> list[tuple[str, str]]:
    return [(m.text, str(m.attrs["role"])) for m in read(words).mentions if m.kind is Kind.TIME]


CLASSES = [
    ("档案部门应当公开检测目录。", ["档案部门"]),
    ("数据提供部门须更新检测目录。", ["数据提供部门"]),
    ("平台运营单位要定期报送检测数据。", ["平台运营单位"]),
    ("各档案管理机构应建立检测台账。", ["各档案管理机构"]),
    ("所在地档案部门要公开检测目录。", ["所在地档案部门"]),
    ("档案部门、检测部门和其他有关部门应当公开目录。", ["档案部门", "检测部门", "其他有关部门"]),
    ("不能按期检测的，档案部门应当说明理由。", ["档案部门"]),
    ("2032年底前各区县要建立检测台账。", ["各区县"]),
    ("试点地区要建立检测台账。", ["试点地区"]),
    ("试点地区组织机构开展检测。", ["试点地区"]),
    # no 要 and no 应: the verb stands right behind the body
    ("档案部门制定检测补贴政策。", ["档案部门"]),
    ("各省份建立检测台账。", ["各省份"]),
    ("财政、档案部门研究建立检测基金。", ["财政、档案部门"]),
    ("建设单位应当委托机构开展检测。", ["建设单位"]),
    ("档案部门按照职责分工做好检测工作。", ["档案部门"]),
    ("县级人民政府按照检测规划，统筹本地检测工作。", ["县级人民政府"]),
    # an area stands for its government
    ("浙江省、福建省和有关部门要建立检测台账。", ["浙江省", "福建省", "有关部门"]),
    # 以及 parts whole names, 和 stands inside one
    (
        "其他有关部门和单位以及行业组织要共同做好检测。",
        ["其他有关部门和单位", "行业组织"],
    ),
    ("青川试验区各片区要建立检测台账。", ["青川试验区各片区"]),
]


def test_a_pilot_area_as_subject_is_no_part_of_the_task() -> None:
    assert tasks("试点地区组织机构开展检测。") == ["组织机构开展检测"]
    assert tasks("试点推广检测平台。") == ["试点推广检测平台"]


@pytest.mark.parametrize(("words", "bodies"), CLASSES)
def test_a_class_of_organs_as_subject_is_responsible(words: str, bodies: list[str]) -> None:
    assert held(words) == [(body, "responsible") for body in bodies]


def test_a_long_list_of_bodies_is_the_subject_whole() -> None:
    names = [
        "省统计局",
        "省教育厅",
        "省财政厅",
        "省公安厅",
        "省商务厅",
        "省科学技术厅",
        "省工业和信息化厅",
    ]
    names += [
        "省人力资源社会保障厅",
        "省市场监管局",
        "省发展改革委",
        "省农业农村厅",
        "省交通运输厅",
    ]
    assert len(held("、".join(names) + "等部门要完善检测协调机制。")) == len(names)


def test_a_class_of_organs_as_subject_is_open() -> None:
    found = read("数据提供部门须更新检测目录。").responsibilities
    assert [(one.open, one.inline) for one in found] == [(True, True)]


NOBODY = [
    "鼓励档案部门公开检测目录。",
    "支持试点地区开展检测。",
    "支持有关部门开展检测。",
    "引导运营单位共享检测数据。",
    "督促各区县建立检测台账。",
    "并通过平台向其他部门提供检测数据。",
    "根据档案部门要求更新目录。",
    "成立各级各部门检测领导机构。",
    "各区县工作进展情况要定期通报。",
    "企业要诚信检测。",
    "面向全市高校和科研机构建立检测岗位。",
    "由各区县有关部门负责同志担任联络员。",
    "各部门推进检测的情况。",
    "到2032年，各部门协同推进机制更加健全。",
    "档案部门信息系统应当依托平台进行建设。",
]


@pytest.mark.parametrize("words", NOBODY)
def test_who_is_urged_or_only_mentioned_holds_no_duty(words: str) -> None:
    assert held(words) == []


ROLES = [
    ("档案部门监督检测机构整改问题。", [("档案部门", "supervisor")]),
    ("档案部门指导各区县开展检测。", [("档案部门", "supervisor")]),
    ("档案部门牵头制定检测目录。", [("档案部门", "lead")]),
    ("检测部门配合做好数据共享。", [("检测部门", "support")]),
    ("档案部门应当监督检测机构整改问题。", [("档案部门", "supervisor")]),
    ("所在地档案部门对检测活动进行监管。", [("所在地档案部门", "supervisor")]),
    ("档案部门加强监督检查。", [("档案部门", "responsible")]),
]


@pytest.mark.parametrize(("words", "duties"), ROLES)
def test_the_verb_behind_the_subject_tells_the_role(
    words: str, duties: list[tuple[str, str]]
) -> None:
    assert held(words) == duties


TOGETHER = [
    (
        "省财政厅应当会同省教育厅、档案部门制定检测目录。",
        [("省财政厅", "lead"), ("省教育厅", "participant"), ("档案部门", "participant")],
    ),
    (
        "档案部门会同有关部门建立检测台账。",
        [("档案部门", "lead"), ("有关部门", "participant")],
    ),
    (
        "不能形成一致意见的，由档案部门会同有关部门协调处理。",
        [("档案部门", "lead"), ("有关部门", "participant")],
    ),
    ("由档案部门审核检测目录。", [("档案部门", "responsible")]),
    ("由此制定检测目录。", []),
]


@pytest.mark.parametrize(("words", "duties"), TOGETHER)
def test_who_acts_together_leads_and_takes_part(words: str, duties: list[tuple[str, str]]) -> None:
    assert held(words) == duties


def test_to_guide_is_marked_as_guiding() -> None:
    found = read("档案部门指导各区县开展检测。").responsibilities
    assert [one.guiding for one in found] == [True]


def test_each_subject_of_a_sentence_has_the_tasks_up_to_the_next_one() -> None:
    found = read("档案部门应当公开目录，更新台账；检测部门应当开展抽查。")
    named = {m.id: m.text for m in found.mentions}
    aims = [[named[task] for task in one.applies_to] for one in found.responsibilities]
    assert aims == [["公开目录", "更新台账"], ["开展抽查"]]


CHARGES = [
    ("档案部门负责检测工作的统筹协调。", ["负责检测工作的统筹协调"]),
    ("档案部门负责组织检测。", ["负责组织检测"]),
    ("档案部门负责人签字确认。", []),
    ("各检测管理机构负责本区域检测工作的统筹协调。", ["负责本区域检测工作的统筹协调"]),
    ("街道办事处协助做好检测工作。", ["协助做好检测工作"]),
    ("档案部门对检测活动进行监管。", ["对检测活动进行监管"]),
    ("完善档案部门监管机制。", ["完善档案部门监管机制"]),
]


@pytest.mark.parametrize(("words", "found"), CHARGES)
def test_the_task_begins_behind_the_name_of_the_body(words: str, found: list[str]) -> None:
    assert tasks(words) == found


FREQUENCIES = [
    ("档案部门每年开展检测抽查。", ["每年"], ["开展检测抽查"]),
    ("每季度公布检测结果。", ["每季度"], ["公布检测结果"]),
    ("定期公布检测结果。", [], ["定期公布检测结果"]),
    ("每年度总结由档案部门另行布置。", [], []),
]


@pytest.mark.parametrize(("words", "often", "found"), FREQUENCIES)
def test_how_often_stays_outside_the_task(words: str, often: list[str], found: list[str]) -> None:
    assert times(words) == [(one, "frequency") for one in often]
    assert tasks(words) == found


def test_how_often_is_no_deadline() -> None:
    found = read("每季度公布检测结果。")
    assert not [one for one in found.relations if one.kind.value == "hasDeadline"]
