"""Commands that keep a home safe."""

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
