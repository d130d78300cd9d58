"""The stages of the supervision loop, as supervision.toml declares them."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from kg.model import Bilingual


@dataclass(frozen=True, slots=True)
class StageType:
    """A stage of the loop, as supervision.toml declares it."""

    id: str
    name: Bilingual
    definition: Bilingual
    words: re.Pattern[str]
    example: str
    counter_example: str


@cache
def stage_types() -> Mapping[str, StageType]:
    """Return the stages by id, in the order of the loop.

    >>> list(stage_types())
    ['mechanism', 'inspection', 'evaluation', 'rectification']
    """
    return MappingProxyType(
        {
            name: StageType(
                id=name,
                name=Bilingual(entry["zh"], entry["en"]),
                definition=Bilingual(entry["definition_zh"], entry["definition_en"]),
                words=re.compile(entry["words"]),
                example=entry["example"],
                counter_example=entry["counter_example"],
            )
            for name, entry in _declared().items()
            if name != "common"
        }
    )


def stages_of(name: str, headings: Iterable[str] = (), *, supports: bool = False) -> list[str]:
    """Return the stages that a measure called *name* under *headings* stands for.

    Args:
        name: Its name.
        headings: The names of what stands above it.
        supports: Whether it stands in a section on support.

    >>> stages_of("形成有效的督促检查和整改落实机制")
    ['inspection', 'rectification']
    >>> stages_of("开展产品风险评估"), stages_of("结果向省人民政府报告", ["开展督察评估"])
    ([], ['rectification'])
    """
    common = _common()
    if common["never"].search(name):
        return []
    named = [name, *headings]
    about = any(
        common["carrying_out"].search(one) or common["heading"].search(one) for one in named
    )
    if not (supports or about):
        return []
    return [stage.id for stage in stage_types().values() if stage.words.search(name)]


@cache
def _declared() -> dict[str, Any]:
    text = files("kg.analysis").joinpath("supervision.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _common() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in _declared()["common"].items()}
