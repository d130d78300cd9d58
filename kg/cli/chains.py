"""How the command line shows coordination chains."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from kg.cli import console

if TYPE_CHECKING:
    from kg.analysis.chains import Chain, Chains
    from kg.model import Node
    from kg.workspace import Workspace


def show(space: "Workspace", found: "Chains", format_: console.TableFormat) -> None:
    """Print *found*: as a line a chain, or as JSON with each step."""
    from kg.explore.nodes import nodes_of

    steps = [step for one in found.chains for step in one.steps]
    names = sorted({name for step in steps for name in (step.element, *step.leads)})
    nodes = nodes_of(space.store, names)
    lang = space.settings.lang
    if format_ is console.TableFormat.JSON:
        told = {
            "chains": [_told(one, nodes) for one in found.chains],
            "truncated": found.truncated,
        }
        console.emit(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    console.rows([_row(one, nodes, lang) for one in found.chains], format_)
    complete = sum(one.is_complete for one in found.chains)
    more = "+" if found.truncated else ""
    console.err.print(f"完整 complete: {complete} / {len(found.chains)}{more}", highlight=False)


def _told(one: "Chain", nodes: dict[str, "Node"]) -> dict[str, object]:
    steps = [
        {**asdict(step), "label": asdict(nodes[step.element].label)}
        if step.element in nodes
        else asdict(step)
        for step in one.steps
    ]
    return {
        "steps": steps,
        "breaks": one.breaks,
        "headless": one.headless,
        "complete": one.is_complete,
        "handoffs": one.handoffs,
        "boundary_handoffs": one.boundary_handoffs,
        "confidence": round(one.confidence, 4),
    }


def _row(one: "Chain", nodes: dict[str, "Node"], lang: str) -> dict[str, object]:
    def label(name: str) -> str:
        return nodes[name].label.to(lang) or nodes[name].label.zh if name in nodes else name

    return {
        "chain": " ← ".join(label(step.element) for step in one.steps),
        "leads": " ← ".join(
            "、".join(map(label, step.leads)) or "?" for step in one.steps if step.is_measure
        ),
        "broken at": " ".join(one.breaks),
        "headless": len(one.headless),
        "hand-offs": one.handoffs,
        "boundary": one.boundary_handoffs,
        "confidence": round(one.confidence, 3),
    }
