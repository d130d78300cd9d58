import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from kg.explore import NODE_TYPES, RELATIONS, Subgraph
from kg.explore.terms import DRAWN
from kg.model import Bilingual, Edge, Node, Severity
from viz.assets import VIS_NETWORK, asset, asset_text
from viz.network import MOST_DRAWN, render
from viz.style import LEVELS, RELATION_STYLES, SEVERITIES, TYPES

HOSTILE = [
    "<script>alert(1)</script>",
    '</script><img src=x onerror="alert(1)"> href',
    "{{ 7 * 7 }}{% raw %}",
    "\u202e反向\u2066",
    "长" * 10_000,
]


class Page(HTMLParser):
    """Collects the tags of a page, and the text within each script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.texts:
            self.texts[-1] += data


def picture(*labels: str) -> Subgraph:
    nodes = tuple(
        Node(f"urn:{at}", f"task/{at}", "task", Bilingual(label, label), gap=Severity.HIGH)
        for at, label in enumerate(labels)
    )
    edges = (Edge("a~requires~b", "urn:0", f"urn:{len(labels) - 1}", "requires", stated=False),)
    return Subgraph(nodes, edges, truncated=True, limit=2, left_out={"partOf": 3})


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("label", HOSTILE, ids=["script", "image", "template", "bidi", "long"])
def test_a_hostile_label_is_data_and_never_markup(label: str, inline: bool) -> None:
    page = Page(render(picture(label, "质量"), title=label, inline=inline))
    assert [tag for tag, _ in page.tags].count("script") == 6
    assert not {"img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    data = next(
        text
        for (tag, attrs), text in zip(page.tags, page.texts, strict=True)
        if attrs.get("id") == "nodes"
    )
    assert json.loads(data)[0]["name"] == label


def test_the_page_asks_nobody_outside_and_has_no_physics() -> None:
    page = Page(render(picture("甲", "乙")))
    sources = [attrs.get("src") or attrs.get("href") for _, attrs in page.tags]
    assert all(source.startswith("/static/") for source in sources if source)
    nodes = json.loads(page.texts[[a.get("id") for _, a in page.tags].index("nodes")])
    assert all(not node["physics"] and "title" not in node for node in nodes)
    assert {"x", "y", "box"} <= nodes[0].keys()


def test_the_offline_file_allows_just_its_own_scripts_by_hash() -> None:
    text = render(picture("甲", "乙"), inline=True)
    page = Page(text)
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv"))
    assert policy
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    assert len(hashes) == 3
    assert all(f"'sha256-{digest}'" in policy for digest in hashes)
    assert "unsafe" not in policy
    assert not any(a.get("src") for tag, a in page.tags)


def test_a_cut_picture_says_so_in_both_languages() -> None:
    assert "另有 3 个未画出" in render(picture("甲", "乙"))
    english = render(picture("甲", "乙"), lang="en")
    assert "3 more not drawn" in english
    assert '<html lang="en">' in english


def test_everything_that_can_be_shown_has_a_style() -> None:
    assert set(TYPES) == set(NODE_TYPES.values())
    assert set(RELATION_STYLES) == set(RELATIONS)
    assert set(DRAWN) < set(RELATIONS)
    assert set(SEVERITIES) == set(Severity)
    assert len(LEVELS) == 5


def test_vis_network_comes_from_the_installed_package() -> None:
    path = asset(VIS_NETWORK)
    assert path is not None
    assert path.is_file()
    assert asset("nothing.js") is None
    with pytest.raises(FileNotFoundError):
        asset_text("nothing.js")


def test_more_than_can_be_read_is_not_drawn_and_the_page_says_where_to_look() -> None:
    nodes = tuple(
        Node(f"urn:{at}", f"task/{at}", "task", Bilingual("任务", "task"))
        for at in range(MOST_DRAWN + 1)
    )
    page = Page(render(Subgraph(nodes, (), truncated=False, limit=5000)))
    data = page.texts[[attrs.get("id") for _, attrs in page.tags].index("nodes")]
    assert json.loads(data) == []
    assert "汇总" in "".join(page.texts)
