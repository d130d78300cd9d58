"""The saved queries: competency questions, and the gap rules asked in SPARQL.

A file starts with what it answers (``# zh:``, ``# en:``), the group that it is listed in (``# in:``)
and, where it is one of the ontology's competency questions, the number of that question (``# cq:``). A question about one thing names
it in a ``VALUES ?…Name`` line with a name of the shipped example, for the reader to put another in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.errors import UnknownQueryError
from kg.model import Bilingual
from kg.rdf.terms import text as literal

QUESTIONS = 26
"""How many competency questions the ontology has to answer."""

GROUPS = MappingProxyType(
    {
        "goals": Bilingual("目标与措施", "Goals and measures"),
        "duties": Bilingual("责任分工", "Duties"),
        "coordination": Bilingual("部门协同", "Coordination"),
        "dependencies": Bilingual("依赖与风险", "Dependencies and risks"),
        "uptake": Bilingual("上下承接", "Uptake across levels"),
        "gaps": Bilingual("协同缺口", "Coordination gaps"),
        "evidence": Bilingual("依据与覆盖", "Evidence and coverage"),
    }
)
"""What the queries are about, in the order in which they are listed."""

_FOLDER = "kg.queries"
_SUFFIX = ".rq"
_HEADER = re.compile(r"^# (zh|en|in|cq): (.+)$", re.MULTILINE)
_PARAMETER = re.compile(r'VALUES \?(\w+Name) \{ "([^"]+)"@zh \}')


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query that ships: its name, what it answers, its text, the question that it stands for.

    ``group`` is one of `GROUPS`.
    """

    name: str
    answers: Bilingual
    text: str
    group: str
    question: int | None = None

    @property
    def parameters(self) -> Mapping[str, str]:
        """Return the names that it asks about, each with its value in the text.

        >>> dict(saved_query("led-by-body").parameters)
        {'bodyName': '云岭省工业和信息化厅'}
        """
        return MappingProxyType(dict(_PARAMETER.findall(self.text)))

    def about(self, values: Mapping[str, str]) -> str:
        """Return its text with other *values* of its parameters; the rest stay.

        >>> '"省水利厅"@zh' in saved_query("led-by-body").about({"bodyName": "省水利厅"})
        True
        """
        return _PARAMETER.sub(
            lambda found: (
                f"VALUES ?{found[1]} {{ {literal(values.get(found[1], found[2]), 'zh')} }}"
            ),
            self.text,
        )


@cache
def saved_queries() -> tuple[SavedQuery, ...]:
    """Return all saved queries, sorted by name.

    >>> saved_queries()[0].name
    'areas-without-plan'
    """
    names = sorted(
        item.name.removesuffix(_SUFFIX)
        for item in files(_FOLDER).iterdir()
        if item.name.endswith(_SUFFIX)
    )
    return tuple(_read(name) for name in names)


def saved_query(name: str) -> SavedQuery:
    """Return the saved query called *name*, upper or lower case.

    Raises:
        UnknownQueryError: There is none.

    >>> saved_query("g03").answers.en
    'Measures with more than one lead (G03)'
    """
    for query in saved_queries():
        if query.name == name.strip().lower():
            return query
    raise UnknownQueryError(name=name)


def _read(name: str) -> SavedQuery:
    text = files(_FOLDER).joinpath(name + _SUFFIX).read_text("utf-8")
    header = dict(_HEADER.findall(text))
    question = int(header["cq"]) if "cq" in header else None
    answers = Bilingual(header["zh"], header["en"])
    return SavedQuery(name, answers, text, header["in"], question)
