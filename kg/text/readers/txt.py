"""Plain text."""

from kg.settings import Settings
from kg.text.readers.encoding import Decoded, decode


def read_txt(data: bytes, name: str, _settings: Settings) -> Decoded:
    """Return the text of a plain text file.

    Raises:
        UnreadableDocumentError: It is not text in any encoding we know.
    """
    return decode(data, name)
