"""Peel a clause: what stands before its own words (conjunction, time, subject with 要) comes off."""

import re
from collections.abc import Iterator, Sequence

from kg.extract.inorder import mentions_in_order
from kg.extract.measures.tasks import judge_words, means_end, opens_directive, skip_adverbs
from kg.extract.measures.wording import Clause, Flat, flat, mention
from kg.extract.rules import choice, lexicon, rule
from kg.model import Kind, Mention, Span

_GOES_ON = re.compile(r"以及|及(?!时|早|其时)")
_BARE = frozenset({"要", "应", "须", "必须", "应当"})  # 既要 … 又要 is no bare 要
_IN_CHARGE = "负责"
_TIMES = ("time.period", "time.horizon", "time.deadline", "time.point", "time.frequency")
_BEFORE_VERBS = frozenset({"time.point", "time.frequency"})  # times only right before a verb
_LED_IN = re.compile(
    r"(?:(?:力争|争取|确保)(?:在|于)?|在|于)(?=\d|[三五]到|每年\d)"
)  # no part of the time behind it
_DATED = re.compile("[年月日底末]前将|[要应须][于在]")
_ALSO = re.compile("[也还]?将")  # 也将持续推广: no 将 that puts something somewhere
_DOES = re.compile(
    "采取|采用|建立|健全|实施|开展|制定"
)  # 专区采取政府授权模式: no body before 授权
_SHORTEST_DOING, _LONGEST_ACTOR = 4, 32
_PAYS = ("给予", "予以")
# 新建机组要安装: said of what is built
_NEW = re.compile("(?:新建|改建|扩建|新改扩建|新上|新增|在建|拟建)")
_LET = re.compile("由|可|委托|授权|邀请")  # 部门可委托机构对结果进行评估: the body is no subject
_HOLDER = re.compile(r"(?:省市|[省市县区]|地区|部门|单位|企业|机构|政府|[局委办厅]|主体|组织)$")


def peel(text: str, span: Span, *, directive: bool) -> Clause:
    """Return the clause at *span* without what stands before its own words.

    With *directive* a subject and its 要, 应 or 须 come off as well, as in a section of tasks.
    """
    whole = flat(text, span)
    at, time, subject, bare = 0, None, False, False
    for _ in range(4):
        words = whole.words[at:]
        step = _conjunction(words)
        if not step and time is None:
            time, step = _time(text, whole, at)
        if not step and directive and not subject:
            step = _subject(words)
            subject, bare = step > 0, words[:step] in _BARE
        if not step:
            break
        at += step
    joined = _GOES_ON.match(whole.words) is not None
    return Clause(_behind(text, whole, at), time, subject, joined, bare)


def _behind(text: str, whole: Flat, at: int) -> Flat:
    """Return what *whole* has from *at* on, without blanks at its ends."""
    if at == 0 and whole.places is None:
        return whole  # as most clauses are
    if at == len(whole.words):
        return flat(text, Span(whole.span.end, whole.span.end))
    return flat(text, whole.part(at, len(whole.words)))


def _conjunction(words: str) -> int:
    found = rule("tasks", "task.conjunction").search(words)
    return found.end() if found else 0


def _subject(words: str) -> int:
    with_others = rule("tasks", "task.holder").search(words) if "会同" in words else None
    if with_others is not None and words.startswith("会同", with_others.end()) and words[0] != "由":
        return with_others.end()  # 某局会同某部门将…纳入…: the task is the body's, with others
    telling = rule("tasks", "task.telling").search(words)
    if telling is not None and _tells(words, telling.end()):
        return telling.end()
    found = rule("tasks", "task.subject").search(words)
    if found is None:
        return _holder(words)
    if rule("tasks", "task.upon").search(words):
        return 0  # 对停用库房要限期清理: no subject
    head = words[: found.end()].rstrip("要应须当必也都均还")
    if head and opens_directive(head) and not (_HOLDER.search(head) or _NEW.match(head)):
        return 0
    return found.end()


