"""Mapping on Apache Spark: items go to the executors in windows, answers come back in order.

The machines of a cluster need this version of quality-kg, and must see the files that items name by
the same paths. A task that fails with its machine is done again elsewhere, by Spark itself.
"""

import os
import re
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from kg.errors import EngineError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_NAMED = re.compile(r"local\[(\d+|\*)\]|local-cluster\[\d+,\d+,\d+\]|spark://[\w.-]+:\d+")
_OPTIONS = {
    "spark.app.name": "quality-kg",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.log.level": "ERROR",
    "spark.driver.memory": "4g",  # plans and what is collected; with 1 GB it only collects garbage
    "spark.buffer.pageSize": "2m",  # a small table sent to all takes a page, of 64 MB otherwise
}
_HERE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
_PARTS = (
    2  # parts of a shuffle for each core; Spark's own 200 are 200 files for a table of any size
)
_REACH_S = 10.0
_WAVES = 8  # items for each core in a window: Spark takes 10 ms to start a task

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class SparkMapper:
    """Maps on the executors of a session, the next window while the last one is taken up."""

    def __init__(self, spark: "SparkSession") -> None:
        self._context = spark.sparkContext
        self._engine = str(self._context.master)

    def map(self, work: Callable[[_Item], _Made], items: Iterable[_Item]) -> Iterator[_Made]:
        """Yield what *work* makes of each item, in their order; *items* are taken as they are needed.

        Raises:
            EngineError: Spark failed.
        """
        cores = self._context.defaultParallelism
        rest = iter(items)

        def window() -> list[_Made]:
            taken = list(islice(rest, cores * _WAVES))
            if not taken:
                return []
            with failures(self._engine):
                return self._context.parallelize(taken, len(taken)).map(work).collect()

        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(window)
            while made := coming.result():
                coming = ahead.submit(window)
                yield from made


@contextmanager
def session(engine: str) -> Iterator["SparkSession"]:
    """Give a Spark session on *engine*, which ends with the block.

    Raises:
        EngineError: There is no engine of this name, pyspark or Java is missing, or Spark failed.
    """
    if not _NAMED.fullmatch(engine):
        raise EngineError(
            name=engine,
            en="it is named as local[N], local-cluster[N,CORES,MB] or spark://HOST:PORT",
            zh="应写作 local[N]、local-cluster[N,CORES,MB] 或 spark://HOST:PORT",
        )
    spark = _started(engine)
    try:
        yield spark
    finally:
        spark.stop()


@contextmanager
def failures(engine: str) -> Iterator[None]:
    """Make what Spark raises in the block an error of *engine*, in a line: Java tells it in hundreds.

    Raises:
        EngineError: Spark failed.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, OSError) as error:
        told = str(error).strip().splitlines()[0]  # where in Java it broke follows
        raise EngineError(name=engine, en=told, zh=told) from error


@contextmanager
def spark_mapper(engine: str) -> Iterator[SparkMapper]:
    """Give a mapper on *engine*, whose session ends with the block.

    Raises:
        EngineError: There is no engine of this name, pyspark or Java is missing, or Spark failed.
    """
    with session(engine) as spark:
        yield SparkMapper(spark)


def _started(engine: str) -> "SparkSession":
    if not (find_spec("pyspark") and find_spec("sqlglot")):
        raise EngineError(
            name=engine,
            en="pyspark and sqlglot are not installed; pip install 'quality-kg[scale]'",
            zh="未安装 pyspark 与 sqlglot；请运行 pip install 'quality-kg[scale]'",
        )
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    if engine.startswith("spark://"):
        _reach(engine)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(engine)
    options = _OPTIONS | (_HERE if engine.startswith("local") else {})
    for name, value in options.items():
        builder = builder.config(name, value)
    try:
        with failures(engine):
            spark = builder.getOrCreate()
            parts = spark.sparkContext.defaultParallelism * _PARTS
            spark.conf.set("spark.sql.shuffle.partitions", str(parts))
    except EngineError as error:
        # A master that turns us away leaves one that is dead.
        if SparkContext._active_spark_context:
            SparkContext._active_spark_context.stop()
        raise EngineError(
            name=engine,
            en=f"Spark did not start; it needs Java 17 or later and the address in reach ({error})",
            zh=f"Spark 未能启动；需要 Java 17 以上，且地址可达（{error.text('zh')}）",
        ) from error
    return spark


def _reach(engine: str) -> None:
    """Call the master once: Spark itself goes on for a minute before it says that nobody is there.

    Raises:
        EngineError: Nobody answers at its address.
    """
    host, _, port = engine.removeprefix("spark://").rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=_REACH_S).close()
    except (OSError, OverflowError) as error:
        raise EngineError(
            name=engine,
            en=f"nobody answers there ({error}); check the address and that the master runs",
            zh=f"该地址无应答（{error}）；请检查地址，并确认主节点在运行",
        ) from error
