"""Commands that show how documents are read, and take a person's corrections in."""

import datetime
from typing import Annotated

import typer

from kg.cli import console
from kg.cli.options import (
    HomeOption,
    LangOption,
    SheetArgument,
    StoreOption,
    TableOption,
    app,
    opened,
)

review = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="审定抽取结果 · Review what was extracted: accept, reject, correct.\n\n"
    "示例 Example: qkg review export review.xlsx --below 0.8 && qkg review import review.xlsx",
)
app.add_typer(review, name="review")


@app.command()
def rules(
    format_: TableOption = console.TableFormat.TABLE,
    lang: LangOption = None,
) -> None:
    """列出全部修补与抽取规则 · List every repair and every rule of extraction.

    示例 Example: qkg rules --format json
    """
    from kg import settings as settings_
    from kg.extract.rulespage import entries

    language = settings_.language(lang)
    if format_ is console.TableFormat.JSON:
        console.rows([entry.row() for entry in entries()], format_)
        return
    console.rows(
        [
            {
                "id": entry.id,
                "finds": entry.what,
                "reason": entry.reason.to(language),
                "example": entry.example,
                "counter-example": entry.counter_example,
            }
            for entry in entries()
        ],
        format_,
    )


@app.command()
def issues(
    document: Annotated[
        str | None, typer.Argument(help="文件的键，见 qkg documents Key of a document")
    ] = None,
    home: HomeOption = None,
    store: StoreOption = None,
    format_: TableOption = console.TableFormat.TABLE,
    lang: LangOption = None,
) -> None:
    """列出未能读懂或有疑问之处 · List what could not be read, or is doubtful.

    示例 Example: qkg issues 3f2a90c1de
    """
    with opened(home, store, lang=lang) as space:
        found = space.issues(document)
        language = space.settings.lang
    console.rows(
        [
            {
                "document": one.document.rpartition("/")[2],
                "code": one.code,
                "start": one.evidence.start if one.evidence else None,
                "end": one.evidence.end if one.evidence else None,
                "quote": one.evidence.quote if one.evidence else None,
                "reason": one.reason.to(language),
            }
            for one in found
        ],
        format_,
    )


@review.command("export")
def export_(
    file: SheetArgument,
    document: Annotated[
        str | None, typer.Option("--document", help="仅此文件 Only the document with this key")
    ] = None,
    below: Annotated[
        float | None,
        typer.Option(
            "--below", min=0, max=1, help="仅置信度低于此值者 Only what is less sure than this"
        ),
    ] = None,
    home: HomeOption = None,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """导出陈述供审定 · Write the statements to a sheet, one row each, to be decided on.

    示例 Example: qkg review export review.xlsx --document 3f2a90c1de --below 0.8
    """
    with opened(home, store, lang=lang) as space:
        done = space.export_review(file, document=document, below=below)
    console.err.print(f"{done.rows} 行 rows", highlight=False)
    for key in done.unkept:
        console.err.print(f"{key}: 本数据目录没有原件，未导出 not kept here, left out")


@review.command("import")
def import_(
    file: SheetArgument,
    home: HomeOption = None,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """导入审定结论，全部或全不 · Take the decisions in, all of them or none.

    示例 Example: qkg review import review.xlsx
    """
    from kg.workspace import open_workspace

    with open_workspace(home, store=store, lang=lang) as space:
        done = space.import_review(file, today=datetime.datetime.now(datetime.UTC).date())
    counts = [f"{verdict} {number}" for verdict, number in sorted(done.verdicts.items())]
    counts += [f"撤销 withdrawn {done.withdrawn}", f"更新文件 documents {len(done.documents)}"]
    console.err.print("  ".join(counts), highlight=False)
