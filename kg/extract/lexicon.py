"""Names of bodies in running text: the authority file and the naming patterns of local organs.

One pass of an automaton finds the fixed part of a name (财政局, 国家统计局); what stands before it
decides whether it is a local organ (云江市财政局), a central one, or neither. Outside a list of
duties a bare 财政局 names no body that one could point to.
"""

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
    "府": "采购投数网性信治服职引债部基主层有各投融储间与和社",
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
    "副",
)
_BEFORE_BARE = frozenset("省市县区州盟旗各级省")
_NOT_ALONE = frozenset({"人行", "央行", "建设部", "安全部", "文物局", "工程院"})
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
_CLASS_WORDS = ("直辖", "设区", "县级", "各", "、", "级", "设区的", "地级")
_OF_CLASS = ("有关", "相关", "各", "部门", "直属", "机构")
_CITY = ("省", "市", "县", "区", "自治区", "自治州", "州", "盟", "旗", "新区")


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
    for index, start, end in automaton.find_matches_as_indexes(text):
        name = known[index]
        if _spoiled(text, end, name):
            continue
        before = _owner_start(text, start, name)
        if before < start:
            yield Name(Span(before, end), central=False)
        elif _alone(text, start, name, level):
            yield Name(Span(start, end), central=True)


def _spoiled(text: str, end: int, name: str) -> bool:
    following = text[end : end + 1]
    if following and following in _NOT_AFTER.get(name[-1], ""):
        return True
    if name == "国务院" and text.startswith(_OF_CLASS, end):
        return True
    return text.startswith(_OFFICE_HOLDERS, end)


def _owner_start(text: str, start: int, name: str) -> int:
    """Return where the area before a local organ's name begins, *start* where there is none."""
    if name in authorities.body_names() and name.startswith(_ALONE_STARTS):
        return start
    for length in _area_lengths():
        if text[max(0, start - length) : start] in authorities.area_names() and start >= length:
            return start - length
    small = _small_area(text, start)
    if small < start:
        return small
    prefix = next((one for one in _PREFIXES if text.endswith(one, 0, start)), "")
    # 直辖市人民政府 and 设区市人民政府 end a class of governments.
    in_class = prefix and text[: start - len(prefix)].endswith(_CLASS_WORDS)
    return start if in_class else start - len(prefix)


def _small_area(text: str, start: int) -> int:
    """Return where a county or an unlisted city before *start* begins: 云江市, 青石县.

    Only after a mark or a line end, else 加强云江市 would be read as its name.
    """
    for suffix in _CITY:
        if not text.endswith(suffix, 0, start):
            continue
        at = start - len(suffix)
        for length in (2, 3, 4):
            begin = at - length
            if begin >= 0 and _is_edge(text, begin) and text[begin:at].isalpha():
                return begin if _free(text[begin:at]) else start
    return start


def _is_edge(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _free(word: str) -> bool:
    return word not in _CLASS_WORDS and not any(c in "各该本全我由向经报和与及的在对" for c in word)


def _alone(text: str, start: int, name: str, level: Level | None) -> bool:
    """Return whether *name* names a central body with nothing before it."""
    body = authorities.body_by_alias(name)
    before = text[max(0, start - 1) : start]
    # 自国务院批准之日起 dates an event.
    if body is None or name in _NOT_ALONE or before in _BEFORE_BARE or before == "自":
        return False
    if name == body.name or name.startswith(_ALONE_STARTS) or name.endswith(_ALONE_ENDS):
        return True
    return level in {None, Level.CENTRAL} and len(name) > 2
