"""Who belongs to a coordination body, and how often it meets, where the text says so."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.inorder import InOrder, mentions_in_order
from kg.extract.rules import rule
from kg.model import BodyKind, Mention, Relation, RelationKind, Span
from kg.text.clauses import SENTENCE_MARKS, cut

_REFERS = re.compile(r"联席会议|领导小组|协调小组|专班|指挥部|委员会|成员单位")


@dataclass(frozen=True, slots=True)
class Memberships:
    """Relations between members and their coordination body, and the bodies with their cadence."""

    relations: tuple[Relation, ...] = ()
    mentions: tuple[Mention, ...] = ()  # coordination bodies with the attribute cadence


def memberships(text: str, mentions: Sequence[Mention]) -> Memberships:
    """Return who is a member of which coordination body among the bodies *mentions*.

    A sentence that says 联席会议 without a name speaks of the one named last before it.

    Args:
        text: a clean text.
        mentions: its body mentions, members and coordination bodies alike.

    >>> from kg.extract.bodies.running import find
    >>> text = "建立全省质量工作联席会议，省财政厅、省教育厅为成员单位，每季度召开一次会议。"
    >>> found = memberships(text, find(text))
    >>> [relation.kind.value for relation in found.relations], found.mentions[0].attrs["cadence"]
    (['memberOf', 'memberOf'], '每季度召开一次')
    """
    bodies = mentions_in_order(m for m in mentions if "body_kind" in m.attrs)
    channels = mentions_in_order(m for m in bodies.things if _is_channel(m))
    relations: list[Relation] = []
    told: dict[str, Mention] = {}
    for sentence in cut(text, Span(0, len(text)), SENTENCE_MARKS) if channels.things else ():
        channel = _spoken_of(text, sentence, channels)
        if channel is None:
            continue
        relations += _members(text, sentence, channel, bodies)
        cadence = rule("bodies", "body.cadence").search(sentence.of(text))
        if cadence:
            attrs = {**channel.attrs, "cadence": cadence[0]}
            told.setdefault(channel.id, replace(channel, attrs=attrs))
    return Memberships(tuple(relations), tuple(told.values()))


def _is_channel(body: Mention) -> bool:
    return body.attrs["body_kind"] == BodyKind.COORDINATION_BODY.value


def _spoken_of(text: str, sentence: Span, channels: InOrder[Mention]) -> Mention | None:
    """Return the coordination body that *sentence* is about."""
    inside = next(iter(channels.inside(sentence)), None)
    if inside is not None:
        return inside
    before = bisect_right(channels.starts, sentence.start)
    if before == 0 or not _REFERS.search(text, sentence.start, sentence.end):
        return None
    return channels.things[before - 1]


def _members(
    text: str, sentence: Span, channel: Mention, bodies: InOrder[Mention]
) -> list[Relation]:
    found: list[Relation] = []
    for match in rule("bodies", "body.members").finditer(sentence.of(text)):
        part = "bodies" if match["bodies"] else "listed"
        listed = Span(*(sentence.start + at for at in match.span(part)))
        cue = Span(*(sentence.start + at for at in match.span()))
        found += [
            Relation(RelationKind.MEMBER_OF, body.id, channel.id, "body.members", cue=cue)
            for body in bodies.inside(listed)
            if body.id != channel.id
        ]
    return found
