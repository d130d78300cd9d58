"""Documents named in a text: in book marks, by alias, by themselves, and those to be written."""

import re
from collections.abc import Iterator, Sequence

from kg.extract.measures.wording import Flat, mention
from kg.extract.rules import rule
from kg.model import Attrs, Kind, Mention, Span
from kg.text.segment import Block, BlockKind

# 检测办法和技术规范 is one document, of two that have names of their own each is one.
_LIST = re.compile(r"[、]|和(?=[^，]{4,})(?!(?:技术|操作|工作|实施)(?:规范|细则|规程)$)")
_YEARS = re.compile(r"\s{0,3}[（(]20\d\d(?:年)?[—－\-~至]20\d\d年[）)]")  # on a line of its own
_CONTINUED = re.compile(r"(?!.*关于).*的(?:通知|批复|意见|函|决定|公告)$")
_DOING = ("实施", "确定", "提出", "明确", "部署")  # of a document, behind its name
_MARK = re.compile(r"[。；，：:〔]")
_MOST_TITLE_LINES, _LONGEST_TITLE_LINE = 3, 40
_ISSUER = re.compile(
    r"^(?:[\u4e00-\u9fa5]{2,20}?(?:人民政府|办公厅|办公室|委员会|[厅局部委])[ \u3000、]*){1,6}(?=关于|印发)"
)


def find(text: str, blocks: Sequence[Block]) -> Iterator[Mention]:
    """Yield the documents that *text* names."""
    aliases = dict(_aliases(text))
    yield from _marked(text, aliases)
    yield from _bare(text, aliases)
    for name in ("document.self", "document.report"):
        for found in rule("documents", name).finditer(text):
            attrs: Attrs = {"self": True} if name == "document.self" else {"canonical": found[0]}
            yield mention(Kind.DOCUMENT, text, Span(*found.span()), by=name, attrs=attrs)
    for block in blocks:
        if block.kind is BlockKind.TITLE:
            yield from _title(text, block.content)


def _aliases(text: str) -> Iterator[tuple[str, str]]:
    for found in rule("documents", "document.marked").finditer(text):
        if found["alias"]:
            yield found["alias"], found["name"]


def _marked(text: str, aliases: dict[str, str]) -> Iterator[Mention]:
    for found in rule("documents", "document.marked").finditer(text):
        name = "".join(found["name"].split())
        if rule("documents", "document.suffix").search(name):
            attrs = {"canonical": aliases.get(name, name)}
            yield mention(
                Kind.DOCUMENT, text, Span(*found.span("name")), by="document.marked", attrs=attrs
            )


def _bare(text: str, aliases: dict[str, str]) -> Iterator[Mention]:
    """Yield aliases without book marks where they can be nothing else (建立纲要实施评估机制)."""
    for alias, name in aliases.items():
        if not any(alias + doing in text for doing in _DOING):
            continue  # as most are: to make a pattern takes longer than to look
        pattern = rf"(?<![《\u4e00-\u9fa5])本?(?P<a>{re.escape(alias)})(?={'|'.join(_DOING)})"
        pattern += rf"|(?<=建立)(?P<b>{re.escape(alias)})(?=实施)"
        for found in re.finditer(pattern, text):
            span = Span(found.end() - len(alias), found.end())
            yield mention(Kind.DOCUMENT, text, span, by="document.alias", attrs={"canonical": name})


def _title(text: str, span: Span) -> Iterator[Mention]:
    """Yield the document's own title where it stands as a line."""
    words = span.of(text)
    number = rule("documents", "document.number").search(words)
    if number:
        words = words[: number.start()].rstrip("(（[〔 ")
    if not rule("documents", "document.suffix").search(words) or "《" in words:
        return
    issuer = _ISSUER.search(words)
    start = span.start + (issuer.end() if issuer else 0)
    if _CONTINUED.match(words):
        start = _first_line(text, start)
    attrs: Attrs = {"self": True, "canonical": words}
    years = _YEARS.match(text, span.end) if len(words) == len(span) else None
    end = years.end() if years else span.start + len(words)
    yield mention(Kind.DOCUMENT, text, Span(start, end), by="document.title", attrs=attrs)


def _first_line(text: str, start: int) -> int:
    """Return where a title begins whose last line stands at *start*: at the line with 关于."""
    at = start
    for _ in range(_MOST_TITLE_LINES):
        head = text[:at].rstrip()
        begin = head.rfind("\n") + 1
        line = head[begin:].lstrip(" \u3000")
        if not line or len(line) > _LONGEST_TITLE_LINE or _MARK.search(line):
            return start
        at = len(head) - len(line)
        if "关于" in line:
            return at
    return start


def planned(text: str, clause: Flat) -> Iterator[Mention]:
    """Yield the documents that a task asks to be written."""
    found = rule("documents", "document.planned").search(clause.words)
    if found is None or "《" in clause.words:
        return
    start = found.start("list")
    for stop in [*(cut.end() for cut in _LIST.finditer(clause.words, start)), None]:
        end = len(clause.words) if stop is None else stop - 1
        name = clause.words[start:end]
        if rule("documents", "document.planned-suffix").search(name) and len(name) >= 4:
            at = _behind_de(name)
            if rule("documents", "document.planned-bare").search(name[at:]):
                start = end if stop is None else stop
                continue
            yield mention(
                Kind.DOCUMENT,
                text,
                clause.part(start + at, end),
                by="document.planned",
                attrs={"planned": True, "canonical": name[at:]},
            )
            start = end if stop is None else stop


def _behind_de(name: str) -> int:
    return name.rfind("的") + 1
