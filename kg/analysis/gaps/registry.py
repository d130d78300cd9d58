"""The gap catalogue as values, read from catalogue.toml where each type is declared once.

A package that is installed beside this one may add types: a catalogue of its own, and their SQL.
"""

import tomllib
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from kg.errors import UnknownGapTypeError
from kg.model import Bilingual
from kg.plugins import Kind, Plugin, plugins

Coverage = Literal["brackets", "clauses"]
PACKAGE = "kg.analysis.gaps"


_NOTHING = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class GapType:
    """A rule of the catalogue.

    ``how`` is the file of its SQL in rules/ or a function of `graph_rules`; of a type that a package
    adds (``added_by``) it is the SQL in that package, ``package:file``. ``absence`` names the
    coverage that a "there is none" rests on, ``None`` where the finding is about what is there.
    ``gathers``: its subjects are several of one kind, told in the order of the text.
    ``note`` is the SQL of a second rule, told in words of its own: documents of which the type cannot
    be judged, or what a ledger tells. ``apart``: its function sees all that it needs in the shares
    of `kg.analysis.shares`, one at a time, as machines of an engine do; SQL goes to the engine whole,
    and a function that is not ``apart`` to the machine that asks. ``untwinned``: why no saved query
    asks the same, where none does.
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
    apart: bool = False
    absence: Coverage | None = None
    untwinned: Bilingual = _NOTHING
    added_by: Plugin | None = None

    def blamed(self) -> AbstractContextManager[None]:
        """Return what tells a fault of the type's rule of the package that adds it."""
        return nullcontext() if self.added_by is None else self.added_by.blamed()

    @property
    def query(self) -> str | None:
        """Return the name of the saved query that asks the same in SPARQL, if there is one."""
        return _twin(self.id.lower())


@cache
def _twin(name: str) -> str | None:
    return name if files("kg.queries").joinpath(f"{name}.rq").is_file() else None


@cache
def catalogue() -> Mapping[str, GapType]:
    """Return all gap types by id, in the order of the catalogue; those of other packages come last.

    Raises:
        PluginError: The catalogue of a package is wrong, or has a type that is there already.

    >>> catalogue()["G01"].name.en
    'no actor'
    """
    known = {name: _gap_type(name, entry) for name, entry in _declared(PACKAGE).items()}
    for one in plugins(Kind.GAP_TYPES):
        with one.blamed():
            added = {
                name: _added(name, entry, one) for name, entry in _declared(one.target).items()
            }
        taken = known.keys() & added.keys()
        if taken:
            raise one.fault(detail=f"there is a type {', '.join(sorted(taken))} already")
        known |= added
    return MappingProxyType(known)


def _declared(package: str) -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads(files(package).joinpath("catalogue.toml").read_text("utf-8"))


def _added(name: str, entry: Mapping[str, str | list[str]], by: Plugin) -> GapType:
    made = _gap_type(name, entry)
    note = made.note and f"{by.target}:{made.note}"
    return replace(made, how=f"{by.target}:{made.how}", note=note, added_by=by)


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
        untwinned=both("untwinned"),
        thresholds=tuple(entry.get("thresholds", ())),
        gathers=bool(entry.get("gathers")),
        apart=bool(entry.get("apart")),
        absence=entry.get("absence"),  # type: ignore[arg-type]
    )
