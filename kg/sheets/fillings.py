"""What stands in a cell, as text that its column may hold."""

import re
from datetime import date, datetime

from kg.sheets.form import Filling

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_SIGN_OF_SHARE = "%％"


class UnfitError(ValueError):
    """A cell holds what its column does not; what it should hold, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en, self.zh = en, zh


def as_text(value: object, filling: Filling, *, is_share: bool = False) -> str:
    """Return what a cell of a workbook holds as text: numbers plain, days as ISO 8601.

    Args:
        value: What the library made of the cell.
        filling: What its column may hold.
        is_share: Whether the program shows the number as a share of 100, as 0.8 shown as 80 %.

    Raises:
        UnfitError: The column may not hold it.

    >>> as_text(0.8, Filling.NUMBER, is_share=True), as_text("2026年5月1日", Filling.DATE)
    ('80', '2026-05-01')
    """
    if value is None or isinstance(value, str):
        return written((value or "").strip(), filling)
    if filling is Filling.DATE and isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if filling is Filling.NUMBER and isinstance(value, int | float) and not isinstance(value, bool):
        return f"{round(value * 100 if is_share else value, 6):g}"
    raise _unfit(value, filling)


def written(text: str, filling: Filling) -> str:
    """Return what people wrote, as a column of this kind holds it.

    Raises:
        UnfitError: It is no number or no day.

    >>> written("80％", Filling.NUMBER), written("2026/5/1", Filling.DATE)
    ('80', '2026-05-01')
    """
    if not text or filling is Filling.TEXT:
        return text
    if filling is Filling.NUMBER:
        plain = text.rstrip(_SIGN_OF_SHARE).strip()
        if _NUMBER.fullmatch(plain):
            return f"{float(plain):g}"
    elif found := _DAY.fullmatch(text):
        try:
            return date(*(int(part) for part in found.groups())).isoformat()
        except ValueError:
            pass
    raise _unfit(text, filling)


_WANTED = {
    Filling.TEXT: ("write it as text", "请写成文字"),
    Filling.NUMBER: ("write a number, such as 80", "请写数字，如 80"),
    Filling.DATE: ("write a day, such as 2026-05-01", "请写日期，如 2026-05-01"),
}
_WHAT = {
    bool: ("a truth value", "逻辑值"),
    int: ("a number", "数字"),
    float: ("a number", "数字"),
    datetime: ("a date", "日期"),
    date: ("a date", "日期"),
    str: ("something else", "别的内容"),
}


def _unfit(value: object, filling: Filling) -> UnfitError:
    en, zh = _WHAT.get(type(value), ("something else", "别的内容"))
    do_en, do_zh = _WANTED[filling]
    return UnfitError(f"{value} is {en}; {do_en}", f"{value} 是{zh}，{do_zh}")
