"""How deep a page nests, judged before it is parsed: the parser has no limits of its own."""

import re
from collections import Counter

from kg.errors import UnreadableDocumentError

# Only how a tag opens: what it holds may hide a > or a <, and <div/> opens a div all the same.
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# Elements without content, or closed by the next one: they do not nest however often they open.
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "option",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
    ]
)
# Left open, the parser opens these again in every block that follows.
_FORMATTING = frozenset(
    [
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    ]
)
_DEEPEST = 3000  # the parser takes time with the square of the depth; real pages nest 30 deep
_MOST_REOPENED = 3_000_000  # elements that formatting left open would add
_MOST_WORK = 2_000_000_000  # depth times length: what finding the article may read


def check_nesting(html: str, name: str) -> None:
    """Refuse a page that would take the parser, or the search for its article, for ever.

    The depth is an upper estimate: an end tag closes only what its own name opened.

    Raises:
        UnreadableDocumentError: Elements nest deeper than any page does.

    >>> check_nesting("<div><p>质量第一</p></div>", "a.html")
    """
    unclosed: Counter[str] = Counter()
    depth = deepest = formatting = reopened = 0
    for match in _TAG.finditer(html):
        tag = match[2].lower()
        formats = tag in _FORMATTING
        if match[1]:
            step = -1 if unclosed[tag] else 0
        else:
            reopened += 0 if formats else formatting
            step = 0 if tag in _FLAT else 1
        unclosed[tag] += step
        formatting += step if formats else 0
        depth += step
        deepest = max(deepest, depth)
    if deepest > _DEEPEST or reopened > _MOST_REOPENED or deepest * len(html) > _MOST_WORK:
        raise UnreadableDocumentError(
            name=name,
            en=f"its elements nest {deepest} deep, which no page needs; save its text as .txt or .docx",
            zh=f"网页元素嵌套达 {deepest} 层，正常网页不会如此；请将正文另存为 .txt 或 .docx",
        )
