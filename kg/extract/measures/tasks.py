"""Tell whether a clause is a task: directive verb and object, with adverbs or circumstances before."""

import re
from dataclasses import dataclass
from functools import lru_cache, partial

from kg.extract.measures.wording import Clause
from kg.extract.rules import choice, lexicon, rule

_rule = partial(rule, "tasks")
_SHORTEST = 4
_BY_MEANS = re.compile(
    r"^通过(?:.{4,}?(?:(?:实现|推动|推进|提升|促进|带动|建立|形成|开展|加强).{4,}"
    r"|向社会(?:公开|公布|发布)$)|.{2,3}?(?:推动|促进|助力).{4,})"
)
_LIKE = re.compile(r"与[^，。；]{2,16}相[^，。；]{1,3}的")  # 建立与职责相适应的名录库
_SHORTEST_DOING = 6
_LONG_OBJECT = 4
_GROUND = re.compile(
    r"[\u4e00-\u9fa5]{2,14}?(?:实际|情况|特点|特色|优势|需求|需要|职能|职责|分工|要求)"
)
_PUTS = re.compile("[到为至入成做作列给]|用于|赋予|授予|交由")
_IN_CASE = "条件的"
_VERBS_TOO = ("组织", "推动", "引导", "协调", "规范")
_BEFORE_OBJECT = "、和与及的或等以为"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a clause is; ``opens`` says that its doing comes in the next clause."""

    task: bool = False
    opens: bool = False
    kind: str = "directive"
    by: str = "task.verb"


NOTHING = Verdict()
_TASK, _RESULT = Verdict(task=True), Verdict(task=True, kind="result")
_DONE_LATER = Verdict(task=True, by="task.inner-verb")
_OPENS = Verdict(task=True, opens=True)
_DOES = ("task.hoped", "task.reports", "task.in-case", "task.upon", "task.over-all")
_RULED = ("task.no-task", "task.beneficiary", *_DOES)  # by its words as a whole


def judge(clause: Clause) -> Verdict:
    """Return what *clause* is within a section of tasks."""
    return judge_words(clause.words)


@lru_cache(maxsize=4096)
def judge_words(words: str) -> Verdict:
    """Return what a clause of these *words* is within a section of tasks.

    >>> judge_words("依托现有园区").task, judge_words("依托现有园区建设检测平台").task
    (False, True)
    """
    if len(words) < _SHORTEST:
        return NOTHING
    ruled = choice("tasks", *_RULED).first(words)
    if ruled is not None:
        return Verdict(task=True, by=ruled.id) if ruled.id in _DOES else NOTHING
    at, verb = _opening(words)
    means = means_end(words)
    if means and (means >= verb or verb == at):
        return _circumstance(words, means)
    if _rule("task.case-end").search(words):
        return NOTHING
    if verb == at:
        thing = _rule("task.thing")
        return Verdict(task=True, by=thing.id) if thing.search(words) else NOTHING
    return _directive(words, at, verb)


@lru_cache(maxsize=4096)
def means_end(words: str) -> int:
    """Return where the word of means or the preposition at the front of *words* ends, else 0.

    Adverbs may stand before it (积极向平台转型).
    """
    means, particles = lexicon("tasks", "task.means"), rule("tasks", "task.particle").regex
    adverbs = skip_adverbs(words)
    for at in (0, adverbs) if adverbs else (0,):
        particle = particles.match(words[at:])
        end = max(means.end(words, at), at + particle.end() if particle else at)
        if end > at:
            return end
    return 0


@lru_cache(maxsize=4096)
def opens_directive(words: str) -> bool:
    """Return whether *words* begin with adverbs and a directive verb."""
    at, verb = _opening(words)
    return verb > at


@lru_cache(maxsize=4096)
def skip_adverbs(words: str) -> int:
    """Return where the adverbs at the front of *words* end.

    An adverb that is all there is before the object is the verb itself (统筹城乡发展).
    """
    adverbs, verbs = lexicon("tasks", "task.adverb"), lexicon("tasks", "task.verb")
    at, verb = 0, None
    while True:
        end = adverbs.end(words, at)
        if end == at and verb is None:
            return at  # as most clauses do at once
        doing = verbs.end(words, at)
        if doing > end:
            return at  # 严把 is one verb, not 严 and 把
        if doing > at:
            verb = at
        if end == at:
            return at if verb is None else verb
        listed = doing == at and words[end : end + 1] == "、"
        if listed and adverbs.end(words, end + 1) > end + 1:
            end += 1  # 因地制宜、分类推进
        at = end


@lru_cache(maxsize=4096)
def _opening(words: str) -> tuple[int, int]:
    """Return where the adverbs at the front of *words* end, and where the verb behind them does."""
    at = skip_adverbs(words)
    end = lexicon("tasks", "task.verb").end(words, at)
    if end == at or (at == 0 and words[end : end + 1] == "的"):
        return at, at  # 汇聚的数据 names what was done before
    if _rule("task.compound").search(words[at:]) is None:
        return at, end
    # 定期组织运营单位开展评估: what looked like an adverb is the verb
    return (at - 2, at) if words.endswith(_VERBS_TOO, 0, at) else (at, at)


def _directive(words: str, at: int, verb: int) -> Verdict:
    pivot = lexicon("tasks", "task.pivot").end(words, at)
    core = words[max(pivot, words.rfind("的") + 1) :]
    by_ways = pivot > at and words.endswith("等方式") and "通过" in words
    if by_ways or (pivot > at and _rule("task.pivot-open").search(words) and not _inner(core, 0)):
        return _OPENS
    complete = words.startswith("坚持", at)  # 坚持以甲为乙 waits for nothing
    if not complete and words.startswith("以", verb) and _rule("task.as-end").search(words):
        return _OPENS  # 构建以甲为引领，涵盖乙的产业链
    if pivot > at and _only_means(words, pivot):
        return _OPENS
    return _RESULT if lexicon("tasks", "task.result").end(words, at) > at else _TASK


def _only_means(words: str, pivot: int) -> bool:
    """Return whether the doer behind a pivot verb only has means yet (鼓励企业依托现有园区)."""
    found = _rule("task.doer-means").search(words[pivot:])
    if found is None or _rule("task.intransitive").search(words):
        return False
    if any(_does(found["doer"], at) for at in range(len(found["doer"]))):
        return False  # 支持机构搭建面向社会的平台
    return not _inner(words, pivot + found.end())


def _does(words: str, at: int) -> bool:
    """Return whether a verb that is no noun as well stands in *words* at *at*."""
    end = lexicon("tasks", "task.inner-verb").end(words, at)
    return end > at and lexicon("tasks", "task.noun-like").end(words, at) == at


def _circumstance(words: str, start: int) -> Verdict:
    """Return what a clause is that opens with a circumstance: a task if its doing follows."""
    if _disposes(words):
        return _TASK
    if _rule("task.circumstance-end").search(words):
        return NOTHING
    if _behind_means(words, start) or _by_way(words):
        return _DONE_LATER
    if words.startswith("通过") or _only_ground(words):
        return NOTHING
    if words.endswith(_IN_CASE, 0, start) and opens_directive(words[start:]):
        return _DONE_LATER  # 有条件的实施改造
    doing = _inner(words, start + 1)
    if not doing and start == 1 + words.find(words[start - 1]) and len(words[:start]) <= 6:
        doing = bool(_rule("task.particle").search(words[start - 1 :])) and bool(
            _rule("task.intransitive").search(words)
        )
    return _DONE_LATER if doing else NOTHING


def _by_way(words: str) -> bool:
    """Return whether 通过 opens the clause, adverbs before it allowed, and what it is for follows."""
    at = skip_adverbs(words)
    return words.startswith("通过", at) and _BY_MEANS.search(words[at:]) is not None


def _only_ground(words: str) -> bool:
    """Return whether the clause is a ground that ends in a nominal verb: 结合智慧城市建设."""
    grounds = ("结合", "立足", "围绕", "按照", "根据", "基于", "依托")
    behind = _GROUND.match(words)
    if behind is not None and opens_directive(words[behind.end() :]):
        return False  # 结合本地实际开展绿色乡村建设
    return words.startswith(grounds) and _rule("task.nominal-end").search(words) is not None


def _disposes(words: str) -> bool:
    """Return whether 将 or 把 opens the clause, adverbs before it only where its verb is there.

    逐步将范围扩大到乡镇 says what is done, 逐步将陡坡耕地 does not yet.
    """
    at = skip_adverbs(words)
    if words[at : at + 1] not in ("将", "把") or words.endswith("的"):
        return False
    return at == 0 or _PUTS.search(words, at) is not None


def _behind_means(words: str, start: int) -> bool:
    """Return whether the doing follows right behind the end of the means (…等培育新主体)."""
    verbs = lexicon("tasks", "task.inner-verb")
    for end in rule("tasks", "task.means-end").finditer(words[start:]):
        at = start + end.end()
        at += skip_adverbs(words[at:])
        doing = verbs.end(words, at)
        far = len(words) - at >= _SHORTEST_DOING
        if doing > at and far and words[doing : doing + 1] not in ("的", "、", "和", "与"):
            return True
    return False


def _inner(words: str, start: int) -> bool:
    """Return whether a core verb with an object stands in *words* from *start* on."""
    verbs = lexicon("tasks", "task.inner-verb")
    for at in range(start, len(words) - 2):
        end = verbs.end(words, at)
        joined = words[at - 1] in _BEFORE_OBJECT and not words.endswith(("参与", "行为"), 0, at)
        if end == at or joined or len(words) - end < 2:
            continue
        if (
            lexicon("tasks", "task.noun-like").end(words, at) == end
            and len(words) - end < _LONG_OBJECT
        ):
            continue
        if words[end] in "和与、" and verbs.end(words, end + 1) > end + 1:
            end = verbs.end(words, end + 1)
        parted = words[end : end + 1] in ("的", "、", "和", "与", "") and not _LIKE.match(
            words, end
        )
        if not parted and not _attribute(words, end):
            return True
    return False


def _attribute(words: str, at: int) -> bool:
    """Return whether the verb that ends at *at* only describes whom the clause is for.

    对符合保障条件的家庭: what follows the last 的 is a noun, nothing is done yet; but
    对高耗水行业实行递增的水价政策 says what is done to them.
    """
    of = words.rfind("的", at)
    return (
        words[0] in "对凡"
        and of > 0
        and not _rule("task.granted").search(words)
        and 0 < len(words) - of - 1 <= 16
        and not _inner(words, of + 1)
    )
