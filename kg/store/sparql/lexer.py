"""Tokens of SPARQL text: just enough to know a keyword from a string, a comment or an IRI.

The grammar is SPARQL 1.1, section 19. The lexer is used to refuse what would reach the network and
to write USING clauses, so where a text can be read in two ways it says so instead of guessing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum


class TokenKind(Enum):
    """What a token is; `WORD` is a keyword, a number or a prefixed name."""

    IRI = "iri"
    STRING = "string"
    COMMENT = "comment"
    SPACE = "space"
    VARIABLE = "variable"
    TAG = "tag"
    WORD = "word"
    MARK = "mark"


_PATTERN = re.compile(
    r"""
      (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<comment>\#[^\n\r]*)
    | (?P<space>\s+)
    | (?P<variable>[?$]\w+)
    | (?P<tag>@[A-Za-z][A-Za-z0-9-]*)
    | (?P<word>(?:[\w:%]|[.-](?=[\w:%\\-])|\\[_~.\-!$&'()*+,;=/?\#@%])+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """One token and its text, as written."""

    kind: TokenKind
    text: str

    @property
    def counts(self) -> bool:
        """Return whether it is more than white space or a comment."""
        return self.kind not in (TokenKind.SPACE, TokenKind.COMMENT)

    @property
    def keyword(self) -> str:
        """Return the word in capitals, or nothing where the token cannot be a keyword."""
        return self.text.upper() if self.kind is TokenKind.WORD else ""

    @property
    def ambiguous(self) -> bool:
        """Return whether ``<…>`` may also be "less than" and the start of a string or a comment.

        >>> (
        ...     Token(TokenKind.IRI, "<'>").ambiguous,
        ...     Token(TokenKind.IRI, "<http://a.example/#b>").ambiguous,
        ... )
        (True, False)
        """
        if self.kind is not TokenKind.IRI or _ABSOLUTE.match(self.text):
            return False
        return "'" in self.text or "#" in self.text


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of *text*; joined again they are *text*.

    >>> [token.text for token in tokens("ASK { ?s a <urn:x> }") if token.counts]
    ['ASK', '{', '?s', 'a', '<urn:x>', '}']
    """
    for match in _PATTERN.finditer(text):
        yield Token(TokenKind(match.lastgroup), match.group())


def expanded(written: str, prefixes: Mapping[str, str]) -> str:
    """Return the IRI that a token stands for, or nothing where it stands for none.

    >>> expanded("a:b", {"a:": "http://a.example/"}), expanded("<urn:x>", {}), expanded("?x", {})
    ('http://a.example/b', 'urn:x', '')
    """
    if written.startswith("<"):
        return written.strip("<>")
    head, colon, local = written.partition(":")
    return prefixes[head + colon] + local if head + colon in prefixes else ""


def unescaped(text: str) -> str:
    r"""Return *text* with codepoint escapes replaced everywhere (SPARQL 1.1, section 19.2).

    >>> unescaped(r"\u0041SK {}")
    'ASK {}'
    """
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    point = int(match[1] or match[2], 16)
    return chr(point) if point <= 0x10FFFF else match.group()
