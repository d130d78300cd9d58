"""Bodies in running text: named organs, and classes of organs where they act.

A class (有关部门) is a body where it acts or is addressed: 由有关部门审核, 各县人民政府：. In
推动有关部门共享数据 it is acted upon, and nobody is given anything to do.
"""

import re
from collections.abc import Iterator, Sequence

from kg.extract.bodies import lexicon
from kg.extract.bodies.bodykinds import ends_like_body, is_open, kind_of
from kg.extract.bodies.bodylist import is_body, split_names
from kg.extract.bodies.resolve import Place, Resolved, resolve
from kg.extract.flat import flatten
from kg.extract.inorder import mentions_in_order, spans_in_order
from kg.extract.rules import rule
from kg.model import Kind, Level, Mention, Scalar, Span

_BOOK = re.compile(r"《[^《》]{0,120}》")
_CLASSES = (
    "body.agent",
    "body.under",
    "body.partners",
    "body.addressee",
    "body.signed",
    "body.committee",
    "body.members",
)
_NAMED = frozenset(
    {"body.committee", "body.members", "body.addressee", "body.signed"}
)  # single organs count here too
# 引导企业设立数据领导小组: theirs, no body of the plan
_ENCOURAGED = re.compile(r"(?:鼓励|支持|引导)[^，。；]{2,30}(?:设立|成立|建立|组建)$")
# （以下简称联席会议）: from then on it is called so where it acts, is told or asked
_ALIAS = re.compile(
    r"[（(](?:以下|下)?简称[“\"]?(?P<alias>[\u4e00-\u9fa5]{0,6}(?:联席会议|领导小组|委员会|指挥部|专班))[”\"]?[）)]"
)
_CALLED = (
    r"(?:^|[，。；\s]|由|[及定][时期]向|报告|请示|发挥)(?P<name>{alias}(?:办公室)?)(?!制度|机制)"
)
_CLAUSE = 60
_PREAMBLE = 3000  # characters in which addressees stand


def find(
    text: str,
    *,
    level: Level | None = None,
    area: str | None = None,
    skip: Sequence[Span] = (),
) -> list[Mention]:
    """Return the bodies that *text* names outside the stretches *skip*.

    Args:
        text: a clean text.
        level: level of the issuer.
        area: full name of the issuer's area.
        skip: stretches that others read, such as clauses of responsibilities.

    >>> [m.attrs["canonical"] for m in find("由市场监管总局牵头", level=Level.CENTRAL)]
    ['国家市场监督管理总局']
    """
    place = Place(level, area)
    shelters = spans_in_order([*skip, *(Span(*m.span()) for m in _BOOK.finditer(text))])
    coordinating = list(_coordination(text))
    aliased = dict(_aliased(text, [span for span, _ in coordinating]))
    found: list[tuple[Span, str]] = [*coordinating, *_classes(text)]
    found += ((span, "body.coordination-name") for span in aliased)
    found += [(name.span, "body.name") for name in lexicon.names(text, level)]
    kept: list[Span] = []
    mentions: list[Mention] = []
    for span, rule_id in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        if (kept and kept[-1].overlaps(span)) or shelters.any_touches(span):
            continue
        kept.append(span)
        words = _squeezed(aliased.get(span, span.of(text)))
        mentions.append(mention(text, span, resolve(words, place), rule=rule_id))
    return mentions


def mention(text: str, span: Span, body: Resolved, *, rule: str) -> Mention:
    """Return the mention of *body* at *span*, with the attributes of a body."""
    attrs: dict[str, Scalar] = {"canonical": body.canonical, "body_kind": body.kind.value}
    if body.level is not None:
        attrs["level"] = body.level.value
    if body.area is not None:
        attrs["area"] = body.area
    if body.open_class is not None:
        attrs["open"] = True
        attrs["cls"] = body.open_class.value
    if body.enterprise:
        attrs["cls"] = "enterprise"
    return Mention(
        id=f"B{span.start}-{span.end}",
        kind=Kind.BODY,
        span=span,
        text=span.of(text),
        rule=rule,
        confidence=1.0 if body.known or body.open else 0.9,
        attrs=attrs,
    )


