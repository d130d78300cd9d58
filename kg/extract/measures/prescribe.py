"""Read a sentence in a section of tasks: its tasks, the goals with a horizon among them, its times."""

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.measures import documents, goals, instruments
from kg.extract.measures.frames import peel
from kg.extract.measures.made import counts_on, counts_things, made, more
from kg.extract.measures.tasks import NOTHING, Verdict, judge, opens_directive
from kg.extract.measures.told import listed
from kg.extract.measures.wish import wished
from kg.extract.measures.wording import Clause, flat, mention
from kg.extract.rules import rule
from kg.model import Kind, Mention, Scalar, Span
from kg.text.segment import clauses


def tasks_of(text: str, sentence: Span) -> tuple[Mention, ...]:
    """Return what a *sentence* in a section of tasks names.

    >>> [m.text for m in tasks_of("并建设平台，推进共享", Span(0, 10))]
    ['建设平台', '推进共享']
    """
    whole = clauses(text, sentence)
    spans = [part for span in whole for part in listed(text, span)]
    if len(spans) == len(whole) and rule("tasks", "task.no-task").search(
        flat(text, sentence).words
    ):
        return ()
    pieces = [peel(text, span, directive=True) for span in spans]
    reading = _Reading(text)
    for at, clause in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        apart = following is not None and "；" in text[spans[at].end : spans[at + 1].start]
        reading.take(clause, following, apart=apart)
    return tuple(reading.found)


_SHORTEST_PROVISION = 5
_FINISHING = ("基本完成", "全面完成", "完成")  # by a deadline work is finished, no state reached


