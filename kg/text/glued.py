"""Find the heading of a unit whose line ends were removed, so that heading and text run together.

（五）培育产业新动能实施领航工程，… has lost the break before 实施. Only where most units of a level
look like that is it taken for a habit of the copy; 稳定和扩大就业，… is no heading anywhere.
"""

import re

from kg.model import Span
from kg.text.directives import DIRECTIVES

_CONTAINER = re.compile(
    r"(?:主要任务|重点任务|工作任务|主要举措|重点举措|工作举措|发展布局|总体布局|空间布局|保障措施|"
    r"组织实施|实施保障|组织保障|保障机制|保障体系|实施机制|实施步骤|工作步骤|发展目标|主要目标|总体目标|工作目标|建设目标|具体目标|总体要求|"
    r"行动目标|目标任务|规划目标|预期目标|总体思路|指导思想|基本原则|工作原则|发展原则|工作要求|有关要求|重点工程|发展现状|发展形势|"
    r"规划背景|编制背景|发展背景|发展回顾|发展成效|现实基础|面临形势)"
    r"(?=[ \u3000]{0,4}[\u4e00-\u9fa5“《—\d])(?![ \u3000]{0,4}(?:的|和|与|及|落实|完成|分工|等))"
)
_BEFORE_BLANK = re.compile(
    r"[\u4e00-\u9fa5“”、]{4,30}(?=[ \u3000]{1,4}[\u4e00-\u9fa5“《][^，,。；;：:]{3,}[，,。；;：:])"
)
_GOALS = re.compile(
    r"(?:20\d\d ?年)?[\u4e00-\u9fa5]{0,10}?(?:主要|工作|发展|总体|具体|建设|行动)目标"
    r"(?=[ \u3000]?(?:争取|力争|到 ?20|通过|实现|确保|基本)[^。；;]{4,})"
)
_BOX_NAME = re.compile(
    r"[\u4e00-\u9fa5“”]{4,24}?(?:工程|行动|计划)(?=[ \u3000]?(?:推动|推进|建设|建立|开展|加强|实施|形成|完善|优化|持续|组织|支持|鼓励|引导|"
    r"聚焦|围绕|依托|面向|统筹|着力|加快|争取|构建|打造|培育|布局|制定|搭建)[^，,。；;]{4,})"
)
_TWO_HEADINGS = re.compile(
    r"[^，,。、；;]{6,24}?(?:市场|体系|机制|优势|能力|水平|基础|格局|环境|规则|作用)"
    r"(?=(?:加快|建立|健全|强化|加强|提升|推动|推进|优化|培育|深化)[^，,。；;]{5,24}$)"
)
_DOES = rf"(?:{DIRECTIVES}|加快|做好|激活|释放|壮大|促进)"
_WHAT = (
    r"(?:机制|体系|制度|格局|环境|能力|模式|平台|网络|水平|建设|服务|管理|责任|生态|场景|登记|分配|应用|"
    r"治理|改革|融合|流通|保障|监管|创新|转型|升级)"
)
_DOER = (
    r"(?:部门|单位|小组|委员会|[专园]区|[局厅委办]|中心|政府|机构)"
    r"(?=会同|负责|牵头|统筹|要|应|作为|按照|采取|组织|开展)"
)
_NO_DOERS = r"(?<!单位)(?<!部门)(?<!企业)(?<!机构)(?<!主体)(?<!政府)(?<!院校)(?<![者方、和与及的])"
# What opens a sentence, where a heading ends in front of it.
_SENTENCES = (
    rf"{_DOES}[^，,。；;]{{3,24}}?{_WHAT}(?=(?:按照|根据|围绕|坚持|依据|基于|遵循|聚焦|立足|瞄准|针对)[^，,。；;]{{4,}})",
    rf"(?:建立|健全|完善|构建|优化|深化|拓展|培育)[^，,。；;]{{3,24}}?{_NO_DOERS}"
    r"(?=(?:按照|根据|依据|基于|遵循)[“‘《「])",
    rf"{_DOES}[^，,。；;：:]{{2,22}}?{_WHAT}(?!{_WHAT}|[和与及])(?=[^，,。；;：:、的]{{2,20}}?{_DOER})",
    rf"{_DOES}[^，,。；;：:]{{2,22}}?(?=(?:各|本?[省市区县](?![场民级域政内外]))"
    rf"[^，,。；;：:、的]{{0,14}}?{_DOER})",
)
_HEADING_AND_SENTENCE = re.compile("|".join(_SENTENCES))
_HEADING_AND_TASK = re.compile(
    rf"{_DOES}[^，,。；;]{{3,24}}?(?:{_WHAT}(?=(?:推动|支持|引导|遵循)[^，,。；;]{{6,}})|"
    rf"{_NO_DOERS}(?=(?:鼓励|允许)[^，,。；;]{{6,}}))"
)
LONGEST_OWN = 28  # a longer first sentence is no heading of its own
_FIRST_CLAUSE = re.compile(r"[，,。；;：:、（(！？]")
_SENTENCE_END = re.compile(r"[。；;！？]")
_SHORTEST = 6
_LOOKS_BACK = re.compile(r"[ \u3000]{0,4}(?:近年来|近几年|当前|目前)[，,]")
_SHORTEST_REST = 4
_LONGEST = 32


