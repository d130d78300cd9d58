"""Commands about the links between a plan and the one above it."""

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console
from kg.cli.options import HomeOption, StoreOption, TableOption, app, opened

if TYPE_CHECKING:
    from kg.uptake import Comparison


@app.command()
def align(
    lower: Annotated[
        str | None, typer.Argument(help="下级文件：键、标题或文件名 Key, title or file name")
    ] = None,
    upper: Annotated[
        str | None, typer.Argument(help="上级文件；不给则为其所落实的文件 Else what it implements")
    ] = None,
    candidates: Annotated[
        bool,
        typer.Option(
            "--candidates",
            help="只列出待审核的候选，不写入 Show the candidates for review, write nothing",
        ),
    ] = False,
    format_: TableOption = console.TableFormat.TABLE,
    home: HomeOption = None,
    store: StoreOption = None,
) -> None:
    """建立下级文件对上级文件的承接关系 · Link measures to those of the plan above that they take up.

    不给文件时，每份文件与其所落实的文件比对。
    Without arguments each document is compared with those that it implements.

    示例 Example: qkg align linjiang-city.txt 云岭省质量强省建设行动方案（2025—2027年）
    """
    from kg.workspace import open_workspace

    if candidates:
        with opened(home, store) as space:
            compared = space.alignments(lower, upper)
    else:
        with open_workspace(home, store=store) as space:
            compared = space.align(lower, upper)
    entries = [row for one in compared for row in _rows(one, candidates=candidates)]
    table = format_ is console.TableFormat.TABLE
    console.rows([_short(row) for row in entries] if table else entries, format_)
    for one in compared:
        console.err.print(
            f"{one.lower.file_name} → {one.upper.file_name}: "
            f"承接 links {len(one.links)}, 候选 candidates {len(one.candidates)}",
            markup=False,
            highlight=False,
        )


def _rows(compared: "Comparison", *, candidates: bool) -> list[dict[str, object]]:
    return [
        {
            "lower": pair.lower_words,
            "upper": pair.upper_words,
            "likeness": round(pair.score, 2),
            "basis": "stated" if pair.stated else "inferred",
            "lower_document": compared.lower.title,
            "upper_document": compared.upper.title,
            "lower_id": pair.lower,
            "upper_id": pair.upper,
        }
        for pair in (compared.candidates if candidates else compared.links)
    ]


def _short(row: dict[str, object]) -> dict[str, object]:
    return {name: row[name] for name in ("lower", "upper", "likeness", "basis")}
