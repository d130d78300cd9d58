"""The flow from goals through task groups to bodies: who carries which goal, and how much of it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.drawing import Flow, Station, Stream, flow_svg, gathered
from kg.model import Bilingual
from viz.drawn import Drawn, Names, Row, page_of
from viz.style import TYPES

MOST = 14
_WHOLE = 0.4  # of the measures of its plan; a group of more is a part of it

TITLE = Bilingual("目标流向", "Flow of goals")
READING = Bilingual(
    "自左至右：目标由哪些任务组支撑，任务组由哪些主体承担；越宽，措施或职责越多。",
    "From the left: which task groups serve a goal, and which bodies carry them; the wider, the more "
    "measures or duties.",
)
_HEADINGS = (("目标", "任务组", "责任主体"), ("Goals", "Task groups", "Bodies"))
_REST = Bilingual("其余 {n} 项", "{n} more")
_COLOURS = tuple(TYPES[kind].light for kind in ("goal", "taskGroup", "department"))

Amounts = Counter[tuple[str, str]]


def sankey(
    tables: Tables, *, lang: str, measures: Collection[str] | None = None, most: int = MOST
) -> Drawn:
    """Return the flow, with its amounts as a table.

    Args:
        tables: The projection.
        lang: ``zh`` or ``en``.
        measures: These only, where given.
        most: Stations of a column that stand by themselves.
    """
    names = Names(tables, lang)
    group = _groups(tables, measures)
    served, carried = _served(tables, group), _carried(tables, group)
    flow = _flow(served, carried, names, lang)
    rest = _REST.to(lang)
    return Drawn(
        TITLE,
        READING,
        flow_svg(gathered(flow, most=most, rest=rest), label=TITLE.to(lang)),
        tuple(_notes(tables, served, lang)),
        ("自", "至", "数量") if lang != "en" else ("From", "To", "Number"),
        tuple(_rows(served + carried, names)),
    )


def _groups(tables: Tables, measures: Collection[str] | None) -> Mapping[str, str]:
    """Return for each measure its task group: the highest above it that is no whole part of a plan.

    "Main tasks" over nearly all of a plan says nothing; the groups below it do.
    """
    kind = dict(rows_of(tables.measures, "id", "kind"))
    plan = dict(rows_of(tables.measures, "id", "document"))
    over: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for element, ancestor, distance in rows_of(tables.above, "element", "ancestor", "distance"):
        if kind.get(ancestor) == "taskGroup" and element in kind:
            over[element].append((-distance, ancestor))
    held = Counter(ancestor for groups in over.values() for _, ancestor in groups)
    sizes = Counter(plan.values())
    chosen = {}
    for element, groups in over.items():
        if measures is None or element in measures:
            ranked = [group for _, group in sorted(groups)]
            telling = (one for one in ranked if held[one] <= _WHOLE * sizes[plan[one]])
            chosen[element] = next(telling, ranked[-1])
    return chosen


def _served(tables: Tables, group: Mapping[str, str]) -> Amounts:
    """Return how many measures of a group serve a goal."""
    served = rows_of(tables.contributions, "measure", "goal", "strength")
    goals = set(tables.goals["id"].to_pylist())
    return Counter(
        (goal, group[measure])
        for measure, goal, strength in served
        if measure in group and goal in goals and strength > 0
    )


def _carried(tables: Tables, group: Mapping[str, str]) -> Amounts:
    """Return how many duties of a group a body holds."""
    duties = rows_of(tables.responsibilities, "measure", "body")
    return Counter((group[measure], body) for measure, body in duties if measure in group)


def _flow(served: Amounts, carried: Amounts, names: Names, lang: str) -> Flow:
    columns = (
        {goal for goal, _ in served},
        {group for _, group in served} | {group for group, _ in carried},
        {body for _, body in carried},
    )
    stations = (
        Station(thing, names(thing), column, _COLOURS[column], page_of(thing))
        for column, things in enumerate(columns)
        for thing in sorted(things)
    )
    streams = (Stream(*ends, amount) for ends, amount in sorted((served + carried).items()))
    return Flow(_HEADINGS[lang == "en"], tuple(stations), tuple(streams))


def _notes(tables: Tables, served: Amounts, lang: str) -> Iterator[str]:
    alone = tables.goals.num_rows - len({goal for goal, _ in served})
    if alone:
        yield (
            f"{alone} goals that no group of tasks serves are not drawn."
            if lang == "en"
            else f"另有 {alone} 个目标没有任务组支撑，未画出。"
        )


def _rows(amounts: Amounts, names: Names) -> Iterator[Row]:
    for (source, target), amount in amounts.most_common():
        yield Row((names(source), names(target), str(amount)))