class _Reading:
    """A sentence while it is read from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.found: list[Mention] = []
        self._horizon: Mention | None = None
        self._spread: Mention | None = None  # a time with a comma behind it: for all that follows
        self._waiting: Clause | None = None  # 鼓励各类机构，…: its doing comes in the next clause
        self._last: Mention | None = None

    def take(self, clause: Clause, following: Clause | None, *, apart: bool) -> None:
        """Read one *clause*; *following* is the one behind it, *apart* if a semicolon parts them."""
        self._hear(clause)
        first = not any(one.kind is Kind.TASK for one in self.found)
        topic = first and not apart and _is_topic(clause, following)
        named = self._waiting is None and _only_names(clause, following)
        if not clause.words or topic or named:
            return
        if self._waiting is None and self._is_wished(clause.words):
            self.found += wished(self._text, clause, self._horizon)
            return
        verdict = judge(clause)
        if self._goes_on(clause, verdict):
            self._lengthen(clause)
            self.found += more(self._text, clause) if counts_on(clause.words) else ()
            return
        clause, verdict = self._joined(clause, verdict, last=following is None)
        if verdict is NOTHING and self._waiting is None:
            self._provide(clause)
        elif following is not None and (verdict.opens or _object_comes(clause, following)):
            self._waiting = clause
        elif verdict.task:
            self._waiting = None
            if clause.time is None and self._spread is not None:
                clause = clause._replace(time=self._spread)
            self._add(clause, verdict)

    def _is_wished(self, words: str) -> bool:
        if self._horizon is None:
            return goals.is_measured(words)
        late = self._horizon.attrs["role"] == "deadline" and words.startswith(_FINISHING)
        return goals.is_measured(words) or (not late and goals.is_state(words))

    def _hear(self, clause: Clause) -> None:
        if clause.time is None:
            return
        self.found.append(clause.time)
        if clause.time.attrs["role"] == "frequency":
            return
        self._horizon = clause.time if clause.time.attrs["role"] != "period" else None
        self._spread = self._horizon if not clause.words else None

    def _goes_on(self, clause: Clause, verdict: Verdict) -> bool:
        """Return whether *clause* only goes on with the last task (以及…, 从甲转向乙)."""
        if self._last is None or verdict is not NOTHING:
            return False
        turns = rule("goals", "goal.goes-on")
        parallel = turns.search(clause.words) is not None and "从" in self._last.text
        counted = counts_on(clause.words) and self._counted
        return clause.joined or parallel or counted

    @property
    def _counted(self) -> bool:
        """Return whether the last thing found is a number of things."""
        return bool(self.found) and self.found[-1].kind is Kind.TARGET

    def _joined(self, clause: Clause, verdict: Verdict, *, last: bool) -> tuple[Clause, Verdict]:
        """Return *clause* together with the clause that waited for it, no longer than to the end."""
        if self._waiting is None:
            return clause, verdict
        span = Span(self._waiting.span.start, clause.span.end)
        time = self._waiting.time or clause.time
        only_as = rule("tasks", "task.as-end").search
        waits = only_as(self._waiting.words) or _lacks_object(self._waiting.words)
        if waits and not only_as(clause.words) and clause.words:
            verdict = Verdict(task=True)  # 构建以甲为引领，涵盖乙的产业链: the object has come
        whole = verdict if verdict is NOTHING and not last else replace(verdict, task=True)
        return Clause(flat(self._text, span), time), whole

    def _lengthen(self, clause: Clause) -> None:
        """Lengthen the last task by a clause that only goes on with its objects (以及…)."""
        last = self._last
        if last is not None:
            span = Span(last.span.start, clause.span.end)
            longer = mention(Kind.TASK, self._text, span, by=last.rule, attrs=last.attrs)
            self.found[self.found.index(last)] = longer
            self._last = longer

    def _provide(self, clause: Clause) -> None:
        """Take *clause* as a provision if it entitles or pays: whole, with its subject."""
        words, made_by = clause.words, rule("tasks", "task.provision")
        only_when = rule("tasks", "task.circumstance-end").search(words)
        if len(words) >= _SHORTEST_PROVISION and made_by.search(words) and not only_when:
            self._add(clause, Verdict(task=True, kind="provision", by=made_by.id))

    def _add(self, clause: Clause, verdict: Verdict) -> None:
        attrs: dict[str, Scalar] = {"task_kind": verdict.kind}
        if clause.time is not None:
            value = str(clause.time.attrs["value"])
            often = clause.time.attrs["role"] == "frequency"
            attrs |= {"frequency": value} if often else {"time": clause.time.id, "deadline": value}
        task = mention(Kind.TASK, self._text, clause.span, by=verdict.by, attrs=attrs)
        self._last = task
        self.found += [task, *self._inside(clause)]

    def _inside(self, clause: Clause) -> Iterator[Mention]:
        yield from instruments.find(self._text, clause.flat)
        yield from documents.planned(self._text, clause.flat)
        yield from made(
            self._text, clause, whole=self._horizon is not None and not counts_things(clause.words)
        )


def _is_topic(clause: Clause, following: Clause | None) -> bool:
    """Return whether *clause* only names what the next one is about (建设强省，必须坚持…)."""
    if clause.words.startswith("负责"):
        return False  # 负责平台运维，须投入资金: one does both
    return following is not None and following.bare and not clause.subject


def _only_names(clause: Clause, following: Clause | None) -> bool:
    """Return whether *clause* only says in which way the next is done, or whom the next is about."""
    if following is None:
        return False
    entitled = rule("tasks", "task.entitled").search(following.words) is not None
    about = entitled and rule("tasks", "task.beneficiaries").search(clause.words) is not None
    return about or rule("tasks", "task.way").search(clause.words) is not None


def _lacks_object(words: str) -> bool:
    return rule("tasks", "task.object-late").search(words) is not None


def _object_comes(clause: Clause, following: Clause) -> bool:
    """Return whether the object stands in the next clause: 建设由企业牵头，院校参与的联合体."""
    late = rule("tasks", "task.late-object").search(following.words) is not None
    return late and _lacks_object(clause.words) and not opens_directive(following.words)
