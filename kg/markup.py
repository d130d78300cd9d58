"""Text that stands in XML, whatever it was read from."""

import re

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""Return *text* without the characters that no XML holds (W3C, XML 1.0, section 2.2).

    >>> xml_text("推进\x0b共享")
    '推进共享'
    """
    return _UNFIT.sub("", text)
