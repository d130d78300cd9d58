"""The rules on an engine of many machines: SQL on its relations, graph rules share by share.

Machines read the tables as Parquet from one folder that all of them see: whole for SQL, and cut by
jurisdiction (`kg.analysis.shares`) for the types that catalogue.toml calls ``apart``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.analysis.gaps.graph_rules import RULES
from kg.analysis.gaps.hits import Hit, noted_hits, sql_hits
from kg.analysis.gaps.registry import GapType
from kg.analysis.gaps.workbench import LAYING_OUT, Workbench, rule_text
from kg.analysis.kept import put_table_files, table_files_in
from kg.analysis.project import Tables
from kg.analysis.shares import put_shares
from kg.engine.relations import Relations
from kg.engine.spark import SparkMapper, session
from kg.errors import HomeError
from kg.settings import Settings

Found = tuple[GapType, Hit, bool]
"""A type, what a rule of it found, and whether that was its second rule."""


def found_on_engine(
    bench: Workbench, kinds: Sequence[GapType], *, settings: Settings, files: Path | None
) -> Iterator[Found]:
    """Yield what the rules of *kinds* find on the engine that *settings* name.

    Args:
        bench: The tables, for a rule that is neither SQL nor ``apart``.
        kinds: The types to look for.
        settings: The engine and the thresholds.
        files: Where the tables are kept as Parquet; where they are not, they are put into the home
            for as long as it takes.

    Raises:
        EngineError: The engine cannot be reached, or failed.
        HomeError: The home, from which machines read, cannot be written to.
    """
    assert settings.engine is not None  # noqa: S101  the caller looked
    apart = tuple(kind for kind in kinds if kind.apart)
    with _folder(bench.tables, settings, files) as folder, session(settings.engine) as spark:
        if apart:
            work = partial(_found_in, whole=folder, kinds=apart, settings=settings)
            for found in SparkMapper(spark).map(work, put_shares(folder, bench.tables)):
                yield from found
        with laid_out(bench, Relations(spark), folder) as relations:
            for kind in kinds:
                if kind.how not in RULES:
                    yield from ((kind, hit, False) for hit in sql_hits(relations, kind, settings))
                elif not kind.apart:
                    yield from ((kind, hit, False) for hit in RULES[kind.how](bench, settings))
                noted = noted_hits(relations, kind, settings)
                yield from ((kind, hit, True) for hit in noted)


@contextmanager
def laid_out(bench: Workbench, relations: Relations, folder: Path) -> Iterator[Relations]:
    """Give the relations that the SQL of the rules asks; what is made for them goes with the block.

    Raises:
        EngineError: The engine failed.
    """
    relations.read(folder)
    relations.put(bench.derived)
    with TemporaryDirectory(prefix=".made-", dir=folder) as made:
        for script in LAYING_OUT:
            relations.make(rule_text(script), Path(made))
        yield relations


@contextmanager
def _folder(tables: Tables, settings: Settings, files: Path | None) -> Iterator[Path]:
    """Give a folder in which the tables stand as Parquet, and more can be put.

    Raises:
        HomeError: It cannot be written to.
    """
    try:
        if files is not None:
            yield files
            return
        settings.home.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".tables-", dir=settings.home) as folder:
            put_table_files(Path(folder), tables.named())
            yield Path(folder)
    except OSError as error:
        raise HomeError(path=settings.home, detail=error.strerror or error) from error


def _found_in(
    share: Path, *, whole: Path, kinds: Sequence[GapType], settings: Settings
) -> list[Found]:
    """Return what graph rules find in a share; tables that are not cut are those of the whole."""
    with Workbench(Tables(**(table_files_in(whole) | table_files_in(share)))) as bench:
        return [(kind, hit, False) for kind in kinds for hit in RULES[kind.how](bench, settings)]
