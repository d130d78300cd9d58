"""What a document says of itself, in the ways that scraped copies put it. All texts are invented."""

import pytest

from kg.extract import extract
from kg.extract.metadata import UNTITLED
from kg.model import Metadata

BODY = "\n一、主要任务\n（一）加强检测\n推广检测。"


def about(head: str, tail: str = "") -> Metadata:
    return extract(head + BODY + tail).metadata


TITLES = [
    (
        "云岭省人民政府关于推进检测的指导意\n见\n云岭政发〔2031〕8号",
        "云岭省人民政府关于推进检测的指导意见",
    ),
    ("云岭省关于检测的指导意云岭省关于检测的指导意\n见见", "云岭省关于检测的指导意见"),
    ("云岭省关于检测的意\n云岭省关于检测的意\n见\n见", "云岭省关于检测的意见"),
    ("“十九五”检测和计量服务业\n发展规划\n\n云岭省商务厅", "“十九五”检测和计量服务业发展规划"),
    (
        "云岭省检测体系建设规划\n（2031—2035年）\n为推进检测，制定本规划。",
        "云岭省检测体系建设规划（2031—2035年）",
    ),
    (
        "本办法施行。 云岭省检测发展第十九个五年规划\n和二〇三五年远景目标纲要",
        "云岭省检测发展第十九个五年规划和二〇三五年远景目标纲要",
    ),
    ("县级考核依据\n青禾县2031年检测工作考核细则", "青禾县2031年检测工作考核细则"),
    ("首页 > 政务公开 > 市政府办公室文件\n云川市检测行动方案", "云川市检测行动方案"),
    ("（此件公开发布）\n云川市检测行动方案", "云川市检测行动方案"),
    (
        "云川市商务局关于印发《云川市检测\n\n行动方案\n（2031-2033年）》的通知\n\n各县：现将《云川市检测\n\n行动方案\n（2031-2033年）》印发给你们。",
        "云川市检测行动方案（2031-2033年）",
    ),
    ("“十九五”检测产业规划云岭省商务厅目录一、形势。1二、任务。2", "“十九五”检测产业规划"),
    (
        "各县人民政府：\n请抓好落实。\n附件：云川市检测任务分解表\n云川市人民政府\n2031年3月1日",
        "云川市检测任务分解表",
    ),
    (
        "为贯彻落实《云岭质量纲要》精神，结合云川市实际，提出如下实施意见。",
        "贯彻《云岭质量纲要》实施意见",
    ),
    (
        "根据《中共云岭省委关于加强检测的意见》精神，结合我省实际，制定如下实施意见。",
        "关于加强检测的实施意见",
    ),
    (
        "政 府 工 作 报 告\n——2031年2月3日在青禾县第三届人民代表大会第一次会议上",
        "青禾县2031年政府工作报告",
    ),
    ("检测工作今年全面展开，成效明显。", UNTITLED),
]


@pytest.mark.parametrize(("head", "title"), TITLES)
def test_a_title_is_read_over_its_lines(head: str, title: str) -> None:
    assert about(head).title == title


ISSUERS = [
    ("中共云川市委 云川市人民政府\n关于推进检测的意见", "中共云川市委、云川市人民政府"),
    ("中共云川市委云川市人民政府关于推进检测的意见", "中共云川市委、云川市人民政府"),
    ("云岭省商务厅　云岭省财政厅关于推进检测的意见", "云岭省商务厅、云岭省财政厅"),
    (
        "云岭省推进“两地一区”建设领导小组开放小组办公室关于印发云岭省检测实施意见的通知",
        "云岭省推进“两地一区”建设领导小组开放小组办公室",
    ),
    (
        "云岭省检测方案\n现将《云岭省检测方案》印发给你们。\n省政府办公厅\n2031年3月1日",
        "云岭省人民政府办公厅",
    ),
    ("云川市检测方案\n云川市商务局\n云川市财政局\n2031年3月1日", "云川市商务局、云川市财政局"),
    (
        "青禾县2031年政府工作报告\n青禾县人民政府县长　某某\n现在，我代表青禾县人民政府向大会报告",
        "青禾县人民政府",
    ),
    (
        "云岭省检测规划纲要\n2031年1月2日云岭省第九届\n人民代表大会第五次会议批准",
        "云岭省人民代表大会",
    ),
    ("云川市检测方案\n云政办发〔2031〕8号\n各县（区）人民政府：", "云川市人民政府办公室"),
    ("近日，云川市商务局联合市财政局正式印发《云川市检测方案》。", "云川市商务局、云川市财政局"),
    ("检测工作方案\n为推进检测，制定本方案。", None),
]


