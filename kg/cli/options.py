"""The application and the options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import TableFormat

if TYPE_CHECKING:
    from kg.workspace import Workspace

app = typer.Typer(
    name="qkg",
    help="政策协同知识图谱：谁要与谁协同、为了什么、哪里还没有安排？\n\n"
    "A knowledge graph of policy programmes: who must coordinate with whom, on what, "
    "and where is that not arranged?\n\n"
    "示例 Example: qkg build plan.docx && qkg gaps && qkg report -o report.html && qkg serve",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="数据目录 The data folder (QKG_HOME, ./qkg-data)")
]
StoreOption = Annotated[
    str | None,
    typer.Option("--store", help="外部 SPARQL 1.1 存储 An outside SPARQL 1.1 store (QKG_STORE)"),
]
LangOption = Annotated[str | None, typer.Option("--lang", help="语言 zh | en (QKG_LANG)")]
EngineOption = Annotated[
    str | None,
    typer.Option(
        "--engine",
        help="用 Spark 计算 On Spark: local[N], local-cluster[N,CORES,MB], spark://HOST:PORT (QKG_ENGINE)",
    ),
]
ScopeOption = Annotated[
    str | None,
    typer.Option("--scope", help="文件或任务的 IRI 或键 IRI or key of a document or measure"),
]

DocumentArgument = Annotated[
    str, typer.Argument(help="文件的键，见 qkg documents Key of a document, see qkg documents")
]
SheetArgument = Annotated[Path, typer.Argument(help="表格文件 The sheet: .xlsx | .csv")]
TableOption = Annotated[TableFormat, typer.Option("--format", help="格式 Format")]


def opened(
    home: Path | None, store: str | None, *, lang: str | None = None, engine: str | None = None
) -> "Workspace":
    """Return the workspace that the options name, to read; it must be there."""
    from kg.workspace import open_workspace

    return open_workspace(home, store=store, lang=lang, engine=engine, read_only=True)
