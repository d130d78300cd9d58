"""The relational gap types on one nation, side by side: ``python -m bench.engines --size 1m``.

The product (its rules on the tables in memory, each row made a hit), plain DuckDB with the same SQL on
the same tables as Parquet, Virtuoso 7 with the SPARQL twins where a type has one, and with ``--spark
local[2]`` Spark. Elapsed time, the least of the runs, which take turns: what else the machine does
falls on all of them. Virtuoso holds the graph in memory and is told to merge all named graphs.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import duckdb

from bench.generator import size_of
from bench.measure import Measure, Result
from bench.queries import stored
from bench.virtuoso import is_here, virtuoso
from kg.analysis.gaps.cluster import laid_out
from kg.analysis.gaps.findings import hits_of
from kg.analysis.gaps.graph_rules import RULES
from kg.analysis.gaps.hits import Relational, sql_hits
from kg.analysis.gaps.registry import GapType, catalogue
from kg.analysis.gaps.workbench import LAYING_OUT, Workbench, rule_text
from kg.analysis.kept import put_table_files
from kg.analysis.project import read
from kg.analysis.saved import saved_query
from kg.engine.relations import Relations
from kg.engine.spark import session
from kg.errors import QueryTimeoutError
from kg.rdf.authority import authority_quads
from kg.settings import Settings
from kg.store import Store, open_store

SIZE, RUNS, LIMIT_S = "1m", 3, 300.0
PRODUCT, PLAIN, SPARK, VIRTUOSO = "product", "plain DuckDB", "Spark", "Virtuoso"
MAKING = "tables laid out"
_BUFFERS = 340_000
_Made = TypeVar("_Made")
Times = dict[str, dict[str, float]]
"""Seconds by what was done and by whom; left out where it took too long or cannot be asked."""


def relational() -> tuple[GapType, ...]:
    """Return the types whose rule is SQL."""
    return tuple(kind for kind in catalogue().values() if kind.how not in RULES)


def times(folder: Path, *, size: str, runs: int = RUNS, engine: str | None = None) -> Times:
    """Return what each type takes each of them over a nation of *size*, kept in *folder*."""
    stored(folder / size, triples=size_of(size))
    settings = Settings(query_limit_s=LIMIT_S)
    tables = read(open_store(folder / size / "store", settings=settings, read_only=True))
    files = folder / size / "tables"
    put_table_files(files, tables.named())
    found: Times = {}
    with ExitStack() as stack:
        bench = _timed(found, MAKING, PRODUCT, partial(Workbench, tables))
        plain = _timed(found, MAKING, PLAIN, partial(_plain, files, bench.derived))
        asked: dict[str, Callable[[GapType], object]] = {
            PRODUCT: partial(_hits, bench, settings),
            PLAIN: partial(_rows, plain, settings),
        }
        if is_here():
            asked[VIRTUOSO] = partial(
                _twin, stack.enter_context(_nation_in_virtuoso(folder / size))
            )
        if engine:
            spark = stack.enter_context(session(engine))
            began = time.perf_counter()
            relations = stack.enter_context(laid_out(bench, Relations(spark), files))
            found[MAKING][SPARK] = time.perf_counter() - began
            asked[SPARK] = partial(_found, relations, settings)
        for kind in relational():
            for _ in range(runs):
                for who, ask in asked.items():
                    if who != VIRTUOSO or kind.query:
                        _timed(found, kind.id, who, partial(ask, kind))
    return found


def table(found: Times) -> str:
    """Return *found* in Markdown, with how many times the product's time each of the others took."""
    peers = [who for who in (PLAIN, VIRTUOSO, SPARK) if any(who in row for row in found.values())]
    head = ["", f"{PRODUCT}, ms", *(title for who in peers for title in (f"{who}, ms", "×"))]
    lines = [head, ["---"] * len(head)]
    for name, row in found.items():
        cells = [name, _ms(row.get(PRODUCT))]
        for who in peers:
            cells += [_ms(row.get(who)), _ratio(row, who)]
        lines.append(cells)
    for who in peers:
        mine, theirs = together(found, who)
        lines.append([f"all that {who} can be asked", _ms(mine), f"{who}: {_ms(theirs)}"])
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def together(found: Times, who: str) -> tuple[float, float]:
    """Return the seconds of the product and of another for all types that both answered in time."""
    told = (row for name, row in found.items() if name != MAKING)
    both = [row for row in told if row.get(who, LIMIT_S) < LIMIT_S]
    return sum(row[PRODUCT] for row in both), sum(row[who] for row in both)