def container_end(text: str, content: Span) -> int | None:
    """Return where a heading known by its words (主要任务) ends before glued text, else ``None``.

    >>> container_end("发展布局立足全省基础，统筹规划。", Span(0, 16))
    4
    """
    found = _CONTAINER.match(text, content.start, content.end) or _GOALS.match(
        text, content.start, content.end
    )
    if found is None:
        return None
    stop = _FIRST_CLAUSE.search(text, found.end(), content.end)
    glued = (stop.start() if stop else content.end) - found.end() >= _SHORTEST
    return found.end() if glued or _LOOKS_BACK.match(text, found.end()) else None


def end_before_blank(text: str, content: Span) -> int | None:
    """Return where a heading ends whose line end became a blank, ``None`` where none is seen.

    >>> end_before_blank("建立检测协作机制 按照自愿原则，推动共享。", Span(0, 21))
    8
    """
    found = _BEFORE_BLANK.match(text, content.start, content.end)
    return found.end() if found else None


def box_name_end(text: str, content: Span) -> int | None:
    """Return where the name of a box ends that ran together with its first line.

    >>> box_name_end("检测能力提升工程推动设备更新。", Span(0, 15))
    8
    """
    found = _BOX_NAME.match(text, content.start, content.end)
    return found.end() if found else None


def first_of_two(text: str, heading: Span) -> int | None:
    """Return where the first of two headings in one ends, whose line ends were removed.

    （一）培育要素市场建立价值体系。按照… is a heading and the first heading under it.

    >>> first_of_two("培育数据要素市场建立价值评估体系", Span(0, 16))
    8
    >>> first_of_two("培育数据要素市场和价值评估体系", Span(0, 15))
    """
    found = _TWO_HEADINGS.match(heading.of(text))
    return heading.start + found.end() if found else None


def end_before_sentence(text: str, content: Span) -> int | None:
    """Return where a heading ends behind which a sentence opens at once, ``None`` where none does.

    What opens it is its ground, the body that acts, or, where it is long, a second directive verb.

    >>> end_before_sentence("建立检测协作机制按照自愿原则，推动共享。", Span(0, 20))
    8
    >>> end_before_sentence("开展资产登记市财政局会同有关部门制定办法。", Span(0, 21))
    6
    >>> end_before_sentence("按照自愿原则建立检测协作机制，推动共享。", Span(0, 20))
    """
    found = _HEADING_AND_SENTENCE.match(text, content.start, content.end)
    if found is None and _first_sentence(text, content) > LONGEST_OWN:
        found = _HEADING_AND_TASK.match(text, content.start, content.end)
    return found.end() if found else None


def _first_sentence(text: str, content: Span) -> int:
    stop = _SENTENCE_END.search(text, content.start, content.end)
    return (stop.start() if stop else content.end) - content.start


# ------------------------------------------------- a heading in front of the sentence it ran into

