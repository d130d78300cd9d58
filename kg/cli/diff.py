"""The command that compares two versions."""

import datetime
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import console
from kg.cli.options import HomeOption, LangOption, StoreOption, app, opened
from kg.ids import key_of

if TYPE_CHECKING:
    from kg.analysis.diff import Diff
    from kg.compare import Suspect


class DiffFormat(StrEnum):
    """How differences are printed."""

    TABLE = "table"
    JSON = "json"
    MD = "md"


@app.command("diff")
def diff_(
    old: Annotated[
        str,
        typer.Argument(
            help="旧版：文件、库中文件的键或标题、数据目录、存储地址 "
            "A file, a document of the store, a data folder or a store"
        ),
    ],
    new: Annotated[str, typer.Argument(help="新版，同上 The same of the new version")],
    format_: Annotated[DiffFormat, typer.Option("--format", help="格式 Format")] = DiffFormat.TABLE,
    clear: Annotated[
        list[str] | None,
        typer.Option(
            "--clear",
            metavar="LINK",
            help="已核对的存疑关系，all 为全部 A link that was looked at; all",
        ),
    ] = None,
    home: HomeOption = None,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """比较两个版本：增删、移动、改称、数值、期限、主体、角色、语气 · Compare two versions.

    并列出指向已变更任务的存疑关系，直至用 --clear 核销。
    Links into changed duties are listed as suspect until they are cleared.

    示例 Example: qkg diff plan-2024.docx plan-2025.docx --format md
    """
    from kg import settings as settings_

    if not clear and _only_files(old, new, home):
        _print(_of_files(old, new), [], format_=format_, lang=settings_.language(lang))
        return
    with opened(home, store, lang=lang) as space:
        found = space.diff(old, new)
        if clear:
            today = datetime.datetime.now(datetime.UTC).date()
            done = space.clear(found, clear, today=today)
            console.err.print(f"已核销 cleared: {len(done)}", highlight=False)
        waiting = space.suspects(found)
        language = space.settings.lang
    _print(found, waiting, format_=format_, lang=language)


def _only_files(old: str, new: str, home: Path | None) -> bool:
    """Return whether both are files and there is no data folder: then there are no links either."""
    from kg import settings as settings_

    folder = settings_.load(home=home).home
    return Path(old).is_file() and Path(new).is_file() and not (folder / "format").is_file()


def _of_files(old: str, new: str) -> "Diff":
    from kg import compare
    from kg import settings as settings_
    from kg.analysis.diff import diff

    settings = settings_.load()
    return diff(*(compare.file_side(Path(name), settings=settings) for name in (old, new)))


def _print(found: "Diff", waiting: list["Suspect"], *, format_: DiffFormat, lang: str) -> None:
    if format_ is DiffFormat.JSON:
        console.emit(json.dumps(_told(found, waiting), ensure_ascii=False, indent=1) + "\n")
    elif format_ is DiffFormat.MD:
        console.emit(_markdown(found, waiting, lang))
    else:
        console.rows(found.rows(lang), console.TableFormat.TABLE)
        if waiting:
            console.err.print(f"存疑关系 suspect links: {len(waiting)}", highlight=False)
            console.rows([_suspect(one) for one in waiting], console.TableFormat.TABLE)
    counts = "  ".join(f"{name} {number}" for name, number in found.counts.items())
    console.err.print(counts or "无差异 no difference", highlight=False)


def _suspect(one: "Suspect") -> dict[str, object]:
    return {
        "link": key_of(one.link),
        "kind": one.kind,
        "from": key_of(one.source),
        "to": key_of(one.target),
        "changed": " ".join(sorted({difference.trait.value for difference in one.differences})),
    }


def _told(found: "Diff", waiting: list["Suspect"]) -> dict[str, Any]:
    return {
        "old": dict(found.old_documents),
        "new": dict(found.new_documents),
        "counts": found.counts,
        "differences": [
            {
                "trait": one.trait.value,
                "old": one.old and one.old.key,
                "new": one.new and one.new.key,
                "element": one.item.title,
                "was": one.was,
                "now": one.now,
            }
            for one in found.differences
        ],
        "suspects": [_suspect(one) for one in waiting],
    }


def _markdown(found: "Diff", waiting: list["Suspect"], lang: str) -> str:
    names = (
        ("变化", "编号", "要素", "原", "现")
        if lang != "en"
        else ("what", "no.", "element", "was", "now")
    )
    lines = [_line(names), _line(["---"] * len(names))]
    lines += [_line([str(cell) for cell in row.values()]) for row in found.rows(lang)]
    if waiting:
        head = list(_suspect(waiting[0]))
        lines += ["", _line(head), _line(["---"] * len(head))]
        lines += [_line([str(cell) for cell in _suspect(one).values()]) for one in waiting]
    return "\n".join(lines) + "\n"


def _line(cells: "list[str] | tuple[str, ...]") -> str:
    escaped = (
        cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for cell in cells
    )
    return f"| {' | '.join(' '.join(cell.split()) for cell in escaped)} |"
