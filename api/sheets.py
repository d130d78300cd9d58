"""Sheets as answers: workbooks and csv."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from fastapi.responses import StreamingResponse


class SheetFormat(StrEnum):
    """The formats of a sheet."""

    XLSX = "xlsx"
    CSV = "csv"


_MEDIA = {
    SheetFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    SheetFormat.CSV: "text/csv; charset=utf-8",
}

SHEETS: dict[int | str, dict[str, Any]] = {
    200: {"description": "the sheet", "content": {media: {} for media in _MEDIA.values()}}
}


def attached(
    blocks: Iterator[bytes],
    name: str,
    format_: SheetFormat,
    headers: Mapping[str, str] | None = None,
) -> StreamingResponse:
    """Return a sheet as a file to be kept under this *name*."""
    told = {"Content-Disposition": f'attachment; filename="{name}.{format_}"', **(headers or {})}
    return StreamingResponse(blocks, media_type=_MEDIA[format_], headers=told)
