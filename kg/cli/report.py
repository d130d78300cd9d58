"""The command that writes reports."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console
from kg.cli.options import HomeOption, LangOption, ScopeOption, StoreOption, app, opened
from kg.model import ReportKind


@app.command()
def report(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="按后缀定格式 Format by its ending: .html .pdf .docx .xlsx .md .csv .json",
        ),
    ],
    kind: Annotated[
        ReportKind,
        typer.Option(
            help="全文、两页摘要或各主体分表 All of it, two pages for leaders, a sheet for each body"
        ),
    ] = ReportKind.FULL,
    body: Annotated[
        str | None,
        typer.Option(
            help="只写此主体的分表 The sheet of this body alone: label, alias, key or IRI"
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="与某次保存的缺口比较（last 为最近一次） Against a run of `qkg gaps --keep`, or `last`"
        ),
    ] = None,
    scope: ScopeOption = None,
    lang: LangOption = None,
    home: HomeOption = None,
    store: StoreOption = None,
) -> None:
    """写出协同缺口报告 · Write the coordination-gap report.

    full 为全文，summary 为供领导参阅的两页摘要，body 为各责任主体分表（职责、须与谁协同、待核实）。
    full is all of it, summary two pages for leaders, body a sheet for each body: its duties, whom it
    must coordinate with, what is open.

    写 .pdf、.xlsx，以及有图的 .docx，须先 pip install 'quality-kg[report]'；其余格式随时可写。
    For .pdf, .xlsx and a .docx that has drawings, first pip install 'quality-kg[report]'; the other
    formats need nothing more.

    示例 Example: qkg report -o summary.pdf --kind summary --lang en
    """
    from kg.report import Wish, write

    with opened(home, store, lang=lang) as space:
        made = space.report(scope=scope, since=since)
        meant = None if body is None else space.body(body)
        language = space.settings.lang
    with console.counted("写出 writing") as progress:
        write(made, output, Wish(kind, language, meant, progress))
    console.err.print(f"已写入 written: {output}", markup=False, highlight=False)
