"""Named instruments in a clause: programmes (工程), actions (行动), arrangements (制度、机制)."""

import re
from collections.abc import Iterator

from kg.extract.measures.tasks import means_end, skip_adverbs
from kg.extract.measures.wording import Flat, mention
from kg.extract.rules import choice, lexicon, rule
from kg.model import Kind, Mention

_KINDS = {
    "instrument.programme": Kind.PROGRAMME,
    "instrument.action": Kind.ACTION,
    "instrument.arrangement": Kind.ARRANGEMENT,
}
_STRONG = ("实施", "开展", "建立", "健全", "完善", "纳入", "构建", "推行", "探索")
_INNER = (*_STRONG, "加强", "强化", "推进", "推广", "推动", "组织", "举办", "制定")
_MADE = re.compile(r"建立健全|建立完善|建立和完善|建立|构建|健全|完善(?!的)")
_PREPOSITIONS = ("将", "把", "对", "以")
_JOINT = re.compile(
    r"[，。；：]|(?<=建设)和|(?<=工程|行动|计划|活动|制度|机制|体系)(?:和|与|及|以及|、)"
    r"|(?<=模型|平台|标准|办法|目录|规则|网络|清单|项目)和(?![^和、]{0,4}标准)(?=[^和、]{4,})"
)
_PLANNED = re.compile(r"(?:制定|编制|出台|研究|修订)[^，]{0,30}计划$")
_CARRIED = re.compile(r"投身|投入|列入|纳入|融入|参与|完成|用好|实施(?!中|方案)|统筹推进")
_DONE = ("工程", "行动", "计划")  # what one carries out: 实施 inside 纲要实施评估机制 is no verb
# 在专利领域引入甲制度, 企业创新甲体系: where and who do not belong to the name
_WHERE = re.compile(r"在[^，。；]{2,20}?(?:推广|推行|实行|引入|建立)(?=.{4})")
_DOER = re.compile(
    r"[^，。；的]{0,12}?(?:企业|机构|高校|院校|院所|地区|地方|[片园]区)(?:创新|建设)(?=.{4})"
)
_SHORTEST = 4


def find(text: str, words: Flat, *, goal: bool = False) -> Iterator[Mention]:
    """Yield the instruments named in a clause, heading or goal of these *words*.

    A goal tells what the world will be like, so most 体系 in it are states and no instruments.
    """
    start = 0
    for kind, by, end in _heads(words.words):
        found = _name(words.words, start, end)
        if found is None or not _counts(words.words, found, end, kind, goal=goal):
            continue
        yield mention(kind, text, words.part(found, end), by=by)
        start = end


def _heads(words: str) -> list[tuple[Kind, str, int]]:
    rules = choice("instruments", *_KINDS).of(words)
    heads = [(_KINDS[one.id], one.id, hit.end()) for one in rules for hit in one.finditer(words)]
    return sorted(heads, key=lambda head: head[2]) if heads else heads


def _name(words: str, floor: int, end: int) -> int | None:
    """Return where the name that ends at *end* begins: behind verb, adverb and 的."""
    start = floor
    for joint in _JOINT.finditer(words, floor, max(floor, end - 2)):
        start = joint.end()
    doing = start + skip_adverbs(words[start:end])
    verb = lexicon("tasks", "task.verb").end(words, doing) > doing
    if doing == start or verb or words.startswith(_PREPOSITIONS, doing):
        start = doing  # 分级分类 in 分级分类管理机制 is no adverb: no verb follows
    start = _behind_triggers(words, start, end)
    if words.endswith(_DONE, start, end):
        start = max([start, *(hit.end() for hit in _CARRIED.finditer(words, start, end - 4))])
    return _inside_quotes(words, _behind_de(words, start, end), end)


def _inside_quotes(words: str, start: int, end: int) -> int:
    """Return where a name begins that stands in quotation marks as a whole (“菁英计划”)."""
    opened = words.rfind("“", start, end)
    return opened + 1 if opened >= 0 and "”" not in words[opened:end] else start


def _behind_triggers(words: str, start: int, end: int) -> int:
    """Return where the verbs before a name end.

    One verb comes off, a second only where it must be a verb too (推进实施): 建设 in
    建设工程升级工程 belongs to the name. Behind a pivot verb the inner verb comes off
    (引导企业加强甲体系建设).
    """
    triggers = lexicon("instruments", "instrument.trigger")
    at = triggers.end(words[: end - 2], start)
    while words.startswith(_STRONG + _PREPOSITIONS, at):
        at = max(at + 1, triggers.end(words[: end - 2], at))
    pivoted = lexicon("tasks", "task.pivot").end(words, start) > start
    if pivoted or means_end(words[start:]):
        inner = [words.rfind(verb, at, end - 2) for verb in _INNER]
        at = max([at, *(place + 2 for place in inner if place > 0)])
    elif words.startswith("推动", start):
        made = _MADE.search(words, at, end - 2)  # 推动两地建立甲机制
        at = made.end() if made else at
    behind = _WHERE.match(words, at, end) or (pivoted and _DOER.match(words, at, end))
    at = behind.end() if behind else at
    numbers = lexicon("instruments", "instrument.number")
    while numbers.end(words, at) > at:
        at = numbers.end(words, at)
    return at


def _behind_de(words: str, start: int, end: int) -> int:
    depth = 0
    for at in range(end - 1, start, -1):
        char = words[at]
        depth += (char in "）”》") - (char in "（“《")
        if char == "的" and depth == 0:
            return at + 1
    return start


def _counts(words: str, start: int, end: int, kind: Kind, *, goal: bool) -> bool:
    name = words[start:end]
    if len(name) < _SHORTEST or rule("instruments", "instrument.bare").search(name):
        return False
    if name.endswith("体系"):
        named = "instrument.in-goal" if goal else "instrument.institutional"
        return rule("instruments", named).search(name) is not None
    if name.endswith("活动"):
        return rule("instruments", "instrument.event").search(name) is not None
    if kind is Kind.ACTION and _PLANNED.search(words[:end]):
        return False
    return not words[end:].startswith("作用")
