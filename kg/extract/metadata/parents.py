"""Which documents a document says that it carries out, and by which cue."""

import re
from collections.abc import Iterator, Sequence

from kg.extract.inorder import mentions_in_order
from kg.extract.rules import Rule, rule
from kg.model import Kind, Mention, Span
from kg.text.segment import Block, BlockKind, Section, sentences


def implemented(text: str, blocks: Sequence[Block], documents: Sequence[Mention]) -> Iterator[str]:
    """Yield the titles of the documents that this one says it carries out, in order."""
    seen: set[str] = set()
    for found, _ in carried_out(text, blocks, documents):
        name = str(found.attrs.get("canonical", found.text))
        if name not in seen:
            seen.add(name)
            yield name


def carried_out(
    text: str, blocks: Sequence[Block], documents: Sequence[Mention]
) -> Iterator[tuple[Mention, Span]]:
    """Yield each cited document behind 落实, 根据, 按照, with the place of the cue.

    Only the introduction is read: further down 按照《…》 tells how a task is done.
    """
    cue = rule("documents", "document.implements")
    cited = mentions_in_order(d for d in documents if d.kind is Kind.DOCUMENT)
    for block in blocks:
        if block.role in (Section.TASKS, Section.GOALS, Section.SAFEGUARDS):
            continue
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        for sentence in sentences(text, block.content):
            yield from _behind_cue(text, sentence, cited.inside(sentence), cue)


def _behind_cue(
    text: str, sentence: Span, cited: Sequence[Mention], cue: Rule
) -> Iterator[tuple[Mention, Span]]:
    last: Span | None = None
    end = sentence.start
    for found in cited:
        if text[found.span.start - 1 : found.span.start] != "《":
            continue
        before = text[end : found.span.start - 1]
        hit = cue.search(before)
        if hit:
            last = Span(end + hit.start(), found.span.start - 1)
        elif not re.fullmatch(r"》?(?:[（(][^）)]*[）)])?[、和及与]?(?:以及)?", before):
            last = None
        if last is not None:
            yield found, last
        end = found.span.end
