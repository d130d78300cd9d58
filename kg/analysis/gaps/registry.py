"""The gap catalogue as values, read from catalogue.toml where each type is declared once."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from kg.errors import UnknownGapTypeError
from kg.model import Bilingual

Coverage = Literal["brackets", "clauses"]
PACKAGE = "kg.analysis.gaps"


_NOTHING = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class GapType:
    """A rule of the catalogue.

    ``how`` is the file of its SQL in rules/ or a function of `graph_rules`. ``absence`` names the
    coverage that a "there is none" rests on, ``None`` where the finding is about what is there.
    ``gathers``: its subjects are several of one kind, told in the order of the text.
    ``note`` is the SQL of a second rule, told in words of its own: documents of which the type cannot
    be judged, or what a ledger tells.
    """

    id: str
    name: Bilingual
    definition: Bilingual
    severity: Bilingual
    reason: Bilingual
    more: Bilingual
    remedy: Bilingual
    how: str
    note: str | None = None
    note_thresholds: tuple[str, ...] = ()
    note_reason: Bilingual = _NOTHING
    note_remedy: Bilingual = _NOTHING
    thresholds: tuple[str, ...] = ()
    gathers: bool = False
    absence: Coverage | None = None

    @property
    def query(self) -> str | None:
        """Return the name of the saved query that asks the same in SPARQL, if there is one."""
        return _twin(self.id.lower())


@cache
def _twin(name: str) -> str | None:
    return name if files("kg.queries").joinpath(f"{name}.rq").is_file() else None


@cache
def catalogue() -> Mapping[str, GapType]:
    """Return all gap types by id, in the order of the catalogue.

    >>> catalogue()["G01"].name.en
    'no actor'
    """
    declared = tomllib.loads(files(PACKAGE).joinpath("catalogue.toml").read_text("utf-8"))
    return MappingProxyType({name: _gap_type(name, entry) for name, entry in declared.items()})


def gap_type(identifier: str) -> GapType:
    """Return the gap type with this id, upper or lower case.

    Raises:
        UnknownGapTypeError: There is none.
    """
    known = catalogue()
    found = known.get(identifier.strip().upper())
    if found is None:
        raise UnknownGapTypeError(type=identifier, known=", ".join(known))
    return found


def chosen(types: Iterable[str] | None) -> tuple[GapType, ...]:
    """Return the gap types with these ids, in the order of the catalogue; all where ``None``.

    Raises:
        UnknownGapTypeError: One of them does not exist.
    """
    if types is None:
        return tuple(catalogue().values())
    wanted = {gap_type(identifier).id for identifier in types}
    return tuple(kind for name, kind in catalogue().items() if name in wanted)


def _gap_type(name: str, entry: Mapping[str, str | list[str]]) -> GapType:
    def both(word: str) -> Bilingual:
        return Bilingual(str(entry.get(f"{word}_zh", "")), str(entry.get(f"{word}_en", "")))

    return GapType(
        id=name,
        name=Bilingual(str(entry["zh"]), str(entry["en"])),
        definition=both("definition"),
        severity=both("severity"),
        reason=both("reason"),
        more=both("more"),
        remedy=both("remedy"),
        how=str(entry["how"]),
        note=entry.get("note"),  # type: ignore[arg-type]
        note_thresholds=tuple(entry.get("note_thresholds", ())),
        note_reason=both("note"),
        note_remedy=both("note_remedy"),
        thresholds=tuple(entry.get("thresholds", ())),
        gathers=bool(entry.get("gathers")),
        absence=entry.get("absence"),  # type: ignore[arg-type]
    )
