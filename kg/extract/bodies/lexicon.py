"""Names of bodies in running text: the authority file and the naming patterns of local organs.

One pass of an automaton finds the fixed part of a name (财政局, 国家统计局); what stands before it
decides whether it is a local organ (云江市财政局), a central one, or neither. Outside a list of
duties a bare 财政局 names no body that one could point to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg import authorities
from kg.model import Level, Span

_ENDINGS = ("厅", "局", "委员会", "委", "办公室", "办")
_PARTY = (
    "委组织部",
    "委宣传部",
    "委统战部",
    "委政法委",
    "委网信办",
    "委编办",
    "委社会工作部",
    "委办公厅",
    "委办公室",
    "委金融办",
    "委农办",
)
_GOVERNMENT = (
    "人民政府",
    "人民政府办公厅",
    "人民政府办公室",
    "政府办公厅",
    "政府办公室",
    "政府国资委",
    "国资委",
    "通信管理局",
    "管委会",
    "管理委员会",
    "政府",
)
_PREFIXES = ("自治区", "自治州", "省", "市", "县", "区", "州", "盟", "旗")
# What may not follow: 教育部门 and 教育部署 do not name the ministry, 统计局局长 is a person.
_NOT_AFTER = {
    "部": "门署分件位队长级落",
    "局": "面部势限长域",
    "委": "员托派任",
    "办": "法理公学事好",
    "院": "长士校系",
    "署": "名长",
    "行": "业政为动长",
    "会": "议员长同",
    "厅": "长",
    "府": "采购投数网性信治服职引债基主层有各融储间与和社",
}
_OFFICE_HOLDERS = (
    "局长",
    "部长",
    "厅长",
    "主任",
    "署长",
    "书记",
    "院长",
    "行长",
    "新闻发言人",
    "负责人",
    "主要负责同志",
    "主要负责人",
    "分管",
    "副",
)
_BEFORE_BARE = frozenset("省市县区州盟旗各级省")
_TORN = {"团": "集社兵财乐剧军", "科": "学文理"}  # 集团中央实验室 names no 团中央
_NOT_ALONE = frozenset({"新华社", "人行", "央行", "建设部", "安全部", "文物局", "工程院"})
_ALONE_STARTS = (
    "国家",
    "国务院",
    "中国",
    "中央",
    "全国",
    "最高",
    "中共",
    "中华",
    "党中央",
    "共青团",
)
_ALONE_ENDS = ("部", "总局", "总署", "审计署", "证监会", "银保监会", "人民银行", "新华社", "科学院")
_LONGEST_AREA = 9
_LONGEST_NAME, _LONGEST_ZONE = 4, 7  # of a county or city; of a zone with its 管委会
_NOWHERE = -1
_EACH = frozenset("各")
_EDGES = frozenset("由经报和与及向对在为将送交按据本该各是并把的了含")
_LEVEL_SIGNS = frozenset("省市县区州盟旗镇乡级委政府辖")
_BEFORE_AREA = (
    *(
        "配合",
        "按照",
        "支持",
        "推动",
        "根据",
        "经过",
        "报请",
        "提请",
        "会同",
        "协助",
        "指导",
        "督促",
        "联合",
    ),
    *(
        "依托",
        "组织",
        "鼓励",
        "引导",
        "通过",
        "建议",
        "要求",
        "同意",
        "其他",
        "全部",
        "加强",
        "明确",
        "落实",
    ),
    *(
        "纳入",
        "提交",
        "商请",
        "负责",
        "以及",
        "包括",
        "全力",
        "强化",
        "赋予",
        "委托",
        "授权",
        "抄送",
        "参照",
        "现将",
        "代表",
        "通知",
    ),
)
_CLASS_WORDS = ("直辖", "设区", "县级", "各", "、", "级", "设区的", "地级")
# 国务院教育行政部门 is a class, and so is 国务院有关部门.
_OF_CLASS = re.compile(
    "有关|相关|各|直属|机构|[\u4e00-\u9fa5]{0,10}?部门|[\u4e00-\u9fa5]{2,16}?(?:联席会议|领导小组)"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a body in a text."""

    span: Span
    central: bool


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    local = [stem + ending for stem in authorities.local_stems() for ending in _ENDINGS]
    names = sorted({*authorities.body_names(), *local, *_PARTY, *_GOVERNMENT})
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), tuple(names)


