"""Web pages: the article without menus, footers and hidden noise; blocks are lines, tables rows."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.settings import Settings
from kg.text.readers.encoding import Decoded, decode
from kg.text.readers.html_nesting import check_nesting
from kg.text.readers.html_table import data_rows, is_data_table

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.I)
_NEVER_SHOWN = (
    "script, style, noscript, template, iframe, svg, object, head, nav, footer, aside, button, "
    "select, input, textarea, [hidden], [aria-hidden='true']"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.I)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:share|footer|foot|nav|navbar|menu|breadcrumbs?|crumbs?|sidebar|copyright|"
    r"related|recommend|toolbar|pagination|pager|print|qrcode|search)(?:$|[\s_-])",
    re.I,
)
_MOST_FURNITURE = 0.3  # share of the page above which a block is no furniture, whatever its class

# Containers of the article on government and news sites, the most telling first.
_CONTAINERS = (
    "#UCAP-CONTENT, .TRS_UEDITOR, .TRS_Editor, .TRS_PreAppend, #zoom, #Zoom, .pages_content, "
    ".article-content, .article_content, #articleContent, .articleContent, .content-article, "
    ".xxgk_content, .news_content, .newsContent, .con_con, .conTxt, .zwnr, .view_content, "
    ".detail-content, #js_content, article, [itemprop='articleBody'], main, #content, .content"
)
_LEAST_ARTICLE = 0.35  # share of the page's text outside links that an article container holds
_DOMINANT = 0.7  # a child with this share of the text leads on to the article

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
    ]
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TITLE_END = re.compile(
    r"(?:通知|意见|方案|规划|计划|纲要|办法|决定|公告|要点|措施|条例|规定|细则|批复|函)(?:（[^（）]*）)?$"
)


def read_html(data: bytes, name: str, _settings: Settings) -> Decoded:
    """Return the article of a page, under its title where that stands outside.

    Raises:
        UnreadableDocumentError: It is not text, or nests deeper than any page does.
    """
    declared = _DECLARED.search(data[:4096])
    found = decode(data, name, declared=declared[1].decode("ascii") if declared else None)
    check_nesting(found.text, name)
    return Decoded(article_of(found.text), found.encoding, found.issues)


def article_of(html: str) -> str:
    r"""Return the text of the article in *html*, a line a block.

    >>> article_of(
    ...     "<div>菜单</div><div id='zoom'><p>一、总体要求</p><p>坚持<b>质量</b>第一</p></div>"
    ... )
    '一、总体要求\n坚持质量第一'
    """
    tree = LexborHTMLParser(html)
    title = _title(tree)
    _drop_hidden(tree)
    body = tree.body
    if body is None:
        return ""
    lines = _lines(_article(tree, body))
    opening = _SPACES.sub("", "".join(lines[:12]))
    if title and _SPACES.sub("", title) not in opening:
        lines.insert(0, title)
    return "\n".join(lines)


def _title(tree: LexborHTMLParser) -> str:
    meta = tree.css_first("meta[name='ArticleTitle'], meta[name='articletitle']")
    if meta is not None and meta.attributes.get("content"):
        return _flat(str(meta.attributes["content"]))
    heading = tree.css_first("h1")
    if heading is not None and _flat(heading.text()):
        return _flat(heading.text())
    title = tree.css_first("title")
    text = re.split(r"[_|]| - |--", _flat(title.text()))[0].strip() if title is not None else ""
    return text if _TITLE_END.search(text) else ""


def _flat(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _drop_hidden(tree: LexborHTMLParser) -> None:
    for node in tree.css(_NEVER_SHOWN):
        if node.tag != "head":
            node.decompose()
    for node in tree.css("[style]"):
        if _HIDDEN.search(node.attributes.get("style") or ""):
            node.decompose()
    body = tree.body
    total = len(body.text()) if body is not None else 0
    for node in tree.css("[class], [id]"):
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        furniture = node.tag not in {"body", "html"} and _FURNITURE.search(names)
        if furniture and len(node.text()) < _MOST_FURNITURE * total:
            node.decompose()


def _article(tree: LexborHTMLParser, body: LexborNode) -> LexborNode:
    """Return the container of the article: a known one, else where the text is."""
    total = _weight(body)
    known = [(_weight(node), node) for node in tree.css(_CONTAINERS)]
    fitting = [(weight, node) for weight, node in known if weight >= _LEAST_ARTICLE * total]
    if fitting:
        return min(fitting, key=lambda pair: pair[0])[1]
    node = body
    while True:
        children = [(_weight(child), child) for child in node.iter()]
        best = max(children, key=lambda pair: pair[0], default=None)
        if best is None or best[0] < _DOMINANT * total or best[1].tag in {"p", "table"}:
            return node
        node = best[1]


def _weight(node: LexborNode) -> int:
    """Return the length of the text outside links."""
    return len(node.text()) - sum(len(link.text()) for link in node.css("a"))


def _lines(root: LexborNode) -> list[str]:
    text = "".join(_pieces(root))
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\x02"))
    return [line.replace("\x01", "\t") for line in lines if line.strip("\x01\u3000 \xa0")]


def _pieces(root: LexborNode) -> Iterator[str]:
    r"""Yield text in order, ``\x02`` at block ends and ``\x01`` between cells; without recursion."""
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            yield (node.text_content or "").replace("\x01", "").replace("\x02", "")
        elif done:
            yield "\x02"
        elif tag == "table" and is_data_table(node):
            rows = ("\x01".join(row) for row in data_rows(node))
            yield "\x02" + "\x02".join(rows) + "\x02"
        else:
            if tag in _BLOCKS:
                yield "\x02"
                stack.append((node, True))
            stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
