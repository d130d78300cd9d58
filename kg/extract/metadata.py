"""What a document says of itself: title, issuer, number, date, level, area, what it carries out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from kg.extract import whence
from kg.extract.rules import Rule, rule
from kg.model import Kind, Mention, Metadata, Span
from kg.text.numbering import number
from kg.text.segment import Block, BlockKind, Section, sentences

UNTITLED = "无题"
_HEAD = 2500  # characters in which a document introduces itself
_DIGEST = re.compile(
    r"(?P<bodies>[^。\n，]{2,60}?)(?:联合|正式|共同)*印发(?:了)?《(?P<title>[^《》]{4,60})》"
)
_FORWARD = re.compile(r"^(?:转发|解读|摘要|图解|一图读懂)[：:]\s*")
_NOTICE = re.compile(
    r"(?:关于)?(?:印发|转发|发布)《?(?P<title>[^《》]{4,80}?)》?的(?:通知|公告|函)"
)
_ISSUER = re.compile(
    r"^(?P<issuer>[\u4e00-\u9fa5、“” ]{2,60}?(?:等[一二三四五六七八九十\d]+个?部[门委]|人民政府办公[厅室]|人民政府|政府办公[厅室]|办公[厅室]|"
    r"委员会|国务院|中共中央|领导小组|厅|局|部|署|院))[ \u3000]*(?=关于|印发|转发)"
)
_SIGNED = re.compile(
    r"^[\u4e00-\u9fa5 ]{2,40}?(?:人民政府(?:办公[厅室])?|政府办公[厅室]|办公[厅室]|委员会|国务院|"
    r"领导小组|厅|(?<!布)局|部|署)$"
)
_DATED = re.compile(
    r"(?:[。）)\s])(?P<issuer>[\u4e00-\u9fa5]{2,30}?(?:人民政府|政府办公[厅室]|办公[厅室]|委员会|[局厅]))\s*"
    r"(?=20\d\d年\d{1,2}月\d{1,2}日)"
)
_SENT = re.compile(
    r"(?:现将|经[^。]{2,20}同意，现将)?《(?P<title>[^《》]{6,70})》(?:已[^。]{2,30}|)?(?:印发|同意)"
)
_PAGE_NUMBER = re.compile(r"^[IVXⅠ-Ⅻ]+(?=[\u4e00-\u9fa5])")
_BROKEN = re.compile(r"关于|印发|国务院|人民政府|委员会|办公|[^。！？；，]{6,}$")
_TAG = re.compile(r"^(?:【[^】]*】|附件[一二三四\d]*[：:]?|（此件公开发布）)\s*")
_SHORTEST_TITLE, _TELLING_TITLE = 6, 13
_FLAT_HEAD = 400
_SOURCE = re.compile(
    r"(?:来源|发文机关|发布机构|制定机关)[：:]\s*(?P<issuer>[\u4e00-\u9fa5、]{2,40})"
)
_GLUED_TITLE = re.compile(
    r"(?:通知|意见|方案|办法|规划|计划|决定|函)(?=[\u4e00-\u9fa5]{2,8}[〔\[【])"
)
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}


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
    title, span = _title(text, blocks)
    issuer = re.sub(r"关于$", "", _issuer(text, blocks, title) or "") or None
    implements = tuple(implemented(text, blocks, documents))
    cited = [str(d.attrs.get("canonical", "")) for d in documents if d.attrs.get("canonical")]
    written = _number(text)
    parents = (*implements, *cited)
    area = whence.area(issuer, _own(title), cited=parents, number=written, text=text)
    found = Metadata(
        title=_own(title),
        title_span=span,
        issuer=issuer,
        number=written,
        issued_on=_issued_on(text, blocks),
        level=whence.level(issuer, area, title=title, text=text),
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


def _title(text: str, blocks: Sequence[Block]) -> tuple[str, Span | None]:
    """Return the title and its place: a line of its own, or the document that a digest tells of."""
    lines = [b for b in blocks if b.kind is BlockKind.TITLE and b.span.start < _HEAD]
    named = [b for b in lines if _names_document(_words(text, b))]
    if named:
        own = [b for b in named if not _NOTICE.search(_words(text, b))]
        best = max(reversed(own), key=lambda b: _likeness(_words(text, b)), default=named[0])
        span = _whole_title(text, blocks, best)
        return "".join(span.of(text).split()) if span != best.content else _words(text, best), span
    told = _told_title(text)
    if told is not None:
        return told.of(text), told
    lines = [b for b in lines if not rule("metadata", "metadata.no-title").search(_words(text, b))]
    if lines:
        return _FORWARD.sub("", _words(text, lines[0])), lines[0].content
    glued = _GLUED_TITLE.search(text, 0, 200)
    if glued:
        return text[: glued.end()], Span(0, glued.end())
    prose = (b.content.start for b in blocks if b.kind is not BlockKind.ROW)
    start = next(prose, len(text) if blocks else 0)
    end = min(
        [start + 40, len(text), *(p for p in (text.find(m, start) for m in "。\n：:") if p > start)]
    )
    return text[start:end].strip() or UNTITLED, Span(start, end) if end > start else None


def _told_title(text: str) -> Span | None:
    """Return the title that the first sentences tell: of what was sent, of what a digest is about."""
    sent = _SENT.search(text, 0, _HEAD) or _DIGEST.search(text, 0, _HEAD)
    flat = sent or rule("metadata", "metadata.flat-title").search(text[:_FLAT_HEAD])
    return Span(*flat.span("title")) if flat else None


def _likeness(words: str) -> int:
    """Return how much *words* look like the title: it says more than 附件 or “十三五”规划 does."""
    return min(len(words), _TELLING_TITLE)


def _names_document(words: str) -> bool:
    long_enough = len(words) >= _SHORTEST_TITLE
    if rule("metadata", "metadata.no-title").search(words):
        return False
    return long_enough and rule("documents", "document.suffix").search(words) is not None


def _whole_title(text: str, blocks: Sequence[Block], last: Block) -> Span:
    """Return the span of a title over the lines above that it was broken into."""
    at = blocks.index(last)
    start = last.content.start
    while at > 0 and not re.match(r"关于|“|《", text[start : start + 2]):
        above = blocks[at - 1]
        joins = above.numbering is None and text[above.span.end : start].count("\n") == 1
        if not joins or above.kind is BlockKind.META or not _BROKEN.search(above.content.of(text)):
            break
        at, start = at - 1, above.content.start
    return Span(start, last.content.end)


def _words(text: str, block: Block) -> str:
    words = "".join(_TAG.sub("", block.content.of(text)).split())
    number = rule("documents", "document.number").search(words)
    return words[: number.start()].rstrip("(（[〔") if number else words


def _own(title: str) -> str:
    """Return the bare name of the document: 某政府关于印发《甲》的通知 is about 甲."""
    notice = _NOTICE.search(title)
    title = "".join(notice["title"].split()) if notice else title
    return _PAGE_NUMBER.sub("", title)


def _issuer(text: str, blocks: Sequence[Block], title: str) -> str | None:
    for words in [title, *(_words(text, b) for b in blocks if b.kind is BlockKind.TITLE)]:
        found = _ISSUER.search(words)
        if found:
            return found["issuer"]
    digest = _DIGEST.search(text, 0, _HEAD)
    if digest and digest["title"] in title:
        return "、".join(_names(digest["bodies"])) or None
    for block in blocks:
        words = block.content.of(text)
        if block.span.start < _HEAD and block.numbering is None and _SIGNED.match(words):
            return words
    dated = _DATED.search(text, 0, _HEAD)
    if dated:
        return dated["issuer"]
    glued = _ISSUER.search(text[:80])
    source = _SOURCE.search(text, 0, _HEAD)
    return glued["issuer"] if glued else source["issuer"] if source else None


def _names(words: str) -> Iterator[str]:
    for name in re.split(r"[、，]", words):
        if name and not re.search(r"近日|日前|记者|今天", name):
            yield name


def _number(text: str) -> str | None:
    for found in rule("documents", "document.number").regex.finditer(text, 0, _HEAD):
        before = text[: found.start()].rstrip("(（")
        if before.endswith("》"):
            continue  # the number of a document that is cited
        return _GLUED_TITLE.split(found[0])[-1].split("的通知")[-1]
    return None


def _issued_on(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the first full date near the beginning, as ISO 8601; in a table it is a deadline."""
    rows = [block.span for block in blocks if block.kind is BlockKind.ROW]
    dates = rule("times", "time.date").regex.finditer(text, 0, _HEAD)
    free = (one for one in dates if not any(row.covers(Span(*one.span())) for row in rows))
    found = next(free, None)
    return iso(found[0]) if found else None


def iso(words: str) -> str:
    """Return a full date as ISO 8601.

    >>> iso("2031年3月1日"), iso("二〇三一年十一月二十八日")
    ('2031-03-01', '2031-11-28')
    """
    if words[0].isdecimal():
        year, month, day = re.findall(r"\d+", words)[:3]
        return f"{year}-{int(month):02}-{int(day):02}"
    year, rest = words.split("年")
    month, rest = rest.split("月")
    digits = "".join(_DIGITS.get(char, "") for char in year)
    return f"{digits}-{number(month):02}-{number(rest.rstrip('日')):02}"


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
    for block in blocks:
        if block.role in (Section.TASKS, Section.GOALS, Section.SAFEGUARDS):
            continue
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        for sentence in sentences(text, block.content):
            yield from _behind_cue(text, sentence, documents, cue)


def _behind_cue(
    text: str, sentence: Span, documents: Sequence[Mention], cue: Rule
) -> Iterator[tuple[Mention, Span]]:
    inside = [d for d in documents if d.kind is Kind.DOCUMENT and sentence.covers(d.span)]
    last: Span | None = None
    end = sentence.start
    for found in inside:
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
