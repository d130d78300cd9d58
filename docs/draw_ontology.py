"""Draw docs/ontology.svg: the classes of ontology/quality.ttl, their labels and what ties them.

Places are fixed by hand; names, labels and which properties there are come from the ontology, so a
term that goes or is renamed breaks the drawing. Run `python docs/draw_ontology.py` after a change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from rdflib import RDFS, Graph, URIRef

ROOT = Path(__file__).parents[1]
NS = "https://w3id.org/qualitykg/ns#"
WIDTH, HEIGHT = 1452, 900


@dataclass(frozen=True, slots=True)
class Panel:
    """A coloured field; *term* gives its title, or a title in both languages stands for itself."""

    tone: str
    x: int
    y: int
    width: int
    height: int
    title: str


@dataclass(frozen=True, slots=True)
class Box:
    """A class: centre, size, and the classes that stand inside it."""

    term: str
    x: int
    y: int
    width: int = 176
    height: int = 54
    inside: tuple[str, ...] = ()
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Tie:
    """Properties from one class to another along a line; the label's middle stands at x, below y."""

    terms: tuple[str, ...]
    source: str
    target: str
    line: tuple[tuple[int, int], ...]
    x: int
    y: int


PANELS = (
    Panel("paper", 24, 76, 248, 614, "文件与原文 documents, words"),
    Panel("element", 344, 76, 400, 614, "PolicyElement"),
    Panel("link", 816, 76, 232, 614, "Link"),
    Panel("body", 1120, 76, 308, 614, "主体与行政区 bodies and areas"),
    Panel("finding", 24, 716, 1404, 160, "发现、复核与运行 findings, review and runs"),
)
BOXES = (
    Box("CitedDocument", 90, 160, 112),
    Box("Provision", 208, 160, 100),
    Box("Document", 148, 300, 200),
    Box("Text", 90, 440, 112),
    Box("Version", 208, 440, 100),
    Box("Mention", 148, 590, 200),
    Box("Goal", 430, 160, 140),
    Box("Target", 658, 160, 140),
    Box("Indicator", 658, 275, 140),
    Box("Observation", 658, 380, 140, 46),
    Box(
        "Measure",
        544,
        535,
        368,
        186,
        ("TaskGroup", "Task", "Programme", "Action", "Arrangement"),
        3,
    ),
    Box("Contribution", 904, 138, 144, 44),
    Box("Dependency", 904, 193, 144, 44),
    Box("Uptake", 904, 248, 144, 44),
    Box("Relation", 904, 303, 144, 44),
    Box("DependencyKind", 958, 378, 120, 42),
    Box("Responsibility", 932, 465, 200),
    Box("Role", 932, 563, 120, 42),
    Box("Channel", 932, 642, 200, 48),
    Box("Area", 1190, 160, 108),
    Box("Level", 1358, 160, 108),
    Box("PolicyArea", 1264, 285, 104),
    Box("Mandate", 1368, 285, 92),
    Box("Body", 1274, 500, 284, 176, ("Department", "CoordinationBody", "OpenBody"), 2),
    Box("GapType", 122, 812, 156),
    Box("Finding", 366, 812, 156),
    Box("Status", 544, 812, 120),
    Box("Issue", 700, 812, 120),
    Box("Decision", 856, 812, 120),
    Box("Rule", 1000, 812, 120),
    Box("ExtractionRun", 1166, 812, 140),
    Box("AnalysisRun", 1336, 812, 140),
)
TIES = (
    Tie(("citedAs",), "Document", "CitedDocument", ((90, 273), (90, 187)), 90, 222),
    Tie(("provisionOf",), "Provision", "Document", ((208, 187), (208, 273)), 208, 222),
    Tie(("textOf",), "Text", "Document", ((90, 413), (90, 327)), 90, 362),
    Tie(("versionOf",), "Version", "Document", ((208, 413), (208, 327)), 208, 362),
    Tie(("mentionIn",), "Mention", "Text", ((90, 563), (90, 467)), 90, 508),
    Tie(
        ("inProvision",), "Mention", "Provision",
        ((208, 563), (208, 490), (264, 490), (264, 160), (258, 160)), 208, 516,
    ),
    Tie(("quantifies",), "Target", "Goal", ((588, 160), (500, 160)), 544, 140),
    Tie(("usesIndicator",), "Target", "Indicator", ((658, 187), (658, 248)), 658, 211),
    Tie(("observes",), "Observation", "Indicator", ((658, 357), (658, 302)), 658, 323),
    Tie(("contributesTo",), "Measure", "Goal", ((440, 442), (440, 187)), 440, 312),
    Tie(("statedIn",), "Measure", "Document", ((360, 480), (308, 480), (308, 300), (248, 300)), 308, 380),
    Tie(("evidencedBy",), "Measure", "Mention", ((360, 590), (248, 590)), 308, 566),
    Tie(
        ("partOf", "dependsOn", "takesUp"), "Measure", "Measure",
        ((590, 628), (590, 646), (700, 646), (700, 628)), 505, 646,
    ),
    Tie(("linkFrom", "linkTo"), "Link", "Measure", ((816, 330), (780, 330), (780, 470), (728, 470)), 780, 414),
    Tie(("ofKind",), "Dependency", "DependencyKind", ((976, 193), (1010, 193), (1010, 357)), 1010, 262),
    Tie(("responsibilityFor",), "Responsibility", "Measure", ((832, 500), (728, 500)), 780, 516),
    Tie(("inRole",), "Responsibility", "Role", ((932, 492), (932, 542)), 932, 514),
    Tie(("heldBy",), "Responsibility", "Body", ((1032, 465), (1132, 465)), 1084, 441),
    Tie(("ledBy",), "Measure", "Body", ((728, 598), (1062, 598), (1062, 540), (1132, 540)), 1097, 516),
    Tie(("connects",), "Channel", "Body", ((1032, 642), (1160, 642), (1160, 588)), 1084, 652),
    Tie(("memberOf", "coordinatesWith"), "Body", "Body", ((1220, 588), (1220, 606), (1330, 606), (1330, 588)), 1275, 628),
    Tie(("areaOf",), "Body", "Area", ((1160, 412), (1160, 187)), 1164, 372),
    Tie(("inPolicyArea",), "Body", "PolicyArea", ((1264, 412), (1264, 312)), 1264, 346),
    Tie(("answersFor",), "Body", "Mandate", ((1368, 412), (1368, 312)), 1368, 372),
    Tie(("atLevel",), "Area", "Level", ((1244, 160), (1304, 160)), 1274, 126),
    Tie(("ofGapType",), "Finding", "GapType", ((288, 812), (200, 812)), 244, 792),
    Tie(("statusOf",), "Status", "Measure", ((544, 785), (544, 628)), 544, 698),
    Tie(("concerns",), "Finding", "Measure", ((400, 785), (400, 628)), 400, 698),
    Tie(("candidate",), "Finding", "Body", ((430, 785), (430, 758), (1390, 758), (1390, 588)), 1390, 698),
    Tie(("decides",), "Decision", "Link", ((856, 785), (856, 690)), 856, 720),
)  # fmt: skip

