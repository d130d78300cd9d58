"""Commands that keep a home safe."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console
from kg.cli.options import HomeOption, LangOption, StoreOption, app, opened

_DAMAGED = 1


@app.command()
def check(home: HomeOption = None, store: StoreOption = None, lang: LangOption = None) -> None:
    """核对存储与文本：重算每个散列值，重读每处引文 · Make every hash again and read every quote again.

    有不符之处则逐一列出，退出码为 1。 What does not agree is listed, and the exit code is 1.

    示例 Example: qkg check && qkg backup /mnt/backup
    """
    with opened(home, store, lang=lang) as space, console.counted("核对 checking") as progress:
        found = space.check(progress=progress)
        spoken = space.settings.lang
    if found.faults:
        rows = [
            {"code": fault.code, "place": fault.place, "reason": fault.reason.to(spoken)}
            for fault in found.faults
        ]
        console.rows(rows, console.TableFormat.TABLE)
    console.err.print(
        f"文件 documents {found.documents}（另有 {found.unkept} 份无原文 without their text here）· "
        f"文本文件 files {found.files} · 引文 quotes {found.spans} · 不符 faults {len(found.faults)}",
        highlight=False,
    )
    if found.faults:
        raise typer.Exit(_DAMAGED)


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="新的或空的文件夹 A new or empty folder")],
    home: HomeOption = None,
    store: StoreOption = None,
) -> None:
    """备份数据目录，服务与构建无须停下 · Copy the data folder; services and builds need not stop.

    备份为某一时刻的完整状态，附每个文件的散列值；检索索引等可重建之物不在其中。 The copy is the state of
    one instant, with a hash of every file; what can be made anew, as the search index, stays out.

    示例 Example: qkg backup /mnt/backup/2026-05-01
    """
    with opened(home, store) as space, console.counted("备份 copying") as progress:
        made = space.backup(folder, progress=progress)
    console.err.print(
        f"已备份 copied: {folder}（{len(made.files)} 个文件 files，{made.size / 1e6:.1f} MB）",
        markup=False,
        highlight=False,
    )


@app.command()
def restore(
    folder: Annotated[
        Path, typer.Argument(help="`qkg backup` 所写的文件夹 What `qkg backup` wrote")
    ],
    home: HomeOption = None,
) -> None:
    """由备份恢复为新的数据目录 · Make a new data folder from a copy.

    先逐一核对散列值；有缺失、改动或多余的文件即拒绝，不写入任何内容。 Every file is proved first; where
    one is lost, altered or one too many, nothing is written.

    示例 Example: qkg restore /mnt/backup/2026-05-01 --home qkg-data
    """
    from kg import settings as settings_
    from kg.upkeep import restore as restore_

    target = settings_.load(home=home).home
    with console.counted("恢复 copying back") as progress:
        found = restore_(folder, target, progress=progress)
    console.err.print(
        f"已恢复 restored: {target}（{len(found.files)} 个文件 files，备份于 copied {found.made_at}）",
        markup=False,
        highlight=False,
    )
