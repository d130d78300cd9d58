"""The report as Markdown; nothing from a document can become markup."""

import re

from kg.report.blocks import Layout
from kg.report.jinja import environment

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~])")


def render(layout: Layout) -> str:
    """Return *layout* as Markdown (CommonMark with tables)."""
    room = environment(autoescape=False)
    room.filters["e"] = escaped
    return room.get_template("report.md").render(layout=layout)


def escaped(value: object) -> str:
    r"""Return *value* on one line with every mark of Markdown taken literally.

    >>> escaped("<b>1*2|3</b>\n# x")
    '\\<b\\>1\\*2\\|3\\</b\\> \\# x'
    """
    return _MARKUP.sub(r"\\\1", " ".join(str(value).split()))
