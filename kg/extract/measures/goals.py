"""Tell whether a clause is a goal: a wished state, told as reached."""

from functools import lru_cache

from kg.extract.measures.tasks import judge_words, means_end, opens_directive, skip_adverbs
from kg.extract.rules import lexicon, rule

_SHORTEST = 4


@lru_cache(maxsize=4096)
def is_goal(words: str) -> bool:
    """Return whether a clause of these *words* in a section of goals is a goal.

    >>> is_goal("检测能力明显增强"), is_goal("东部各县")
    (True, False)
    """
    if len(words) < _SHORTEST or rule("goals", "goal.no-goal").search(words):
        return False
    if rule("goals", "goal.scope").search(words) and not opens_directive(words):
        return False
    if means_end(words):
        return judge_words(words).task or _reached_where(words)
    return opens_directive(words) or _predicates(words) or _counts(words)


@lru_cache(maxsize=4096)
def is_state(words: str) -> bool:
    """Return whether a clause with a horizon, among tasks, states what will have been reached."""
    if lexicon("goals", "goal.achieve").end(words, 0):
        return True
    at = skip_adverbs(words)
    if words.startswith(("实现", "达到"), at):
        return True
    if rule("goals", "goal.afterwards").search(words):
        return True
    if opens_directive(words) or means_end(words) or judge_words(words).by == "task.over-all":
        return False
    reached = rule("goals", "goal.reached").search(words) is not None
    return reached or _predicates(words) or _counts(words)


@lru_cache(maxsize=4096)
def is_measured(words: str) -> bool:
    """Return whether a clause among tasks, without a horizon, states which number is reached.

    >>> is_measured("注册企业数达150家以上"), is_measured("实现事项90%网上办理")
    (True, True)
    """
    return rule("goals", "goal.measured").search(words) is not None


def _reached_where(words: str) -> bool:
    """Return whether a state follows 与 or 在: 在检测领域取得突破, but not 在保障安全的前提下."""
    only_where = words[0] == "在" and rule("tasks", "task.circumstance-end").search(words)
    return words[0] in "与在" and not only_where and _predicates(words)


def _predicates(words: str) -> bool:
    return rule("goals", "goal.state").search(words) is not None


def _counts(words: str) -> bool:
    return rule("targets", "target.quantity").search(words) is not None
