"""Targets that count things to be made: 新建30个平台, 认定示范企业50家.

The span is number, unit and name. The verb of making is part of it only where the clause states
what there will be by a horizon: 到2030年建成3个园区, or 新增标准5项 as a goal.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.measures.quantities import described, quantities
from kg.extract.measures.tasks import judge_words, opens_directive, skip_adverbs
from kg.extract.measures.wording import Clause, mention
from kg.extract.rules import lexicon, rule
from kg.model import Kind, Mention

_DIGIT = re.compile(r"\d")
_THINGS = tuple("家个名项人户座所台套条件")
_SPANS_OF_TIME = ("天", "小时", "分钟")
_LONGEST_VERB = 6
_NOUNS = ("服务", "发展", "开放")  # 政务服务4个小组: no verb, behind other words
_JOINTS = ("、", "，", "和", "及", "与", "以及", "的")
_NOUN_STOP = re.compile(
    r"[，。；、]|(?:和|及|与|以及)(?=\d|一批|若干)|(?<!级)以上|左右|(?<=.{4})(?:开展|进行|实现|参与|投身|赴|(?<![达得])到(?!期|位)|建设$)|的(?=\d)"
)
_ENUMERATED = re.compile(r"、(?!\d)(?:[^，。；、]{1,16}、)*[^，。；、]{1,16}的")


def made(text: str, clause: Clause, *, whole: bool = False) -> Iterator[Mention]:
    """Yield the targets in a task or goal that makes a number of things.

    Args:
        text: a clean text.
        clause: the clause, peeled.
        whole: whether the clause states what will be reached: a goal, or a task by a horizon.
    """
    words = clause.words
    if _DIGIT.search(words) is None:
        return  # as in nine clauses of ten
    verb = _making(words)
    found = list(_numbered(words, verb))
    if not found:
        yield from _counted(text, clause, verb, whole=whole)
        return
    from_verb = verb and _right_behind_horizon(clause) and not _over_all(words)
    first = 0 if from_verb else found[0][0].start()
    for (hit, end), start in zip(found, [first, *(h.start() for h, _ in found[1:])], strict=True):
        attrs = described(hit, words[hit.end() : end], clause.time)
        yield mention(
            Kind.TARGET, text, clause.flat.part(start, end), by="target.make", attrs=attrs
        )


def more(text: str, clause: Clause) -> Iterator[Mention]:
    """Yield the targets in a clause that goes on counting: 培育3个园区，20个中心."""
    words = clause.words
    for hit, end in _numbered(words, 0):
        attrs = described(hit, words[hit.end() : end], None)
        span = clause.flat.part(hit.start(), end)
        yield mention(Kind.TARGET, text, span, by="target.make", attrs=attrs)


@lru_cache(maxsize=4096)
def counts_on(words: str) -> bool:
    """Return whether *words* only count more things, and say nothing of them.

    >>> counts_on("20个检测中心"), counts_on("20个检测中心投入使用")
    (True, False)
    """
    first = next(quantities(words), None)
    if first is None or first.start() > 0 or not first["unit"]:
        return False
    if first["unit"] in _SPANS_OF_TIME or first.end() == len(words):
        return False
    return rule("targets", "target.counts-on").search(words) is None


def counts_things(words: str) -> bool:
    """Return whether *words* count things and do not measure how much of something is done.

    >>> counts_things("培育检测企业50家"), counts_things("整治修复岸线90公里")
    (True, False)
    """
    found = [hit for hit in quantities(words) if hit["unit"]]
    return any(hit["unit"].endswith(_THINGS) and not hit["comparator"] for hit in found)


def _making(words: str) -> int:
    """Return where the verb of making at the front of *words* ends, 0 where none stands there."""
    verbs = lexicon("targets", "target.make")
    at = skip_adverbs(words)
    verb = verbs.end(words, at)
    hoped = rule("targets", "target.hoped").search(words) if verb == at else None
    if hoped:
        verb = verbs.end(words, hoped.end())
        return verb if verb > hoped.end() else 0
    return verb if verb > at else 0


def _numbered(words: str, verb: int) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the numbers of things that are made, each with where the name of the things ends."""
    paid = rule("targets", "target.no-count").search(words) is not None
    last = 0
    for hit in quantities(words):
        joined = last > 0 and words[last : hit.start()] in _JOINTS
        begins = hit.start() == verb or (not paid and _behind_verb(words, hit.start()))
        if not hit["unit"] or hit["unit"] in _SPANS_OF_TIME or not (joined or begins):
            continue
        end = _noun_end(words, hit.end())
        last = end
        if end > hit.end() and words[end : end + 1] != "的":  # 5家企业的3个项目: the projects
            yield hit, end


def _behind_verb(words: str, at: int) -> bool:
    """Return whether a verb of making ends at *at*."""
    if words.endswith(_NOUNS, 0, at):
        return False
    verbs = lexicon("targets", "target.make")
    return any(verbs.end(words, start) == at for start in range(max(0, at - _LONGEST_VERB), at))


def _noun_end(words: str, at: int) -> int:
    """Return where the name of the things ends that are counted right before *at*.

    A 、 ends it only before another number or another verb: 3个检测平台、示范园区 is one name.
    """
    listed = _ENUMERATED.match(words, words.find("、", at)) if "、" in words[at:] else None
    for stop in _NOUN_STOP.finditer(words, at):
        if stop[0] != "、":
            return stop.start()
        if listed is not None and stop.start() < listed.end():
            continue  # 3个规模大、带动强的园区
        after = words[stop.end() :]
        if after[:1].isdigit() or opens_directive(after):
            return stop.start()
    return len(words)


def _right_behind_horizon(clause: Clause) -> bool:
    time = clause.time
    if time is None or time.attrs["role"] != "horizon":
        return False
    return time.span.end == clause.span.start


def _counted(text: str, clause: Clause, verb: int, *, whole: bool) -> Iterator[Mention]:
    """Yield the targets of a clause whose numbers come last (新增标准5项)."""
    words = clause.words
    if rule("targets", "target.no-count").search(words):
        return
    inner = max((m.end() for m in rule("targets", "target.inner-make").finditer(words)), default=0)
    verb = max(verb, inner)
    counts = [
        found
        for found in quantities(words, verb + 1)
        if found["unit"] and words[found.end() : found.end() + 1] in ("", "、", "和", "及")
    ]
    if not verb or not counts or counts[-1].end() < len(words):
        return
    start = 0 if whole and not _over_all(words) and not words.startswith("实施") else verb
    for found in counts:
        attrs = described(found, words[max(start, verb) : found.start()], clause.time)
        span = clause.flat.part(start, found.end())
        yield mention(Kind.TARGET, text, span, by="target.make", attrs=attrs)
        start = found.end() + 1


def _over_all(words: str) -> bool:
    """Return whether *words* tell a number for a whole province: 泵站30座 of 全省累计新建泵站30座."""
    return judge_words(words).by == "task.over-all"
