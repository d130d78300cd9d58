"""The timeline of dependencies: what is needed first, until when, and where there is no time."""

from collections.abc import Iterator, Mapping, Sequence

from kg.analysis.dependencies import Dependencies
from kg.analysis.networks import requires_network
from kg.analysis.project import Tables
from kg.analysis.timing import Window
from kg.drawing import Bar, Horizon, Timeline, timeline_svg
from kg.model import Bilingual
from viz.drawn import Drawn, Names, Row, page_of

MOST = 60

TITLE = Bilingual("依赖时间表", "Timeline of dependencies")
READING = Bilingual(
    "每条是一项措施：深色为至少需要的时间，浅色为余量，菱形为期限；紫色在最长链上，红色时间不够；"
    "细线从先行措施引向后续措施，竖虚线为目标年份。",
    "A bar is a measure: dark the least time it takes, light its slack, a diamond its deadline; "
    "purple is on the longest chain, red has not time enough. Thin lines run from what is needed to "
    "what needs it; dotted lines are the years of goals.",
)
_WITHOUT_DATES = Bilingual("所属文件没有可用的印发日期", "its plan has no day of issue")


def timeline(
    tables: Tables, found: Dependencies, *, least: float, lang: str, most: int = MOST
) -> Drawn:
    """Return the timeline of the measures that need one another, with what they leave as a table.

    Args:
        tables: The projection, for names, links and the years of goals.
        found: The windows of the measures.
        least: The years that a measure takes at the least, as *found* was asked with.
        lang: ``zh`` or ``en``.
        most: Measures in the picture; those that are late or on the longest chain come first.
    """
    names = Names(tables, lang)
    tones = _tones(found)
    dated = [window for window in found.windows if window.finish is not None]
    chosen = _chosen(dated, tones, most)
    needed = _needed(tables, chosen)
    bars = tuple(
        Bar(
            names(window.measure),
            _note(window, lang),
            start=(window.finish or 0.0) - least,
            finish=window.finish or 0.0,
            latest=window.latest,
            due=None if window.due is None else window.due + 1.0,
            tone=tones.get(window.measure, "plain"),
            href=page_of(window.measure),
            before=needed[window.measure],
        )
        for window in chosen
    )
    told = Timeline(bars, tuple(_horizons(tables, lang)))
    return Drawn(
        TITLE,
        READING,
        timeline_svg(told, label=TITLE.to(lang)),
        tuple(_notes(found, len(dated) - len(chosen), len(found.windows) - len(dated), lang)),
        _HEADINGS[lang == "en"],
        tuple(_rows(found.windows, tones, names)),
    )


_HEADINGS = (
    ("层", "措施", "期限", "最早完成", "最晚完成", "余量（年）"),
    ("Level", "Measure", "Due", "Earliest end", "Latest end", "Slack (years)"),
)


def _tones(found: Dependencies) -> Mapping[str, str]:
    tones = {one: "critical" for block in found.order.longest for one in block}
    tones |= {window.measure: "late" for window in found.windows if (window.slack or 0) < 0}
    return tones | {one: "late" for conflict in found.conflicts for one in conflict.path}


def _chosen(dated: Sequence[Window], tones: Mapping[str, str], most: int) -> list[Window]:
    """Return the windows that are drawn, each level before the next."""
    first = sorted(dated, key=lambda one: (one.measure not in tones, one.level, one.measure))[:most]
    return sorted(first, key=lambda one: (one.start or 0, one.level, one.finish or 0, one.measure))


def _needed(tables: Tables, chosen: Sequence[Window]) -> Mapping[str, tuple[int, ...]]:
    """Return the places of what each measure needs, of those that are drawn."""
    network = requires_network(tables)
    place = {window.measure: at for at, window in enumerate(chosen)}
    return {
        one: tuple(sorted(place[other] for other in network.predecessors(one) if other in place))
        for one in place
    }


def _horizons(tables: Tables, lang: str) -> Iterator[Horizon]:
    years = {year for year in tables.goals["due_year"].to_pylist() if year is not None}
    for year in sorted(years):
        yield Horizon(year, f"goals of {year}" if lang == "en" else f"{year} 年目标")


def _note(window: Window, lang: str) -> str:
    told = _cells(window)
    return "; ".join(
        f"{heading}: {cell}"
        for heading, cell in zip(_HEADINGS[lang == "en"][2:], told, strict=True)
        if cell
    )


def _notes(found: Dependencies, left_out: int, undated: int, lang: str) -> Iterator[str]:
    late = len(found.conflicts)
    if lang == "en":
        yield f"{len(found.windows)} measures need one another; {late} conflicts of time."
        if left_out:
            yield f"{left_out} are not drawn."
        if undated:
            yield f"{undated} stand in the table alone: {_WITHOUT_DATES.en}."
        return
    yield f"{len(found.windows)} 项措施相互依赖，时序冲突 {late} 处。"
    if left_out:
        yield f"另有 {left_out} 项未画出。"
    if undated:
        yield f"另有 {undated} 项只列在表中：{_WITHOUT_DATES.zh}。"


def _rows(found: Sequence[Window], tones: Mapping[str, str], names: Names) -> Iterator[Row]:
    for window in found:
        cells = (str(window.level), names(window.measure), *_cells(window))
        yield Row(cells, tone=tones.get(window.measure, ""))


def _cells(window: Window) -> tuple[str, ...]:
    due = None if window.due is None else str(window.due)
    ends = (
        None if end is None else f"{end:.2f}"
        for end in (window.finish, window.latest, window.slack)
    )
    return tuple(cell or "" for cell in (due, *ends))
