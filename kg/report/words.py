"""The report's own words in both languages, and how it writes dates, shares and places."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from kg.model import Bilingual, Level, Severity

SEVERITIES = MappingProxyType(
    {
        Severity.HIGH: Bilingual("高", "high"),
        Severity.MEDIUM: Bilingual("中", "medium"),
        Severity.LOW: Bilingual("低", "low"),
        Severity.INFO: Bilingual("提示", "info"),
    }
)
LEVELS = MappingProxyType(
    {
        Level.CENTRAL: Bilingual("中央", "central"),
        Level.PROVINCE: Bilingual("省级", "province"),
        Level.PREFECTURE: Bilingual("市级", "prefecture"),
        Level.COUNTY: Bilingual("县级", "county"),
        Level.TOWNSHIP: Bilingual("乡级", "township"),
    }
)
WORDS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "question": Bilingual(
            "谁要与谁协同、为了什么、哪里还没有安排？",
            "Who must coordinate with whom, on what, and where is that not arranged?",
        ),
        "made": Bilingual("生成时间", "Made"),
        "scope": Bilingual("范围", "Scope"),
        "everything": Bilingual("图谱中的全部文件", "every document in the graph"),
        "summary": Bilingual("摘要", "Summary"),
        "documents": Bilingual("政策文件", "Documents"),
        "document": Bilingual("文件", "Document"),
        "measures": Bilingual("措施", "Measures"),
        "goals": Bilingual("目标", "Goals"),
        "bodies": Bilingual("责任主体", "Bodies"),
        "body": Bilingual("责任主体", "Body"),
        "findings": Bilingual("发现", "Findings"),
        "severity": Bilingual("等级", "Severity"),
        "type": Bilingual("类型", "Type"),
        "number": Bilingual("数量", "Number"),
        "total": Bilingual("合计", "Total"),
        "level": Bilingual("层级", "Level"),
        "area": Bilingual("行政区", "Area"),
        "read": Bilingual("读取情况与限度", "What was read, and the limits"),
        "honesty": Bilingual(
            "每一条发现都是请人核对的问题，不是对任何单位的评判。没有读到的不等于没有："
            "下表列出每份文件读懂的比例；读懂比例低的文件，其“没有”类发现只作提示。",
            "Each finding is a question to check, never a verdict on a body. What was not read is "
            "not shown as missing: the table gives the share of each document that was understood; "
            "where it is low, a finding that something is missing is information only.",
        ),
        "clauses_read": Bilingual("读懂的分句", "Clauses understood"),
        "brackets_read": Bilingual("读懂的职责句", "Duty clauses understood"),
        "no_bodies": Bilingual("体裁不写责任主体", "genre names no bodies"),
        "issues": Bilingual("未能读懂或有疑问之处", "What could not be read, or is doubtful"),
        "issue": Bilingual("疑点", "Issue"),
        "places": Bilingual("所在之处", "Where"),
        "top": Bilingual("首先要看的", "Look at these first"),
        "by_type": Bilingual("按缺口类型", "By gap type"),
        "by_body": Bilingual("按责任主体", "By body"),
        "coordination": Bilingual("应协同与已安排", "Coordination required and arranged"),
        "congruence": Bilingual("一致度", "Congruence"),
        "congruence_text": Bilingual(
            "需要协同的 {required} 对单位中，{met} 对已有协同渠道，{missing} 对没有。"
            "一致度 {plain}，按需要的程度加权为 {weighted}。",
            "Of {required} pairs of bodies that need each other, {met} have a channel and "
            "{missing} have none. Congruence {plain}, weighted by need {weighted}.",
        ),
        "matrix_text": Bilingual(
            "颜色越深，两家单位的任务关联越多；空心为需要而未安排，实心为已有渠道。",
            "The darker, the more the two bodies' tasks hang together; hollow: needed and not "
            "arranged, filled: a channel is arranged.",
        ),
        "missing_pairs": Bilingual("需要而未安排的单位对", "Pairs that need a channel"),
        "pair": Bilingual("单位对", "Pair"),
        "need": Bilingual("需要程度", "Need"),
        "shared": Bilingual("共同任务", "Shared duties"),
        "dependencies": Bilingual("依赖与先后", "Dependencies and order"),
        "dependencies_text": Bilingual(
            "{measures} 项措施之间写明了 {links} 处先后依赖。",
            "{links} dependencies are stated among {measures} measures.",
        ),
        "longest": Bilingual("最长的先后链", "The longest chain"),
        "cycles": Bilingual("互为前提的环", "Rings that wait for each other"),
        "leads": Bilingual("牵头", "Leads"),
        "duties": Bilingual("承担", "Duties"),
        "needs": Bilingual("须协同", "Must coordinate with"),
        "missing": Bilingual("未安排", "Not arranged"),
        "appendix": Bilingual("附录：全部发现", "Appendix: all findings"),
        "method": Bilingual("方法与阈值", "Method and thresholds"),
        "definition": Bilingual("规则", "Rule"),
        "remedy": Bilingual("建议", "Remedy"),
        "evidence": Bilingual("依据", "Evidence"),
        "candidates": Bilingual("可考虑", "Could take it up"),
        "confidence": Bilingual("置信度", "Confidence"),
        "setting": Bilingual("设置", "Setting"),
        "value": Bilingual("取值", "Value"),
        "meaning": Bilingual("含义", "Meaning"),
        "more": Bilingual("其余 {n} 项见附录", "{n} more in the appendix"),
        "none": Bilingual("没有发现", "None found"),
        "contents": Bilingual("目录", "Contents"),
        "characters": Bilingual("第 {start}–{end} 字", "characters {start}–{end}"),
        "not_known": Bilingual("未知", "not known"),
    }
)


def moment(made_at: str, lang: str) -> str:
    """Return an ISO 8601 time as people write it.

    >>> moment("2026-03-01T09:05+00:00", "zh")
    '2026年3月1日 09:05'
    """
    at = datetime.fromisoformat(made_at)
    if lang == "en":
        return f"{at.day} {at:%B %Y, %H:%M}"
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def share(value: float | None, lang: str) -> str:
    """Return a share of 0..1 in per cent.

    >>> share(0.815, "zh")
    '82%'
    """
    return WORDS["not_known"].to(lang) if value is None else f"{value * 100:.0f}%"


def level(value: str | None, lang: str) -> str:
    """Return the name of an administrative level, or nothing where it is not known."""
    return LEVELS[Level(value)].to(lang) if value else ""