STYLE = """
svg { --ground: #fbfaf7; --ink: #22303c; --soft: #5b6b78; --line: #8494a1; --card: #ffffff;
  --paper: #7c8a96; --element: #2f7d6b; --link: #b7791f; --body: #3566a8; --finding: #b0413e }
@media (prefers-color-scheme: dark) {
  svg { --ground: #11181f; --ink: #e8eef3; --soft: #a5b4c0; --line: #6c7d8b; --card: #1b252e;
    --paper: #94a4b1; --element: #4fb39b; --link: #e0a84a; --body: #7aa7e6; --finding: #ea7f7a } }
text { font-family: system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; fill: var(--ink) }
.zh { font-size: 15px; font-weight: 600 } .en { font-size: 12px; fill: var(--soft) }
.chip .zh { font-size: 13px } .chip .en { font-size: 11px }
.title { font-size: 13px; font-weight: 600; letter-spacing: .3px }
.head { font-size: 21px; font-weight: 650 }
.tie { fill: none; stroke: var(--line); stroke-width: 1.4 }
.name { font-size: 11.5px; fill: var(--ink); paint-order: stroke; stroke: var(--ground); stroke-width: 5px; stroke-linejoin: round }
.ground { fill: var(--ground) } .card { fill: var(--card); stroke-width: 1.6 }
""" + "".join(
    f".{tone} .field {{ fill: var(--{tone}); fill-opacity: .09 }}"
    f" .{tone} .card {{ stroke: var(--{tone}) }} .{tone} .title {{ fill: var(--{tone}) }}\n"
    for tone in ("paper", "element", "link", "body", "finding")
)


