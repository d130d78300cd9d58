"""Find the heading of a unit whose line ends were removed, so that heading and text run together.

（五）培育产业新动能实施领航工程，… has lost the break before 实施. Only where most units of a level
look like that is it taken for a habit of the copy; 稳定和扩大就业，… is no heading anywhere.
"""

import re

from kg.model import Span

_CONTAINER = re.compile(
    r"(?:主要任务|重点任务|工作任务|主要举措|重点举措|工作举措|发展布局|总体布局|空间布局|保障措施|"
    r"组织实施|实施保障|组织保障|发展目标|主要目标|总体目标|工作目标|建设目标|具体目标|总体要求|"
    r"行动目标|目标任务|规划目标|预期目标|总体思路|指导思想|基本原则|工作原则|发展原则|工作要求|有关要求|重点工程|发展现状|发展形势)"
    r"(?=[ \u3000]?[\u4e00-\u9fa5“《—\d])(?![ \u3000]?(?:的|和|与|及|落实|完成|分工|等))"
)
_BEFORE_BLANK = re.compile(
    r"[\u4e00-\u9fa5“”、]{4,30}(?=[ \u3000]{1,4}[\u4e00-\u9fa5“《][^，,。；;：:]{3,}[，,。；;：:])"
)
_GOALS = re.compile(
    r"(?:20\d\d ?年)?[\u4e00-\u9fa5]{0,10}?(?:主要|工作|发展|总体|具体|建设|行动)目标"
    r"(?=[ \u3000]?(?:争取|力争|到 ?20|通过|实现|确保|基本)[^。；;]{4,})"
)
_BOX_NAME = re.compile(
    r"[\u4e00-\u9fa5“”]{4,24}?(?:工程|行动|计划)(?=[ \u3000]?(?:推动|推进|建设|建立|开展|加强|实施|形成|完善)[^，,。；;]{4,})"
)
_OPENING = re.compile(
    r"围绕|聚焦|立足|坚持|依托|按照|根据|贯彻|深入|全面(?=推)|加快|进一步|充分|到20\d\d|以[^，,。]{2,30}为|"
    r"持续|着力|大力|积极|牢固|结合|瞄准|针对|面向|通过|利用|统筹|不断|"
    r"[省市各][\u4e00-\u9fa5]{2,12}?(?:部门|[局厅委办]|政府|中心|单位)"
)
_VERB = re.compile(
    r"实施|开展|发展|建设|推动|加强|建立|完善|推进|支持|鼓励|打造|制定|构建|引导|落实|组织|优化|强化|"
    r"健全|探索|培育|提升|提高|研究|编制|搭建|整合|推广|拓展|深化|规范|明确|布局|设立|引进"
)
_TWO_HEADINGS = re.compile(
    r"[^，,。、；;]{6,24}?(?:市场|体系|机制|优势|能力|水平|基础|格局|环境|规则|作用)"
    r"(?=(?:加快|建立|健全|强化|加强|提升|推动|推进|优化|培育|深化)[^，,。；;]{5,24}$)"
)
_DOES = (
    r"(?:建立|健全|完善|构建|打造|加强|强化|推进|加快|优化|提升|推动|探索|开展|落实|深化|培育|创新|规范|"
    r"实施|拓展|做好|激活|释放|壮大|促进)"
)
_WHAT = (
    r"(?:机制|体系|制度|格局|环境|能力|模式|平台|网络|水平|建设|服务|管理|责任|生态|场景|登记|分配|应用|"
    r"治理|改革|融合|流通|保障|监管|创新)"
)
_DOER = (
    r"(?:部门|单位|小组|委员会|[专园]区|[局厅委办]|中心|政府|机构)"
    r"(?=会同|负责|牵头|统筹|要|应|作为|按照|采取|组织|开展)"
)
_NO_DOERS = r"(?<!单位)(?<!部门)(?<!企业)(?<!机构)(?<!主体)(?<!政府)(?<!院校)(?<![者方、和与及的])"
# What opens a sentence, where a heading ends in front of it.
_SENTENCES = (
    rf"{_DOES}[^，,。；;]{{3,24}}?{_WHAT}(?=(?:按照|根据|围绕|坚持|依据|基于|遵循)[^，,。；;]{{4,}})",
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
_LONGEST_OWN = 28  # a longer first sentence is no heading of its own
_FIRST_CLAUSE = re.compile(r"[，,。；;：:、（(！？]")
_SENTENCE_END = re.compile(r"[。；;！？]")
_SHORTEST = 6
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
    return found.end() if glued else None


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
    if found is None and _first_sentence(text, content) > _LONGEST_OWN:
        found = _HEADING_AND_TASK.match(text, content.start, content.end)
    return found.end() if found else None


def _first_sentence(text: str, content: Span) -> int:
    stop = _SENTENCE_END.search(text, content.start, content.end)
    return (stop.start() if stop else content.end) - content.start


def glued_end(text: str, content: Span) -> int | None:
    """Return where the heading in front of glued text seems to end, ``None`` where none is seen.

    >>> glued_end("培育产业发展新动能实施领航工程，建设平台。", Span(0, 21))
    9
    """
    stop = _FIRST_CLAUSE.search(text, content.start, content.end)
    end = min(stop.start() if stop else content.end, content.start + 60)
    if not _VERB.match(text, content.start) and text[content.start] not in "“释实做":
        return None
    floor = content.start + _SHORTEST
    opening = _OPENING.search(text, floor, end)
    verbs = [
        found.start() for found in _VERB.finditer(text, floor, opening.start() if opening else end)
    ]
    place = opening.start() if opening else verbs[-1] if verbs else None
    if place is None or place - content.start > _LONGEST or end - place < 4:
        return None
    return place
