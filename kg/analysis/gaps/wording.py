"""Findings in words: one plain sentence, in Chinese and in English."""

from collections.abc import Callable, Sequence
from types import MappingProxyType

from kg.analysis.gaps.directory import Directory
from kg.analysis.gaps.hits import Hit
from kg.model import Bilingual

PHRASES = MappingProxyType(
    {
        "indicator": Bilingual("指标名称", "the indicator"),
        "value": Bilingual("数值", "the value"),
        "unit": Bilingual("单位", "the unit"),
        "year": Bilingual("年份", "the year"),
        "weaker": Bilingual("要求偏低", "asks for less"),
        "later": Bilingual("期限偏晚", "is due later"),
        "stronger": Bilingual("要求偏高", "asks for more"),
        "later-need": Bilingual("而后者的期限晚", "which is due later"),
        "too-long": Bilingual(
            "而从印发到期限的时间不够依次完成所需的各项",
            "and the time from issue to deadline is too short to finish one after the other",
        ),
        "alone": Bilingual(
            "有的措施只由一家单位承担，没有其他单位参与",
            "some measures have one body and no other that acts",
        ),
        "bridge": Bilingual(
            "有的单位和措施只经由一家单位与其余部分相连",
            "some bodies and measures are joined to the rest through one body only",
        ),
        "goals": Bilingual(
            "有的目标只靠一家单位参与的措施支撑",
            "some goals are served only by measures in which one body acts",
        ),
    }
)
INFERRED = Bilingual(
    "（依赖关系系推断，原文没有写明）", " (the dependency is inferred, no text states it)"
)
_LONGEST = 40  # characters of a name in a sentence
_MOST_SUBJECTS = 3
_MOST_BODIES = 6


def reason(hit: Hit, template: Bilingual, more: Bilingual, known: Directory) -> Bilingual:
    """Return *template* (and *more*, where the hit counts anything below it) filled in."""
    return Bilingual(
        _filled(hit, template.zh, more.zh, _Words(known, "zh")) + "。",
        _capital(_filled(hit, template.en, more.en, _Words(known, "en"))) + ".",
    )


def quoted(known: Directory) -> Callable[[str], Bilingual]:
    """Return a function that gives the quoted name of a thing."""
    zh, en = _Words(known, "zh"), _Words(known, "en")
    return lambda identifier: Bilingual(zh.quote(identifier), en.quote(identifier))


def shortened(name: str, longest: int = _LONGEST) -> str:
    """Return *name*, cut with an ellipsis where it is longer than *longest*.

    >>> shortened("建立质量追溯制度", 4)
    '建立质量…'
    """
    return name if len(name) <= longest else name[:longest] + "…"


class _Words:
    """The names of things in one language."""

    def __init__(self, known: Directory, lang: str) -> None:
        self._known = known
        self._lang = lang

    def quote(self, identifier: str) -> str:
        """Return the name in the quotation marks of the language; a title's for a document."""
        node = self._known.node(identifier)
        name = shortened(node.label.to(self._lang))
        if node.type == "document":
            return name if name.startswith("《") else f"《{name}》"
        return f'"{name}"' if self._lang == "en" else f"“{name}”"

    def plain(self, identifier: str) -> str:
        """Return the name of a body."""
        return shortened(self._known.node(identifier).label.to(self._lang))

    def listed(self, names: Sequence[str], most: int, counter: str = "项") -> str:
        """Return *names* as a list, the first *most* of them and how many there are in all."""
        shown = list(names[:most])
        joined = ("、" if self._lang == "zh" else ", ").join(shown)
        if len(names) <= most:
            return joined
        return joined + (
            f"等 {len(names)} {counter}" if self._lang == "zh" else f" ({len(names)} in all)"
        )


def _filled(hit: Hit, template: str, more: str, words: _Words) -> str:
    first, *others = hit.subjects
    lang = words._lang
    sentence = template + (more if hit.n > 0 else "")
    return sentence.format(
        subjects=words.listed([words.quote(name) for name in hit.subjects], _MOST_SUBJECTS),
        first=words.quote(first),
        second=words.quote(others[0]) if others else "",
        others=words.listed([words.quote(name) for name in others], _MOST_SUBJECTS),
        bodies=words.listed([words.plain(name) for name in hit.bodies], _MOST_BODIES, "家"),
        what=words.listed([PHRASES[code].to(lang) for code in hit.what], len(hit.what)),
        document=words.quote(first),
        n=hit.n,
    )


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
