"""The coordination matrix: which bodies need each other, and where that is arranged."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.analysis.coordination import Coordination, Need
from kg.analysis.networks import duty_of
from kg.analysis.partition import heaviest, ordered
from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.drawing import Cell, Matrix, matrix_svg
from kg.model import Bilingual
from viz.drawn import Drawn, Names, Row, quotes

MOST = 40
_TASKS = 6  # tasks that one row names

TITLE = Bilingual("协同矩阵", "Coordination matrix")
READING = Bilingual(
    "每格是一对需要协同的主体：实心为已有机制，空心为尚无机制，颜色越深需要越多。"
    "点击一格，看是为了哪些任务。",
    "A square is a pair of bodies that need each other: filled where a channel is arranged, hollow "
    "where none is; the darker, the greater the need. Follow a square to the tasks behind it.",
)


def matrix(tables: Tables, found: Coordination, *, lang: str, most: int = MOST) -> Drawn:
    """Return the matrix of the bodies that need others most, pairs with their tasks and words below.

    Args:
        tables: The projection, for names, tasks and words.
        found: Who needs whom.
        lang: ``zh`` or ``en``.
        most: Bodies in the picture.
    """
    names = Names(tables, lang)
    chosen = heaviest(found.required, most)
    shown = [need for need in found.required if set(need.bodies) <= chosen]
    bodies = ordered(chosen, shown)
    place = {body: at for at, body in enumerate(bodies)}
    cells = {}
    for number, need in enumerate(shown, 1):
        cell = Cell(need.weight, need.arranged, f"#pair-{number}")
        one, other = (place[body] for body in need.bodies)
        cells[one, other] = cells[other, one] = cell
    told = Matrix(tuple(names(body) for body in bodies), cells)
    left_out = len({body for need in found.required for body in need.bodies}) - len(bodies)
    return Drawn(
        TITLE,
        READING,
        matrix_svg(told, label=TITLE.to(lang)),
        tuple(_notes(found, left_out, lang)),
        ("主体", "需要", "共同任务") if lang != "en" else ("Bodies", "Need", "Shared tasks"),
        tuple(_rows(tables, shown, names, lang)),
    )


def _notes(found: Coordination, left_out: int, lang: str) -> Iterator[str]:
    share = found.congruence
    pairs = len(found.required)
    if lang == "en":
        yield f"{pairs} pairs need each other; {pairs - len(found.missing)} have a channel. "
        yield f"Congruence {share.plain:.0%}, by weight {share.weighted:.0%}."
        if left_out:
            yield f"{left_out} bodies with lesser needs are not drawn."
        return
    yield f"{pairs} 对主体需要协同，其中 {pairs - len(found.missing)} 对已有机制。"
    yield f"协同一致度 {share.plain:.0%}，按需要加权 {share.weighted:.0%}。"
    if left_out:
        yield f"另有 {left_out} 个需要较少的主体未画出。"


def _rows(tables: Tables, needs: Sequence[Need], names: Names, lang: str) -> Iterator[Row]:
    held = _held(tables)
    words = quotes(
        tables, {duty for duties in held.values() for one in duties.values() for duty in one}
    )
    for number, need in enumerate(needs, 1):
        one, other = (held[body] for body in need.bodies)
        shared = sorted(one.keys() & other.keys(), key=names)
        tasks = "；".join(names(task) for task in shared[:_TASKS])
        over = len(shared) - _TASKS
        if over > 0:
            tasks += f" …（+{over}）" if lang != "en" else f" … (+{over})"
        said = [
            quote
            for task in shared[:_TASKS]
            for duty in (*one[task], *other[task])
            for quote in words.get(duty, ())
        ]
        yield Row(
            (" × ".join(names(body) for body in need.bodies), f"{need.weight:g}", tasks),
            anchor=f"pair-{number}",
            quotes=tuple(dict.fromkeys(said))[:_TASKS],
            tone="arranged" if need.arranged else "missing",
        )


def _held(tables: Tables) -> Mapping[str, Mapping[str, list[str]]]:
    """Return body -> duty -> the responsibilities that say so."""
    duties = duty_of(tables)
    held: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for identifier, body, measure in rows_of(tables.responsibilities, "id", "body", "measure"):
        if measure in duties:
            held[body][duties[measure]].append(identifier)
    return held
