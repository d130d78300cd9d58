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
            "--output",
            "-o",
            help="按后缀定格式，.gz 为压缩 Format by its ending: .nq .trig .ttl .nt .jsonld, .nq.gz …; "
            ".graphml .gexf; 文件夹 folders NAME.csv/ NAME.parquet/",
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

    .nq 与 .trig 保留各文件的图，其余格式合为一图；.nq 最快，所需内存不随图谱增大。 .nq and .trig
    keep the graph of each document, the others merge all; .nq is the fastest. Memory does not grow
    with the graph. .graphml 与 .gexf 为网络，.csv/ 与 .parquet/ 为类型化数据表，只含事实。 .graphml and
    .gexf are the facts as a network, .csv/ and .parquet/ as typed tables.

    示例 Example: qkg export -o graph.nq.gz && qkg export -o tables.parquet/
    """
    if annotations and runs:
        message = "--annotations 与 --runs 只能选一个 give --annotations or --runs, not both"
        raise typer.BadParameter(message)
    with opened(home, store) as space:
        if annotations:
            space.export_annotations(output)
        else:
            with console.counted("导出 exporting") as progress:
                space.export(output, runs=runs, progress=progress)
    console.err.print(f"已写入 written: {output}", markup=False, highlight=False)


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="RDF 文件 RDF file: .nq .trig .ttl .nt .jsonld, .nq.gz …")
    ],
    home: HomeOption = None,
    store: StoreOption = None,
) -> None:
    """导入图谱，同名图整体替换 · Import a graph; graphs of the same names are replaced.

    内置存储要么全部导入，要么全不导入，中途被终止亦然；20 MB 以上的文件由装载器读入，另写一个存储后
    整体替换，所需内存不随文件增大。外部存储遇大文件时逐图替换，途中出错则之前的图已被替换。
    The embedded store takes all of the file or nothing, be it killed half-way; a file above 20 MB goes
    in by the loader, into a store that then comes into the place of the old one. Memory does not grow
    with the file. An outside store takes a long file graph by graph: should it fail on the way, the
    graphs before have been replaced.

    示例 Example: qkg import graph.nq.gz
    """
    from kg.workspace import open_workspace

    with (
        open_workspace(home, store=store, create=True) as space,
        console.watching("导入 importing", file) as watched,
    ):
        graphs = space.import_file(file, watched=watched)
    console.err.print(
        f"已导入 imported: {file}（{len(graphs)} 个图 graphs）", markup=False, highlight=False
    )


@app.command()
def optimize(home: HomeOption = None, store: StoreOption = None) -> None:
    """整理存储文件，使查询更快 · Put the files of the store in order, so that queries are faster.

    用于大量改动之后；一次构建改动 100 份以上文件或导入大文件后会自动整理。外部存储自行整理。 For after
    many changes; a build that changed 100 documents or more does it by itself, and so does the import
    of a long file. An outside store sees to its files itself.

    示例 Example: qkg optimize
    """
    from kg.workspace import open_workspace

    with open_workspace(home, store=store) as space, console.busy("整理 optimizing"):
        space.optimize()
    console.err.print("已整理 done", highlight=False)


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
