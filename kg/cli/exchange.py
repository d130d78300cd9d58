"""Commands that carry the graph out to files and in again."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console
from kg.cli.options import HomeOption, StoreOption, app, opened


@app.command()
def export(
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="按后缀定格式 Format by its ending: .nq .trig .ttl .nt .jsonld"
        ),
    ],
    annotations: Annotated[
        bool,
        typer.Option(
            "--annotations",
            help="只导出原文依据，W3C Web Annotation 形式 The evidence alone, as Web Annotations",
        ),
    ] = False,
    runs: Annotated[
        bool, typer.Option("--runs", help="连同构建记录 With the records of builds (PROV)")
    ] = False,
    home: HomeOption = None,
    store: StoreOption = None,
) -> None:
    """导出图谱 · Export the graph.

    .nq 与 .trig 保留各文件的图，其余格式合为一图。 .nq and .trig keep the graph of each document,
    the others merge all.

    示例 Example: qkg export -o graph.trig
    """
    if annotations and runs:
        message = "--annotations 与 --runs 只能选一个 give --annotations or --runs, not both"
        raise typer.BadParameter(message)
    with opened(home, store) as space:
        if annotations:
            space.export_annotations(output)
        else:
            space.export(output, runs=runs)
    console.err.print(f"已写入 written: {output}", markup=False, highlight=False)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="RDF 文件 RDF file: .nq .trig .ttl .nt .jsonld")],
    home: HomeOption = None,
    store: StoreOption = None,
) -> None:
    """导入图谱，同名图整体替换 · Import a graph; graphs of the same names are replaced.

    要么全部导入，要么全不导入。 All of the file or nothing.

    示例 Example: qkg import graph.trig
    """
    from kg.workspace import open_workspace

    with open_workspace(home, store=store, create=True) as space:
        graphs = space.import_file(file)
    console.err.print(
        f"已导入 imported: {file}（{len(graphs)} 个图 graphs）", markup=False, highlight=False
    )


@app.command()
def shortcuts(home: HomeOption = None, store: StoreOption = None) -> None:
    """以节点为准更新直接属性 · Bring direct triples in step with their nodes.

    用 SPARQL 更新改动过职责等节点之后运行。 Run it after editing nodes by SPARQL update.

    示例 Example: qkg shortcuts
    """
    from kg.workspace import open_workspace

    with open_workspace(home, store=store) as space:
        count = space.refresh_shortcuts()
    console.err.print(f"已更正 corrected: {count}", highlight=False)
