"""Why a query may run long, told from its text: what a limit that was met should say.

The text is read as tokens, in one pass without recursion, whatever it is: a query that ran too long
may have been written to do so, and a full parser can be kept busy the same way. What is told is a
hint, not a verdict: an element of a group is a sentence of triples or a group within, and elements
that share no variable multiply.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Bilingual
from kg.store.sparql.lexer import Token, TokenKind, tokens

_CROSS = Bilingual(
    "查询中有互不相连的图样，其结果会两两相乘；请用共同的变量把它们连接起来",
    "Patterns that share no variable multiply with each other; connect them by a variable.",
)
_PATH = Bilingual(
    "带 + 或 * 的路径两端都未限定，会从每个结点出发；请先限定一端",
    "A path with + or * starts from every node while both its ends are free; bind one of them.",
)
_SCAN = Bilingual(
    "三个位置都是变量的图样会读取整个存储，ORDER BY、DISTINCT 与 GROUP BY 还要全部放入内存；"
    "请写明属性或类别，或去掉排序并加 LIMIT",
    "A pattern of three variables reads the whole store, and ORDER BY, DISTINCT and GROUP BY hold "
    "all of it in memory; name a property or a class, or drop the order and add LIMIT.",
)
_BREAKS = frozenset({"OPTIONAL", "UNION", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES"})
_TRIPLE = 3
_LONGEST = 20_000
"""Characters of text beyond which nothing is told: the reading must not become slow itself."""

_ASIDE = frozenset({"MINUS", "SERVICE", "EXISTS", "CONSTRUCT", "VALUES"})
"""Words whose group matches nothing that joins with the rest."""


@dataclass(slots=True)
class _Group:
    """A group that has not ended: its elements as the variables of each, the sentence begun."""

    after: str = ""  # the word that stood before it
    named: set[str] = field(default_factory=set)  # variables that stood before it
    elements: list[set[str]] = field(default_factory=list)
    sentence: list[Token] = field(default_factory=list)
    pattern: bool = True  # whether sentences in it are triples


def advice(query: str) -> Bilingual | None:
    """Return what to change in a query, or nothing where nothing stands out.

    >>> advice("SELECT * { ?a a ?b . ?c a ?d }") is _CROSS
    True
    >>> advice("SELECT * { ?a a ?b . ?b a ?d }") is None
    True
    """
    if len(query) > _LONGEST:
        return None
    reading = _Reading()
    words = [token for token in tokens(query) if token.counts]
    place = 0
    while place < len(words):
        place = reading.take(words, place)
    return reading.found()


class _Reading:
    """What has been seen of a query."""

    def __init__(self) -> None:
        self._open = [_Group(pattern=False)]
        self._word = ""
        self._named: set[str] = set()
        self._sentences: list[list[Token]] = []
        self._bound: set[str] = set()  # by VALUES
        self._crossed = False

    def take(self, words: Sequence[Token], place: int) -> int:
        """Read the word at *place*; return the place of the next."""
        token, group = words[place], self._open[-1]
        if token.text == "{":
            self._end_sentence()
            self._open.append(_Group(self._word, self._named))
            self._word, self._named = "", set()
        elif token.text == "}":
            self._close()
        elif token.keyword in ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK"):
            group.pattern = False
            self._word = token.keyword
        elif token.keyword in _BREAKS or token.keyword in ("EXISTS", "WHERE"):
            self._end_sentence()
            self._word = token.keyword
        elif token.text == "(" and self._word in ("FILTER", "BIND"):
            return self._skip(words, place)
        else:
            self._read(token, group)
        return place + 1

    def found(self) -> Bilingual | None:
        """Return what stands out most."""
        while len(self._open) > 1:
            self._close()
        if self._crossed:
            return _CROSS
        whole = [one for one in self._sentences if len(one) >= _TRIPLE]
        wide = [_is_path(one) or _is_scan(one) for one in whole]
        bound = self._bound.union(
            *(_variables(one) for one, is_wide in zip(whole, wide, strict=True) if not is_wide)
        )
        free = [
            one
            for one, is_wide in zip(whole, wide, strict=True)
            if is_wide and not _ends(one) & bound
        ]
        if any(_is_path(sentence) for sentence in free):
            return _PATH
        return _SCAN if free else None

    def _read(self, token: Token, group: _Group) -> None:
        if token.text == "." and token.kind is TokenKind.MARK:
            self._end_sentence()
        elif self._word in ("VALUES", "GRAPH", "SERVICE"):
            self._named |= _variables([token])
        elif self._word == "FILTER":
            return  # the name of a function
        elif group.pattern:
            self._word = ""
            group.sentence.append(token)

    def _skip(self, words: Sequence[Token], place: int) -> int:
        """Pass an expression in brackets; what BIND reads and names hangs together."""
        start, depth = place, 0
        while place < len(words):
            depth += (words[place].text == "(") - (words[place].text == ")")
            place += 1
            if depth == 0:
                break
        bound = _variables(words[start:place])
        if self._word == "BIND" and len(bound) > 1:
            self._open[-1].elements.append(bound)
        self._word = ""
        return place

    def _end_sentence(self) -> None:
        group = self._open[-1]
        if group.sentence:
            group.elements.append(_variables(group.sentence))
            self._sentences.append(group.sentence)
            group.sentence = []

    def _close(self) -> None:
        if len(self._open) == 1:
            return
        self._end_sentence()
        group = self._open.pop()
        if group.after == "CONSTRUCT":
            self._sentences = []
        else:
            self._crossed = self._crossed or _parts(group.elements) > 1
        if group.after == "VALUES":
            self._bound |= group.named
            return  # a few constants: they multiply, but by little
        outer = self._open[-1].elements
        inner = group.named.union(*([] if group.after in _ASIDE else group.elements))
        if group.after == "UNION" and outer:
            outer[-1] |= inner
        else:
            outer.append(inner)


def _variables(words: Sequence[Token]) -> set[str]:
    return {word.text[1:] for word in words if word.kind is TokenKind.VARIABLE}


def _ends(sentence: Sequence[Token]) -> set[str]:
    return _variables([sentence[0], sentence[-1]])


def _is_scan(sentence: Sequence[Token]) -> bool:
    return len(sentence) == _TRIPLE and all(word.kind is TokenKind.VARIABLE for word in sentence)


def _is_path(sentence: Sequence[Token]) -> bool:
    plain = all(word.text not in (";", ",") for word in sentence)
    return plain and sentence[-2].text in ("+", "*") and len(_ends(sentence)) > 1


def _parts(elements: Sequence[set[str]]) -> int:
    """Return into how many parts elements fall that share no variable."""
    parts: list[set[str]] = []
    for element in elements:
        if not element:
            continue
        touching = [part for part in parts if part & element]
        parts = [part for part in parts if not part & element]
        parts.append(element.union(*touching))
    return len(parts)
