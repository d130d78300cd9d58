"""The plain pages of the service, from templates; no script or style in the page itself."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.formats import VARY
from kg.model import Bilingual


@dataclass(frozen=True, slots=True)
class Place:
    """A page that every other leads to."""

    path: str
    name: Bilingual


PLACES = (
    Place("/", Bilingual("图谱", "Explorer")),
    Place("/gaps", Bilingual("协同缺口", "Gaps")),
    Place("/documents", Bilingual("文件", "Documents")),
    Place("/views/matrix", Bilingual("协同矩阵", "Matrix")),
    Place("/views/timeline", Bilingual("时间线", "Timeline")),
    Place("/views/sankey", Bilingual("流向", "Flow")),
    Place("/views/map", Bilingual("地图", "Map")),
    Place("/whatif", Bilingual("推演", "What if")),
    Place("/sparql", Bilingual("SPARQL", "SPARQL")),
    Place("/ns", Bilingual("本体", "Ontology")),
    Place("/.well-known/void", Bilingual("数据集", "Dataset")),
    Place("/docs", Bilingual("接口", "API")),
)


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    made = Environment(
        loader=FileSystemLoader(folder), autoescape=select_autoescape(), undefined=StrictUndefined
    )
    made.globals["places"] = PLACES
    return made


def page(name: str, *, lang: str, **values: object) -> HTMLResponse:
    """Return the page *name* in one language, filled with *values*."""
    text = _templates().get_template(name).render(lang=lang, **values)
    return HTMLResponse(text, headers={**VARY, "Content-Language": lang})
