"""The tables laid out for SQL: one DuckDB in memory over one projection."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from kg.analysis.coordination import Coordination, coordination
from kg.analysis.gaps.registry import PACKAGE
from kg.analysis.project import Tables
from kg.extract.rules import rule

_NEEDS = pa.schema([("body_a", pa.string()), ("body_b", pa.string()), ("weight", pa.float64())])


class Workbench:
    """SQL over the tables of one projection, ``needs``, ``frames``, and what views.sql and asked.sql make."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.coordination: Coordination = coordination(tables)
        self._duckdb = duckdb.connect(":memory:")
        for name, table in tables.named().items():
            self._duckdb.register(name, table)
        self.derived = {"needs": _needs(self.coordination), "frames": _frames(tables)}
        for name, table in self.derived.items():
            self._duckdb.register(name, table)
        self._duckdb.execute(rule_text("views.sql"))
        self._duckdb.execute(rule_text("asked.sql"))

    def __enter__(self) -> "Workbench":
        return self

    def __exit__(self, *_: object) -> None:
        self._duckdb.close()

    def rows(self, sql: str, **values: object) -> list[dict[str, Any]]:
        """Return the rows of *sql*, whose ``$name`` parameters are *values*."""
        answer = self._duckdb.execute(sql, values) if values else self._duckdb.execute(sql)
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def rows_of(self, table: str, column: str, wanted: Iterable[str]) -> list[dict[str, Any]]:
        """Return the rows of *table* whose *column* is one of *wanted*."""
        sql = f'select * from "{table}" where "{column}" in (select unnest($wanted::varchar[]))'  # noqa: S608 (names are ours)
        return self.rows(sql, wanted=sorted(set(wanted)))


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
