"""What the adapters that fill in a template share."""

from typing import TYPE_CHECKING

from kg.report.blocks import Block

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(*, autoescape: bool) -> "Environment":
    """Return the jinja environment over kg/report/templates."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # a tenth of a second

    room = Environment(
        loader=PackageLoader("kg.report"),
        autoescape=autoescape,  # noqa: S701  Markdown has an escape of its own
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    room.filters["kind"] = _kind
    return room


def _kind(block: Block) -> str:
    """Return the name of the macro that draws *block*."""
    return type(block).__name__.lower()
