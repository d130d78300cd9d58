"""Commands that give answers out."""

import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console
from kg.cli.options import (
    EngineOption,
    HomeOption,
    LangOption,
    ScopeOption,
    StoreOption,
    app,
    opened,
)
from kg.model import SEVERITY_RANK, Mark, Severity

if TYPE_CHECKING:
    from kg.analysis.gaps.runs import KeptFinding
    from kg.model import Finding
    from kg.workspace import Workspace


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
    format_: Annotated[
        str,
        typer.Option("--format", help="格式 Format: table | json | csv | sarif | junit | jsonld"),
    ] = "table",
    fail_on: Annotated[
        Severity | None,
        typer.Option(help="有此等级以上的缺口时退出码为 4 Exit 4 from this severity on"),
    ] = None,
    marks: Annotated[
        list[Mark] | None,
        typer.Option(help="只列这些标记的缺口，可重复 Only findings marked so; may be repeated"),
    ] = None,
    keep: Annotated[
        bool,
        typer.Option("--keep", help="存入图谱，供查询和比较 Keep them in the store, run by run"),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(help="与某次保存的缺口比较（last 为最近一次） Against a kept run, or `last`"),
    ] = None,
    engine: EngineOption = None,
    lang: LangOption = None,
) -> None:
    """列出协同缺口 · List the coordination gaps.

    --keep 把缺口按次存入图谱，SPARQL 可查，重复保存不产生变化；--since 列出自某次以来新增、消失和未变的。
    --keep puts them into the store, one graph a run, for SPARQL to ask; the same again changes nothing.
    --since tells what has appeared since a run, what is gone, and what is as it was.

    示例 Example: qkg gaps --type G01,G13 --severity medium --fail-on high
    """
    from kg.report import findings as exchange

    if since is not None:
        opening = partial(opened, home, store, lang=lang, engine=engine)
        _gaps_since(since, opening, format_, scope=scope)
    if keep:
        _keep_gaps(home, store, engine)
    if since is not None or keep:
        return
    with opened(home, store, lang=lang, engine=engine) as space:
        types = tuple(type_.split(",")) if type_ else None
        found = space.gaps(types=types, severity=severity, scope=scope, marks=marks)
        marked, language = space.marks(), space.settings.lang
        titles = console.titles_of(space.documents()) if format_ == "table" else {}
    if format_ == "table":
        console.findings(found, language, titles, marked=marked)
    elif format_ == "jsonld":
        _as_linked_data(found)
    else:
        console.emit(exchange.text(found, format_, lang=language, marked=marked))
    if fail_on and any(SEVERITY_RANK[f.severity] >= SEVERITY_RANK[fail_on] for f in found):
        raise typer.Exit(console.TRIPPED)


def _as_linked_data(found: "Sequence[Finding]") -> None:
    from kg.publish import finding_triples, rewritten
    from kg.store.formats import JSON_LD

    for block in rewritten((finding_triples(one) for one in found), JSON_LD):
        sys.stdout.buffer.write(block)


def _gaps_since(
    run: str, opening: "Callable[[], Workspace]", format_: str, *, scope: str | None
) -> None:
    with opening() as space:
        found = space.gaps_since(run, scope=scope)
        language = space.settings.lang
    groups: dict[str, list[tuple[Finding | KeptFinding, str]]] = {
        "appeared": [(one, "") for one in found.appeared],
        "gone": [(one, "") for one in found.gone],
        "regraded": [(one, was.value) for one, was in found.regraded],
    }
    rows = [
        {
            "since": group,
            "id": one.id,
            "type": one.type,
            "severity": one.severity.value,
            "was": was,
            "reason": one.reason.to(language),
        }
        for group, listed in groups.items()
        for one, was in listed
    ]
    if format_ == "json":
        told = {"run": found.run.key, "unchanged": len(found.unchanged), "changed": rows}
        console.emit(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return
    console.rows(rows, console.TableFormat(format_))
    counts = [(name, len(listed)) for name, listed in groups.items()]
    counts.append(("unchanged", len(found.unchanged)))
    console.err.print(", ".join(f"{name} {number}" for name, number in counts), highlight=False)


def _keep_gaps(home: Path | None, store: str | None, engine: str | None) -> None:
    from kg.analysis.gaps import keep_findings
    from kg.workspace import open_workspace

    with open_workspace(home, store=store, engine=engine) as space:
        run = keep_findings(space.store, settings=space.settings)
    console.err.print(f"已保存 kept: {run.key}", markup=False, highlight=False)


@app.command()
def query(
    text: Annotated[str | None, typer.Argument(help="SPARQL 查询 The query")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", help="含 SPARQL 的文件 A file of it")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="已存查询名 A saved query, see `qkg queries`")
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", help="格式 Format: table | json | csv | tsv | xml | ttl | nt | jsonld"
        ),
    ] = "table",
    home: HomeOption = None,
    store: StoreOption = None,
) -> None:
    """执行 SPARQL 查询 · Answer a SPARQL query.

    示例 Example: qkg query "SELECT ?task ?body { ?task qkg:ledBy ?body } LIMIT 5"
    """
    from kg import settings as settings_
    from kg.analysis.saved import saved_query
    from kg.home import read_file

    if sum(part is not None for part in (text, file, name)) != 1:
        message = "给出 TEXT、--file、--name 之一 give one of TEXT, --file, --name"
        raise typer.BadParameter(message)
    if name is not None:
        text = saved_query(name).text
    if file is not None:
        text = read_file(file, settings_.load()).decode()
    with opened(home, store) as space:
        if format_ == "table":
            console.rows(list(space.query(text or "").dicts()), console.TableFormat.TABLE)
            return
        for block in space.answer(text or "", format_):
            sys.stdout.buffer.write(block)


@app.command()
def queries() -> None:
    """列出已存查询 · List the saved queries.

    示例 Example: qkg queries
    """
    from kg.analysis.saved import saved_queries

    entries = [
        {"name": one.name, "cq": one.question or "", "zh": one.answers.zh, "en": one.answers.en}
        for one in saved_queries()
    ]
    console.rows(entries, console.TableFormat.TABLE)


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
    from kg import settings as settings_
    from kg.validate import validate_files

    if files:
        result = validate_files(files)
    else:
        with opened(home, store) as space:
            result = space.validate()
    for line in result.lines(settings_.language(lang)):
        console.emit(line + "\n")
    if not result.conforms:
        raise typer.Exit(console.PARTIAL)