_OPENERS = (
    r"围绕|聚焦|立足|坚持|依托|按照|根据|贯彻|深入|全面|进一步|充分|到 ?20\d\d|20\d\d ?年|"
    r"以(?=[^，,。]{2,30}为)|持续|着力|大力|积极|主动|牢固|牢牢|结合|瞄准|针对|面向|通过|利用|用好|"
    r"顺应|适应|对标|着眼|不断|重点|加快|鼓励|允许|将(?!军|来)|把|对(?![外接口标照])|严格|继续|逐步|"
    r"统筹|发挥|抓紧|切实|采用|运用|因地制宜|优先|定期|在(?![线建校岗])|适时|更好|纵深|借鉴|"
    r"由(?=[省市县各])|各(?:地|级|省|市|县|区|有关|部门|单位)|(?:地方)?各级|县级以上|国务院|"
    r"[省市](?=[\u4e00-\u9fa5]{1,12}?(?:部门|[局厅委办]|政府|中心|小组)(?!的))"
)
_VERBS = (
    rf"{DIRECTIVES}|制定|制订|加大|提高|组织|搭建|整合|推广|布局|设立|引进|壮大|扩大|夯实|巩固|改革|增强|"
    r"促进|加速|研究|编制|明确|推行|实行|选择|指导|营造|激发|畅通|降低|简化|严控|开发|采取|梳理|组建|成立|"
    r"挖掘|汇聚|做好|做大|做强|推介|争取|确保|保障|发展|建设|形成|盘活|弘扬|摸清|迭代|修订|出台|实现|"
    r"保护|改善|丰富|增加|应用|融合|治理|监测|共建|改造|培养|支撑|赋能|破除|清理|引育|招引|支持|引导"
)
_OPENS = re.compile(f"{_OPENERS}|{_VERBS}")
_OPENS_SURELY = re.compile(_OPENERS)
# Nouns as well: such a word opens a sentence only where an object follows it.
_NOUN_TOO = re.compile(
    r"支持|指导|引导|探索|把|对|研究|建设|发挥|提升|提高|增强|组建|选择|结合|将|由|重点|全面|保障|"
    r"统筹|利用|在|发展|实现|培育|改造"
)
# Rather inside a heading (健全数据开发机制): where a better place follows soon, it is there.
_INSIDE = re.compile(
    r"开发|汇聚|挖掘|创新|治理|保护|监测|应用|融合|整合|推广|优化|规范|拓展|组织|改革|培养|搭建|打造|"
    r"壮大|夯实|引进|共建|赋能|布局|支撑|改善|推动|实施|形成|增加"
)
_OF_SUPPORT = re.compile(r"支持|指导|引导|推动|改革")
_HEADS = re.compile(
    rf"{_OPENERS}|{_VERBS}|稳|科|合理|推|做|释|构|筑|统一|提|强|搭|增|有|高|率先|营|严|切|精|守|落|抓|"
    r"扎|拓|规|管|协|联|引|保|开|集|转|激|遏|维|简|着|防|妥|预|突|同步|压实"
)
_NAME_END = re.compile(
    r"(?:建设|机制|体系|行动|发展|应用|能力|水平|平台|制度|合作|项目|行业|保护|力度|工程|服务|质量|产业|"
    r"设施|管理|支持|生态|治理|责任|创新|培训|理论|支撑|标准|提升|技术|作用|保障|安全|升级|环境|模式|政策|"
    r"供给|培育|推广|场景|方式|规则|市场|措施|改革|监管|引领|计划|示范|落实|布局|评估|协调|人才|基础|导向|"
    r"领导|实施|资源|控制|系统|商务|共享|创业|效率|数据|品牌|网络|企业|培养|转型|攻关|防治|改造|"
    r"活力|队伍|氛围|规范|转化|引导|工作|动能|贸易|高地|战略|基地|融合|主体|整治|修复|投入|成果|体制|需求|"
    r"要求|教育|监测|制造|配套|成本|分析|集群|待遇|开放|格局|研发|价值|安排|渠道|参与|产品|经济|设备|"
    r"方案|文化|交流|[^变转强优深美固净]化|利用|考核|效能|链|任务|条件|应对|衔接|流通|思维|业|源|流|区|法|"
    r"点|”|》|线|流动|运营|登记|宣传|协作|监督|评价|普及|互认|保险|融资|研究|统筹|交易|运行|入表|田|底座|"
    r"引擎|图景|供应|办|表|品质|协同|推介|途径|物流|金融|交通|城市|用工|竞争|权益|犯罪|检查|运用|结果|"
    r"排放|污染|业态|[高新]地)$"
)
_OPEN_END = re.compile(
    r"(?:[的和与及、以为在对将把或是向从等要各大强优高更最]|(?<!创)新|围绕|聚焦|立足|坚持|依托|按照|根据|充分|"
    r"积极|大力|加强|加快|健全|完善|推动|推进|促进|构建|打造|加大|强化|深化|提高|切实|进一步|不断|持续|"
    r"着力|全面|有效|深入|主动|鼓励|建立|开展|激发|发挥|夯实|巩固|营造|制定|推行|实现|重点|实行|加速|"
    r"面向|共同|多元化|科学|有序|稳步|稳妥|高质量|创新性|"
    r"(?<!.{4})(?:提升|创新|统筹|支持|引导|数字化|智能化|市场化|优化|探索|一体化|发展))$"
)
_LATE_NOUN = re.compile(r"(?:提升|创新|统筹|支持|引导|数字化|智能化|市场化|优化|探索|一体化|发展)$")
_COMPOUND = re.compile(
    r"新[动格优模高业]|防线|能力|水平|体系|机制|平台|作用|模式|力度|政策|制度|项目|环境|试点|工作|规划|设施|场景|生态|服务|"
    r"产业|工程|行动|基地|中心|企业|机构|主体|单位|部门|人才|标准|空间|成果|需求|格局|转型|示范|措施|方式|"
    r"管理|技术|领域|条件|资源|渠道|目标|任务|方案|效率|效能|投入|成本|[力度量率型者区]"
)
_STEADILY = ("持续", "逐步", "不断")
_VERB_FIRST = re.compile(_VERBS)
_ASKS = ("支持", "指导", "引导", "探索", "研究", "把", "将")
_OF_SUPPORT_ITSELF = re.compile(
    r"力度|政策|体系|措施|计划|工程|作用|服务|平台|机制|水平|方式|目录|意见|试点|方案|任务|成果|举措|创新|发展|开放"
)
# 支持困难企业 waits for what they are to do; 鼓励机构运用新技术 does it with no mark between.
_DOER_ONLY = re.compile(
    r"(?:支持|引导|推动|指导|组织).*"
    r"(?:企业|地区|主体|人员|机构|单位|高校|部门|院校|地方|政府|城市)$|"
    r"鼓励(?!(?:改革创新|大胆创新|探索创新)?先行先试$|改革创新$|探索创新$)|允许|动员|督促"
)
_GLUED_STOP = re.compile(r"[，,。；;：:（(！？]|、(?![^，,。；;、]{1,14}的)")
_NEAR = 10  # characters between a doubtful place and a better one


