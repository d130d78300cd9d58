"""Tell whether a clause is a task: directive verb and object, with adverbs or circumstances before."""

from dataclasses import dataclass
from functools import lru_cache

from kg.extract.frames import Clause
from kg.extract.rules import lexicon, rule

_SHORTEST = 4
_BEFORE_OBJECT = "、和与及的或等以为"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a clause is; ``opens`` says that its doing comes in the next clause."""

    task: bool = False
    opens: bool = False
    kind: str = "directive"
    by: str = "task.verb"


NOTHING = Verdict()


def judge(clause: Clause) -> Verdict:
    """Return what *clause* is within a section of tasks."""
    return judge_words(clause.words)


@lru_cache(maxsize=4096)
def judge_words(words: str) -> Verdict:
    """Return what a clause of these *words* is within a section of tasks.

    >>> judge_words("依托现有园区").task, judge_words("依托现有园区建设检测平台").task
    (False, True)
    """
    if len(words) < _SHORTEST or _rule("task.no-task").search(words):
        return NOTHING
    after_adverbs = skip_adverbs(words)
    means = lexicon("tasks", "task.means").end(words, 0)
    if means or lexicon("tasks", "task.means").end(words, after_adverbs) > after_adverbs:
        return _circumstance(words, means or after_adverbs)
    verb_end = _verb(words, after_adverbs)
    if verb_end == after_adverbs:
        return _provision(words)
    return _directive(words, after_adverbs)


def opens_directive(words: str) -> bool:
    """Return whether *words* begin with adverbs and a directive verb."""
    at = skip_adverbs(words)
    return _verb(words, at) > at


def skip_adverbs(words: str) -> int:
    """Return where the adverbs at the front of *words* end.

    An adverb that is all there is before the object is the verb itself (统筹城乡发展).
    """
    adverbs = lexicon("tasks", "task.adverb")
    at = 0
    while (end := adverbs.end(words, at)) > at:
        if _verb(words, at) > at and _verb(words, end) == end and adverbs.end(words, end) == end:
            break
        at = end
    return at


def _verb(words: str, at: int) -> int:
    return lexicon("tasks", "task.verb").end(words, at)


def _rule(identifier: str):  # type: ignore[no-untyped-def]
    return rule("tasks", identifier)


def _directive(words: str, at: int) -> Verdict:
    kind = "result" if lexicon("tasks", "task.result").end(words, at) > at else "directive"
    pivot = lexicon("tasks", "task.pivot").end(words, at)
    if pivot > at and _rule("task.pivot-open").search(words[pivot:]) and not _inner(words, pivot):
        return Verdict(task=True, opens=True)
    if pivot > at and words[pivot : pivot + 2] in ("通过", "依托", "利用") and not _inner(words, pivot + 2):
        return Verdict(task=True, opens=True)
    return Verdict(task=True, kind=kind)


def _circumstance(words: str, start: int) -> Verdict:
    """Return what a clause is that opens with a circumstance: a task if its doing follows."""
    if words[0] in "将把" and not words.endswith("的"):
        return Verdict(task=True)
    if _rule("task.circumstance-end").search(words):
        return NOTHING
    return Verdict(task=True, by="task.inner-verb") if _inner(words, start + 2) else _provision(words)


def _inner(words: str, start: int) -> bool:
    """Return whether a core verb with an object stands in *words* from *start* on."""
    verbs = lexicon("tasks", "task.inner-verb")
    for at in range(start, len(words) - 2):
        end = verbs.end(words, at)
        if end > at and words[at - 1] not in _BEFORE_OBJECT and len(words) - end >= 2:
            return words[end] not in "的、和与"
    return False


def _provision(words: str) -> Verdict:
    return NOTHING
