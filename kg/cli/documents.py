"""Commands that take documents in."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console
from kg.cli.options import DocumentArgument, EngineOption, HomeOption, StoreOption, app, opened
from kg.cli.pace import pace
from kg.cli.server import run_service
from kg.errors import UnreadableDocumentError
from kg.model import Level, Metadata

if TYPE_CHECKING:
    from kg.pipeline import Options
    from kg.workspace import Workspace


@app.command()
def demo(
    home: HomeOption = None,
    store: StoreOption = None,
    serve: Annotated[bool, typer.Option("--serve", help="随后启动服务 Then serve it")] = False,
    port: Annotated[int, typer.Option(help="端口 Port")] = 8000,
) -> None:
    """构建随附的示例数据并列出缺口 · Build the shipped example and show its gaps.

    示例 Example: qkg demo --home demo-data --serve
    """
    from kg.analysis.gaps import keep_findings
    from kg.pipeline import Options
    from kg.reference import example_plans
    from kg.workspace import open_workspace

    with open_workspace(home, store=store, create=True) as space:
        space.load_example()
        _build(space, example_plans(), Options())
        found = space.gaps()
        keep_findings(space.store, settings=space.settings)  # so that queries find them too
        titles = console.titles_of(space.documents())
        console.gap_summary(found, space.settings.lang, titles)
        path = space.home.path
    if serve:
        run_service(path, store, port=port)


@app.command()
def build(
    paths: Annotated[list[Path], typer.Argument(help="文件、文件夹或通配符 Files, folders, globs")],
    home: HomeOption = None,
    store: StoreOption = None,
    level: Annotated[
        Level | None, typer.Option(help="层级 Level, where the text does not say")
    ] = None,
    area: Annotated[str | None, typer.Option(help="行政区 Area")] = None,
    issuer: Annotated[str | None, typer.Option(help="发文机关 Issuing body")] = None,
    implements: Annotated[
        list[str] | None, typer.Option(help="所落实的文件标题 Title of the document it carries out")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="进程数 Processes")] = 1,
    internal: Annotated[
        bool, typer.Option("--internal", help="设为内部文件 For those alone who may read them")
    ] = False,
    engine: EngineOption = None,
) -> None:
    """读入文件并存入图谱 · Read documents into the graph; unchanged ones are passed over.

    示例 Example: qkg build plans/ notice.docx --level province --area 云岭省
    """
    from kg.pipeline import Options
    from kg.workspace import open_workspace

    overrides = Metadata(
        title="", issuer=issuer, level=level, area=area, implements=tuple(implements or ())
    )
    given = None if overrides == Metadata(title="") else overrides
    with open_workspace(home, store=store, engine=engine, create=True) as space:
        code = _build(space, paths, Options(given, jobs, internal=internal))
    raise typer.Exit(code)


documents = typer.Typer(name="documents", invoke_without_command=True, rich_markup_mode=None)
app.add_typer(documents)


@documents.callback()
def _documents(
    context: typer.Context,
    home: HomeOption = None,
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 列出 As JSON")] = False,
) -> None:
    """列出图谱中的文件；设定其范围 · List the documents in the graph, or say who may see one.

    示例 Example: qkg documents --json
    """
    if context.invoked_subcommand is not None:
        return
    with opened(home, store) as space:
        internal = space.internal()
        entries = [
            {**asdict(entry), "internal": entry.key in internal} for entry in space.documents()
        ]
    console.rows(entries, console.TableFormat.JSON if as_json else console.TableFormat.TABLE)


@documents.command()
def restrict(
    document: DocumentArgument, home: HomeOption = None, store: StoreOption = None
) -> None:
    """设为内部文件 · Keep a document from whoever may not read internal ones, in every route.

    服务无须重启。 A service that runs need not be started again.

    示例 Example: qkg documents restrict 3f2a90c1de
    """
    with opened(home, store) as space:
        space.restrict(document, internal=True)
    console.err.print(f"内部文件 internal {document}", markup=False, highlight=False)


@documents.command("open")
def open_(document: DocumentArgument, home: HomeOption = None, store: StoreOption = None) -> None:
    """恢复公开 · Show a document to everybody again.

    示例 Example: qkg documents open 3f2a90c1de
    """
    with opened(home, store) as space:
        space.restrict(document, internal=False)
    console.err.print(f"公开 open {document}", markup=False, highlight=False)


@app.command()
def remove(document: DocumentArgument, home: HomeOption = None, store: StoreOption = None) -> None:
    """从图谱中删除一份文件 · Remove a document and all that it states.

    示例 Example: qkg remove 3f2a90c1de
    """
    from kg.workspace import open_workspace

    with open_workspace(home, store=store) as space:
        space.remove(document)
    console.err.print(f"已删除 removed {document}")


@app.command()
def clean(
    file: Annotated[Path, typer.Argument(help="要读的文件 The file to be read")],
    map_: Annotated[
        Path | None,
        typer.Option("--map", help="对照表写入此文件 Write the map to the raw text here"),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="逐条列出修补 List every repair instead")
    ] = False,
) -> None:
    """输出清洗后的文本 · Print the clean text of a document.

    示例 Example: qkg clean scraped.txt --map map.json > clean.txt
    """
    from kg import settings as settings_
    from kg.home import read_file
    from kg.text.clean import clean as clean_text
    from kg.text.readers import read

    settings = settings_.load()
    cleaned = clean_text(read(file.name, read_file(file, settings), settings=settings).text)
    if map_ is not None:
        console.write_file(map_, json.dumps(cleaned.to_map()))
    if explain:
        for edit in cleaned.edits:
            span = f"{edit.raw_span.start}-{edit.raw_span.end}"
            console.emit(f"{edit.rule}\t{span}\t{edit.before!r} -> {edit.after!r}\n")
        return
    console.emit(cleaned.text)


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="要读的文件 The file to be read")],
    plain: Annotated[
        bool, typer.Option("--plain", help="输入已是干净文本 The input is clean text already")
    ] = False,
) -> None:
    """抽取一份文件并输出 JSON · Extract one document, JSON on stdout; nothing is stored.

    --plain 不移动任何字：只作一字换一字的修复（全角标点、简体字），位置按原文件计。
    --plain moves nothing: only repairs of one character by one are made (full-width marks, Simplified
    forms), and offsets count in the file as it stands.

    示例 Example: qkg extract plan.docx > facts.json
    """
    from kg import settings as settings_
    from kg.extract import extract as extract_text
    from kg.extract.exchange import exchange
    from kg.home import read_file
    from kg.text.clean import clean as clean_text
    from kg.text.clean import clean_in_place
    from kg.text.readers import read

    settings = settings_.load()
    data = read_file(file, settings)
    if plain:
        text = _plain(file.name, data)
        found = extract_text(clean_in_place(text))
    else:
        text = clean_text(read(file.name, data, settings=settings).text).text
        found = extract_text(text)
    facts = exchange(found, text, name=file.name)
    console.emit(json.dumps(facts, ensure_ascii=False, indent=1) + "\n")


def _plain(name: str, data: bytes) -> str:
    """Return clean text as it stands, so that offsets count in the very file."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError(
            name=name,
            en="with --plain it must be UTF-8; leave --plain out to have it read and cleaned",
            zh="使用 --plain 时须为 UTF-8；去掉 --plain 则会先读取并清洗",
        ) from error


def _build(space: "Workspace", paths: list[Path], options: "Options") -> int:
    files = space.find(paths)
    with pace(len(files), jobs=options.jobs) as watch:
        results = space.build(files, options=options, linking=watch.linking())
        code = console.outcomes(watch.watched(results), space.settings.lang)
    if summary := watch.summary():
        console.err.print(summary, highlight=False)
    return code
