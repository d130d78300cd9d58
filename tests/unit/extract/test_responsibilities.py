"""Clauses of responsibilities in every style; all clauses are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.extract.bodies.resolve import Place
from kg.extract.duties.clause import parse_clause
from kg.extract.duties.responsibilities import duties, scan
from kg.extract.duties.widerules import DocumentWide
from kg.model import Basis, Level, Role
from kg.text.segment import segment

LEAD, DO, HELP = Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT
JOIN, WATCH = Role.PARTICIPANT, Role.SUPERVISOR

CLAUSES: list[tuple[str, list[tuple[str, Role]]]] = [
    (
        "（市场监管总局牵头，公安部、商务部参与）",
        [("市场监管总局", LEAD), ("公安部", JOIN), ("商务部", JOIN)],
    ),
    ("（财政部、税务总局负责）", [("财政部", DO), ("税务总局", DO)]),
    ("（财政部、税务总局按职责分工分别负责）", [("财政部", DO), ("税务总局", DO)]),
    ("（省商务厅牵头负责，云江海关配合）", [("省商务厅", LEAD), ("云江海关", HELP)]),
    (
        "（牵头单位：市商务局；配合单位：市财政局，各区人民政府）",
        [("市商务局", LEAD), ("市财政局", HELP), ("各区人民政府", HELP)],
    ),
    ("（牵头单位：市商务局 配合单位：市财政局）", [("市商务局", LEAD), ("市财政局", HELP)]),
    ("(责任单位:市发改委、市科技局)", [("市发改委", DO), ("市科技局", DO)]),
    ("〔责任单位：省数据局〕", [("省数据局", DO)]),
    ("（指导单位：省商务厅；责任单位：各市人民政府）", [("省商务厅", WATCH), ("各市人民政府", DO)]),
    ("（责任单位：市商务局；督办单位：市政府办公室）", [("市商务局", DO), ("市政府办公室", WATCH)]),
    ("（持续推进，牵头考核单位：市商务局）", [("市商务局", LEAD)]),
    (
        "（省财政厅牵头，省审计厅监督，省委编办指导）",
        [("省财政厅", LEAD), ("省审计厅", WATCH), ("省委编办", WATCH)],
    ),
    ("（由省发展改革委会同省财政厅负责）", [("省发展改革委", LEAD), ("省财政厅", JOIN)]),
    (
        "（省发展改革委牵头，会同省财政厅、省审计厅）",
        [("省发展改革委", LEAD), ("省财政厅", JOIN), ("省审计厅", JOIN)],
    ),
    ("（市商务局牵头、市财政局配合）", [("市商务局", LEAD), ("市财政局", HELP)]),
    ("责任单位：省市场监管局（牵头）、省财政厅", [("省市场监管局", LEAD), ("省财政厅", DO)]),
    (
        "（工业和信息化部、国家粮食和储备局及住房和城乡建设部负责）",
        [("工业和信息化部", DO), ("国家粮食和储备局", DO), ("住房和城乡建设部", DO)],
    ),
    (
        "（各省、自治区、直辖市人民政府和新疆生产建设兵团负责）",
        [("各省、自治区、直辖市人民政府", DO), ("新疆生产建设兵团", DO)],
    ),
    ("（各市（地）人民政府（行署）负责）", [("各市（地）人民政府（行署）", DO)]),
    ("（各地区各有关部门负责）", [("各地区", DO), ("各有关部门", DO)]),
    ("（自然资源部（国家林草局）负责）", [("自然资源部", DO), ("国家林草局", DO)]),
    ("（持续推进，责任单位：市教育局）", [("市教育局", DO)]),
    ("（农业农村部、商务部）", [("农业农村部", DO), ("商务部", DO)]),
]


@pytest.mark.parametrize(("clause", "expected"), CLAUSES)
def test_a_clause_gives_each_body_its_role(clause: str, expected: list[tuple[str, Role]]) -> None:
    found = parse_clause(clause)
    assert [(body.name, body.duty.role) for body in found.bodies] == expected
    assert found.unread == ()


@pytest.mark.parametrize(
    ("clause", "deadline"),
    [
        ("（市教育局负责，2026年6月底前完成）", "2026年6月底前"),
        ("（6月底完成，牵头考核单位：市教育局）", "6月底"),
        ("（市教育局牵头,完成时限:2026年底）", "2026年底"),
        ("（市教育局牵头，完成时限为2026年底）", "2026年底"),
        ("（2026年底前由市教育局负责）", "2026年底前"),
        ("（市教育局负责；2026年6月底前取得阶段性成果）", "2026年6月底前"),
        ("（市教育局负责，持续推进）", None),
        ("（市教育局负责）", None),
    ],
)
def test_a_deadline_inside_a_clause_is_read(clause: str, deadline: str | None) -> None:
    found = parse_clause(clause)
    assert found.deadline == deadline
    assert [body.name for body in found.bodies] == ["市教育局"]


def test_names_alone_are_responsible_by_position() -> None:
    (body,) = parse_clause("（商务部）").bodies
    assert (body.duty.role, body.basis) == (DO, Basis.POSITION)


def test_a_bare_etc_leaves_the_list_of_its_role_open() -> None:
    found = parse_clause("（市场监管总局牵头，公安部、商务部等部门参与）")
    assert [body.list_open for body in found.bodies] == [False, True, True]


def test_etc_before_a_class_gives_a_body_and_closes_the_list() -> None:
    found = parse_clause("（公安部、商务部等有关部门负责）")
    assert [(b.name, b.body.open, b.list_open) for b in found.bodies][-1] == (
        "有关部门",
        True,
        False,
    )
    assert not found.bodies[0].list_open


def test_the_prefix_of_a_list_carries_to_its_end_but_not_over_a_comma() -> None:
    found = parse_clause("（责任单位：省工信厅、财政厅，云江海关）")
    assert [b.body.canonical for b in found.bodies] == ["省工业和信息化厅", "省财政厅", "云江海关"]


def test_a_clause_torn_by_a_page_keeps_its_bodies_whole() -> None:
    clause = "（商务部、工业和信\n\n业规模持续扩大。\n\n\x0c息化部负责）"
    found = parse_clause(clause)
    assert [body.name for body in found.bodies] == ["商务部", "工业和信息化部"]
    assert [part.of(clause) for part in found.bodies[1].fragments] == ["工业和信", "息化部"]
    assert len(found.fragments) > 1


def test_a_part_that_cannot_be_read_is_told() -> None:
    text = "（商务部负责，做好宣传解读）"
    assert [part.of(text) for part in parse_clause(text).unread] == ["做好宣传解读"]


NO_CLAUSE = [
    "支持职业院校（含技工院校）发展。",
    "建立由企业牵头、相关部门共同参与的机制（方案见附件，由各地自行印发）。",
    "《评估模型》（以下简称《模型》）贯标。",
    "高新技术企业（国家级）达到100家。",
    "技能评价（院校内由教育部门负责），组织制定标准。",
    "财政部（国库司）发布通知。",
    "主办单位：云江省人民政府办公厅",
]


@pytest.mark.parametrize("text", NO_CLAUSE)
def test_other_brackets_and_footers_state_no_duty(text: str) -> None:
    assert scan(text).clause_spans == ()


def test_a_rule_for_the_document_governs_its_clause_and_those_after_it() -> None:
    text = (
        "甲事项。（教育部、财政部负责）乙事项。（财政部、商务部负责，列第一位者为牵头单位，下同）"
        "丙事项。（海关总署、税务总局负责）丁事项。（民政部负责）"
    )
    result = duties(text, (), ())
    roles = [(d.body, d.role, d.basis) for d in result.responsibilities]
    assert roles[0] == ("教育部", DO, Basis.STATED)
    assert roles[2] == ("财政部", LEAD, Basis.RULE)
    assert roles[4] == ("海关总署", LEAD, Basis.RULE)
    assert roles[6] == ("民政部", DO, Basis.STATED)
    assert [rule.rule for rule in result.document_rules] == [DocumentWide.FIRST_LEADS.value]


COMMA = (
    "推广检测。（市检测局、云川县政府，市财政局、市教育局。列逗号之前的为牵头单位，其他有关单位按职责分工配合，下同）"
    "建设平台。（市检测局、各县政府（含云川新区管委会，下同），市财政局）"
    "完善网络。（市检测局、市财政局）推进共享。（市教育局）开放数据。（市检测局牵头，市财政局负责）"
)


def test_who_stands_before_the_comma_leads_where_the_text_says_so() -> None:
    found = duties(COMMA, segment(COMMA), ())
    lead, help_ = "lead", "support"
    assert [
        (one.body_span.of(COMMA) if one.body_span else "", one.role.value)
        for one in found.responsibilities
    ] == [
        ("市检测局", lead),
        ("云川县政府", lead),
        ("市财政局", help_),
        ("市教育局", help_),
        ("市检测局", lead),
        ("各县政府", lead),
        ("云川新区管委会", lead),
        ("市财政局", help_),
        ("市检测局", lead),
        ("市财政局", lead),
        ("市教育局", "responsible"),
        ("市检测局", lead),
        ("市财政局", "responsible"),
    ]
    assert found.document_rules[0].rule == DocumentWide.BEFORE_COMMA_LEADS.value


WHO_LEADS = {  # in （市检测局*、市财政局；▲市教育局）
    "排名第一的单位为牵头单位": "检测局",
    "第一个单位为牵头单位": "检测局",
    "排在最前面的为牵头单位": "检测局",
    "由列首位的单位牵头，其他单位配合": "检测局",
    "牵头单位列首位": "检测局",
    "首家单位为牵头单位": "检测局",
    "前两家单位为牵头单位": "检测局、财政局",
    "列第一位的为试点单位": "",
    "加*号的为牵头单位": "检测局",
    "标有“▲”的单位为牵头部门": "教育局",
    "牵头单位用三角标注": "教育局",
    "带星号的为牵头单位，其余为配合单位": "检测局",
    "带★的为牵头单位": "",
    "加*号的为试点单位": "",
    "分号前为牵头单位，分号后为配合单位": "检测局、财政局",
}


@pytest.mark.parametrize(("note", "leads"), WHO_LEADS.items())
def test_a_note_says_who_leads_by_place_or_by_sign(note: str, leads: str) -> None:
    text = f"甲事项。（责任单位：市检测局*、市财政局；▲市教育局）\n注：{note}。"
    found = duties(text, segment(text), ()).responsibilities
    assert [one.body for one in found] == ["市检测局", "市财政局", "市教育局"]
    assert "、".join(one.body[1:] for one in found if one.role is LEAD) == leads
    others = {one.role for one in found if one.role is not LEAD}
    assert others == ({HELP} if "配合" in note else {DO})


def test_a_sign_makes_a_body_lead_that_stands_alone() -> None:
    text = "甲事项。（市检测局（*））乙事项。（市财政局）注：加*号的为牵头单位。"
    found = duties(text, (), ()).responsibilities
    assert [(one.body, one.role) for one in found] == [("市检测局", LEAD), ("市财政局", DO)]


def test_a_note_outside_the_clauses_governs_all_of_them() -> None:
    text = "甲事项。（教育部、财政部负责）\n注：排在首位的为牵头单位。"
    first = duties(text, (), ()).responsibilities[0]
    assert (first.role, first.basis) == (LEAD, Basis.RULE)


def test_a_body_that_is_not_listed_again_is_added_to_later_clauses() -> None:
    text = (
        "甲事项。（商务部指导，试点城市政府负责落实。以下均需试点城市政府落实，不再列出）"
        "乙事项。（海关总署负责）"
    )
    last = duties(text, (), ()).responsibilities[-1]
    assert (last.body, last.basis, last.body_id, last.open) == (
        "试点城市政府",
        Basis.RULE,
        None,
        True,
    )


def test_a_sentence_that_begins_with_bodies_gives_them_a_duty() -> None:
    text = "各地区各有关部门要加强领导，落实责任。企业要诚信经营。"
    result = duties(text, segment(text), ())
    assert [(d.body, d.inline) for d in result.responsibilities] == [
        ("各地区", True),
        ("各有关部门", True),
    ]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("财政部、商务部等部门要加强协调。", ["财政部", "商务部"]),
        ("教育、公安等部门要加强协调。", ["教育、公安等部门"]),
        ("各级领导干部要带头学习。", []),
        ("工作由政府组织评估。", []),
        ("各类企业要诚信经营。", []),
        ("（财政部负责）各市要抓好落实。", ["财政部", "各市"]),
        ("本办法由省财政厅负责解释。", []),
        ("财政部负责资金保障，商务部牵头负责市场开拓。", ["财政部", "商务部"]),
        ("各单位主要负责同志抓好落实。", []),
        ("同时，各地区要加强宣传。", ["各地区"]),
    ],
)
def test_only_bodies_that_one_can_point_to_hold_a_duty_in_prose(
    text: str, bodies: list[str]
) -> None:
    result = duties(text, segment(text), (), level=Level.CENTRAL)
    assert [d.body for d in result.responsibilities] == bodies


def test_of_a_with_b_in_prose_a_leads_and_b_takes_part() -> None:
    text = "科技部会同有关部门负责推进项目实施。"
    found = duties(text, segment(text), (), level=Level.CENTRAL).responsibilities
    assert [(d.body, d.role) for d in found] == [("科学技术部", LEAD), ("有关部门", JOIN)]


def test_sentences_with_the_same_subject_belong_to_the_duty() -> None:
    text = "海关总署要做好牵头工作。要优化服务。推进共享。"
    (duty,) = duties(text, segment(text), (), level=Level.CENTRAL).responsibilities
    assert duty.role is LEAD
    assert duty.clause.of(text) == "海关总署要做好牵头工作。要优化服务"


def test_a_duty_given_with_by_is_about_its_clause() -> None:
    text = "奖励办法由市质量工作领导小组另行制定。"
    (duty,) = duties(
        text, segment(text), (), level=Level.PREFECTURE, area="温州市"
    ).responsibilities
    assert (duty.body, duty.role) == ("温州市质量工作领导小组", DO)


def test_a_bracket_that_promises_a_duty_but_cannot_be_read_is_an_issue() -> None:
    text = "推进共享。（责任单位：详见附件）"
    result = duties(text, (), ())
    assert (result.brackets, result.brackets_parsed) == (1, 0)
    assert [issue.code for issue in result.issues] == ["unread-responsibility"]


def test_every_body_of_a_clause_is_mentioned_with_its_words() -> None:
    text = "（省工信厅、财政厅等负责）"
    result = duties(text, (), (), level=Level.PROVINCE, area="福建省")
    assert [(m.text, m.attrs["canonical"]) for m in result.body_mentions] == [
        ("省工信厅", "福建省工业和信息化厅"),
        ("财政厅", "福建省财政厅"),
    ]
    assert all(m.attrs["list_open"] for m in result.body_mentions)
    assert {d.body_id for d in result.responsibilities} == {m.id for m in result.body_mentions}


WORDS = "（ ） ( 财政部 、 ， ； 等 和 牵头 负责 配合 责任单位： 各地区 有关部门 2026年底前 会同 要 。 下同 含"
PIECES = st.lists(
    st.sampled_from([*WORDS.split(), "列第一位者为牵头单位", "省", "\n", "\t"]), max_size=25
)


@settings(deadline=None)  # the first example also reads the rule files
@given(PIECES)
def test_any_text_is_read_the_same_twice_with_offsets_inside_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    blocks = segment(text) if text.strip() else ()
    result = duties(text, blocks, ())
    assert result == duties(text, blocks, ())
    assert all(m.text == m.span.of(text) for m in result.body_mentions)
    for duty in result.responsibilities:
        assert 0 <= duty.clause.start < duty.clause.end <= len(text)
        if duty.body_span is not None:
            assert duty.clause.covers(duty.body_span)
    assert result.brackets_parsed <= result.brackets


@settings(deadline=None)
@given(PIECES)
def test_a_clause_alone_is_read_like_any_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = parse_clause(text, place=Place(Level.PROVINCE, "福建省"))
    assert all(body.span is not None and found.span.covers(body.span) for body in found.bodies)
    assert [body.position for body in found.bodies] == list(range(1, len(found.bodies) + 1))


def test_a_commission_alone_behind_a_full_stop_is_responsible() -> None:
    found = extract("一、主要任务\n（一）检测服务。推广检测。（证监会）推进共享。").responsibilities
    assert [duty.body for duty in found] == ["中国证券监督管理委员会"]


def test_a_cell_that_says_ditto_means_the_bodies_of_the_cell_above() -> None:
    text = "序号\t任务\t牵头单位\t配合单位\n1\t推进共享\t财政部\t同上\n2\t开展抽查\t同上\t商务部\n3\t建设中心\t同上\t〃"
    found = duties(text, (), ())
    told = [
        (duty.clause.of(text), duty.body, duty.role, duty.basis) for duty in found.responsibilities
    ]
    assert told == [
        ("财政部", "财政部", Role.LEAD, Basis.STATED),
        ("同上", "财政部", Role.LEAD, Basis.INHERITED),
        ("商务部", "商务部", Role.SUPPORT, Basis.STATED),
        ("同上", "财政部", Role.LEAD, Basis.INHERITED),
        ("〃", "商务部", Role.SUPPORT, Basis.INHERITED),
    ]
    (issue,) = found.issues
    assert issue.span.of(text) == "同上"  # the first: nothing stands above it
    assert len(found.body_mentions) == 2
