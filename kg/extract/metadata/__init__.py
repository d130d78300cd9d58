"""What a document says of itself: title, issuer, number, date, level, area, what it carries out."""

from collections.abc import Sequence
from dataclasses import fields, replace

from kg.extract.metadata import dates, heads, issuers, titles, whence
from kg.extract.metadata.parents import carried_out, implemented
from kg.extract.metadata.titles import UNTITLED
from kg.extract.rules import rule
from kg.model import Mention, Metadata
from kg.text.numbering import MARKER
from kg.text.segment import Block

__all__ = ["UNTITLED", "carried_out", "implemented", "is_page_frame", "merged", "read"]

_SHORTEST_FRAME = 400  # characters, blanks aside
_LEAST_PROSE = 150  # characters a sentence, far more than any plan has


def read(
    text: str,
    blocks: Sequence[Block],
    *,
    overrides: Metadata | None = None,
    documents: Sequence[Mention] = (),
) -> Metadata:
    r"""Return what *text* says of itself; what *overrides* gives wins.

    >>> read("云岭省人民政府关于质量提升的意见\n一、任务\n推进。", ()).issuer
    '云岭省人民政府'
    """
    if is_page_frame(text):
        return merged(Metadata(title=UNTITLED), overrides)
    lines = heads.head(text)
    named = titles.title(text, lines)
    number = dates.number(text)
    issuer = issuers.issuer(text, lines, named.head, title=named.name, number=number)
    implements = tuple(implemented(text, blocks, documents))
    cited = [str(d.attrs.get("canonical", "")) for d in documents if d.attrs.get("canonical")]
    own = "" if named.supplied else named.name
    area = whence.area(issuer, own, cited=(*implements, *cited), number=number, text=text)
    level = whence.level(issuer, area, title=named.head, text=text)
    issued_on = dates.issued_on(text, lines, number=number)
    issuer = issuers.in_full(issuer, area, level) or issuers.by_area(number, area)
    found = Metadata(
        title=_told_apart(named, area, issued_on),
        title_span=named.span,
        issuer=issuer,
        number=number,
        issued_on=issued_on,
        level=level,
        area=area,
        implements=implements,
    )
    return merged(found, overrides)


def merged(found: Metadata, overrides: Metadata | None) -> Metadata:
    """Return *found* with every value that *overrides* gives."""
    if overrides is None:
        return found
    given = {f.name: getattr(overrides, f.name) for f in fields(Metadata)}
    return replace(found, **{name: value for name, value in given.items() if value})


def _told_apart(named: titles.Title, area: str | None, issued_on: str | None) -> str:
    """Return the title, with area and year before one that every place gives its own (政府工作报告)."""
    if rule("metadata", "metadata.annual").search(named.name):
        year = f"{issued_on[:4]}年" if issued_on else ""
        return f"{area or ''}{year}{named.name}"
    return f"{area or ''}{named.name}" if named.supplied else named.name


def is_page_frame(text: str) -> bool:
    r"""Return whether *text* is the frame of a web page without the document: links, no sentences.

    >>> is_page_frame("首页 要闻 政策 服务\n" * 99), is_page_frame("一、推进检测。")
    (True, False)
    """
    chars = len("".join(text.split()))
    if chars < _SHORTEST_FRAME or "\t" in text or text.count("。") * _LEAST_PROSE > chars:
        return False
    return not any(MARKER.match(line.strip()) for line in text.splitlines())
