"""docs/gaps.md, made from the catalogue: run this module to write it anew."""

from collections.abc import Iterator

from kg.analysis.gaps.graph_rules import RULES
from kg.analysis.gaps.registry import GapType, catalogue
from kg.model import Bilingual
from kg.settings import described

_HEAD = """\
# 缺口类型 Gap types

本页由缺口目录生成，请勿手改：`python -m kg.analysis.gaps > docs/gaps.md`。
This page is made from the catalogue; do not edit it, run the command above.

一条发现是有待核实的问题，不是对任何单位的结论。依据薄弱（置信度低于 `QKG_GAP_LOW_CONFIDENCE`）的降一级，\
所据依赖全系推断的也降一级并写明；\
文件读懂的比例低于 `QKG_GAP_LOW_COVERAGE` 时，“没有”一类的发现只作提示，并给出查找过的原文范围。
A finding is a question to check, never a verdict on a body. Below `QKG_GAP_LOW_CONFIDENCE` it drops \
one step, and so does one that rests on inferred dependencies alone, and says so; where less of the document was read than `QKG_GAP_LOW_COVERAGE`, a "there is none" finding \
is information only. It always gives the span of text that was searched.

| | 名称 | name | 严重程度 | severity |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the page in Markdown.

    >>> page().splitlines()[0]
    '# 缺口类型 Gap types'
    """
    kinds = catalogue().values()
    rows = [
        f"| [{kind.id}](#{kind.id.lower()}) | {kind.name.zh} | {kind.name.en} | {kind.severity.zh} "
        f"| {kind.severity.en} |\n"
        for kind in kinds
    ]
    return _HEAD + "".join(rows) + "".join("".join(_section(kind)) for kind in kinds)


def _section(kind: GapType) -> Iterator[str]:
    yield f'\n## <a id="{kind.id.lower()}"></a>{kind.id} {kind.name.zh} {kind.name.en}\n\n'
    yield f"{kind.definition.zh}\n\n{kind.definition.en}\n\n"
    yield _line("严重程度 severity", kind.severity)
    yield _line("补救 remedy", kind.remedy)
    for name, meaning, default in _thresholds(kind):
        yield f"- 阈值 threshold: `{name}` = {default}: {meaning.zh} {meaning.en}\n"
    where = "graph_rules.py" if kind.how in RULES else f"rules/{kind.how}"
    yield f"- 规则 rule: `kg/analysis/gaps/{where}`"
    yield f"; SPARQL: `qkg query --name {kind.query}`\n" if kind.query else "\n"
    if kind.untwinned.zh:
        yield _line("SPARQL 中没有 not in SPARQL", kind.untwinned)


def _line(title: str, words: Bilingual) -> str:
    return f"- {title}: {words.zh}; {words.en}\n"


def _thresholds(kind: GapType) -> Iterator[tuple[str, Bilingual, object]]:
    table = {name: (meaning, default) for name, default, meaning in described()}
    for threshold in (*kind.thresholds, *kind.note_thresholds):
        name = f"QKG_{threshold.upper()}"
        meaning, default = table[name]
        yield name, meaning, default
