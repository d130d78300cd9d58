"""Who acts in a clause of running text: the bodies before a directive verb, and with whom they act.

财政部门制定补助政策: the subject is a class of organs and no 要 or 应 stands behind it. Only bodies
that one can point to count, and only verbs that say what is to be done.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.bodies import bodykinds
from kg.extract.bodies.resolve import Place, Resolved, resolve
from kg.extract.bodies.running import whole_names
from kg.extract.dutyrules import Duty, pattern
from kg.extract.flat import flatten
from kg.extract.measures.goals import is_state
from kg.extract.measures.tasks import judge_words, opens_directive, skip_adverbs
from kg.extract.rules import choice, lexicon
from kg.model import Role, Span

Holder = tuple[Span, Resolved]

_LONGEST_SUBJECT = 60
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


def subject(text: str, clause: Span, place: Place, following: Span | None = None) -> Acting | None:
    """Return the bodies that *clause* begins with, right before a directive verb.

    Between the body and its verb a ground may stand: 县人民政府按照规划，统筹…, where the verb
    opens the clause *following*.

    >>> text = "财政部门制定补助政策"
    >>> [s.of(text) for s, _ in subject(text, Span(0, 10), Place()).holders]
    ['财政部门']
    """
    flat = flatten(text, clause)
    for end in _ends(flat.text):
        doing = flat.text[end:]
        if following is not None and pattern("duty.prose.by-ground").search(doing):
            doing = flatten(text, following).text
        if not _does(doing):
            continue
        holders = strong(text, flat.span(0, end), place)
        if holders:
            behind = Span(flat.span(0, end).end, clause.end)
            return Acting(
                holders,
                told_role(doing) or Duty(Role.RESPONSIBLE, _RULE),
                partners(text, behind, place),
            )
    return None


def partners(text: str, behind: Span, place: Place) -> tuple[Holder, ...]:
    """Return the bodies of 会同 at the front of *behind*, which follows the subject and its 要.

    >>> [
    ...     s.of("会同财政部门制定办法")
    ...     for s, _ in partners("会同财政部门制定办法", Span(0, 10), Place())
    ... ]
    ['财政部门']
    """
    flat = flatten(text, behind)
    joint = pattern("duty.prose.with").match(flat.text)
    if joint is None:
        return ()
    start = joint.end()
    for end in _ends(flat.text[start:]):
        rest = flat.text[start + end :]
        if rest[:1] in "，," or opens_directive(rest):
            found = strong(text, flat.span(start, start + end), place)
            if found:
                return found
    return ()


def strong(text: str, words: Span, place: Place) -> tuple[Holder, ...]:
    """Return the bodies in *words* if every one of them can be pointed to."""
    if pattern("duty.prose.no-subject").search("".join(words.of(text).split())):
        return ()
    bodies = []
    for span in whole_names(text, words.start, words.end):
        name = "".join(span.of(text).split())
        body = resolve(name, place)
        pointed = body.known or bodykinds.is_coordination(name) or body.open
        if not pointed or (not body.known and _opens(name)) or _mixed(name):
            return ()
        bodies.append((span, body))
    return tuple(bodies)


def _opens(name: str) -> bool:
    """Return whether *name* opens with a verb that is no part of a name (推动有关部门)."""
    return opens_directive(name) and pattern("duty.prose.noun-name").match(name) is None


def _mixed(name: str) -> bool:
    return pattern("duty.prose.no-name").search(name) is not None


def _ends(words: str) -> Iterator[int]:
    """Yield where a name of a body may end in *words*, the shortest first."""
    for found in pattern("duty.prose.name-end").finditer(words[:_LONGEST_SUBJECT]):
        yield found.end()


def begins(text: str, clause: Span) -> Span:
    """Return *clause* without the time before its subject (2026年底前各县要…).

    >>> begins("2026年底前各县要抽查", Span(0, 13)).start
    7
    """
    flat = flatten(text, clause)
    for one in choice("times", *_TIMES).of(flat.text):
        found = one.regex.match(flat.text)
        if found is not None and found.end() < len(flat.text):
            return Span(flat.span(found.end(), len(flat.text)).start, clause.end)
    return clause


def _does(words: str) -> bool:
    """Return whether *words*, which follow a subject, say what it is to do."""
    if pattern("duty.prose.no-doing").search(words) or is_state(words):
        return False
    shared = pattern("duty.adverb").match(words)
    if shared is not None and shared[0].startswith(("按", "依", "根据", "在")):
        return _does(words[shared.end() :])  # 按照职责分工做好抽查
    at = skip_adverbs(words)
    verbs = lexicon("tasks", "task.actor-verb")
    does = verbs.end(words, at) > at or pattern("duty.prose.does").match(words, at) is not None
    return does and (judge_words(words).task or pattern("duty.prose.with").match(words) is not None)


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