def drawing() -> str:
    """Return the drawing as SVG, with the labels that the ontology has now."""
    graph = Graph().parse(ROOT / "ontology" / "quality.ttl")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
        '<title id="t">政策协同本体的类 Classes of the policy coordination ontology</title>',
        '<desc id="d">文件、要素、关系、主体与发现，以及它们之间的属性。'
        " Documents, elements, links, bodies and findings, and the properties between them.</desc>",
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 .6 7.5 4 0 7.4Z" fill="var(--line)"/></marker></defs>',
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}" rx="18"/>',
        '<text class="head" x="28" y="46">政策协同本体</text>',
        '<text class="en" x="166" y="45">Policy coordination ontology · qkg:</text>',
    ]
    parts += [part for panel in PANELS for part in _panel(graph, panel)]
    parts += [_line(tie) for tie in TIES]
    parts += [_box(graph, box) for box in BOXES]
    parts += [_name(graph, tie) for tie in TIES]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _label(graph: Graph, term: str, lang: str) -> str:
    """Return the label of a term; a term that is not there is an error."""
    labels = graph.objects(URIRef(NS + term), RDFS.label)
    return escape(next(str(label) for label in labels if getattr(label, "language", "") == lang))


def _tone(box: Box) -> str:
    return next(
        panel.tone
        for panel in PANELS
        if panel.x <= box.x <= panel.x + panel.width and panel.y <= box.y <= panel.y + panel.height
    )


def _panel(graph: Graph, panel: Panel) -> Iterator[str]:
    title = panel.title
    if title.isascii():  # a class that stands for the whole field
        title = f"{_label(graph, title, 'zh')} {title}"
    yield (
        f'<g class="{panel.tone}"><rect class="field" x="{panel.x}" y="{panel.y}" '
        f'width="{panel.width}" height="{panel.height}" rx="14"/>'
        f'<text class="title" x="{panel.x + 14}" y="{panel.y + 24}">{title}</text></g>'
    )


def _box(graph: Graph, box: Box) -> str:
    left, top = box.x - box.width // 2, box.y - box.height // 2
    middle = box.y if not box.inside else top + 27
    words = (
        f'<text class="zh" x="{box.x}" y="{middle - 2}" text-anchor="middle">{_label(graph, box.term, "zh")}</text>'
        f'<text class="en" x="{box.x}" y="{middle + 15}" text-anchor="middle">{box.term}</text>'
    )
    inside = "".join(_box(graph, chip) for chip in _chips(box, left, top + 54))
    return (
        f'<g class="{_tone(box)}{"" if box.height > 42 else " chip"}">'
        f'<rect class="card" x="{left}" y="{top}" width="{box.width}" height="{box.height}" rx="9"/>'
        f"{words}{inside}</g>"
    )


def _chips(box: Box, left: int, top: int) -> Iterator[Box]:
    width = (box.width - 12 * (box.columns + 1)) // box.columns
    for number, term in enumerate(box.inside):
        row, column = divmod(number, box.columns)
        x = left + 12 + column * (width + 12) + width // 2
        yield Box(term, x, top + 26 + row * 58, width, 42)


def _line(tie: Tie) -> str:
    (x, y), *rest = tie.line
    path = f"M{x} {y}" + "".join(f"L{a} {b}" for a, b in rest)
    return f'<path class="tie" d="{path}" marker-end="url(#tip)"/>'


def _name(graph: Graph, tie: Tie) -> str:
    """Return the label: both languages below each other, or one line for each of several terms."""
    pairs = [(_label(graph, term, "zh"), term) for term in tie.terms]
    lines = list(pairs[0]) if len(pairs) == 1 else [f"{zh} {term}" for zh, term in pairs]
    spans = "".join(
        f'<tspan x="{tie.x}" y="{tie.y + 14 * number}">{line}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text class="name" text-anchor="middle">{spans}</text>'


if __name__ == "__main__":
    (ROOT / "docs" / "ontology.svg").write_text(drawing(), encoding="utf-8")
