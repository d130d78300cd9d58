"""Who issued a document: by its head line, its signature, what passed it, its number."""

import re
from collections.abc import Callable, Iterator, Sequence

from kg import authorities
from kg.extract.metadata.heads import HEAD, Line
from kg.extract.rules import rule
from kg.model import Level

_TAIL = 400  # characters at the end in which a document is signed
_BETWEEN = re.compile(r"[、，, \u3000]+|联合(?=市|省|区|县|[\u4e00-\u9fa5]{2,3}[省市县区])")
_GLUED = re.compile(
    r"(?<=中共中央)(?=国务院)|(?<=中共中央办公厅)(?=国务院办公厅)|"
    r"(?<=[省市州盟县区旗]委)(?=[\u4e00-\u9fa5]{2,8}人民政府)|"
    r"(?<=[省市州盟县区旗]委办公[厅室])(?=[\u4e00-\u9fa5]{2,8}人民政府办公)"
)
_LEAD_IN = re.compile(r"^.*?(?:近日|日前|今天|昨日)")
_NO_NAME = re.compile(r"近日|日前|记者|今天|^\d|新华社|电$")
_BARE = re.compile(
    r"^(?P<place>省|自治区|市|州|县|区)(?:(?P<rest>人民政府.*)|(?P<short>政府.*)|(?P<organ>.{2,}[局厅办委会]\S*))$"
)
_OFFICE = re.compile(r"[政府]+办[发函秘字规]?$|办发$|办函$")
_GOVERNMENT = re.compile(r"(?:府|政)(?:发|函|规|字)?$")


def issuer(
    text: str, lines: Sequence[Line], head: str, *, title: str, number: str | None
) -> str | None:
    """Return the names of the bodies that issued a document, 、 between them.

    Args:
        text: The clean text.
        lines: Those of its head.
        head: The words of its head line, blanks between the bodies kept where there are any.
        title: Its title, which a report must tell of to be about this document.
        number: Its number, whose first characters stand for who gave it.
    """
    ways: tuple[Callable[[], str | None], ...] = (
        lambda: _of_head(text, lines, head),
        lambda: _told(text, title),
        lambda: _matched(text, "metadata.speaker", "issuer"),
        lambda: _passed(text),
        lambda: _signed(lines),
        lambda: _matched(text, "metadata.contents", "issuer"),
        lambda: _dated(text),
        lambda: _at_the_end(text),
        lambda: _of_page(text),
        lambda: _by_number(number),
    )
    for way in ways:
        found = way()
        if found and (names := list(_names(found))):
            return "、".join(names)
    return None


def is_body(words: str) -> bool:
    """Return whether *words* are nothing but the name of a body, or of several.

    >>> is_body("云川市人民政府"), is_body("推动云川市质量提升")
    (True, False)
    """
    return rule("metadata", "metadata.signature").search(words) is not None


def in_full(issuer: str | None, area: str | None, level: Level | None) -> str | None:
    """Return *issuer* with the name of its area in the place of 省, 市 or 自治区.

    >>> in_full("省政府办公厅", "广东省", Level.PROVINCE)
    '广东省人民政府办公厅'
    """
    if issuer is None or area is None or level not in _PLACES:
        return issuer
    if not area.endswith(_PLACES[level]):
        return issuer
    return "、".join(_in_full(name, area) for name in issuer.split("、"))


_PLACES = {
    Level.PROVINCE: ("省", "自治区", "市"),
    Level.PREFECTURE: ("市", "州"),
    Level.COUNTY: ("县", "区", "市"),
}


def by_area(number: str | None, area: str | None) -> str | None:
    """Return the local government, or its office, whose sign a document number opens with.

    >>> by_area("云政办发〔2031〕8号", "云岭省"), by_area("云环发〔2031〕8号", "云岭省")
    ('云岭省人民政府办公厅', None)
    """
    if number is None or area is None:
        return None
    sign = re.split(r"[〔\[【(（]", number)[0]
    if _OFFICE.search(sign) and re.search("政|府", sign):
        high = area.endswith(("省", "自治区")) or area in _MUNICIPALITIES
        return f"{area}人民政府办公{'厅' if high else '室'}"
    return f"{area}人民政府" if _GOVERNMENT.search(sign) else None


_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")


def _of_head(text: str, lines: Sequence[Line], head: str) -> str | None:
    """Return the bodies before 关于 or 印发, blanks between them kept where there are any."""
    test = rule("metadata", "metadata.issuer")
    for words in (*_spoken(text, lines), head):
        found = test.search(words)
        if found:
            return found["issuer"]
    found = test.search(text[:100])
    return found["issuer"] if found else None


def _spoken(text: str, lines: Sequence[Line]) -> Iterator[str]:
    """Yield the lines with single blanks, each also joined with the one below it."""
    for at, line in enumerate(lines):
        words = " ".join(line.span.of(text).split())
        below = lines[at + 1] if at + 1 < len(lines) else None
        if "。" in words:
            continue
        yield words
        if below is not None and below.above == 1 and not re.search(r"[。：:]", words):
            blank = " " if is_body(line.words) else ""
            yield words + blank + " ".join(below.span.of(text).split())


def _matched(text: str, identifier: str, name: str) -> str | None:
    found = rule("metadata", identifier).regex.search(text, 0, HEAD)
    return "".join((found[name] or "").split()) if found else None


def _of_page(text: str) -> str | None:
    test = rule("metadata", "metadata.page-issuer").regex
    found = test.search(text, 0, HEAD) or test.search(text, max(0, len(text) - _TAIL))
    return (found["issuer"] or found["source"]) if found else None


def _told(text: str, title: str) -> str | None:
    found = rule("metadata", "metadata.digest").search(text[:HEAD])
    if found is None or "".join(found["title"].split()) != title:
        return None
    return _LEAD_IN.sub("", "".join(found["bodies"].split()))


def _passed(text: str) -> str | None:
    place = _matched(text, "metadata.passed", "issuer")
    return f"{place}人民代表大会" if place else None


def _dated(text: str) -> str | None:
    """Return the body right before the date, cut from what is glued to its front."""
    found = rule("metadata", "metadata.dated").regex.search(text, 0, HEAD)
    if found is not None:
        return found["issuer"]
    glued = rule("metadata", "metadata.dated-glued").regex.search(text, 0, HEAD)
    if glued is None:
        return None
    starts = (glued["issuer"].find(area.name) for area in authorities.areas())
    start = max(starts, default=-1)
    return glued["issuer"][start:] if start >= 0 else None


def _signed(lines: Sequence[Line]) -> str | None:
    """Return the bodies of the first lines that are nothing but names of bodies."""
    found: list[str] = []
    for line in lines:
        if is_body(line.words):
            found.append(line.words)
        elif found:
            break
    return "、".join(found) or None


def _at_the_end(text: str) -> str | None:
    tail = text[-_TAIL:]
    found = rule("metadata", "metadata.signed-off").search(tail)
    return found["issuer"] if found else None


def _by_number(number: str | None) -> str | None:
    signs = {"国发": "国务院", "国函": "国务院", "国办发": "国务院办公厅", "国办函": "国务院办公厅"}
    return signs.get(re.split(r"[〔\[【(（]", number)[0]) if number else None


def _names(words: str) -> Iterator[str]:
    for part in _BETWEEN.split(words):
        for name in _GLUED.split(part):
            if name and not _NO_NAME.search(name):
                yield name


def _in_full(name: str, area: str) -> str:
    found = _BARE.match(name)
    if found is None or name.startswith(area):
        return name
    if found["short"]:
        return f"{area}人民{found['short']}"
    return area + (found["rest"] or found["organ"])