def merge(first: Sequence[Mention], second: Sequence[Mention]) -> list[Mention]:
    """Return both lists in the order of the text; where two overlap the one of *first* stays."""
    taken = mentions_in_order(first)
    rest = [m for m in second if not taken.any_touches(m.span)]
    return sorted([*first, *rest], key=lambda m: m.span)


def _squeezed(name: str) -> str:
    return "".join(name.split())


def _coordination(text: str) -> Iterator[tuple[Span, str]]:
    """Yield coordination bodies with a name: 云江省质量强省工作领导小组."""
    for found in rule("bodies", "body.coordination-name").finditer(text):
        anchor = rule("bodies", "body.coordination-anchor").search(found[0])
        head = rule("bodies", "body.coordination-head").search(found[0])
        start = found.start() + (anchor.start() if anchor else head.end() if head else 0)
        name = text[start : found.end()]
        if _has_name(name) and not _ENCOURAGED.search(text, max(0, start - _CLAUSE), start):
            yield Span(start, found.end()), "body.coordination-name"


def _aliased(text: str, coordinating: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Yield where a coordination body is called by the short name that the text gave it, and its own."""
    named = {span.end: span.of(text) for span in coordinating}
    for short in _ALIAS.finditer(text):
        name = named.get(short.start())
        if name is None:
            continue
        called = re.compile(_CALLED.format(alias=re.escape(short["alias"])), re.M)
        for found in called.finditer(text, short.end()):
            office = found["name"].removeprefix(short["alias"])
            yield Span(*found.span("name")), name + office


def _has_name(name: str) -> bool:
    """Return whether a leading group has a name beyond its kind (工作领导小组, 部际联席会议)."""
    core = re.sub(
        r"(?:办公室|工作|部际|部门|厅际|局际|领导小组|协调|小组|联席会议|专班|指挥部|专家|委员会|组|咨询|建设|推进|管理|报告)",
        "",
        name,
    )
    return len(core) >= 2 and kind_of(name) is not None and not is_open(name)


def _classes(text: str) -> Iterator[tuple[Span, str]]:
    """Yield classes of organs that act, are addressed, or are told to coordinate."""
    for identifier in _CLASSES:
        scope = text[:_PREAMBLE] if identifier == "body.addressee" else text
        for found in rule("bodies", identifier).finditer(scope):
            part = next(name for name, words in found.groupdict().items() if words)
            for span in whole_names(text, *found.span(part)):
                if identifier in _NAMED or is_open(_squeezed(span.of(text))):
                    yield span, identifier


def whole_names(text: str, start: int, end: int) -> list[Span]:
    """Return the bodies in ``text[start:end]`` if all of it is a list of bodies, else nothing.

    >>> [s.of("海关总署和商务部") for s in whole_names("海关总署和商务部", 0, 8)]
    ['海关总署', '商务部']
    """
    flat = flatten(text, Span(start, end))
    phrase = flat.text
    if not phrase:
        return []
    if _is_one_class(phrase):
        return [flat.span(0, len(phrase))]
    joint = phrase.find("会同")
    stretches = [(0, len(phrase))] if joint < 0 else [(0, joint), (joint + 2, len(phrase))]
    items = [item for a, b in stretches if a < b for item in split_names(phrase, a, b).items]
    words = [phrase[item.start : item.end] for item in items]
    if words and all(is_body(word) and ends_like_body(word) for word in words):
        return [flat.span(item.start, item.end) for item in items]
    return []


def _is_one_class(phrase: str) -> bool:
    """Return whether *phrase* is one class, as 教育、公安等部门; 教育部、公安部等部门 lists two bodies."""
    if not (is_open(phrase) and phrase.endswith("部门")) or "牵头" in phrase:
        return False
    items = split_names(phrase, 0, len(phrase)).items
    first = items[:1]
    if "等" not in phrase:  # 财政、教育部门 is a class, 网信部门、公安部门 are two
        return len(items) > 1 and not any(is_body(phrase[i.start : i.end]) for i in items[:-1])
    return not any(resolve(phrase[item.start : item.end]).known for item in first)
