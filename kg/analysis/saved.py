"""The saved queries: competency questions, and the gap rules asked in SPARQL."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import UnknownQueryError
from kg.model import Bilingual

_FOLDER = "kg.queries"
_SUFFIX = ".rq"
_TITLE = re.compile(r"^# (zh|en): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query that ships: its name, what it answers, and its text."""

    name: str
    answers: Bilingual
    text: str


@cache
def saved_queries() -> tuple[SavedQuery, ...]:
    """Return all saved queries, sorted by name.

    >>> saved_queries()[0].name
    'coverage'
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
    titles = dict(_TITLE.findall(text))
    return SavedQuery(name, Bilingual(titles["zh"], titles["en"]), text)
