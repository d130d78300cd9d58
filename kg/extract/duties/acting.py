"""Who acts in a clause of running text: the bodies before a directive verb, and with whom they act.

财政部门制定补助政策: the subject is a class of organs and no 要 or 应 stands behind it. Only bodies
that one can point to count, and only verbs that say what is to be done.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.bodies import bodykinds
from kg.extract.bodies.places import is_area
from kg.extract.bodies.resolve import Place, Resolved, resolve
from kg.extract.bodies.running import whole_names
from kg.extract.dutyrules import Duty, pattern
from kg.extract.flat import Flat, flatten
from kg.extract.measures.goals import is_state
from kg.extract.measures.tasks import judge_words, opens_directive, skip_adverbs
from kg.extract.rules import choice, lexicon
from kg.model import Role, Span

Holder = tuple[Span, Resolved]

_JOINED = re.compile(r"(?<=..)[和及与](?=..)")
_LONGEST_SUBJECT = 60
_SHORTEST_MEANS, _SHORTEST_OBJECT = 4, 4
_TIMES = ("time.period", "time.horizon", "time.deadline")
_RULE = "duty.prose.acts"
_ROLES = (
    ("duty.prose.acts.lead", Duty(Role.LEAD, "duty.prose.acts.lead")),
    ("duty.prose.acts.supervisor", Duty(Role.SUPERVISOR, "duty.prose.acts.supervisor")),
    ("duty.prose.acts.guide", Duty(Role.SUPERVISOR, "duty.prose.acts.guide", guiding=True)),
    ("duty.prose.acts.support", Duty(Role.SUPPORT, "duty.prose.acts.support")),
)


@dataclass(frozen=True, slots=True)
class Acting:
    """The bodies that act, what their duty is, and those that they act together with."""

    holders: tuple[Holder, ...]
    duty: Duty
    partners: tuple[Holder, ...] = ()


def subject(text: str, flat: Flat, place: Place, following: Span | None = None) -> Acting | None:
    """Return the bodies that the clause *flat* begins with, right before a directive verb.

    Between the body and its verb a ground may stand: 县人民政府按照规划，统筹…, where the verb
    opens the clause *following*.

    >>> text = "财政部门制定补助政策"
    >>> [s.of(text) for s, _ in subject(text, flatten(text, Span(0, 10)), Place()).holders]
    ['财政部门']
    """
    for end in _ends(flat.text):
        doing = flat.text[end:]
        if not _does(past_circumstance(doing)):
            if following is None or not pattern("duty.prose.by-ground").search(doing):
                continue
            doing = flatten(text, following).text
            if not _does(past_circumstance(doing)):
                continue
        holders = strong(text, flat.span(0, end), place)
        if holders:
            return Acting(
                holders,
                told_role(doing) or Duty(Role.RESPONSIBLE, _RULE),
                partners(text, flat.behind(end), place),
            )
    return None


def partners(text: str, flat: Flat, place: Place) -> tuple[Holder, ...]:
    """Return the bodies of 会同 at the front of *flat*, which follows the subject and its 要.

    >>> text = "会同财政部门制定办法"
    >>> [s.of(text) for s, _ in partners(text, flatten(text, Span(0, 10)), Place())]
    ['财政部门']
    """
    joint = pattern("duty.prose.with").match(flat.text)
    if joint is None:
        return ()
    start = joint.end()
    for end in _ends(flat.text[start:]):
        rest = past_circumstance(flat.text[start + end :])
        if rest[:1] in "，," or opens_directive(rest):
            found = strong(text, flat.span(start, start + end), place)
            if found:
                return found
    return ()


def strong(text: str, words: Span, place: Place) -> tuple[Holder, ...]:
    """Return the bodies in *words* if all are names and one of them can be pointed to.

    A zone office beside departments is no doubt of them.
    """
    if pattern("duty.prose.no-subject").search("".join(words.of(text).split())):
        return ()
    bodies = []
    pointed = False
    for span in whole_names(text, words.start, words.end):
        name = "".join(span.of(text).split())
        body = resolve(name, place)
        if (not body.known and _opens(name)) or _mixed(name):
            return ()
        if body.known or body.open or _arranged(name):
            pointed = True
        elif pattern("duty.prose.listed-name").search(name) is None:
            return ()
        elif _JOINED.search(name):
            continue  # 社会组织及企业 beside departments: no name that one could point to
        bodies.append((span, body))
    return tuple(bodies) if pointed else ()


def _arranged(name: str) -> bool:
    """Return whether *name* is that of a coordination body, its office, a central body or an area."""
    if is_area(name):
        return True
    central = pattern("duty.prose.central-name").match(name) is not None
    return central or bodykinds.is_coordination(name.removesuffix("办公室"))


def _opens(name: str) -> bool:
    """Return whether *name* opens with a verb that is no part of a name (推动有关部门)."""
    return opens_directive(name) and pattern("duty.prose.noun-name").match(name) is None


def _mixed(name: str) -> bool:
    return pattern("duty.prose.no-name").search(name) is not None


def agent(text: str, flat: Flat, place: Place) -> tuple[tuple[Holder, ...], Flat] | None:
    """Return the bodies behind 由 in the clause *flat* that act there, and the words behind them.

    >>> text = "结果由财政部门向社会公布目录"
    >>> found = agent(text, flatten(text, Span(0, 14)), Place())
    >>> [s.of(text) for s, _ in found[0]]
    ['财政部门']
    """
    start = flat.text.find("由") + 1
    for end in _ends(flat.text[start:]) if start else ():
        doing = past_circumstance(flat.text[start + end :])
        if pattern("duty.prose.by-none").match(doing):
            continue
        if opens_directive(doing) or pattern("duty.prose.does").match(doing):
            holders = strong(text, flat.span(start, start + end), place)
            if holders:
                return holders, flat.behind(start + end)
    return None


def _ends(words: str) -> Iterator[int]:
    """Yield where a name of a body may end in *words*, the shortest first."""
    for found in pattern("duty.prose.name-end").finditer(words[:_LONGEST_SUBJECT]):
        yield found.end()


def begins(words: str) -> int:
    """Return where the subject of a clause of these *words* can begin, behind a time.

    >>> begins("2026年底前各县要抽查")
    7
    """
    for one in choice("times", *_TIMES).of(words):
        found = one.regex.match(words)
        if found is not None and found.end() < len(words):
            return found.end()
    return 0


def past_circumstance(words: str) -> str:
    """Return *words* without how often, when, where and to whom at their front.

    >>> past_circumstance("每季度向社会公开抽查结果")
    '公开抽查结果'
    """
    found = pattern("duty.prose.before-doing").match(words)
    return past_circumstance(words[found.end() :]) if found else words


def _does(words: str) -> bool:
    """Return whether *words*, which follow a subject, say what it is to do."""
    if pattern("duty.prose.answers").match(words) or pattern("duty.prose.with").match(words):
        return True
    shared = pattern("duty.adverb").match(words)
    if shared is not None and shared[0].startswith(("按", "依", "根据", "在")):
        doing = _does(words[shared.end() :])  # 按照职责分工做好抽查
    else:
        doing = _directs(words)
    # Asked last, since most words behind a name do nothing.
    return doing and not (pattern("duty.prose.no-doing").search(words) or is_state(words))


def _directs(words: str) -> bool:
    """Return whether *words* begin with a verb that says what to do, means may stand before it."""
    at = skip_adverbs(words)
    verbs = lexicon("tasks", "task.actor-verb")
    if verbs.end(words, at) > at or pattern("duty.prose.does").match(words[at:]) is not None:
        return judge_words(words).task
    if pattern("duty.prose.means").match(words) is None:
        return False
    later = range(_SHORTEST_MEANS, len(words))
    return judge_words(words).task or any(_acts_at(words, place) for place in later)


def _acts_at(words: str, at: int) -> bool:
    """Return whether a verb that says what to do stands in *words* at *at*, with its object."""
    found = pattern("duty.prose.does").match(words[at:])
    return found is not None and len(words) - at - found.end() >= _SHORTEST_OBJECT


def told_role(doing: str) -> Duty | None:
    """Return the duty that the verb at the front of *doing* tells: 监督, 指导, 牵头, 配合.

    >>> told_role("指导各县开展抽查").guiding
    True
    """
    words = doing[skip_adverbs(doing) :]
    for identifier, duty in _ROLES:
        if pattern(identifier).match(words):
            return duty
    return None
