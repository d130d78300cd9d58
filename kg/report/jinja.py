"""What the adapters that fill in a template share."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.report.blocks import Block


def environment(*, autoescape: bool) -> Environment:
    """Return the jinja environment over kg/report/templates."""
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
