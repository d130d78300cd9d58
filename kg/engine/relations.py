"""Relations on Spark: tables read from Parquet, and what a script of SQL makes of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.engine.spark import failures

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Relations:
    """Named relations of a Spark session, which are asked in the SQL of DuckDB."""

    def __init__(self, spark: "SparkSession") -> None:
        self._spark = spark
        self._engine = str(spark.sparkContext.master)

    def read(self, folder: Path) -> None:
        """Read each Parquet file of *folder* as a relation of its name; executors read it there too.

        Raises:
            EngineError: Spark failed.
        """
        with failures(self._engine):
            for path in sorted(folder.glob("*.parquet")):
                self._spark.read.parquet(str(path)).createOrReplaceTempView(path.stem)

    def put(self, tables: Mapping[str, pa.Table]) -> None:
        """Hand over small tables that are in no file.

        Raises:
            EngineError: Spark failed.
        """
        with failures(self._engine):
            for name, table in tables.items():
                self._spark.createDataFrame(table).createOrReplaceTempView(name)

    def make(self, script: str, folder: Path) -> None:
        """Make what *script* creates, tables and views, each written into *folder* and read again.

        Spark plans a view as its text in the place of its name. Kept in memory (``persist``), the
        views of one rule over 10 thousand triples made a plan of 4 million characters, which it
        split into 168 loops over pairs.

        Raises:
            EngineError: Spark failed.
        """
        # It names a library that comes with Spark, for whoever has it.
        from kg.engine.dialect import relations

        with failures(self._engine):
            for name, query in relations(script):
                place = str(folder / name)
                self._spark.sql(query).write.parquet(place)
                self._spark.read.parquet(place).createOrReplaceTempView(name)

    def rows(self, sql: str, **values: object) -> list[dict[str, Any]]:
        """Return the rows of *sql*, whose ``$name`` parameters are *values*.

        Raises:
            EngineError: Spark failed.
        """
        from kg.engine.dialect import for_spark

        with failures(self._engine):
            found = self._spark.sql(for_spark(sql), args=values).collect()
            return [row.asDict() for row in found]
