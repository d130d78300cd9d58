"""The plain pages of the service, from templates; no script or style in the page itself."""

from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.formats import VARY


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    return Environment(
        loader=FileSystemLoader(folder), autoescape=select_autoescape(), undefined=StrictUndefined
    )


def page(name: str, *, lang: str, **values: object) -> HTMLResponse:
    """Return the page *name* in one language, filled with *values*."""
    text = _templates().get_template(name).render(lang=lang, **values)
    return HTMLResponse(text, headers={**VARY, "Content-Language": lang})
