"""Read the sentences that tell wished states: sections of goals, and what follows 到2030年 elsewhere."""

from collections.abc import Iterator, Sequence

from kg.extract.measures import goals, instruments, targets
from kg.extract.measures.frames import peel
from kg.extract.measures.made import counts_on
from kg.extract.measures.wording import Clause, flat, mention
from kg.extract.rules import rule
from kg.model import Kind, Mention, Scalar, Span
from kg.text.segment import Block, Section, clauses

_FEWEST_STATES = 3


def _wholes(text: str, found: Sequence[Span]) -> list[Span]:
    """Return the clauses of a sentence, those joined that only together say something.

    形成以甲为核心，乙为补充的布局 is one state, 培育3个园区，20个中心 counts on.
    """
    wholes: list[Span] = []
    waits = False
    for span in found:
        words = flat(text, span).words
        joins = bool(wholes) and (waits or counts_on(words))
        wholes[-1:] = [Span(wholes[-1].start, span.end)] if joins else [*wholes[-1:], span]
        waits = _waits(words) if not joins or waits else False
    return wholes


def _waits(words: str) -> bool:
    """Return whether the object of *words* comes in the next clause: 形成以甲为核心."""
    return rule("goals", "goal.as-open").search(words) is not None


def wished(text: str, clause: Clause, horizon: Mention | None) -> Iterator[Mention]:
    """Yield the goal that *clause* is, with its targets and instruments."""
    attrs: dict[str, Scalar] = {"horizon": str(horizon.attrs["value"])} if horizon else {}
    yield mention(Kind.GOAL, text, clause.span, by="goal.state", attrs=attrs)
    yield from instruments.find(text, clause.flat, goal=True)
    yield from targets.stated(text, clause, horizon)


class Wishes:
    """The goals of a document, read sentence by sentence.

    A horizon (到2030年) holds for the sentences after it: to the end of its paragraph, and in a
    section of goals to the end of the section. A deadline (2028年底前) holds for its sentence.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.carried: Mention | None = None  # holds for the section
        self._zone: Mention | None = None  # holds for the paragraph
        self._past = False  # a section that tells what has been reached wishes for nothing

    def enter(self, block: Block) -> None:
        """Begin the part of the document under the heading *block*."""
        if block.role is not Section.GOALS:
            self.carried = None
        self._past = block.role is Section.BACKGROUND

    def hear(self, block: Block, time: Mention) -> None:
        """Take the *time* in the heading of a section of goals as its horizon."""
        if block.role is Section.GOALS:
            self.carried = time

    def open(self) -> None:
        """Begin a paragraph."""
        self._zone = None

    def take(self, sentence: Span, *, goals: bool) -> Iterator[Mention]:
        """Yield what a *sentence* outside sections of tasks wishes for.

        Args:
            sentence: where it stands.
            goals: whether it stands in a section of goals.
        """
        if goals and self._zone is not None and self._zone.attrs["role"] != "horizon":
            self._zone = None
        if goals:
            yield from self._announced(sentence)
        found = _wholes(self._text, clauses(self._text, sentence))
        goals = goals or self._hoped(found)
        for span in found:
            clause = peel(self._text, span, directive=False)
            yield from self._heard(clause, goals=goals)
            yield from self._wished(clause, goals=goals)

    def _hoped(self, found: Sequence[Span]) -> bool:
        """Return whether a sentence hopes for a row of states, as goals without a heading do."""
        words = [flat(self._text, span).words for span in found]
        if not words or not rule("goals", "goal.hoped-states").search("，".join(words)):
            return False
        state = rule("goals", "goal.row-state")
        return sum(state.search(one) is not None for one in words) >= _FEWEST_STATES

    def _heard(self, clause: Clause, *, goals: bool) -> Iterator[Mention]:
        time = clause.time
        if time is None or not (goals or time.attrs["role"] == "horizon"):
            return
        self._zone = time
        if goals and time.attrs["role"] == "horizon":
            self.carried = time
        yield time

    def _wished(self, clause: Clause, *, goals: bool) -> Iterator[Mention]:
        from_here = goals or (self._zone is not None and not self._past)
        if clause.words and from_here and _is_goal(clause.words):
            yield from wished(self._text, clause, self._zone or (self.carried if goals else None))

    def _announced(self, sentence: Span) -> Iterator[Mention]:
        """Yield the horizon in a sentence that announces goals (在未来5年实现以下目标)."""
        words = flat(self._text, sentence)
        if "以下目标" not in words.words and "如下目标" not in words.words:
            return
        made_by = rule("times", "time.horizon")
        for at in range(len(words.words)):
            hit = made_by.regex.match(words.words[at:])
            if hit:
                attrs = {"role": "horizon", "value": hit[0]}
                span = words.part(at, at + hit.end())
                self.carried = mention(Kind.TIME, self._text, span, by=made_by.id, attrs=attrs)
                yield self.carried
                return


_is_goal = goals.is_goal