def _ms(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds * 1000:,.0f}" if seconds < LIMIT_S else f"over {LIMIT_S:,.0f} s"


def _ratio(row: Mapping[str, float], who: str) -> str:
    return f"{row[who] / row[PRODUCT]:.1f}" if who in row and row.get(PRODUCT) else ""


def _timed(found: Times, name: str, who: str, work: Callable[[], _Made]) -> _Made:
    began = time.perf_counter()
    made = work()
    taken = time.perf_counter() - began
    row = found.setdefault(name, {})
    row[who] = min(taken, row.get(who, taken))
    return made


def _plain(files: Path, derived: Mapping[str, object]) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB over the files, with what the rules ask of it laid out."""
    database = duckdb.connect()
    for path in files.glob("*.parquet"):
        database.execute(f"create view \"{path.stem}\" as from '{path}'")
    for name, made in derived.items():
        database.register(name, made)
    for script in LAYING_OUT:
        database.execute(rule_text(script))
    return database


def _rows(database: duckdb.DuckDBPyConnection, settings: Settings, kind: GapType) -> object:
    values = {name: getattr(settings, name) for name in kind.thresholds}
    return database.execute(rule_text(kind.how), values or None).fetchall()


def _hits(bench: Workbench, settings: Settings, kind: GapType) -> object:
    return hits_of(bench, kind, settings)


def _found(relations: Relational, settings: Settings, kind: GapType) -> object:
    return sql_hits(relations, kind, settings)


def _twin(store: Store, kind: GapType) -> object:
    try:
        return store.csv(saved_query(kind.id).text)
    except QueryTimeoutError:
        return None


@contextmanager
def _nation_in_virtuoso(nation: Path) -> Iterator[Store]:
    """Give a Virtuoso with the nation in it."""
    with tempfile.TemporaryDirectory(prefix="virtuoso-") as name:
        folder = Path(name)
        (folder / "authorities.nq").write_bytes(authority_quads())
        with virtuoso(folder, reads=Path("/"), buffers=_BUFFERS) as server:
            for place in (nation / "quads", folder):
                _load(server.sql_port, place.absolute())
            yield open_store(server.reading, settings=Settings(query_limit_s=LIMIT_S))


def _load(port: int, folder: Path) -> None:
    told = f"ld_dir('{folder}', '*.nq', 'urn:none'); rdf_loader_run(); checkpoint;"
    command = ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", f"exec={told}"]
    subprocess.run(command, check=True, capture_output=True)


def measured() -> Iterator[Result]:
    """Yield the time of all relational types together, as ratios to each of the others."""
    with tempfile.TemporaryDirectory(prefix="nation-") as folder:
        found = times(Path(folder), size=SIZE)
    for who in (PLAIN, VIRTUOSO):
        mine, theirs = together(found, who)
        if theirs:
            yield Result(f"relational gap types, beside {who}", mine, "s elapsed", mine / theirs)


MEASURES: dict[str, Measure] = {"engines": measured}


def main(arguments: Sequence[str] | None = None) -> int:
    """Time everything and print it as a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.engines", description=__doc__)
    parser.add_argument("--size", default=SIZE)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--spark", help="an engine, as qkg gaps --engine takes it")
    parser.add_argument("--folder", type=Path, help="keep the nation here for the next time")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="nation-") as folder:
        place = chosen.folder or Path(folder)
        found = times(place, size=chosen.size, runs=chosen.runs, engine=chosen.spark)
    print(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
