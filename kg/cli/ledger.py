"""Commands of the ledger: duties out, their status in."""

from datetime import UTC, datetime

import typer

from kg.cli import console
from kg.cli.options import HomeOption, ScopeOption, SheetArgument, StoreOption, app, opened

ledger = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="任务台账：导出职责，导入进展 · The ledger: duties out, their status back in.\n\n"
    "示例 Example: qkg ledger export ledger.xlsx && qkg ledger import ledger.xlsx",
)
app.add_typer(ledger, name="ledger")


@ledger.command("export")
def export_(
    file: SheetArgument,
    scope: ScopeOption = None,
    home: HomeOption = None,
    store: StoreOption = None,
) -> None:
    """导出台账，每项有责任主体的任务一行 · Write the ledger, a row a measure that has bodies.

    示例 Example: qkg ledger export ledger.xlsx --scope 临江市
    """
    from kg.home import write_blocks

    with opened(home, store) as space:
        found, blocks = space.ledger(file.suffix, scope=scope)
        write_blocks(file, blocks)
    console.err.print(
        f"已写入 written: {file}（{len(found.rows)} 行 rows）", markup=False, highlight=False
    )
    _tell_vanished(len(found.vanished))


@ledger.command("import")
def import_(file: SheetArgument, home: HomeOption = None, store: StoreOption = None) -> None:
    """导入进展；要么全部导入，要么全不导入 · Take statuses in, all of them or none.

    有误之处按工作表与单元格指出。清空一行的进展即撤销。 What is wrong is told by sheet and cell. Emptying
    a row takes its status back.

    示例 Example: qkg ledger import ledger.xlsx && qkg gaps --type G12,G17
    """
    from kg import settings as settings_
    from kg.home import read_file
    from kg.workspace import open_workspace

    with open_workspace(home, store=store) as space:
        data = read_file(file, settings_.load())
        done = space.take_ledger(file.name, data, now=datetime.now(UTC))
    console.err.print(
        f"新增或更改 changed {done.changed} · 撤销 withdrawn {done.withdrawn} · "
        f"未变 unchanged {done.unchanged}",
        highlight=False,
    )
    _tell_vanished(len(done.vanished))


def _tell_vanished(number: int) -> None:
    if number:
        console.err.print(
            f"其中 {number} 项任务已不在现行文本中，进展仍保留 "
            f"{number} measures are no longer in the texts; their status is kept",
            highlight=False,
        )
