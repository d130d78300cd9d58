"""The page on which people write queries, and the examples that it begins with."""

from dataclasses import asdict, dataclass
from pathlib import Path

from fastapi.responses import HTMLResponse

from api.pages import page
from kg.analysis.saved import GROUPS
from kg.model import Bilingual
from kg.settings import Settings
from kg.vocab import PREFIXES
from viz.style import table

BUILT = "yasqe.min.js"
"""The better editor, in the static folder where `editor/build.py` has put it there."""

_STATIC = Path(__file__).parent / "static"
_LIMITS_S = (5, 10, 30, 60, 120, 300)


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with."""

    label: Bilingual
    text: str


_HEAD = f"PREFIX qkg: <{PREFIXES['qkg']}>\n\n"
EXAMPLES = (
    Example(
        Bilingual("各项措施由谁牵头", "Who leads which measure"),
        f"""{_HEAD}SELECT DISTINCT ?measure ?body WHERE {{
  ?measure qkg:ledBy ?body .
}} ORDER BY ?measure ?body
LIMIT 100""",
    ),
    Example(
        Bilingual("各类事物有多少", "How many things of each class"),
        """SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE {
  ?thing a ?class .
} GROUP BY ?class
ORDER BY DESC(?things)""",
    ),
    Example(
        Bilingual("画出牵头关系（图）", "Draw who leads what (graph)"),
        f"""{_HEAD}CONSTRUCT {{
  ?measure qkg:ledBy ?body ; qkg:contributesTo ?goal .
}} WHERE {{
  ?measure qkg:ledBy ?body .
  OPTIONAL {{ ?measure qkg:contributesTo ?goal }}
}} LIMIT 60""",
    ),
    Example(
        Bilingual("一个目标的全部陈述（图）", "All that is said of one goal (graph)"),
        f"""{_HEAD}DESCRIBE ?goal WHERE {{
  {{ SELECT ?goal WHERE {{ ?goal a qkg:Goal }} ORDER BY ?goal LIMIT 1 }}
}}""",
    ),
)


def editor_page(lang: str, *, settings: Settings) -> HTMLResponse:
    """Return the page in one language; all else it asks of the service itself."""
    most = settings.query_limit_s
    return page(
        "sparql.html",
        lang=lang,
        built=BUILT if (_STATIC / BUILT).is_file() else "",
        limits=[f"{limit:g}" for limit in (*(one for one in _LIMITS_S if one < most), most)],
        facts={
            "lang": lang,
            "prefixes": dict(PREFIXES),
            "examples": [asdict(example) for example in EXAMPLES],
            "groups": [asdict(group) for group in GROUPS.values()],
            "style": table(),
        },
    )
