"""The segmenter: numbering decides. All texts are invented."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.text.clauses import closed, cut
from kg.text.decimals import decimals
from kg.text.numbering import Numbering, number
from kg.text.paragraphs import paragraphs
from kg.text.segment import Block, BlockKind, Section, clauses, segment, sentences

CHARS = st.text(
    alphabet="一二、（）(1.1)是——。，；：“”《》\n\t专栏第章条建设平台目标任务 2030年", max_size=120
)


def shown(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.content.of(text)) for block in segment(text)]


def headings(text: str) -> list[str]:
    return [b.content.of(text) for b in segment(text) if b.kind is BlockKind.HEADING]


CASES = {
    "a heading on its own line": (
        "一、主要任务\n（一）健全标准。制定规范。",
        [("heading", "主要任务"), ("heading", "健全标准"), ("paragraph", "制定规范。")],
    ),
    "all line ends removed": (
        "一、主要任务（一）健全标准。制定规范。（二）建设平台。推进共享。",
        [
            ("heading", "主要任务"),
            ("heading", "健全标准"),
            ("paragraph", "制定规范。"),
            ("heading", "建设平台"),
            ("paragraph", "推进共享。"),
        ],
    ),
    "a measure without a heading": (
        "一、任务分工\n（一）制定规范，推广做法，开展培训。\n（二）建设平台，归集数据，推进共享。",
        [
            ("heading", "任务分工"),
            ("item", "制定规范，推广做法，开展培训。"),
            ("item", "建设平台，归集数据，推进共享。"),
        ],
    ),
    "items of 一是 with headings": (
        "各地抓好重点任务落实\n一是健全标准体系。制定规范。\n二是建设检测平台。推进共享。",
        [
            ("heading", "各地抓好重点任务落实"),
            ("heading", "健全标准体系"),
            ("paragraph", "制定规范。"),
            ("heading", "建设检测平台"),
            ("paragraph", "推进共享。"),
        ],
    ),
    "a table": (
        "一、任务分工表\n序号\t任务\t牵头单位\n1\t建设平台\t省数据局",
        [
            ("heading", "任务分工表"),
            ("row", "序号\t任务\t牵头单位"),
            ("row", "1\t建设平台\t省数据局"),
        ],
    ),
    "a duty on its own line": (
        "一、主要任务\n1.建设平台。\n牵头单位：省数据局",
        [("heading", "主要任务"), ("item", "建设平台。"), ("duty", "牵头单位：省数据局")],
    ),
}


@pytest.mark.parametrize("text, expected", CASES.values(), ids=CASES)
def test_a_text_becomes_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text) == expected


NO_HEADINGS = {
    "a list of ordinals": "一、主要任务\n推动第一、二产业融合，发展第三、四类服务。",
    "sectors of the economy": "一、主要任务\n加快一、二、三产业融合，发展服务。",
    "notes below a table": "一、主要任务\n注：1. ①检测率=合格数/总数；②抽查。\n2. 覆盖率：每县一处，配备检测车。",
    "a decimal": "一、主要任务\n力争增长1.5倍，达到3.2万户。",
    "a reference to an item": "一、主要任务\n按照前款第（二）项办理，补充材料。",
}


@pytest.mark.parametrize("text", NO_HEADINGS.values(), ids=NO_HEADINGS)
def test_a_number_that_numbers_nothing_makes_no_heading(text: str) -> None:
    assert headings(text) == ["主要任务"]


def test_a_paragraph_broken_at_one_width_is_put_together() -> None:
    line = "推进检测机构开放共享仪器设备并完善收费办法和服务规范以及"
    text = f"{line}\n{line}\n\f{line}\n{line}。\n第二段。"
    assert [len(span) for span in paragraphs(text)] == [len(text) - 5, 4]


def test_lines_of_different_length_stay_paragraphs() -> None:
    text = "各地要高度重视质量工作，切实加强领导\n推进共享\n建设平台，健全标准，推广做法，开展培训，加强抽查，公布结果"
    assert len(list(paragraphs(text))) == 3


def test_a_section_has_the_role_of_its_heading() -> None:
    text = (
        "一、总体要求\n甲。\n二、主要目标\n乙。\n三、重点任务\n（一）丙丁。戊。\n四、保障措施\n己。"
    )
    roles = [b.role for b in segment(text) if b.kind is BlockKind.PARAGRAPH]
    assert roles == [Section.GUIDING, Section.GOALS, Section.TASKS, Section.SAFEGUARDS]


def test_a_block_knows_the_heading_above_it() -> None:
    text = "一、主要任务\n（一）健全标准。制定规范。"
    blocks = segment(text)
    assert [block.parent for block in blocks] == [None, 0, 1]
    assert [block.numbering for block in blocks] == [Numbering.FIRST, Numbering.SECOND, None]


def test_marks_inside_quotes_and_brackets_cut_nothing() -> None:
    text = "建设“甲，乙”平台（含丙，丁），推进《戊：己》"
    assert [s.of(text) for s in clauses(text, Span(0, len(text)))] == [
        "建设“甲，乙”平台（含丙，丁）",
        "推进《戊：己》",
    ]


def test_a_bracket_that_is_never_closed_shelters_nothing() -> None:
    text = "建设平台（甲。推进共享。"
    assert len(list(sentences(text, Span(0, len(text))))) == 2


def test_half_width_marks_cut_between_words_and_not_in_numbers() -> None:
    text = "达到1,000家,新增10:30班次"
    assert [s.of(text) for s in clauses(text, Span(0, len(text)))] == [
        "达到1,000家",
        "新增10:30班次",
    ]


@pytest.mark.parametrize(
    "words, value", [("一", 1), ("十", 10), ("十九", 19), ("四十二", 42), ("一百零一", 101)]
)
def test_a_numeral_has_its_value(words: str, value: int) -> None:
    assert number(words) == value


@given(CHARS)
def test_blocks_lie_in_the_text_in_order_and_apart(text: str) -> None:
    blocks: tuple[Block, ...] = segment(text)
    assert all(block.span.covers(block.content) for block in blocks)
    assert all(a.span.end <= b.span.start for a, b in pairwise(blocks))
    assert all(block.span.end <= len(text) for block in blocks)
    assert all(block.parent is None or block.parent < i for i, block in enumerate(blocks))


@given(CHARS)
def test_no_word_of_the_text_is_lost(text: str) -> None:
    inside = {i for block in segment(text) for i in range(block.span.start, block.span.end)}
    left = {char for i, char in enumerate(text) if i not in inside}
    assert not left & set("建设平台目标任务年")


@given(CHARS)
def test_pairs_are_apart_and_clauses_hold_no_mark_outside_them(text: str) -> None:
    span = Span(0, len(text))
    pairs = closed(text, span)
    assert all(a.end <= b.start for a, b in pairwise(pairs))
    for part in cut(text, span, "，"):
        outside = [i for i in range(part.start, part.end) if text[i] == "，"]
        assert all(any(p.start < i < p.end for p in pairs) for i in outside)


def test_a_chapter_on_the_state_of_things_prescribes_nothing() -> None:
    text = "一、战略态势\n检测发展进入新阶段。\n二、重点任务\n推广检测。"
    roles = [block.role for block in segment(text) if block.kind is BlockKind.HEADING]
    assert roles == [Section.BACKGROUND, Section.TASKS]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("发展基础", Section.BACKGROUND),
        ("发展环境", Section.BACKGROUND),
        ("工作基础", Section.BACKGROUND),
        ("夯实检测基础", Section.TASKS),
        ("营造公平发展环境", Section.TASKS),
        ("着力优化检测发展环境", Section.TASKS),
        ("落实质量目标责任制", Section.TASKS),
    ],
)
def test_a_heading_that_says_what_to_do_looks_not_back(heading: str, role: Section) -> None:
    assert segment(f"一、{heading}\n推广检测。")[0].role is role


OUTLINE = (
    "3 优化布局\n3.1 打造检测高地\n3.1.1 完善空间结构。建设平台，投入\n1.5万亿元。\n3.1.2 提升能级。"
    "执行GB/T 19001.1标准，增长3.5%。\n3.2 健全体系\n推广2.0版软件。"
)


def test_decimal_numbers_make_headings_and_quantities_make_none() -> None:
    blocks = segment(OUTLINE)
    headed = [(b.depth, b.content.of(OUTLINE)) for b in blocks if b.kind is BlockKind.HEADING]
    assert headed == [
        (1, "优化布局"),
        (2, "打造检测高地"),
        (3, "完善空间结构"),
        (3, "提升能级"),
        (2, "健全体系"),
    ]


@pytest.mark.parametrize("number", ["１．１．１", "1.1.1、", "1.1.1 ", "1.1.1"])
def test_a_decimal_number_may_be_wide_and_stand_close(number: str) -> None:
    text = f"1.1 优化布局\n{number}完善结构。建设平台。\n1.1.2 提升能级。推广标准。"
    found = [b.content.of(text) for b in segment(text) if b.kind is BlockKind.HEADING]
    assert found == ["优化布局", "完善结构", "提升能级"]


@pytest.mark.parametrize(
    "text",
    ["规模达到\n1.5 万亿元，增长\n1.6 倍。", "自2025.1.3起施行。", "推广新版本5.1、5.2。"],
)
def test_a_decimal_quantity_is_no_number_of_a_part(text: str) -> None:
    assert not decimals(text)


def test_a_line_of_contents_is_no_heading() -> None:
    text = "1.1 优化布局......3\n1.2 健全体系......8\n1.1 优化布局\n建设平台。\n1.2 健全体系\n推广标准。"
    found = [b.content.of(text) for b in segment(text) if b.numbering]
    assert found == ["优化布局", "健全体系"]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("建立检测协作机制按照自愿原则，推动共享。", "建立检测协作机制"),
        ("开展资产登记市财政局会同有关部门制定办法，定期公布结果。", "开展资产登记"),
        ("落实平台主体责任运营单位作为责任主体，负责日常维护。", "落实平台主体责任"),
        (
            "探索建立分类管理制度推动界定来源、持有、加工、使用各方的合法权利，推进权利登记。",
            "探索建立分类管理制度",
        ),
        (
            "推动检测成果反哺鼓励运营单位将检测成果用于改进产品、工艺和管理流程。",
            "推动检测成果反哺",
        ),
    ],
)
def test_a_heading_ends_before_the_sentence_glued_to_it(line: str, heading: str) -> None:
    text = f"二、健全制度（一）{line}（二）完善服务。推广平台。"
    found = [b.content.of(text) for b in segment(text) if b.kind is BlockKind.HEADING]
    assert heading in found


@pytest.mark.parametrize(
    "line",
    [
        "推动各部门按照职责分工抓好落实，加强监管。",
        "督促各单位根据分工抓好落实，加强监管，公布结果。",
    ],
)
def test_the_ground_of_a_doer_ends_no_heading(line: str) -> None:
    text = f"二、健全制度（一）{line}（二）{line}"
    assert [b.kind for b in segment(text) if b.depth == 2] == [BlockKind.ITEM] * 2


GLUED = (
    ("推动传统检测数字化升级", "发展检测新业态，培育主体。"),
    ("统筹城乡检测一体化发展", "强化城乡检测一体布局，建成网络。"),
    ("培育检测主体", "支持符合条件的机构参与检测，培育主体。"),
    ("健全检测数据开发安全机制", "完善分级标准，健全制度。"),
    ("加强检测资金保障", "发挥检测基金引导作用，撬动资本。"),
    ("探索检测数据评估和入表", "不断推动完善评估模型，健全标准。"),
    ("探索检测金融创新", "探索检测主体以合法数据作价入股，开展融资。"),
    ("强化检测技术供给", "改革检测技术项目立项和组织实施方式，健全制度。"),
)


@pytest.mark.parametrize(("heading", "rest"), GLUED)
def test_headings_whose_line_ends_are_lost_are_a_habit_of_the_copy(heading: str, rest: str) -> None:
    other = (
        "（二）打造检测平台体系围绕重点行业，建设平台。（三）完善检测标准规则制定标准，推广应用。"
    )
    text = f"二、健全制度（一）{heading}{rest}{other}"
    found = [b.content.of(text) for b in segment(text) if b.kind is BlockKind.HEADING]
    assert found == ["健全制度", heading, "打造检测平台体系", "完善检测标准规则"]


def test_a_long_first_sentence_is_no_heading_where_one_seems_glued_to_it() -> None:
    text = (
        "（一）加强检测领导坚持党对检测工作的全面领导，加强统筹。"
        "（二）加大检测支持加强检测平台建设的用地、用能、资金等重点要素配置和保障。推广平台。"
        "（三）鼓励先行先试建立健全检测机构容错纠错机制。支持试点。"
        "（四）强化检测保障加强检测基础理论研究，推动出台条例，完善规则。"
    )
    assert headings(text) == ["加强检测领导", "加大检测支持", "鼓励先行先试", "强化检测保障"]


def test_a_long_heading_stays_whole_where_the_others_end_in_their_line() -> None:
    text = (
        "（一）强化检测保障加强检测基础理论和检测地方立法的长期前瞻研究。出台条例。"
        "（二）健全标准。制定规范。（三）建设平台。推进共享。（四）培育机构。定期评估。"
    )
    assert headings(text)[0] == "强化检测保障加强检测基础理论和检测地方立法的长期前瞻研究"


def test_indents_left_in_a_line_open_paragraphs() -> None:
    text = (
        "推广检测平台。　　检测能力行动　　建设平台，推进共享。　　检测标准行动　　制定规范。　　"
        "检测服务行动　　培育机构，定期评估。"
    )
    assert headings(text) == ["检测能力行动", "检测标准行动", "检测服务行动"]
    assert [one.of(text) for one in paragraphs(text)][:3] == [
        "推广检测平台。",
        "检测能力行动",
        "建设平台，推进共享。",
    ]


@pytest.mark.parametrize(
    "text", ["第一章　　总则　　第二章　　检测机构", "推广检测平台。　　检测能力行动　　建设平台。"]
)
def test_a_gap_or_two_in_a_line_open_no_paragraph(text: str) -> None:
    assert len(list(paragraphs(text))) == 1


def test_a_noun_is_a_heading_too_where_the_line_ends_are_lost() -> None:
    text = (
        "一、重点行动（一）数据要素×检测服务创新检测模式，支持机构共享数据。"
        "（二）数据要素×检测农业提升检测水平，支持农户共享数据。"
    )
    found = [b.content.of(text) for b in segment(text) if b.kind is BlockKind.HEADING]
    assert found == ["重点行动", "数据要素×检测服务", "数据要素×检测农业"]


def test_what_stands_over_numbered_parts_has_a_heading_though_its_line_end_is_lost() -> None:
    text = (
        "为推广检测，制定以下措施。一、加快推动检测数字化大力推进检测平台建设，推广检测标准，完善检测网络，培育检测机构。"
        "（一）检测平台建设。推广平台，发布目录。（二）检测标准应用。推广标准，定期评估。"
    )
    found = [b.content.of(text) for b in segment(text) if b.kind is BlockKind.HEADING]
    assert found == ["加快推动检测数字化", "检测平台建设", "检测标准应用"]


@pytest.mark.parametrize(
    "line",
    [
        "2035年底前制定检测办法，推广检测标准。",
        "鼓励检测机构运用新技术建立检测模式，推广标准。",
        "稳定和扩大检测，破除不合理的限制，加强监管。",
        "推动建立检测能力提升机制，推广标准。",
    ],
)
def test_a_task_behind_a_number_is_no_heading_with_its_line_end_lost(line: str) -> None:
    text = f"二、健全制度（一）{line}（二）{line}（三）{line}"
    assert [b.kind for b in segment(text) if b.depth == 2] == [BlockKind.ITEM] * 3


@pytest.mark.parametrize("end", ["因地制宜", "县级以上", "持续", "加强"])
def test_a_text_may_end_where_a_sentence_would_open(end: str) -> None:
    text = f"一、任务（一）打造检测平台体系围绕行业，建设平台。（二）健全检测机制体系{end}"
    assert segment(text)[-1].span.end == len(text)


def test_a_count_goes_on_behind_a_box_that_counts_anew() -> None:
    text = (
        "一、检测行动（一）平台行动。1.检测平台建设。推广平台，开放接口。"
        "专栏1检测平台重点项目1.云平台项目。建设云平台。2.数据项目。建设数据库。"
        "2.一体化检测体系建设。健全网络，推广标准。"
        "专栏2一体化检测体系重点项目1.标准项目。制定标准。3.检测人才培养。建设基地。"
    )
    found = [b for b in segment(text) if b.kind is BlockKind.HEADING]
    boxes = [b.content.of(text) for b in found if b.numbering is Numbering.BOX]
    assert boxes == ["检测平台重点项目", "一体化检测体系重点项目"]
    heads = [b.content.of(text) for b in found if b.numbering is Numbering.THIRD]
    assert heads[:3] == ["检测平台建设", "云平台项目", "数据项目"]
    assert heads[3:] == ["一体化检测体系建设", "标准项目", "检测人才培养"]


BOXES = (
    "一、检测行动（一）平台行动。1.检测平台建设。推广平台，开放接口。"
    "专栏1检测平台重点项目1.5G云平台项目。建设云平台。2.数据项目。建设数据库。3.接口项目。开放接口。"
    "2.检测体系建设。健全网络，推广标准。"
    "专栏2检测体系重点项目1.标准项目。制定标准。2.网络项目。建设网络。"
    "3.检测人才培养。建设基地。专栏3检测人才重点项目1.基地项目。建设基地。"
    "（二）服务行动。1.检测服务推广。推广服务。"
)


def test_a_box_between_two_items_stands_under_the_first_and_holds_what_it_counts() -> None:
    found = segment(BOXES)
    named = {i: block.content.of(BOXES) for i, block in enumerate(found)}
    under = {
        named[i]: named[block.parent]
        for i, block in enumerate(found)
        if block.kind is BlockKind.HEADING and block.parent is not None
    }
    assert under == {
        "平台行动": "检测行动",
        "检测平台建设": "平台行动",
        "检测平台重点项目": "检测平台建设",
        "5G云平台项目": "检测平台重点项目",
        "数据项目": "检测平台重点项目",
        "接口项目": "检测平台重点项目",
        "检测体系建设": "平台行动",
        "检测体系重点项目": "检测体系建设",
        "标准项目": "检测体系重点项目",
        "网络项目": "检测体系重点项目",
        "检测人才培养": "平台行动",
        "检测人才重点项目": "检测人才培养",
        "基地项目": "检测人才重点项目",
        "服务行动": "检测行动",
        "检测服务推广": "服务行动",
    }


def test_a_box_at_the_end_of_a_section_stands_beside_its_items() -> None:
    text = (
        "一、检测行动\n（一）平台行动\n1.检测平台建设。推广平台，开放接口。\n"
        "2.检测体系建设。健全网络，推广标准。\n专栏1 检测工程\n1.标准项目。制定标准。\n"
    )
    found = segment(text)
    box = next(block for block in found if block.numbering is Numbering.BOX)
    assert box.parent is not None
    assert found[box.parent].content.of(text) == "平台行动"


def test_a_bracket_of_duties_runs_on_over_wrapped_lines() -> None:
    line = "推进检测平台建设和数据共享应用推广质量标准，\n完善覆盖全域的质量服务体系，提升检测机构能级，"
    text = (
        f"{line}\n" * 3
        + "推广标准（牵头单位：市质检局、市场监管局办公室；\n配合单位：市财政局）建设平台。"
    )
    assert len(list(paragraphs(text))) == 1


def test_notes_end_where_the_next_number_is_no_note() -> None:
    text = "一、主要任务\n1.推广检测。建设平台。\n注：1.按年抽查。\n2.覆盖率按县计。\n2.健全标准。制定标准。"
    assert headings(text) == ["主要任务", "推广检测", "健全标准"]


def test_what_looks_back_behind_its_glued_heading_prescribes_nothing() -> None:
    blocks = segment(
        "一、规划背景近年来，检测网络加快成形。1.检测平台不断完善。建成平台20个。\n二、重点任务\n建设平台。"
    )
    assert [block.role for block in blocks[:4]] == [Section.BACKGROUND] * 4


def test_the_last_line_of_contents_does_not_run_on_into_the_preface() -> None:
    line = "（一）推广先进检测技术和标准体系建设应用" + "." * 40 + " 3"
    wrapped = ["检测是质量工作的重要基础，也是产业发展的重要支撑，推广先进的检测技术和标准，对"] * 4
    text = "\n".join([line, *wrapped, "提升产业质量有重要意义。", "一、重点任务", "建设平台。"])
    first, second = segment(text)[:2]
    assert (first.kind, second.kind) == (BlockKind.META, BlockKind.PARAGRAPH)


def test_notes_may_stand_in_the_line_of_their_table() -> None:
    text = "一、主要目标\n专栏1 检测指标 抽检合格率 95% 注：①合格率由32项测算。②按年增加到21项。\n二、重点任务\n建设平台。"
    kinds = [block.kind for block in segment(text)]
    assert kinds[1:5] == [BlockKind.HEADING, BlockKind.META, BlockKind.META, BlockKind.HEADING]


def test_half_a_bracket_is_no_heading() -> None:
    text = (
        "一、重点任务\n（一）推广检测。\n建设平台，促进共\n（商务局、财政局、统计局、教育局、科技局、市\n"
        "场监管局等负责）\n1.建设平台。\n享明显提升。制定标准。"
    )
    blocks = segment(text)
    plan = next(at for at, block in enumerate(blocks) if block.content.of(text) == "推广检测")
    part = next(block for block in blocks if block.content.of(text) == "建设平台")
    assert part.parent == plan


def test_a_heading_ends_where_its_line_end_became_a_blank() -> None:
    line = "二、健全制度 （一）建立检测协作机制 按照自愿原则，推动共享。（二）行动目标 到2030年，完善体系。"
    found = [b.content.of(line) for b in segment(line) if b.kind is BlockKind.HEADING]
    assert found == ["健全制度", "建立检测协作机制", "行动目标"]
