"""The command that tries changes out."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from kg.cli import console
from kg.cli.options import HomeOption, LangOption, StoreOption, app, opened

if TYPE_CHECKING:
    from kg.analysis.overlay import Change
    from kg.analysis.whatif import WhatIf
    from kg.model import Bilingual

_PAIRS = frozenset({"--merge", "--channel"})
_BETWEEN = "\x1f"


class _Paired(TyperCommand):
    """A command some of whose options take two values, and may be given again and again.

    Typer has no word for both at once: the two travel as one and are parted by `_pair`.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments, the two values of a pair as one."""
        rest, joined = list(args), []
        while rest:
            joined.append(rest.pop(0))
            if joined[-1] in _PAIRS and not any(value.startswith("--") for value in rest[:2]):
                joined.append(_BETWEEN.join(rest[:2]))
                del rest[:2]
        return super().parse_args(ctx, joined)


TITLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "congruence": ("一致度", "congruence"),
        "goals_uncovered": ("失去支撑的目标", "goals uncovered"),
        "goals_covered": ("获得支撑的目标", "goals covered"),
        "chains_broken": ("断开的协同链", "chains broken"),
        "chains_mended": ("接上的协同链", "chains mended"),
        "without_lead": ("失去牵头单位的措施", "measures left without a lead"),
        "with_lead": ("有了牵头单位的措施", "measures given a lead"),
        "without_actor": ("失去责任主体的措施", "measures left without a body"),
        "with_actor": ("有了责任主体的措施", "measures given a body"),
        "appeared": ("新出现的缺口", "findings appeared"),
        "gone": ("消除的缺口", "findings gone"),
        "regraded": ("等级改变的缺口", "findings of another severity"),
    }
)


@app.command(cls=_Paired)
def whatif(
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="BODY", help="撤销主体 Dissolve a body")
    ] = None,
    merge: Annotated[
        list[str] | None,
        typer.Option("--merge", metavar="A B", help="将 B 并入 A Merge body B into body A"),
    ] = None,
    delay: Annotated[
        list[str] | None,
        typer.Option("--delay", metavar="MEASURE=YEAR", help="改期 Let it be due in another year"),
    ] = None,
    assign: Annotated[
        list[str] | None,
        typer.Option(
            "--assign",
            metavar="MEASURE=BODY[:ROLE]",
            help="指定主体，默认牵头 Give a body a duty, as lead unless a role is said",
        ),
    ] = None,
    channel: Annotated[
        list[str] | None,
        typer.Option("--channel", metavar="A B", help="建立协同渠道 Let two bodies coordinate"),
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="格式 Format: table | json")] = "table",
    home: HomeOption = None,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """推演变化的影响，不写入任何内容 · Tell what changes would make different; nothing is written.

    各项变化依次为：撤销、合并、改期、指定、渠道；每种可重复给出。
    Changes are made in this order: remove, merge, delay, assign, channel; each may be given again.

    示例 Example: qkg whatif --remove 市商务局 --channel 市财政局 市教育局
    """
    from kg import compare
    from kg.errors import FormatError

    if format_ not in ("table", "json"):
        raise FormatError(given=format_, known="table json")
    given = {"remove": remove, "merge": merge, "delay": delay, "assign": assign, "channel": channel}
    changes = _changes({name: values or [] for name, values in given.items()})
    if not changes:
        message = (
            "给出至少一项变化 give at least one change: --remove --merge --delay --assign --channel"
        )
        raise typer.BadParameter(message)
    with opened(home, store, lang=lang) as space:
        found = space.whatif(*changes)
        lines = compare.words(space.store, found.changes)
        language = space.settings.lang
    if format_ == "json":
        told = {**asdict(found), "changes": [asdict(line) for line in lines]}
        console.emit(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    _print(found, lines, language)


def _changes(given: Mapping[str, list[str]]) -> list["Change"]:
    from kg.analysis.overlay import Channel, Merge, Remove
    from kg.compare import parsed

    return [
        *(Remove(name) for name in given["remove"]),
        *(Merge(*_pair("--merge", text)) for text in given["merge"]),
        *(parsed("delay", text) for text in given["delay"]),
        *(parsed("assign", text) for text in given["assign"]),
        *(Channel(*_pair("--channel", text)) for text in given["channel"]),
    ]


def _pair(option: str, text: str) -> tuple[str, str]:
    one, sign, other = text.partition(_BETWEEN)
    if not sign:
        message = f"{option} 需要两个主体 {option} takes two bodies"
        raise typer.BadParameter(message)
    return one, other


def _print(found: "WhatIf", lines: list["Bilingual"], lang: str) -> None:
    from kg.analysis.whatif import sections

    for line in lines:
        console.err.print(line.to(lang), markup=False, highlight=False)
    for name, rows in sections(found, lang).items():
        if rows:
            zh, en = TITLES[name]
            title = en if lang == "en" else zh
            console.out.print(f"\n{title} ({len(rows)})", markup=False, highlight=False)
            console.rows(rows, console.TableFormat.TABLE)
