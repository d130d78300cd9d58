"""The command `qkg analyse`: one word an analysis, shown as tables, JSON or CSV."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import chains, console
from kg.cli.options import HomeOption, LangOption, ScopeOption, StoreOption, app, opened
from kg.ids import BASE, key_of
from kg.model import Bilingual

if TYPE_CHECKING:
    from kg.analysis.coordination import Coordination
    from kg.display import Answer
    from kg.workspace import Workspace


class Analysis(StrEnum):
    """What `qkg analyse` knows; each is a method of the workspace."""

    COORDINATION = "coordination"
    DEPENDENCIES = "dependencies"
    CHAINS = "chains"
    UPTAKE = "uptake"
    AREAS = "areas"
    SUPERVISION = "supervision"
    ROBUSTNESS = "robustness"


ANSWERS = MappingProxyType(
    {
        Analysis.COORDINATION: Bilingual(
            "谁要与谁协同，哪些已有安排", "who needs whom, and what of that is arranged"
        ),
        Analysis.DEPENDENCIES: Bilingual(
            "先后次序、循环、期限与时序冲突、推断的依赖",
            "order, cycles, deadlines and conflicts of time, inferred dependencies",
        ),
        Analysis.CHAINS: Bilingual(
            "自目标逐级向下的协同链", "coordination chains from goals down the levels"
        ),
        Analysis.UPTAKE: Bilingual(
            "各行政区、各任务组的承接率和指标偏离",
            "uptake rates by area and group, drift of targets",
        ),
        Analysis.AREAS: Bilingual(
            "政策领域：有什么、缺什么、哪些各做各的",
            "policy areas: what each holds, which are empty, which work apart",
        ),
        Analysis.ROBUSTNESS: Bilingual(
            "各单位的负担、居间位置与单点依赖",
            "load of bodies, their place between others, single points",
        ),
        Analysis.SUPERVISION: Bilingual(
            "督促评估闭环：机制、督查、评估、整改",
            "the loop of mechanism, inspection, evaluation, rectification",
        ),
    }
)


@app.command(
    help="协同、依赖、承接、政策领域、督促评估与稳健性分析 · Analyse coordination, dependencies, uptake, "
    "policy areas, supervision and robustness.\n\n"
    + "\n\n".join(f"{what.value}: {words.zh} {words.en}" for what, words in ANSWERS.items())
    + "\n\n示例 Example: qkg analyse coordination --format json"
)
def analyse(
    what: Annotated[Analysis, typer.Argument(help="哪项分析，见上 Which one, see above")],
    home: HomeOption = None,
    store: StoreOption = None,
    scope: ScopeOption = None,
    measure: Annotated[
        str | None,
        typer.Option(help="仅经过此措施或目标的协同链 Chains through this measure or goal alone"),
    ] = None,
    format_: Annotated[
        console.TableFormat,
        typer.Option("--format", help="格式 Format（csv 只含第一张表 csv: the first table alone）"),
    ] = console.TableFormat.TABLE,
    lang: LangOption = None,
) -> None:
    """Show the answer of an analysis; its help is made of `ANSWERS`."""
    if measure is not None and what is not Analysis.CHAINS:
        message = "--measure 仅用于 chains  --measure is for chains alone"
        raise typer.BadParameter(message)
    with opened(home, store, lang=lang) as space:
        if what is Analysis.CHAINS:
            chains.show(space, space.chains(measure=measure, scope=scope), format_)
        elif what is Analysis.COORDINATION:
            found = space.coordination(scope=scope)
            _congruence(found)
            _show(space, found, format_)
        else:
            _show(space, getattr(space, what.value)(scope=scope), format_)


def _congruence(found: "Coordination") -> None:
    shares = found.congruence.plain, found.congruence.weighted
    console.err.print("一致度 congruence: {:.3f} / {:.3f}".format(*shares), highlight=False)


def _show(space: "Workspace", found: "Answer", format_: console.TableFormat) -> None:
    told = _plain(found)
    labels = _labels(space, set(_iris(told)))
    if format_ is console.TableFormat.JSON:
        named = {iri: dataclasses.asdict(label) for iri, label in labels.items()}
        text = json.dumps({**told, "labels": named}, ensure_ascii=False, indent=1)
        console.emit(text + "\n")
        return
    lang = space.settings.lang
    names = {iri: label.to(lang) or label.zh for iri, label in labels.items()}
    sections = found.sections(lambda iri: names.get(iri) or key_of(iri))
    if format_ is console.TableFormat.CSV:
        console.rows(next(iter(sections.values())), format_)
        return
    for title, rows in sections.items():
        console.out.print(f"{title} ({len(rows)})", style="bold", markup=False, highlight=False)
        console.rows(rows, format_)


def _plain(value: Any) -> Any:
    """Return *value* as JSON has it: of a dataclass its fields and its properties."""
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
        names += [name for name, kept in vars(type(value)).items() if isinstance(kept, property)]
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {key: _plain(kept) for key, kept in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in value]
    return value


def _iris(told: Any) -> Iterator[str]:
    """Yield what in JSON is an IRI of ours."""
    if isinstance(told, str):
        yield from [told] if told.startswith(BASE) else []
    elif isinstance(told, dict):
        for value in told.values():
            yield from _iris(value)
    elif isinstance(told, list):
        for value in told:
            yield from _iris(value)


def _labels(space: "Workspace", iris: set[str]) -> dict[str, Bilingual]:
    from kg.explore.nodes import nodes_of

    return {iri: node.label for iri, node in nodes_of(space.store, sorted(iris)).items()}
