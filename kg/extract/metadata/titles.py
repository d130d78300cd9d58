"""The title of a document: its lines joined, or what its first sentences say of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.metadata.heads import HEAD, Line, unnumbered
from kg.extract.metadata.issuers import is_body
from kg.extract.rules import rule
from kg.model import Span

UNTITLED = "无题"

_NOTICE = re.compile(
    r"(?:关于)?(?:印发|转发|发布)《?(?P<title>[^《》]{4,90}?)》?的(?:通知|公告|函)"
)
_FORWARD = re.compile(r"^(?:转发|解读|摘要|图解|一图读懂)[：:]\s*")
_STOPS = re.compile(r"[。！？；：;:!?]|^20\d\d年\d+月|[批核]准$|次会议")
_YEARS = re.compile(
    r"[（(](?:19|20)\d\d[^（()）]{0,14}[）)](?:[（(]试行[）)])?|[（(](?:试行|修订|草案|征求意见稿)[）)]"
)
_OPENS = re.compile(
    r"关于|[“《]|(?:19|20)\d\d年|全国|国家|国务院|中共|中华|[\u4e00-\u9fa5]{2,9}?(?:省|自治区|市|自治州|州|县|区)(?!级)|.{2,80}?关于"
)
_ADDRESSEE = re.compile(r"^各.{2,}[：:]|^[^。]{2,30}[：:]$")
_SHORTEST, _TELLING, _LONGEST = 6, 13, 100
_DIGEST_HEAD = 400  # a report names its document at once
_SHORT_TAIL, _MOST_ABOVE = 4, 3
_JOINING = ("和", "及", "暨", "与")


@dataclass(frozen=True, slots=True)
class Title:
    """The bare name of a document, the words of its head line, and where the name stands.

    ``supplied`` names are made by a rule of the genre from what the text says it carries out.
    """

    name: str
    head: str
    span: Span | None
    supplied: bool = False


def title(text: str, lines: Sequence[Line]) -> Title:
    """Return the title, `UNTITLED` where the text says none."""
    found = _headed(text, lines) or _told(text) or _supplied(text) or _attached(text)
    if found is not None:
        return found
    first = next((line for line in lines if _can_open(line.words)), None)
    if first is None or first is not lines[0]:
        return Title(UNTITLED, "", None)
    name = _FORWARD.sub("", " ".join(first.span.of(text).split()))
    return Title(name, name, first.span)


def _headed(text: str, lines: Sequence[Line]) -> Title | None:
    """Return the best of the lines that name a document."""
    groups = list(_groups(text, lines))
    notice = next(((words, span) for words, span, _ in groups if _NOTICE.search(words)), None)
    if notice is not None:
        name = _NOTICE.search(notice[0])["title"]  # type: ignore[index]
        own = next((span for words, span, _ in groups if _same(words, name)), notice[1])
        return Title(name, notice[0], own)
    best = max(groups, key=lambda group: group[2], default=None)
    return Title(best[0], best[0], best[1]) if best else None


def _groups(text: str, lines: Sequence[Line]) -> Iterator[tuple[str, Span, int]]:
    """Yield the words, the place and the weight of all that may be a title, over its lines."""
    for at, line in enumerate(lines):
        words, last = _completed(lines, at)
        if line.numbered or not _names_document(words):
            continue
        words, start = _with_lines_above(text, lines, at, words)
        if len(words) >= _SHORTEST and not rule("metadata", "metadata.no-title").search(words):
            following = lines[last + 1].words if last + 1 < len(lines) else ""
            yield words, Span(start, lines[last].span.end), _weight(words, following)


def _completed(lines: Sequence[Line], at: int) -> tuple[str, int]:
    """Return the words of a line with those below that end a torn word or say the years."""
    words, last = unnumbered(lines[at].words), at
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below and below.above == 1 and len(below.words) <= _SHORT_TAIL and not _genre(words):
        words, last = words + below.words, at + 1
        below = lines[at + 2] if at + 2 < len(lines) else None
    if below and _YEARS.fullmatch(below.words):
        words, last = words + below.words, last + 1
    return words, last


def _with_lines_above(text: str, lines: Sequence[Line], at: int, words: str) -> tuple[str, int]:
    start = lines[at].span.start
    for above in range(at - 1, max(at - 1 - _MOST_ABOVE, -1), -1):
        if lines[above + 1].above > 1 or _OPENS.match(words):
            break
        line = lines[above]
        tail = re.split(r"[。！？]", line.words)[-1]
        if not _goes_on(tail, words) or len(tail) + len(words) > _LONGEST:
            break
        whole = tail == line.words
        start = line.span.start if whole else line.span.start + _place(line.span.of(text))
        words = tail + words
        if not whole:
            break
    return words, start


def _place(line: str) -> int:
    """Return where the last sentence of *line* begins."""
    at = max(line.rfind(mark) for mark in "。！？") + 1
    return at + len(line[at:]) - len(line[at:].lstrip())


def _goes_on(words: str, below: str) -> bool:
    """Return whether a title may go on behind *words* with those *below*."""
    if len(words) < _SHORT_TAIL or _STOPS.search(words) or words[-1] in "，、)）":
        return False
    if rule("metadata", "metadata.page").search(words):
        return False
    if _genre(words):
        return below.startswith(_JOINING)
    return "关于" in words or not is_body(words)


def _genre(words: str) -> bool:
    return rule("documents", "document.suffix").search(words) is not None


def _names_document(words: str) -> bool:
    if (
        not _genre(words)
        or len(words) > _LONGEST
        or rule("metadata", "metadata.page").search(words)
    ):
        return False
    inner = re.sub(r"《[^《》]*》|“[^”]*”", "", words)
    if "《" in words and not re.search(r"印发|转发|发布|贯彻|落实|实施", inner):
        return False
    return not _STOPS.search(inner) and (
        "，" not in inner or re.match(r".{0,40}关于", inner) is not None
    )


def _weight(words: str, following: str) -> int:
    """Return how much speaks for *words* as the title of the whole."""
    numbered = rule("documents", "document.number").search(following) is not None
    return (
        2 * bool(_OPENS.match(words))
        + ("关于" in words)
        + 2 * (numbered or bool(_ADDRESSEE.match(following)))
        + (len(words) >= _TELLING)
    )


def _same(words: str, name: str) -> bool:
    return re.sub(r"\W", "", words) == re.sub(r"\W", "", name)


def _told(text: str) -> Title | None:
    """Return the title that the first sentences tell: of what was sent, of what a digest is about."""
    tells = (
        "metadata.notice",
        "metadata.sent",
        "metadata.digest",
        "metadata.flat-title",
        "metadata.contents",
    )
    for identifier in tells:
        limit = _DIGEST_HEAD if identifier == "metadata.digest" else HEAD
        found = rule("metadata", identifier).regex.search(text, 0, limit)
        if found:
            span = Span(*found.span("title"))
            name = "".join(span.of(text).split())
            return Title(name, text[: span.end] if found.start() == 0 else name, span)
    return None


def _supplied(text: str) -> Title | None:
    """Return a name from what the first sentence says is carried out, as the genre makes names."""
    found = rule("metadata", "metadata.carries-out").regex.search(text, 0, HEAD)
    if found is None:
        return None
    above = "".join(found["above"].split())
    topic = re.search(r"关于(?P<topic>.+?)的?(?:若干|指导|实施)*意见$", above)
    name = (
        f"关于{topic['topic']}的{found['genre']}" if topic else f"贯彻《{above}》{found['genre']}"
    )
    return Title(name, name, Span(*found.span()), supplied=True)


def _attached(text: str) -> Title | None:
    found = rule("metadata", "metadata.attached").regex.search(text, 0, HEAD)
    if found is None:
        return None
    span = Span(*found.span("title"))
    return Title(span.of(text), span.of(text), span)


def _can_open(words: str) -> bool:
    """Return whether *words* can be a title though no genre ends them."""
    if rule("metadata", "metadata.no-title").search(words):
        return False
    if rule("metadata", "metadata.page").search(words) or MARKED.match(words):
        return False
    return _SHORT_TAIL <= len(words) <= _LONGEST // 2 and not re.search(r"[。！？；，,;]", words)


MARKED = re.compile(r"\W*[一二三四五六七八九十\d]+[、.．）)]|\W+$")
