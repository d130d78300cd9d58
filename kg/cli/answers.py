"""Commands that give answers out."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg import settings as settings_
from kg.cli import console
from kg.cli.options import HomeOption, LangOption, ScopeOption, StoreOption, app, opened
from kg.model import SEVERITY_RANK, Severity


@app.command()
def gaps(
    home: HomeOption = None,
    store: StoreOption = None,
    type_: Annotated[
        str | None, typer.Option("--type", help="缺口类型 Gap types, e.g. G01,G13")
    ] = None,
    severity: Annotated[
        Severity | None, typer.Option(help="至少此等级 At least this severity")
    ] = None,
    scope: ScopeOption = None,
    format_: Annotated[str, typer.Option("--format", help="table | json | csv | sarif")] = "table",
    fail_on: Annotated[
        Severity | None,
        typer.Option(help="有此等级以上的缺口时退出码为 4 Exit 4 from this severity on"),
    ] = None,
    lang: LangOption = None,
) -> None:
    """列出协同缺口 · List the coordination gaps.

    示例 Example: qkg gaps --type G01,G13 --severity medium --fail-on high
    """
    from kg.report import findings as formats

    with opened(home, store, lang=lang) as space:
        types = tuple(type_.split(",")) if type_ else None
        found = space.gaps(types=types, severity=severity, scope=scope)
        language = space.settings.lang
    if format_ == "table":
        console.findings(found, language)
    else:
        console.emit(formats.text(found, format_, lang=language))
    if fail_on and any(SEVERITY_RANK[f.severity] >= SEVERITY_RANK[fail_on] for f in found):
        raise typer.Exit(console.TRIPPED)


@app.command()
def report(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="按后缀定格式 Format by its ending")
    ],
    home: HomeOption = None,
    store: StoreOption = None,
    scope: ScopeOption = None,
    lang: LangOption = None,
) -> None:
    """写出协同缺口报告 · Write the coordination-gap report.

    示例 Example: qkg report -o report.html --lang en
    """
    with opened(home, store, lang=lang) as space:
        space.report(output, scope=scope)
    console.err.print(f"已写入 written: {output}", highlight=False)


@app.command()
def query(
    text: Annotated[str | None, typer.Argument(help="SPARQL")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", help="含 SPARQL 的文件 A file of it")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="已存查询名 A saved query, see `qkg queries`")
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", help="table | json | csv | tsv | xml | ttl | nt | jsonld")
    ] = "table",
    home: HomeOption = None,
    store: StoreOption = None,
) -> None:
    """执行 SPARQL 查询 · Answer a SPARQL query.

    示例 Example: qkg query "SELECT ?task ?body { ?task qkg:ledBy ?body } LIMIT 5"
    """
    from kg.home import read_file

    given = [part for part in (text, file, name) if part is not None]
    if len(given) != 1:
        raise typer.BadParameter("give one of TEXT, --file, --name")
    with opened(home, store) as space:
        if file is not None:
            text = read_file(file, space.settings).decode()
        answer = space.answer(text, name=name, format_=format_)
        if isinstance(answer, list):
            console.rows(answer, console.TableFormat.TABLE)
        else:
            for block in answer:
                sys.stdout.buffer.write(block)


@app.command()
def queries() -> None:
    """列出已存查询 · List the saved queries.

    示例 Example: qkg queries
    """
    from kg.queries import saved

    console.rows(
        [{"name": q.name, "zh": q.title.zh, "en": q.title.en} for q in saved()],
        console.TableFormat.TABLE,
    )


@app.command()
def analyse(
    what: Annotated[str, typer.Argument(help="coordination | dependencies")],
    home: HomeOption = None,
    store: StoreOption = None,
    scope: ScopeOption = None,
    format_: Annotated[console.TableFormat, typer.Option("--format")] = console.TableFormat.TABLE,
    lang: LangOption = None,
) -> None:
    """协同与依赖分析 · Coordination required and arranged; order and cycles of dependencies.

    示例 Example: qkg analyse coordination --format json
    """
    with opened(home, store, lang=lang) as space:
        result = space.analyse(what, scope=scope)
    if format_ is console.TableFormat.JSON:
        console.emit(json.dumps(result.as_json(), ensure_ascii=False, indent=1) + "\n")
        return
    console.err.print(result.summary(settings_.language(lang)), markup=False, highlight=False)
    console.rows(result.rows(settings_.language(lang)), format_)


@app.command()
def export(
    output: Annotated[
        Path, typer.Option("--output", "-o", help=".ttl .nt .nq .trig .jsonld .graphml")
    ],
    home: HomeOption = None,
    store: StoreOption = None,
) -> None:
    """导出图谱 · Export the graph.

    示例 Example: qkg export -o graph.trig
    """
    with opened(home, store) as space:
        space.export(output)
    console.err.print(f"已写入 written: {output}", highlight=False)


@app.command()
def validate(
    files: Annotated[
        list[Path] | None, typer.Argument(help="RDF 文件 RDF files; the store if none")
    ] = None,
    home: HomeOption = None,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """按 SHACL 检查数据 · Check the data against the shapes.

    示例 Example: qkg validate
    """
    from kg.workspace import validate_files

    if files:
        result = validate_files(files)
    else:
        with opened(home, store) as space:
            result = space.validate()
    for line in result.lines(settings_.language(lang)):
        console.emit(line + "\n")
    if not result.conforms:
        raise typer.Exit(console.PARTIAL)
