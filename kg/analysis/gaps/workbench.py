"""The tables laid out for SQL: one DuckDB in memory over one projection."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from kg.analysis.coordination import Coordination, coordination
from kg.analysis.gaps.registry import PACKAGE
from kg.analysis.project import Tables
from kg.errors import SettingsError
from kg.extract.rules import rule
from kg.settings import Settings

_NEEDS = pa.schema([("body_a", pa.string()), ("body_b", pa.string()), ("weight", pa.float64())])

LAYING_OUT = ("views.sql", "asked.sql")
"""The SQL that makes of the tables what rules ask, in its order."""

_CREATED = re.compile(r"^create (?:table|view) (\w+)", re.MULTILINE)
_COMMENT, _WORD = re.compile(r"--.*"), re.compile(r"\w+")


class Workbench:
    """SQL over the tables of one projection, ``needs``, ``frames``, and what `LAYING_OUT` makes.

    Of that, what a query rests on is made before it, and the rest never: an analysis asks for one
    relation of thirty, and in a nation each takes seconds.
    With *settings* it takes so much memory and no more, and goes on in files of the home; without, what
    DuckDB takes by itself.
    """

    def __init__(self, tables: Tables, settings: Settings | None = None) -> None:
        self.tables = tables
        self._settings = settings
        self.coordination: Coordination = coordination(tables)
        self._duckdb = duckdb.connect(":memory:", config=_limits(settings))
        for name, table in tables.named().items():
            self._duckdb.register(name, table)
        self.derived = {"needs": _needs(self.coordination), "frames": _frames(tables)}
        for name, table in self.derived.items():
            self._duckdb.register(name, table)
        self._made: set[str] = set()

    def __enter__(self) -> "Workbench":
        return self

    def __exit__(self, *_: object) -> None:
        self._duckdb.close()

    def rows(self, sql: str, **values: object) -> list[dict[str, Any]]:
        """Return the rows of *sql*, whose ``$name`` parameters are *values*.

        Raises:
            SettingsError: The memory that the settings leave is too little for it.
        """
        with self._in_memory():
            self._lay_out(sql)
            answer = self._duckdb.execute(sql, values) if values else self._duckdb.execute(sql)
            names = [column[0] for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def _lay_out(self, sql: str) -> None:
        """Make what *sql* names of `LAYING_OUT`, and what that rests on."""
        words = set(_WORD.findall(sql))
        wanted = {name for one in _laid() if one.name in words for name in one.rests_on}
        for one in _laid():
            if one.name in wanted - self._made:
                self._duckdb.execute(one.sql)
                self._made.add(one.name)

    @contextmanager
    def _in_memory(self) -> Iterator[None]:
        try:
            yield
        except duckdb.OutOfMemoryException as error:
            told = str(error).splitlines()[0]
            value = self._settings.sql_memory_mb if self._settings else None
            raise SettingsError(name="QKG_SQL_MEMORY_MB", value=value, detail=told) from error

    def rows_of(self, table: str, column: str, wanted: Iterable[str]) -> list[dict[str, Any]]:
        """Return the rows of *table* whose *column* is one of *wanted*."""
        sql = f'select * from "{table}" where "{column}" in (select unnest($wanted::varchar[]))'  # noqa: S608 (names are ours)
        return self.rows(sql, wanted=sorted(set(wanted)))


@dataclass(frozen=True, slots=True)
class _Laid:
    """A table or view that `LAYING_OUT` makes; ``rests_on``: it, and the others that must be there."""

    name: str
    sql: str
    rests_on: frozenset[str]


@cache
def _laid() -> tuple[_Laid, ...]:
    """Return what `LAYING_OUT` makes, in its order."""
    known: dict[str, _Laid] = {}
    for script in LAYING_OUT:
        for statement in duckdb.extract_statements(rule_text(script)):
            sql = _COMMENT.sub("", statement.query)
            created = _CREATED.search(sql)
            if created is None:  # what follows the last semicolon
                continue
            under = [known[word].rests_on for word in _WORD.findall(sql) if word in known]
            name = created[1]
            known[name] = _Laid(name, sql, frozenset({name}.union(*under)))
    return tuple(known.values())


def _limits(settings: Settings | None) -> dict[str, Any]:
    if settings is None:
        return {}
    spill = settings.home / "spill"
    return {"memory_limit": f"{settings.sql_memory_mb}MB", "temp_directory": str(spill)}


@cache
def rule_text(name: str) -> str:
    """Return a file of rules/, or of another package, ``package:file``."""
    package, _, file = name.rpartition(":")
    folder = files(package) if package else files(PACKAGE) / "rules"
    return folder.joinpath(file).read_text("utf-8")


def _needs(found: Coordination) -> pa.Table:
    rows = [
        {"body_a": need.bodies[0], "body_b": need.bodies[1], "weight": need.weight}
        for need in found.required
    ]
    return pa.Table.from_pylist(rows, schema=_NEEDS)


def _frames(tables: Tables) -> pa.Table:
    """Return the headings that only frame (重点任务): what stands under them speaks for itself."""
    frame = rule("align", "align.frame")
    elements = tables.measures.select(["id", "label_zh"]).to_pylist()
    rows = [{"id": row["id"]} for row in elements if frame.search(row["label_zh"] or "")]
    return pa.Table.from_pylist(rows, schema=pa.schema([("id", pa.string())]))