@cache
def _area_lengths() -> tuple[int, ...]:
    lengths = {len(name) for name in authorities.area_names()}
    return tuple(sorted(lengths, reverse=True))


def names(text: str, level: Level | None = None) -> Iterator[Name]:
    """Yield the names of bodies in *text*, leftmost and longest first.

    Args:
        text: any text; white space inside a name hides it.
        level: level of the issuer; short central names (发展改革委) count in central documents only.

    >>> text = "云江市财政局会同国家统计局开展调查，财政局长参加。"
    >>> [name.span.of(text) for name in names(text, Level.PREFECTURE)]
    ['云江市财政局', '国家统计局']
    """
    automaton, known = _automaton()
    done = 0
    for index, start, end in automaton.find_matches_as_indexes(text):
        name = known[index]
        if _spoiled(text, end, name):
            continue
        before = _owner_start(text, Span(done, start), name)
        if before == _NOWHERE:
            continue
        if before < start:
            done = end
            yield Name(Span(before, end), central=False)
        elif _alone(text, start, name, level):
            done = end
            yield Name(Span(start, end), central=True)


def _spoiled(text: str, end: int, name: str) -> bool:
    following = text[end : end + 1]
    if following and following in _NOT_AFTER.get(name[-1], ""):
        return True
    if name == "国务院" and _OF_CLASS.match(text, end):
        return True
    if name.endswith("府") and text.startswith("部门", end):
        return True
    return text.startswith(_OFFICE_HOLDERS, end)


def _owner_start(text: str, before: Span, name: str) -> int:
    """Return where the area before a local organ's name begins.

    Args:
        text: the text.
        before: from the end of the name found last to where this one starts.
        name: the fixed part of the name.

    Returns:
        The start of the area, that of *name* where there is none, or ``_NOWHERE`` where a class of
        areas (各区人民政府) or something else stands there, so that nothing is named.
    """
    start = before.end
    if name in authorities.body_names() and name.startswith(_ALONE_STARTS):
        return start
    for length in _area_lengths():
        begin = start - length
        if begin >= before.start and text[begin:start] in authorities.area_names():
            return begin
    prefix = next((one for one in _PREFIXES if text.endswith(one, before.start, start)), "")
    return _with_area(text, Span(before.start, start - len(prefix))) if prefix else start


def _with_area(text: str, before: Span) -> int:
    """Return where the name of an area begins whose 省, 市, 县 … stands at the end of *before*.

    省政府 after 经 or a mark stands for the issuer's own; 青石县政府 begins with the area. In 各区、市县,
    直辖市 and the like there is a class of areas and no name: then what follows is no local organ's.
    """
    at = begin = before.end
    while begin > max(before.start, at - _LONGEST_AREA) and _in_area(text[begin - 1]):
        begin -= 1
    word = text[begin:at]
    if text[max(before.start, begin - 1) : begin] in _EACH:
        return _NOWHERE
    if not word or word.endswith(_BEFORE_AREA):
        return at
    if word.endswith(_CLASS_WORDS) or word[-1] in _LEVEL_SIGNS:
        return _NOWHERE
    start = max((word.rfind(v) + len(v) for v in _BEFORE_AREA if v in word), default=0)
    area = word[start:]
    zone = text.startswith(("管委会", "管理委员会"), at + 1)
    if len(area) > (_LONGEST_ZONE if zone else _LONGEST_NAME):
        return _NOWHERE
    return begin + start if len(area) > 1 and not _LEVEL_SIGNS & set(area) else at


def _in_area(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fa5" and char not in _EDGES


def _alone(text: str, start: int, name: str, level: Level | None) -> bool:
    """Return whether *name* names a central body with nothing before it."""
    body = authorities.body_by_alias(name)
    before = text[max(0, start - 1) : start]
    # 自国务院批准之日起 dates an event.
    if body is None or name in _NOT_ALONE or before in _BEFORE_BARE or before == "自":
        return False
    if before and before in _TORN.get(name[0], ""):
        return False
    if name == body.name or name.startswith(_ALONE_STARTS) or name.endswith(_ALONE_ENDS):
        return True
    return level in {None, Level.CENTRAL} and len(name) > 2
