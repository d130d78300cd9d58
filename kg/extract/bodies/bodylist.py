"""A list of bodies in a clause, cut into names: 省工信厅、财政厅等和各地区.

Works on text without white space. 和 and 及 join bodies, but stand inside names too (工业和信息化
部); 、 separates bodies, but belongs to some names (各市、县（区）人民政府); 等 leaves a list open,
unless a class of organs follows it (等有关部门), which is a body of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg import authorities
from kg.extract.bodies import bodykinds
from kg.extract.dutyrules import Duty, duty_rules, pattern

_OPEN = "（([〔【"
_CLOSE = "）)]〕】"
_SIGNS = "*＊★☆▲△●○◆◇■□※#＃√"  # at a name, for what a note says of them
_UNIT = (
    r"(?:自治区|直辖市|自治州|设区的?市|地级以上市|县级市|开发区|高新区|园区|功能区|新区|"
    r"街道办事处|街道办|街道|乡镇|省级|市级|县级|省|市|州|盟|地区|县|区|旗|镇|乡)"
)
_BRACKET = r"(?:[（(][^（(）)]*[）)])?"
_OFFICES = "行政公署|行署"  # of a 地区 or 盟
_ORGANS = (
    rf"(?:{_OFFICES}|人民政府|政府|党委|党工委|管委会|管理委员会|有关部门|相关部门|[两三四]级)"
)
_UNITS = re.compile(
    rf"(?:各|全[省市区])(?:有关|相关)?{_UNIT}{_BRACKET}(?:[、和及]?{_UNIT}{_BRACKET})+"
    rf"{_ORGANS}?(?=[、，,；;和及与等（(]|$)"
    # 中直、省属驻某市有关单位
    r"|(?:中央|[中省市区县部军])[直属]?(?:[、和及](?:中央|[中省市区县部军])[直属]){1,3}"
    r"[\u4e00-\u9fa5]{0,10}?(?:单位|部门|机构|企业)(?=[、，,；;和及与等（(]|$)"
    # 自治区各委、办、厅、局
    r"|(?:[省市州盟县区旗]|自治区)?(?:直属?)?各(?:部|委|办|厅|局)(?:、(?:部|委|办|厅|局))+(?=[、，,；;和及与等（(：:]|$)"
    # 州、县（市）人民政府: organs of several levels, with no 各 before them
    rf"|(?:(?<![\u4e00-\u9fa5])|所在地|地方|当地|属地)(?:{_UNIT}{_BRACKET}[、和及])+{_UNIT}{_BRACKET}"
    rf"(?:{_ORGANS}|[\u4e00-\u9fa5]{{0,10}}部门)(?=[、，,；;和及与等（(]|$)"
)
_ETC = re.compile(r"(?<![高平中同])等(?!级|额|保)")
_BARE = re.compile(
    r"^\d*(?:个)?(?:部门和单位|单位和部门|部门|单位|部委|方面|机构|机关|企业|有关方面)(?=[和及与]|$)"
)
_AND_ALSO = re.compile("以及")  # parts whole names: 有关部门和单位以及行业组织 are two bodies
_JOIN = re.compile(r"以及|或者|和|及|与|暨|或")
_LEADING = re.compile(r"^(?:以及|由|请|和|及其(?!他)|及|与|或|其中|其(?![他它余]))(?!平)")
_EVERY = re.compile(r"(?<=.)各(?!自|项|类|种|方)")
_INSIDE = re.compile(rf"^(?:{_UNIT}|{_OFFICES}|地|委办|局|厅|场|系统|行业|[、，,和及/])+$")
_CALLED = re.compile(r"^(?:以?下?(?:统称|简称|称)|设在)")
_INCLUDES = re.compile(r"^(?:含|包括|包含|并含)(?P<name>.+?)(?:[，,]?(?:以)?下同)?$")
_ALONE = frozenset("部局委厅署办院行会社府司处站所")
_GENERIC = frozenset(
    {
        "政府",
        "人民政府",
        "党委",
        "政府部门",
        "单位",
        "部门",
        "机构",
        "企业",
        "管委会",
        "办公室",
        "委员会",
        "中心",
        "街道",
        "组织",
    }
)


@dataclass(frozen=True, slots=True)
class Item:
    """One name in a list: where it stands, whether in brackets, and a role of its own."""

    start: int
    end: int
    nested: bool = False
    duty: Duty | None = None
    first: bool = False  # opens a 、 list: its 省 or 市 carries on from here


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a list, and whether 等 left it open."""

    items: tuple[Item, ...]
    open: bool = False


def is_body(name: str) -> bool:
    """Return whether *name* can stand alone as a body, so that 和 before or after it joins.

    >>> is_body("海关总署"), is_body("工业"), is_body("单位")
    (True, False, False)
    """
    if authorities.body_by_alias(name) is not None:
        return True
    if name in _GENERIC or len(name) < 2 or name in _ALONE:
        return False
    return bodykinds.looks_like_body(name)