def glued_end(text: str, content: Span) -> int | None:
    """Return where the heading in front of glued text seems to end, ``None`` where none is seen.

    The heading is a whole phrase, and right behind it a sentence opens: with a verb, or with its
    circumstances. Found for seven of ten headings whose line ends were taken away for a trial; one
    of eight that it found ended elsewhere.

    >>> glued_end("培育产业发展新动能实施领航工程，建设平台。", Span(0, 21))
    9
    >>> glued_end("稳定和扩大就业，建设平台。", Span(0, 13))
    """
    stop = _GLUED_STOP.search(text, content.start, content.end)
    last = min((stop.start() if stop else content.end) - _SHORTEST_REST, content.start + _LONGEST)
    if text[content.start : content.start + 1].isdigit():
        return None  # 2030年底前制定办法
    doubtful: int | None = None
    for place in range(content.start + _SHORTEST, last + 1):
        opening = _OPENS.match(text, place, content.end)
        if opening is None or not _opens_sentence(text, opening, content):
            continue
        head = text[content.start : place]
        if _INSIDE.fullmatch(opening[0]):
            doubtful = doubtful or place
        elif _NAME_END.search(head) or _OPENS_SURELY.fullmatch(opening[0]):
            return place if doubtful is None or place - doubtful <= _NEAR else doubtful
        else:
            doubtful = doubtful or place
    return doubtful


def _opens_sentence(text: str, opening: re.Match[str], content: Span) -> bool:
    """Return whether a sentence can begin with *opening*, and a whole heading stand before it."""
    head, word = text[content.start : opening.start()], opening[0]
    if _OPEN_END.search(head) or _DOER_ONLY.match(head) or not _balanced(head):
        return False
    behind = text[opening.end() : opening.end() + 1]
    if behind in tuple("的、和与及，。") and not _joined_verbs(text, opening, content):
        return False
    if word in _STEADILY:
        return _VERB_FIRST.match(head) is not None  # but 数据安全持续改善 is all heading
    noun_too = _NOUN_TOO.fullmatch(word) is not None
    inside = _INSIDE.fullmatch(word) is not None
    if (inside or not _HEADS.match(head)) and not _NAME_END.search(head):
        return False
    if noun_too and word not in _ASKS and _LATE_NOUN.search(head):
        return False
    return not (noun_too or inside) or not _in_compound(text, opening, content)


def _balanced(head: str) -> bool:
    return head.count("“") == head.count("”") and head.count("《") == head.count("》")


def _joined_verbs(text: str, opening: re.Match[str], content: Span) -> bool:
    """Return whether 、 or 和 behind *opening* joins it to a verb, or 与 opens its object."""
    at = opening.end()
    if text[at] == "与" and opening[0] in ("建立", "加强"):
        return True
    return text[at] in "和、与" and _OPENS.match(text, at + 1, content.end) is not None


def _in_compound(text: str, opening: re.Match[str], content: Span) -> bool:
    """Return whether what follows *opening* makes a noun of it: 发展|水平, 创新|支持."""
    nouns = _OF_SUPPORT_ITSELF if _OF_SUPPORT.fullmatch(opening[0]) else _COMPOUND
    at = opening.end()
    if opening[0] != "探索" and _OPENS.match(text, at, content.end):
        return True
    return nouns.match(text, at) is not None
