"""The layout of a data folder through the versions: the steps from each format to the next, as data.

A folder of an older format is brought up when it is opened. Steps may be done again: one that was cut
off is, since the number of the format is written after it. Facts are not touched by steps: a build
makes them anew from the bytes in the folder, and decisions outlive that.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import HomeFormatError
from kg.model import Bilingual


@dataclass(frozen=True, slots=True)
class Step:
    """From one format to the next: what it does, in words and as a function of the folder."""

    old: str
    new: str
    meaning: Bilingual
    work: Callable[[Path], None]


def _without_caches(home: Path) -> None:
    for cache in (*home.glob("labels*.sqlite*"), *home.glob("tables"), *home.glob("upload-*")):
        if cache.is_dir():
            shutil.rmtree(cache)
        else:
            cache.unlink(missing_ok=True)
    (home / "store" / "holder").unlink(missing_ok=True)


STEPS = (
    Step(
        "1",
        "2",
        Bilingual(
            "旧版本的搜索索引、分析表与未处理的上传文件删去，用时重建；写入者改记命令与时间",
            "search index, tables and left uploads of older versions go, and are made anew; who writes "
            "is noted with command and time",
        ),
        _without_caches,
    ),
)
FORMAT = STEPS[-1].new
"""The format that this version writes."""
FORMATS = frozenset({FORMAT, *(step.old for step in STEPS)})
"""The formats that it can bring up to that."""


def steps(path: Path, found: str) -> Iterator[Step]:
    """Yield the steps that bring the folder at *path* from the format *found* to `FORMAT`.

    Raises:
        HomeFormatError: Another version of the product wrote it, a newer one perhaps.

    >>> [step.new for step in steps(Path("home"), "1")]
    ['2']
    """
    if found not in FORMATS:
        raise HomeFormatError(path=path, found=found, expected=FORMAT)
    for step in STEPS:
        if step.old == found:
            yield step
            found = step.new
