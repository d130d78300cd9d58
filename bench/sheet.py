"""A PDF page drawn line by line, as the damaged copies need it."""

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

_FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(_FONT))


class Sheet:
    """A page under the pen: lines from top to bottom, a new page when it is full."""

    size = 12.0
    left, width, top, bottom = 90.0, 32 * 12.0, 770.0, 80.0

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.page = 0
        self._open()

    def _open(self) -> None:
        self.page += 1
        self.canvas.setFont(_FONT, 9)
        self.canvas.drawString(self.left, 805, "示例文件汇编")
        self.canvas.drawCentredString(self.left + self.width / 2, 40, f"— {self.page} —")
        self.canvas.setFont(_FONT, self.size)
        self.at = self.top

    def close(self) -> None:
        """Finish the last page."""
        self.canvas.showPage()
        self.canvas.save()

    def _down(self, step: float) -> None:
        self.at -= step
        if self.at < self.bottom:
            self.canvas.showPage()
            self._open()

    def paragraph(self, text: str) -> None:
        """Draw *text* with its first line indented; no mark begins a line, no word is cut."""
        line, room = "", self.width - 2 * self.size
        left = self.left + 2 * self.size
        for char in text:
            wide = pdfmetrics.stringWidth(line + char, _FONT, self.size) > room
            inside_word = (line[-1:] + char).isascii() and line[-1:].isalnum() and char.isalnum()
            if wide and char not in "，。、；：”》）" and not inside_word:
                self.canvas.drawString(left, self.at, line)
                self._down(18)
                line, room, left = "", self.width, self.left
            line += char
        self.canvas.drawString(left, self.at, line)
        self._down(18)

    def table(self, rows: list[list[str]]) -> None:
        """Draw *rows*, a line each, in columns as wide as their longest cell."""
        columns = max(map(len, rows))
        longest = [
            max(len(row[at]) if at < len(row) else 0 for row in rows) for at in range(columns)
        ]
        size = min(9.0, (self.width + 60) / (sum(longest) + 2 * columns))
        self.canvas.setFont(_FONT, size)
        for row in rows:
            place = self.left - 30
            for value, length in zip(row, longest, strict=False):
                self.canvas.drawString(place, self.at, value)
                place += (length + 2) * size
            self._down(16)
            self.canvas.setFont(_FONT, size)
        self.canvas.setFont(_FONT, self.size)
