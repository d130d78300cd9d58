"""The number of a document and the day it was issued: by signature, approval or page."""

import re
from collections.abc import Sequence

from kg.extract.metadata.heads import HEAD, Line, condensed, number_start
from kg.extract.rules import rule
from kg.text.numbering import number as value_of

_TAIL = 400
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
_YEAR = re.compile(r"[〔\[【(（]((?:19|20)\d\d)[〕\]】)）]")
_FARTHEST = 1  # years between the number and the page that shows the document
_ISSUED = ("metadata.made-on", "metadata.under-title", "metadata.met-on", "metadata.signed-on")


def number(text: str) -> str | None:
    """Return the number of the document, not that of one it cites.

    >>> number("云川市人民政府关于检测的意见云政发〔2031〕8号各县：")
    '云政发〔2031〕8号'
    """
    for found in rule("documents", "document.number").regex.finditer(text, 0, HEAD):
        if not text[: found.start()].rstrip("(（").endswith("》"):
            start = number_start(text, found)
            return "".join(text[start : found.end()].split())
    page = rule("metadata", "metadata.page-number").search(text[-_TAIL:])
    return "".join(page["number"].split()) if page else None


def issued_on(text: str, lines: Sequence[Line], *, number: str | None) -> str | None:
    """Return the day the document was issued, as ISO 8601: never that of an event it tells of.

    The day a page was put up counts only where nothing else is said, and the number does not say
    another year.
    """
    first, last = condensed(text[:HEAD]), condensed(text[-_TAIL:])
    for identifier in _ISSUED:
        for stretch in (first, last):
            found = rule("metadata", identifier).regex.search(stretch)
            if found:
                return iso("".join(found["date"].split()))
    alone = next((line.words for line in lines if _is_date(line.words)), None)
    if alone is not None:
        return iso(alone)
    page = rule("metadata", "metadata.page-date").search(first)
    given = iso(page["date"]) if page else None
    year = _YEAR.search(number) if number else None
    if given and year and abs(int(given[:4]) - int(year[1])) > _FARTHEST:
        return None
    return given


def iso(words: str) -> str:
    """Return a full date as ISO 8601.

    >>> iso("2031年3月1日"), iso("二〇三一年十一月二十八日"), iso("2031/3/1")
    ('2031-03-01', '2031-11-28', '2031-03-01')
    """
    if words.isdecimal():
        return f"{words[:4]}-{words[4:6]}-{words[6:]}"
    if words[0].isdecimal():
        year, month, day = re.findall(r"\d+", words)[:3]
        return f"{year}-{int(month):02}-{int(day):02}"
    year, rest = words.split("年")
    month, rest = rest.split("月")
    digits = "".join(_DIGITS.get(char, "") for char in year)
    return f"{digits}-{value_of(month):02}-{value_of(rest.rstrip('日')):02}"


def _is_date(words: str) -> bool:
    found = rule("times", "time.date").search(words)
    return found is not None and found[0] == words
