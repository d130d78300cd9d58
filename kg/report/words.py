"""The report's own words in both languages, and how it writes dates, shares and places."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from kg.model import Bilingual, Level, Role, Severity

SEVERITIES = MappingProxyType(
    {
        Severity.HIGH: Bilingual("高", "High"),
        Severity.MEDIUM: Bilingual("中", "Medium"),
        Severity.LOW: Bilingual("低", "Low"),
        Severity.INFO: Bilingual("提示", "Info"),
    }
)
LEVELS = MappingProxyType(
    {
        Level.CENTRAL: Bilingual("中央", "Central"),
        Level.PROVINCE: Bilingual("省级", "Province"),
        Level.PREFECTURE: Bilingual("市级", "Prefecture"),
        Level.COUNTY: Bilingual("县级", "County"),
        Level.TOWNSHIP: Bilingual("乡级", "Township"),
    }
)
ROLES = MappingProxyType(
    {
        Role.LEAD: Bilingual("牵头", "Lead"),
        Role.RESPONSIBLE: Bilingual("负责", "Responsible"),
        Role.SUPPORT: Bilingual("配合", "Support"),
        Role.PARTICIPANT: Bilingual("参与", "Participant"),
        Role.SUPERVISOR: Bilingual("监督", "Supervisor"),
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
        "read": Bilingual("读取情况与限度", "What was read, and the limits"),
        "honesty": Bilingual(
            "每一条发现都是请人核对的问题，不是对任何单位的评判。没有读到的不等于没有："
            "下表列出每份文件读懂的比例；读懂比例低的文件，其“没有”类发现只作提示。",
            "Each finding is a question to check, never a verdict on a body. What was not read is "
            "not shown as missing: the table gives the share of each document that was understood; "
            "where it is low, a finding that something is missing is information only.",
        ),
        "honesty_short": Bilingual(
            "以上均为请人核对的问题，不是对任何单位的评判；依据原文、读取比例与判断规则见完整报告。",
            "All of this is a question to check, never a verdict on a body; the words, the shares "
            "that were read and the rules are in the whole report.",
        ),
        "clauses_read": Bilingual("读懂的分句", "Clauses understood"),
        "brackets_read": Bilingual("读懂的职责句", "Duty clauses understood"),
        "no_bodies": Bilingual("体裁不写责任主体", "genre names no bodies"),
        "issues": Bilingual("未能读懂或有疑问之处", "What could not be read, or is doubtful"),
        "issue": Bilingual("疑点", "Issue"),
        "places": Bilingual("所在之处", "Where"),
        "top": Bilingual("首先要看的", "Look at these first"),
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
        "candidates": Bilingual("可考虑", "Could take it up"),
        "setting": Bilingual("设置", "Setting"),
        "value": Bilingual("取值", "Value"),
        "meaning": Bilingual("含义", "Meaning"),
        "none": Bilingual("没有发现", "None found"),
        "contents": Bilingual("目录", "Contents"),
        "characters": Bilingual("第 {start}–{end} 字", "characters {start}–{end}"),
        "not_known": Bilingual("未知", "not known"),
        "subtitle_summary": Bilingual("领导参阅：两页摘要", "Two-page summary for leaders"),
        "subtitle_body": Bilingual("责任主体分表", "Sheets by body"),
        "lead": Bilingual(
            "共读取 {documents} 份文件、{measures} 项措施，涉及 {bodies} 家责任主体，"
            "提出 {findings} 项待核实的问题，其中高等级 {high} 项、中等级 {medium} 项。"
            "因任务相关联而需要协同的单位有 {required} 对，其中 {missing} 对未见协同安排。",
            "{documents} documents with {measures} measures and {bodies} bodies were read. They "
            "raise {findings} questions to check, {high} of high and {medium} of medium severity. "
            "{required} pairs of bodies need each other for their duties; for {missing} of them "
            "no way to coordinate is arranged.",
        ),
        "by_level": Bilingual("按层级", "By level"),
        "by_group": Bilingual("按任务组", "By task group"),
        "group": Bilingual("任务组", "Task group"),
        "leading": Bilingual("牵头单位", "Led by"),
        "chains": Bilingual("协同链", "Coordination chains"),
        "chains_text": Bilingual(
            "从目标逐级向下有 {total} 条协同链：完整的 {complete} 条，"
            "在某一层级中断的 {broken} 条，有措施无人牵头的 {headless} 条。",
            "{total} chains lead from a goal down through the levels: {complete} are complete, "
            "{broken} break off at a level, {headless} hold a measure that nobody leads.",
        ),
        "chains_cut": Bilingual(
            "链数超过上限，只统计了前 {total} 条。", "Only the first {total} were looked at."
        ),
        "chains_shown": Bilingual("中断或无人牵头的链", "Chains that break off or lack a lead"),
        "broken_at": Bilingual("中断于：{levels}", "breaks off at: {levels}"),
        "headless_at": Bilingual("无人牵头：{measures}", "without a lead: {measures}"),
        "since": Bilingual("与上次相比", "Since the earlier run"),
        "since_text": Bilingual(
            "与 {began} 保存的结果相比：新增 {appeared} 项，消失 {gone} 项，"
            "等级有变 {regraded} 项，未变 {unchanged} 项。",
            "Against the findings kept on {began}: {appeared} new, {gone} gone, {regraded} of "
            "another severity, {unchanged} unchanged.",
        ),
        "change": Bilingual("变化", "Change"),
        "appeared": Bilingual("新增", "new"),
        "gone": Bilingual("消失", "gone"),
        "regraded": Bilingual("由{was}变为{now}", "{was} to {now}"),
        "key": Bilingual("编号", "Key"),
        "reason": Bilingual("问题", "What was found"),
        "your_duties": Bilingual("本单位的职责", "Your duties"),
        "your_partners": Bilingual("须与谁协同", "Whom you must coordinate with"),
        "your_findings": Bilingual("尚待核实", "What is open"),
        "no_partners": Bilingual(
            "所读文件中没有因任务关联而须协同的单位。",
            "In what was read no other body hangs together with your duties.",
        ),
        "no_findings": Bilingual(
            "没有与本单位有关的发现。", "Nothing was found that concerns you."
        ),
        "task": Bilingual("任务", "Task"),
        "role": Bilingual("角色", "Role"),
        "due": Bilingual("期限", "Due"),
        "year": Bilingual("{year}年", "{year}"),
        "source": Bilingual("出处", "Source"),
        "provision": Bilingual("条款", "Provision"),
        "quote": Bilingual("原文", "Words"),
        "partner": Bilingual("单位", "Body"),
        "channel": Bilingual("协同渠道", "Channel"),
        "arranged": Bilingual("已安排", "arranged"),
        "not_arranged": Bilingual("未安排", "not arranged"),
        "searched": Bilingual("查找范围：{place}", "searched: {place}"),
        "rest": Bilingual(
            "另有 {n} 项未列出，全部见 xlsx 或 json。", "{n} more are in the xlsx and json."
        ),
        "overview": Bilingual("概览", "Overview"),
        "pairs": Bilingual("协同需求", "Needs"),
        "duties_sheet": Bilingual("职责", "Duties"),
        "coverage": Bilingual("读取情况", "Coverage"),
        "task_key": Bilingual("任务编号", "Key of the task"),
        "matrix_cells": Bilingual(
            "数字为需要程度；红为未安排，蓝为已有渠道",
            "Numbers: need. Red: no channel, blue: arranged",
        ),
        "matrix": Bilingual("协同矩阵", "Matrix"),
        "page": Bilingual("第 {page} 页 共 {pages} 页", "Page {page} of {pages}"),
        "most_missing": Bilingual("协同缺口最多的单位", "Bodies that lack most channels"),
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


def role(value: str, lang: str) -> str:
    """Return the name of a role; an unknown one is its own name."""
    return ROLES[Role(value)].to(lang) if value in ROLES else value


def number(value: float, lang: str) -> str:
    """Return a whole number as people write it: grouped in English, not in Chinese.

    >>> number(12000, "en"), number(12000, "zh")
    ('12,000', '12000')
    """
    return f"{value:,.0f}" if lang == "en" else f"{value:.0f}"


def ordinal(place: int, lang: str) -> str:
    """Return the mark before the heading of the section at *place*, counted from 1.

    >>> ordinal(12, "zh"), ordinal(12, "en")
    ('十二、', '12. ')
    """
    if lang == "en":
        return f"{place}. "
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(place, 10)
    ten = ("" if tens < 2 else digits[tens]) + ("十" if tens else "")
    return f"{ten}{digits[ones] if ones else ''}、"
