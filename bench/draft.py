"""A text being written together with what it says: the opposite of reading it."""

from dataclasses import dataclass, field, replace

from kg.model import (
    Extraction,
    Kind,
    Mention,
    Metadata,
    Relation,
    RelationKind,
    Responsibility,
    Scalar,
    Span,
)
from kg.text.provisions import provisions
from kg.text.segment import segment


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A clean text that is its own raw text (`kg.rdf.CleanMap`)."""

    text: str

    def raw_span(self, span: Span) -> Span:
        """Return where *span* stood in the raw text: in the same place."""
        return span


@dataclass(slots=True)
class Draft:
    """Words so far, and the mentions, relations and duties in them.

    >>> draft = Draft()
    >>> goal = draft.name(Kind.GOAL, "质量明显提高", "goal.state")
    >>> draft.mentions[0].span.of(draft.text)
    '质量明显提高'
    """

    mentions: list[Mention] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    duties: list[Responsibility] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _end: int = 0

    @property
    def text(self) -> str:
        """Return the words so far."""
        return "".join(self._parts)

    @property
    def end(self) -> int:
        """Return the offset of the next word."""
        return self._end

    def say(self, words: str) -> Span:
        """Add *words*; return where they stand."""
        span = Span(self._end, self._end + len(words))
        self._parts.append(words)
        self._end = span.end
        return span

    def name(self, kind: Kind, words: str, rule: str, /, **attrs: Scalar) -> str:
        """Add *words* that name something; return the id of the mention."""
        return self.mark(kind, self.say(words), rule, **attrs)

    def mark(self, kind: Kind, span: Span, rule: str, /, **attrs: Scalar) -> str:
        """Take words that stand there already as a mention; return its id."""
        words = self._words(span)
        mention = Mention(f"{kind}:{span.start}-{span.end}", kind, span, words, rule, attrs=attrs)
        self.mentions.append(mention)
        return mention.id

    def doubt(self, confidence: float) -> None:
        """Take the last mention as one that was read with this *confidence*."""
        self.mentions[-1] = replace(self.mentions[-1], confidence=confidence)

    def _words(self, span: Span) -> str:
        """Return the words at *span*, which ends where the last words do."""
        last = self._parts[-1]
        return last[len(last) - (self._end - span.start) : len(last) - (self._end - span.end)]

    def tie(
        self,
        kind: RelationKind,
        head: str,
        tail: str,
        *,
        cue: Span | None = None,
        confidence: float = 1.0,
    ) -> None:
        """Add a relation; one that is not sure counts as inferred."""
        rule = f"relation.{kind.lower()}"
        stated = confidence == 1
        self.relations.append(Relation(kind, head, tail, rule, stated, confidence, cue))

    def extraction(self, metadata: Metadata) -> Extraction:
        """Return what the text says, as reading it would give."""
        return Extraction(
            metadata=metadata,
            mentions=tuple(self.mentions),
            relations=tuple(self.relations),
            responsibilities=tuple(self.duties),
            provisions=provisions(self.text, segment(self.text)),
        )