def split_names(text: str, start: int, end: int) -> Names:
    """Return the names in ``text[start:end]``, a list of bodies without white space.

    >>> text = "省工信厅、财政厅等和各市、县（区）人民政府"
    >>> names = split_names(text, 0, len(text))
    >>> [text[item.start : item.end] for item in names.items], names.open
    (['省工信厅', '财政厅', '各市、县（区）人民政府'], True)
    """
    found: list[Item] = []
    is_open = False
    first = True
    for piece_start, piece_end, mark in _pieces(text, start, end):
        for a, b, etc in _around_etc(text, piece_start, piece_end):
            is_open = is_open or etc
            for c, d in _joined(text, a, b):
                new = _items(text, c, d, first=first)
                found.extend(new)
                first = first and not new
        first = mark in "，,"
    return Names(tuple(found), is_open)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches between 、 or ， outside brackets and outside names, with their mark."""
    kept = [(m.start(), m.end()) for m in _UNITS.finditer(text, start, end)]
    depth, at = 0, start
    for i in range(start, end):
        char = text[i]
        depth += (char in _OPEN) - (char in _CLOSE)
        if char in "、，," and depth == 0 and not any(a <= i < b for a, b in kept):
            yield at, i, char
            at = i + 1
    yield at, end, ""


def _around_etc(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield what stands before and after 等, with whether the list is open at that place."""
    etc = next(
        (m for m in _ETC.finditer(text, start, end) if _outside(text, start, m.start())), None
    )
    if etc is None:
        yield start, end, False
        return
    rest = etc.end()
    bare = _BARE.match(text[rest:end])
    joined = _JOIN.match(text, rest, end)
    yield start, etc.start(), bare is not None or joined is not None or rest == end
    rest += bare.end() if bare else 0
    if rest < end:
        yield rest, end, False


def _outside(text: str, start: int, at: int) -> bool:
    return sum((c in _OPEN) - (c in _CLOSE) for c in text[start:at]) == 0


def _joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the bodies that 和, 及 or 与 joins; a 和 inside a name joins nothing."""
    lead = _LEADING.match(text[start:end])
    start += lead.end() if lead else 0
    if authorities.body_by_alias(text[start:end]) is None:
        for join in [*_AND_ALSO.finditer(text, start, end), *_JOIN.finditer(text, start, end)]:
            left, right = text[start : join.start()], text[join.end() : end]
            if _outside(text, start, join.start()) and _parts(left, right):
                yield from _every(text, start, join.start())
                yield from _joined(text, join.end(), end)
                return
    yield from _every(text, start, end)


def _parts(left: str, right: str) -> bool:
    """Return whether a join stands between two bodies, not inside one (各级林业和草原部门)."""
    if left.endswith("中央") and right.startswith("国家机关"):
        return False  # 中央和国家机关有关部门 is one class
    head = _JOIN.split(right, maxsplit=1)[0]
    return _ends_a_body(left) and (is_body(_bare_name(right)) or is_body(_bare_name(head)))


def _ends_a_body(left: str) -> bool:
    name = _bare_name(left)
    if authorities.body_by_alias(name) is not None:
        return True
    return is_body(name) and bodykinds.ends_like_body(name)


def _bare_name(name: str) -> str:
    return re.sub(r"[（(〔\[][^（(〔\[]*[）)〕\]]$", "", name)


def _every(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield 各地区 and 各有关部门 of 各地区各有关部门, which no mark separates."""
    for match in _EVERY.finditer(text, start, end):
        before = text[start : match.start()]
        if _outside(text, start, match.start()) and _is_class(before):
            yield start, match.start()
            yield from _every(text, match.start(), end)
            return
    if start < end:
        yield start, end


def _is_class(name: str) -> bool:
    """Return whether *name* is a class of its own: 各级 of 各级各有关部门 is none."""
    return bodykinds.is_open(name) and bodykinds.ends_like_body(name)


def _items(text: str, start: int, end: int, *, first: bool) -> list[Item]:
    """Return the name in ``text[start:end]``, without signs at it, and what its brackets hold."""
    while start < end and text[start] in _SIGNS:
        start += 1
    while end > start and text[end - 1] in _SIGNS:
        end -= 1
    close_at = end - 1
    open_at = _partner(text, start, close_at)
    if open_at <= start:
        return [Item(start, end, first=first)] if end - start > 1 else []
    inner = text[open_at + 1 : close_at]
    if _INSIDE.match(inner):
        return [Item(start, end, first=first)]
    duty = _own_duty(inner)
    found = [Item(start, open_at, duty=duty, first=first)]
    if duty is None:
        found += _nested(text, open_at + 1, close_at)
    return found


def _partner(text: str, start: int, close_at: int) -> int:
    """Return where the bracket that closes at *close_at* opens, -1 where none closes there."""
    if text[close_at] not in _CLOSE:
        return -1
    depth = 0
    for i in range(close_at, start - 1, -1):
        depth += (text[i] in _CLOSE) - (text[i] in _OPEN)
        if depth == 0:
            return i
    return -1


def _own_duty(inner: str) -> Duty | None:
    """Return the role that a bracket after a name gives it: 省财政厅（牵头）."""
    for label, duty in duty_rules().labels:
        if label.fullmatch(inner + "：", 0, len(inner) + 1) or label.match(inner + "："):
            return duty
    for cue, duty in duty_rules().cues:
        if cue.fullmatch(inner):
            return duty
    return None


def _nested(text: str, start: int, end: int) -> list[Item]:
    includes = _INCLUDES.match(text[start:end])
    if includes:
        start, end = start + includes.start("name"), start + includes.end("name")
    elif _CALLED.match(text[start:end]) or pattern("duty.document.ditto").search(text, start, end):
        return []
    names = split_names(text, start, end).items
    if all(is_body(text[item.start : item.end]) for item in names):
        return [Item(item.start, item.end, nested=True) for item in names]
    return []
