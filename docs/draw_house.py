"""Draw docs/house.svg: the rooms of the house, each floor as pyproject.toml has it for import-linter.

Which room may know which is read from the layers, so the drawing cannot say otherwise; only the words
on the rooms stand here. A room without words, or words without a room, breaks the drawing. Run
`python docs/draw_house.py` after a change of the layers.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
WIDTH, EDGE, GAP, TOP = 1000, 28, 10, 106
TALL, SHORT = 62, 46  # of a floor with many rooms, and with few
_FEW = 3

# Room: its name in zh and en, and the number of its part in the story of docs/architecture.md.
WORDS = {
    "api": ("服务", "SPARQL, pages, JSON over HTTP", 0),
    "viz": ("网络图", "drawings that a browser moves", 0),
    "cli": ("命令行", "the command qkg", 0),
    "workspace": ("工作区", "a data folder and a store, to write", 0),
    "editions": ("可见范围", "what whoever asks may see", 0),
    "questions": ("提问", "all that can be asked, in one place", 0),
    "review": ("复核", "decisions of people", 0),
    "compare": ("比较", "two versions", 0),
    "pipeline": ("流水线", "the build", 0),
    "report": ("报告", "reports", 7),
    "uptake": ("承接", "uptake", 0),
    "publish": ("发布", "linked data", 0),
    "reference": ("随附", "what ships", 0),
    "upkeep": ("维护", "check, back up", 0),
    "ledger": ("台账", "ledger", 0),
    "storing": ("入库", "many documents in one go", 0),
    "inputs": ("输入", "which files are meant", 0),
    "reading": ("读一份", "one document, from bytes to quads", 3),
    "analysis": ("分析", "tables, networks, gap rules", 6),
    "explore": ("探索", "search, paths, subgraphs", 0),
    "validate": ("校验", "SHACL", 0),
    "store": ("存储", "RDF stores behind one protocol", 5),
    "rdf": ("三元组", "facts as quads, with their evidence", 4),
    "extract": ("抽取", "mentions, duties, relations by rules", 2),
    "sheets": ("表单", "forms that people fill in", 0),
    "text": ("文字", "bytes to clean text, each character with its place", 1),
    "access": ("权限", "tokens, roles, internal documents", 0),
    "home": ("数据目录", "the data folder", 0),
    "migration": ("升级", "folders of older versions", 0),
    "confined": ("限界", "within time and memory", 0),
    "holder": ("占用", "who holds a folder", 0),
    "authorities": ("规范表", "bodies, areas, levels", 0),
    "engine": ("引擎", "one machine or many", 0),
    "settings": ("设置", "settings", 0),
    "model": ("值", "frozen values", 0),
    "vocab": ("词汇", "terms", 0),
    "ids": ("标识", "identifiers", 0),
    "version": ("版本", "version", 0),
    "display": ("显示", "values in a notebook", 0),
    "drawing": ("作图", "SVG", 0),
    "progress": ("进度", "how far", 0),
    "markup": ("标记", "text in XML", 0),
    "plugins": ("扩展", "what packages add", 0),
    "errors": ("错误", "one tree of errors, in both languages", 0),
}

STYLE = """
svg { --ground: #fbfaf7; --ink: #22303c; --soft: #5b6b78; --line: #8494a1; --card: #ffffff; --story: #2f7d6b }
@media (prefers-color-scheme: dark) {
  svg { --ground: #11181f; --ink: #e8eef3; --soft: #a5b4c0; --line: #6c7d8b; --card: #1b252e; --story: #4fb39b } }
text { font-family: system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; fill: var(--ink) }
.head { font-size: 21px; font-weight: 650 } .name { font-size: 14px; font-weight: 600 }
.soft { font-size: 12px; fill: var(--soft) } .ground { fill: var(--ground) }
.room { fill: var(--card); stroke: var(--line); stroke-width: 1.2 }
.told .room { stroke: var(--story); stroke-width: 2.2 }
.told circle { fill: var(--story) } .told .number { fill: var(--ground); font-size: 12px; font-weight: 700 }
"""


@dataclass(frozen=True, slots=True)
class Floor:
    """Rooms side by side; *joined* ones may know each other, the others may not."""

    rooms: tuple[str, ...]
    joined: bool

    @property
    def height(self) -> int:
        """Return its height, in px."""
        return SHORT if len(self.rooms) <= _FEW else TALL


def floors() -> list[Floor]:
    """Return the floors from the top: those of the whole house, kg in its place by its own."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    house, inside, *_ = contracts["tool"]["importlinter"]["contracts"]
    above = [name for name in house["layers"] if name not in inside["containers"]]
    return [_floor(line) for line in (*above, *inside["layers"])]


def _floor(line: str) -> Floor:
    mark = ":" if ":" in line else "|"
    return Floor(tuple(room.strip() for room in line.split(mark)), joined=mark == ":")


def drawing() -> str:
    """Return the drawing as SVG."""
    house = floors()
    height = TOP + sum(floor.height + GAP for floor in house) + EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d">',
        '<title id="t">房屋的各层 The floors of the house</title>',
        '<desc id="d">每间屋只可使用下面各层；编号为一句话所经之处。'
        " A room may know those below it; the numbers are where a sentence passes.</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{height}" rx="18"/>',
        f'<text class="head" x="{EDGE}" y="44">房屋的各层 The floors of the house</text>',
        f'<text class="soft" x="{EDGE}" y="68">只可使用下面各层；同层相接者可互用，分开者不可；编号为一句话所经之处</text>',
        f'<text class="soft" x="{EDGE}" y="86">A room may know those below; rooms of a floor know each other only '
        "where they touch; numbers: the way of a sentence</text>",
    ]
    top = TOP
    for floor in house:
        parts += _rooms(floor, top)
        top += floor.height + GAP
    return "\n".join([*parts, "</svg>"]) + "\n"


def _rooms(floor: Floor, top: int) -> Iterator[str]:
    between = 0 if floor.joined else GAP
    number = len(floor.rooms)
    width = (WIDTH - 2 * EDGE - between * (number - 1)) / number
    for place, room in enumerate(floor.rooms):
        left = EDGE + place * (width + between)
        yield _room(room, left, top, width=width, height=floor.height)


def _room(room: str, left: float, top: int, *, width: float, height: int) -> str:
    zh, en, number = WORDS[room]
    middle = left + width / 2
    lines = [(room, "name"), (f"{zh} · {en}", "soft")]
    if height == TALL:
        lines = [(room, "name"), (zh, "soft"), (en, "soft")]
    first = top + height / 2 - 8 * len(lines) + 12
    words = "".join(
        f'<text class="{kind}" x="{middle:g}" y="{first + 17 * line:g}" text-anchor="middle">{escape(text)}</text>'
        for line, (text, kind) in enumerate(lines)
    )
    badge = (
        f'<circle cx="{left + 20:g}" cy="{top + 18}" r="10"/>'
        f'<text class="number" x="{left + 20:g}" y="{top + 22}" text-anchor="middle">{number}</text>'
    )
    return (
        f"<g{' class=' + chr(34) + 'told' + chr(34) if number else ''}>"
        f'<rect class="room" x="{left:g}" y="{top}" width="{width:g}" height="{height}" rx="8"/>'
        f"{words}{badge if number else ''}</g>"
    )


if __name__ == "__main__":
    (ROOT / "docs" / "house.svg").write_text(drawing(), encoding="utf-8")
