"""Word's automatic numbers, which stand in no paragraph: 一、 and （一） and 1. from numbering.xml.

After ECMA-376 part 1, 17.9: a paragraph names a list and a level, the list an abstract definition,
the definition per level a format (``chineseCounting``) and a pattern (``%1、``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_DIGITS = "〇一二三四五六七八九"
_LEVELS = 9
_DEEPEST_STYLE = 20
_LARGEST = 32_767  # Word counts no further, and Roman numerals of a billion fill the memory
_LONGEST_PATTERN = 200


def chinese(number: int) -> str:
    """Return *number* in Chinese counting, as Word writes it below ten thousand.

    >>> chinese(10), chinese(21), chinese(105)
    ('十', '二十一', '一百〇五')
    """
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, value)
        if digit:
            out += _DIGITS[digit] + unit
        elif out and not out.endswith("〇") and number:
            out += "〇"
    return out.removeprefix("一") if out.startswith("一十") else out


def roman(number: int) -> str:
    """Return *number* in upper-case Roman numerals.

    >>> roman(4), roman(19)
    ('IV', 'XIX')
    """
    table = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for value, letters in table:
        count, number = divmod(number, value)
        out += letters * count
    return out


def letter(number: int) -> str:
    """Return the *number*-th letter, aa after z as Word does it.

    >>> letter(1), letter(27)
    ('a', 'aa')
    """
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


_FORMATS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "chineseCounting": chinese,
        "chineseCountingThousand": chinese,
        "ideographDigital": chinese,
        "japaneseCounting": chinese,
        "taiwaneseCounting": chinese,
        "taiwaneseCountingThousand": chinese,
        "decimalEnclosedCircle": _circled,
        "decimalEnclosedCircleChinese": _circled,
        "lowerLetter": letter,
        "upperLetter": lambda number: letter(number).upper(),
        "lowerRoman": lambda number: roman(number).lower(),
        "upperRoman": roman,
        "decimalZero": lambda number: f"{number:02d}",
        "none": lambda _number: "",
        "bullet": lambda _number: "",
    }
)


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted; private to one reading."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: BaseOxmlElement) -> str:
        """Return the number that Word shows before *paragraph*, empty where it shows none."""
        found = _stated(paragraph) or self.styles.get(_style_id(paragraph))
        if not found or found[0] not in self.levels:
            return ""
        list_id, depth = found
        levels = self.levels[list_id]
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(self.abstract[list_id], {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return self._filled(levels, counts, depth)

    def _filled(self, levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        level = levels[depth]
        if level.form == "bullet":
            return ""
        text = level.pattern
        for other in range(depth + 1):
            if other in levels:
                number = counts.get(other, levels[other].start)
                shown = _FORMATS.get(levels[other].form, str)(number)
                text = text.replace(f"%{other + 1}", shown)
        return text


def numbering_of(document: Document) -> Numbering:
    """Return the numbering of *document*, empty where it has none."""
    found = Numbering()
    part = next(
        (
            relation.target_part
            for relation in document.part.rels.values()
            if not relation.is_external and relation.reltype.endswith("/numbering")
        ),
        None,
    )
    if part is None:
        return found
    _read_lists(part.element, found)
    _read_styles(document, found)
    return found


def _read_lists(root: BaseOxmlElement, found: Numbering) -> None:
    abstracts = {item.get(qn("w:abstractNumId")): item for item in root.iter(qn("w:abstractNum"))}
    for item in root.iter(qn("w:num")):
        list_id = item.get(qn("w:numId"))
        abstract_id = _value(item, "w:abstractNumId")
        if list_id is None or abstract_id not in abstracts:
            continue
        levels = _levels(abstracts[abstract_id])
        overridden = False
        for override in item.iter(qn("w:lvlOverride")):
            levels |= _levels(override)
            start = _value(override, "w:startOverride")
            depth = int(override.get(qn("w:ilvl")) or 0)
            if start is not None and depth in levels:
                overridden = True
                levels[depth] = _Level(
                    levels[depth].form, levels[depth].pattern, min(int(start), _LARGEST)
                )
        found.levels[list_id] = levels
        # Lists of one definition count on together, unless one of them starts anew.
        found.abstract[list_id] = f"{abstract_id}/{list_id}" if overridden else str(abstract_id)


def _levels(item: BaseOxmlElement) -> dict[int, _Level]:
    found = {}
    for level in item.findall(qn("w:lvl")):
        depth = int(level.get(qn("w:ilvl")) or 0)
        if depth < _LEVELS:
            found[depth] = _Level(
                _value(level, "w:numFmt") or "decimal",
                (_value(level, "w:lvlText") or "")[:_LONGEST_PATTERN],
                min(int(_value(level, "w:start") or 1), _LARGEST),
            )
    return found


def _read_styles(document: Document, found: Numbering) -> None:
    styles = {
        item.get(qn("w:styleId")): item for item in document.styles.element.iter(qn("w:style"))
    }
    for style_id in styles:
        current: str | None = style_id
        for _ in range(_DEEPEST_STYLE):
            item = styles.get(current)
            if item is None:
                break
            stated = _stated(item)
            if stated:
                found.styles[style_id] = stated
                break
            current = _value(item, "w:basedOn")


def _stated(item: BaseOxmlElement) -> tuple[str, int] | None:
    number = item.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if number is None:
        return None
    list_id = _value(number, "w:numId")
    return (list_id, int(_value(number, "w:ilvl") or 0)) if list_id else None


def _style_id(paragraph: BaseOxmlElement) -> str:
    properties = paragraph.find(qn("w:pPr"))
    return (_value(properties, "w:pStyle") or "") if properties is not None else ""


def _value(item: BaseOxmlElement, tag: str) -> str | None:
    found = item.find(qn(tag))
    return found.get(qn("w:val")) if found is not None else None
