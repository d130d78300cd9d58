"""One row of a sheet, as text."""

import re
from collections.abc import Mapping

Row = Mapping[str, str]
"""Text by key of the column; an empty text where there is none."""

_MOST = 2_000  # characters shown in one cell; a sheet takes 32,767
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def shown(text: str) -> str:
    r"""Return *text* as a cell can hold it: no control characters, cut where it is very long.

    >>> shown("推进\x0b共享")
    '推进 共享'
    """
    clean = _CONTROL.sub(" ", text)
    return clean if len(clean) <= _MOST else clean[: _MOST - 1] + "…"