@pytest.mark.parametrize(("head", "issuer"), ISSUERS)
def test_an_issuer_is_read_where_the_genre_puts_it(head: str, issuer: str | None) -> None:
    assert about(head).issuer == issuer


DATES = [
    ("云川市检测方案\n（2031年3月1日）", "", "2031-03-01"),
    ("云川市检测方案\n云川市商务局\n2031 年 3 月 1 日", "", "2031-03-01"),
    (
        "云川市检测方案\n各县：检测自2030年1月1日至12月31日开展。",
        "\n云川市商务局   \n 2031年3月1日  \n",
        "2031-03-01",
    ),
    ("云川市检测方案\n2030年9月1日，全市召开检测会议，部署检测。", "", None),
    ("云川市检测方案\n云政发〔2031〕8号\n发布时间：2034-01-04 19:52 来源：某网", "", None),
    ("云川市检测方案\n发布时间：2031-03-01 来源：某网", "", "2031-03-01"),
    (
        "云川市检测方案\n发布时间：2031-04-01 来源：某网",
        "\n云川市商务局\n2031年3月1日\n",
        "2031-03-01",
    ),
    ("云川市检测方案\n成文日期：2031年3月1日", "", "2031-03-01"),
]


@pytest.mark.parametrize(("head", "tail", "date"), DATES)
def test_a_date_is_that_of_issue_and_of_nothing_else(
    head: str, tail: str, date: str | None
) -> None:
    assert about(head, tail).issued_on == date


NUMBERS = [
    ("云川市人民政府关于检测的意见云政发〔2031〕8号各县人民政府：推进检测。", "云政发〔2031〕8号"),
    ("云川市检测方案（云川办函〔2031〕8号）\n推进检测。", "云川办函〔2031〕8号"),
    ("云川市检测方案\n根据《云岭省检测方案》（云岭政发〔2030〕2号）制定。", None),
]


@pytest.mark.parametrize(("head", "number"), NUMBERS)
def test_a_number_is_that_of_the_document_itself(head: str, number: str | None) -> None:
    assert about(head).number == number


LEVELS = [
    ("关于加快检测产业发展的意见\n各省、自治区、直辖市有关部门：", "central"),
    ("关于加快检测产业发展的意见\n各设区市人民政府，省直各部门：", "province"),
    ("关于加快检测产业发展的意见\n各县（区）人民政府，市政府各部门：", "prefecture"),
    ("关于加快检测产业发展的意见\n各乡镇人民政府：", "county"),
]


@pytest.mark.parametrize(("head", "level"), LEVELS)
def test_whom_a_document_is_sent_to_tells_its_level(head: str, level: str) -> None:
    assert about(head).level == level


def test_a_place_whose_name_holds_a_word_for_areas_owns_its_bodies() -> None:
    found = extract("云州市质量强市建设方案" + BODY + "（市财政局负责）")
    assert (found.metadata.area, found.metadata.level) == ("云州市", "prefecture")
    assert [duty.body for duty in found.responsibilities] == ["云州市财政局"]


def test_the_frame_of_a_page_is_no_document() -> None:
    found = extract("首页 要闻 政策 云岭省人民政府关于检测的意见 服务 互动 登录\n" * 30)
    assert (found.metadata.title, found.metadata.issuer) == (UNTITLED, None)
    assert [issue.code for issue in found.issues] == ["page-frame"]
