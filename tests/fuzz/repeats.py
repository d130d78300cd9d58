"""Texts against which a pattern may take for ever: its repeats pumped, and what follows withheld.

A pattern is taken apart as `re` itself does, and text is made from the parts.
"""

import re
import re._constants as op
import re._parser as sre
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from random import Random
from types import ModuleType

from kg.extract.rules import all_rules

ROOMS = ("text", "extract")
_LONGEST = 40  # of repeats that are not pumped
_CATEGORIES = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_DIGIT: "质",
    op.CATEGORY_NOT_SPACE: "质",
    op.CATEGORY_NOT_WORD: "、",
}
_ANY = "质，1a （"


def patterns() -> dict[str, re.Pattern[str]]:
    """Return every pattern of cleaning and extraction, by where it stands."""
    found = {f"{rule.file}:{rule.id}": rule.regex for rule in all_rules()}
    kg = Path(__file__).parents[2] / "kg"
    for room in ROOMS:
        for file in sorted((kg / room).rglob("*.py")):
            parts = file.relative_to(kg.parent).with_suffix("").parts
            module = import_module(".".join(part for part in parts if part != "__init__"))
            found |= {f"{module.__name__}:{name}": one for name, one in _held(module)}
    return {name: one for name, one in found.items() if isinstance(one.pattern, str)}


def _held(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in vars(module).items():
        several = value.values() if isinstance(value, dict) else value
        if isinstance(value, re.Pattern):
            yield name, value
        elif isinstance(value, (tuple, list, dict)):
            for at, one in enumerate(several):
                parts = one if isinstance(one, tuple) else (one,)
                yield from (
                    (f"{name}.{at}", part) for part in parts if isinstance(part, re.Pattern)
                )


def attacks(pattern: re.Pattern[str], *, length: int, times: int) -> Iterator[str]:
    """Yield texts of about *length* characters, each with another choice of repeats pumped."""
    tree = sre.parse(pattern.pattern, pattern.flags)
    for number in range(times):
        random = Random(f"{pattern.pattern} {number}")
        pump = _Pump(random, length)
        text = pump.text(tree)
        unit = text or "质"
        if len(text) < length // 2:  # nothing in it repeats: then it does as a whole
            text = unit * (length // len(unit))
        yield text[:length] + random.choice(("", "\0", "。", "质", unit[:-1]))


class _Pump:
    """Makes a text from the parts of a pattern."""

    def __init__(self, random: Random, length: int) -> None:
        self._random = random
        self._left = length

    def text(self, parts: object) -> str:
        return "".join(self._part(code, given) for code, given in parts)  # type: ignore[attr-defined]

    def _part(self, code: object, given: object) -> str:
        make: Callable[[object], str] | None = {
            op.LITERAL: chr,
            op.NOT_LITERAL: lambda one: "质" if chr(one) != "质" else "量",
            op.ANY: lambda _: self._random.choice(_ANY),
            op.IN: self._one_of,
            op.BRANCH: lambda branches: self.text(self._random.choice(branches[1])),
            op.SUBPATTERN: lambda group: self.text(group[-1]),
            op.ATOMIC_GROUP: self.text,
            op.MAX_REPEAT: self._repeated,
            op.MIN_REPEAT: self._repeated,
            op.POSSESSIVE_REPEAT: self._repeated,
            op.ASSERT: lambda ahead: self.text(ahead[1]) if self._random.random() < 0.3 else "",
        }.get(code)
        return make(given) if make else ""

    def _one_of(self, choices: list[tuple[object, object]]) -> str:
        wanted = [one for one in choices if one[0] is not op.NEGATE]
        if len(wanted) < len(choices):
            return self._random.choice(_ANY)
        kind, value = self._random.choice(wanted)
        if kind is op.RANGE:
            return chr(self._random.choice(value))  # type: ignore[call-overload]
        if kind is op.CATEGORY:
            return _CATEGORIES[value]
        return chr(value)  # type: ignore[arg-type]

    def _repeated(self, given: tuple[int, int, object]) -> str:
        least, most, part = given
        unit = self.text(part)
        wanted = max(least, 1)
        if most > _LONGEST and self._random.random() < 0.6:
            wanted = self._left // max(len(unit), 1)
        elif self._random.random() < 0.5:
            wanted = min(most, _LONGEST)
        text = unit * min(wanted, max(most, 1))
        self._left = max(0, self._left - len(text))
        return text
