"""Rules as data: the TOML files beside this module, read once and checked.

A rule either lists ``words`` or gives a ``pattern`` (Python regular expression, in which ``{{id}}``
stands for the words of another rule of the same file). Every rule says what it finds, why, one text
where it finds something and one where it must not; the tests run both. A package that is installed
beside this one may add a file to one of ours: with rules of its own, or with more words of a rule.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import RuleError
from kg.extract.added import added_sources, check_names
from kg.extract.words import Words, alternatives, any_mark, any_word, places
from kg.model import Bilingual, Scalar

_REFERENCE = re.compile(r"\{\{([a-zA-Z0-9.\-]+)\}\}")
_PLACES = {"anywhere": "{0}", "start": r"\A{0}", "end": r"{0}\Z", "whole": r"\A{0}\Z"}
_AT_FRONT = ("start", "whole")
_KNOWN = frozenset(
    {
        "id",
        "finds",
        "words",
        "pattern",
        "at",
        "needs",
        "apart",
        "reason",
        "example",
        "counter_example",
        "set",
    }
)


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what the rule finds in it, ``None`` where any find will do."""

    text: str
    found: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    ``needs`` are literals of which one must be in a text before the pattern is tried on it; with
    ``apart``, characters that no find holds but as its first, only the stretches between them that
    hold such a literal are looked at. ``look`` tries the pattern where the rule says that it may
    stand: at the front alone, or at every place. ``set`` holds what the rule says of its find, a
    role for instance.
    """

    id: str
    finds: str
    reason: Bilingual
    example: Example
    counter_example: str
    regex: re.Pattern[str]
    look: Callable[[str], re.Match[str] | None]
    file: str
    words: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    telling: re.Pattern[str] | None = None  # any of what it needs
    apart: str = ""
    set: Mapping[str, Scalar] = field(default_factory=dict)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first find in *text*, ``None`` where there is none."""
        # In a clause one look for all literals at once is quicker than one for each.
        if self.telling is not None and self.telling.search(text) is None:
            return None
        return next(self.finditer(text), None) if self.apart else self.look(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the finds in *text*."""
        if not self._worth(text):
            return iter(())
        if self.apart:
            return chain.from_iterable(
                self.regex.finditer(text, start, end) for start, end in self._stretches(text)
            )
        return self.regex.finditer(text)

    def promising(self, text: str) -> list[int]:
        """Return where a literal stands in *text* that it needs, in order."""
        return sorted([at for literal in self.needs for at in places(text, literal)])

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the stretches with one of the needed literals begin and end.

        The mark before a stretch belongs to it, the one behind does not.
        """
        edge = any_mark(self.apart)
        done = 0
        for place in self.promising(text):
            if place >= done:
                start = max(text.rfind(mark, done, place) for mark in self.apart)
                following = edge.search(text, place)
                end = following.start() if following else len(text)
                yield max(start, done), end
                done = end

    def _worth(self, text: str) -> bool:
        # In a whole text one look for each is quicker than one for all at once.
        for literal in self.needs:
            if literal in text:
                return True
        return not self.needs


@cache
def rule_set(name: str) -> Mapping[str, Rule]:
    """Return the rules of ``rules/<name>.toml`` by identifier, in the order of the file.

    Raises:
        RuleError: The file or one of its rules is wrong.
        PluginError: A package that adds rules to it lacks its own file.
    """
    source = files("kg.extract") / "rules" / f"{name}.toml"
    return parse({source.name: source.read_text("utf-8"), **added_sources(name)})


@dataclass(frozen=True, slots=True)
class Choice:
    """Rules that are tried one after the other, with one look whether any can find something."""

    rules: tuple[Rule, ...]
    telling: re.Pattern[str] | None  # the literals that they need, None where one needs none

    def of(self, text: str) -> tuple[Rule, ...]:
        """Return the rules in their order, none where *text* holds nothing that one needs."""
        return self.rules if self.telling is None or self.telling.search(text) else ()

    def first(self, text: str) -> Rule | None:
        """Return the first rule that finds something in *text*, ``None`` where none does."""
        for found in self.of(text):
            if found.search(text) is not None:
                return found
        return None


@cache
def choice(name: str, *identifiers: str) -> Choice:
    """Return these rules of ``rules/<name>.toml``, to be tried in this order.

    Raises:
        RuleError: The file lacks one of them, or one of its rules is wrong.

    >>> [found.id for found in choice("times", "time.point", "time.frequency").of("每年")]
    ['time.point', 'time.frequency']
    >>> choice("times", "time.point", "time.frequency").of("开展抽查")
    ()
    """
    rules = tuple(rule(name, identifier) for identifier in identifiers)
    needs = tuple(literal for found in rules for literal in found.needs)
    return Choice(rules, any_word(needs if all(found.needs for found in rules) else ()))


@cache
def lexicon(name: str, identifier: str) -> Words:
    """Return the words of one rule, ready to be looked up.

    Raises:
        RuleError: The file has no such rule, or one of its rules is wrong.
    """
    return Words(rule(name, identifier).words)


@cache
def rule(name: str, identifier: str) -> Rule:
    """Return one rule of ``rules/<name>.toml``.

    Raises:
        RuleError: The file has no such rule, or one of its rules is wrong.
    """
    found = rule_set(name).get(identifier)
    if found is None:
        raise RuleError(rule=identifier, file=f"{name}.toml", detail="there is no such rule")
    return found


def all_rules() -> tuple[Rule, ...]:
    """Return every rule of every file, by file name.

    Raises:
        RuleError: A file or a rule is wrong.
        PluginError: A package adds to a file that is not there.
    """
    folder = files("kg.extract") / "rules"
    names = sorted(
        Path(entry.name).stem for entry in folder.iterdir() if entry.name.endswith(".toml")
    )
    check_names(names)
    return tuple(found for name in names for found in rule_set(name).values())


def parse(sources: Mapping[str, str]) -> Mapping[str, Rule]:
    """Return the rules written in *sources*, the texts of rule files by name.

    A later file may give more words to a rule of words.

    Raises:
        RuleError: One is no TOML, or one of its rules is wrong.
    """
    tables = [(file, table) for file, text in sources.items() for table in _tables(text, file)]
    words: dict[str, tuple[str, ...]] = {}
    for _, table in tables:
        identifier = str(table.get("id"))
        words[identifier] = (*words.get(identifier, ()), *table.get("words", ()))
    found: dict[str, Rule] = {}
    for file, table in tables:
        made = _rule(table, words, file)
        first = found.setdefault(made.id, made)
        more = "words" in table and bool(first.words) and first.file != file
        if first is not made and not more:
            raise RuleError(rule=made.id, file=file, detail="the identifier is taken")
    return MappingProxyType(found)


def _tables(source: str, file: str) -> list[dict[str, Any]]:
    try:
        tables: list[dict[str, Any]] = tomllib.loads(source).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise RuleError(rule="-", file=file, detail=str(error)) from error
    return tables


def _rule(table: Mapping[str, object], words: Mapping[str, tuple[str, ...]], file: str) -> Rule:
    identifier = str(table.get("id", "?"))
    _check_shape(table, identifier, file)
    reason, example = table["reason"], table["example"]
    try:
        needs = tuple(map(str, table.get("needs", ())))  # type: ignore[call-overload]
        regex = re.compile(_source(table, words, identifier))
        return Rule(
            id=identifier,
            finds=str(table["finds"]),
            reason=Bilingual(reason["zh"], reason["en"]),  # type: ignore[index]
            example=_example(example),
            counter_example=str(table["counter_example"]),
            regex=regex,
            look=regex.match if table.get("at") in _AT_FRONT else regex.search,
            file=file,
            words=words[identifier] if "words" in table else (),
            needs=needs,
            telling=any_word(needs),
            apart=str(table.get("apart", "")),
            set=MappingProxyType(dict(table.get("set", {}))),  # type: ignore[call-overload]
        )
    except (KeyError, TypeError, re.error) as error:
        raise RuleError(rule=identifier, file=file, detail=repr(error)) from error


def _example(given: object) -> Example:
    if isinstance(given, Mapping):
        return Example(str(given["text"]), str(given["found"]))
    return Example(str(given))


def _check_shape(table: Mapping[str, object], identifier: str, file: str) -> None:
    missing = {"id", "finds", "reason", "example", "counter_example"} - table.keys()
    if missing:
        raise RuleError(rule=identifier, file=file, detail=f"lacks {', '.join(sorted(missing))}")
    unknown = table.keys() - _KNOWN
    if unknown:
        raise RuleError(rule=identifier, file=file, detail=f"unknown {', '.join(sorted(unknown))}")
    if ("words" in table) == ("pattern" in table):
        raise RuleError(rule=identifier, file=file, detail="needs either words or a pattern")


def _source(
    table: Mapping[str, object], words: Mapping[str, tuple[str, ...]], identifier: str
) -> str:
    place = str(table.get("at", "anywhere"))
    if place not in _PLACES:
        detail = f"cannot look {place!r}; choose one of {', '.join(_PLACES)}"
        raise ValueError(detail) if identifier == "" else KeyError(detail)
    pattern = str(table.get("pattern") or "(?:{{" + identifier + "}})")
    filled = _REFERENCE.sub(lambda m: alternatives(words[m[1]]), pattern)
    return _PLACES[place].replace("{0}", f"(?:{filled})" if place != "anywhere" else filled)
