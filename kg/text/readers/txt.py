"""Plain text."""

import re
from dataclasses import replace

from kg.settings import Settings
from kg.text.readers.encoding import Decoded, decode
from kg.text.readers.ruled import tabbed

_MARKED = re.compile(r"(?m)^#{1,6}(?= )")  # of headings in Markdown


def read_txt(data: bytes, name: str, _settings: Settings) -> Decoded:
    """Return the text of a plain text file, cells of its tables between tabs.

    Raises:
        UnreadableDocumentError: It is not text in any encoding we know.
    """
    found = decode(data, name)
    text = _MARKED.sub(_blank, found.text) if name.lower().endswith(".md") else found.text
    return replace(found, text=tabbed(text))


def _blank(mark: re.Match[str]) -> str:
    return " " * len(mark[0])