def _tells(words: str, end: int) -> bool:
    """Return whether a task begins at *end*, behind words that tell of it and do nothing."""
    doing = opens_directive(words[end:]) or words.startswith(("在", "对"), end)
    dated = _DATED.search(words, 0, end) is not None  # 各县要于5月底前将…报送: no 将 that tells
    return doing and not (
        dated or opens_directive(words[: end - 1]) or (not _ALSO.match(words) and means_end(words))
    )


def _holder(words: str) -> int:
    """Return where a body that is the subject of a directive verb ends (市数据中心开展…)."""
    if opens_directive(words) or means_end(words) or rule("tasks", "task.reports").search(words):
        return 0
    found = rule("tasks", "task.holder").search(words)
    if found is None:
        return _named(words) or _actor(words)
    charge = rule("tasks", "task.in-charge").regex.match(words, found.end() - len(_IN_CHARGE))
    if charge is not None:
        return charge.start()  # 负责 and what it is about are the task (负责抽查的统筹协调)
    if opens_directive(words[found.end() :]) and not _DOES.search(words, 2, found.end()):
        return found.end()
    if _by_means(words[found.end() :]):
        return found.end()
    return _named(words) or _actor(words)


def _by_means(words: str) -> bool:
    """Return whether the doing of a body follows behind its ground (结合场景提出申请)."""
    found = rule("tasks", "task.holder-means").search(words)
    return found is not None and judge_words(words).task


def _named(words: str) -> int:
    """Return where a name of a body ends behind which it says what the body does (甲局监督乙)."""
    acts = rule("tasks", "task.holder-acts").regex
    for found in rule("responsibilities", "duty.prose.name-end").finditer(words[:_LONGEST_ACTOR]):
        doing = words[found.end() :]
        does = acts.match(doing) is not None or _by_means(doing)
        if does and not _LET.search(words, 0, found.end()):
            return found.end()
    return 0


def _actor(words: str) -> int:
    """Return where a basin, an industry, a level of government ends that acts (青川流域推进…)."""
    verbs = lexicon("tasks", "task.actor-verb")
    for at in range(2, min(len(words) - _SHORTEST_DOING, _LONGEST_ACTOR)):
        if "由" in words[:at] or rule("tasks", "task.actor").search(words[:at]) is None:
            continue
        if words.startswith(_PAYS, at):
            return 0  # 省级财政给予补助 is a provision, its subject included
        verb = at + skip_adverbs(words[at:])
        if verb == at and rule("tasks", "task.actor-bare-noun").search(words[:at]):
            continue
        if verbs.end(words, verb) > verb:
            return at
    return 0


def _time(text: str, whole: Flat, at: int) -> tuple[Mention | None, int]:
    led = _LED_IN.match(whole.words, at)
    begin = led.end() if led else at
    words = whole.words[begin:]
    for made_by in choice("times", *_TIMES).of(words):
        found = made_by.search(words)
        if found is None:
            continue
        behind = words[found.end() :]
        if behind and made_by.id in _BEFORE_VERBS and not _doing(behind):
            continue
        span = whole.part(begin, begin + found.end())
        attrs = {"role": made_by.set["role"], "value": found[0]}
        step = begin + found.end() - at
        return mention(Kind.TIME, text, span, by=made_by.id, attrs=attrs), step
    return None, 0


def _doing(words: str) -> bool:
    return opens_directive(words) or judge_words(words).task


def dates(text: str, times: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the full dates in *text* that are no part of one of *times*."""
    made = rule("times", "time.date")
    known = mentions_in_order(times)
    for found in made.finditer(text):
        span = Span(*found.span())
        if not known.any_touches(span):
            attrs = {"role": "published", "value": found[0]}
            yield mention(Kind.TIME, text, span, by=made.id, attrs=attrs)
