"""Bodies that could take up what is open, each with the ground for naming it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from types import MappingProxyType

from kg.analysis.gaps.hits import Hit
from kg.analysis.gaps.workbench import Workbench, rule_text
from kg.model import Bilingual

_MOST = 3

_GROUNDS = MappingProxyType(
    {
        "named": Bilingual("已列为该项的责任单位", "already named for it"),
        "sibling": Bilingual("牵头同组的{peer}", "leads {peer} in the same group"),
        "mandate": Bilingual("职责：主管“{matter}”", "its mandate: “{matter}”"),
        "upper": Bilingual("牵头上级对应的{peer}", "leads the counterpart above, {peer}"),
        "seat": Bilingual("其中 {n} 家已在其协调之下", "already brings {n} of them together"),
        "other": Bilingual("牵头与之关联的{peer}", "leads {peer}, which depends on it"),
    }
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A body, how well it fits (0 to 1), and why: a ground, and what that refers to."""

    body: str
    score: float
    ground: str
    peer: str | None = None
    n: int = 0
    matter: str = ""

    def words(self, name: Callable[[str], Bilingual]) -> Bilingual:
        """Return the ground in words; *name* gives the quoted name of a measure."""
        template = _GROUNDS[self.ground]
        peer = name(self.peer) if self.peer else Bilingual("", "")
        facts = {"n": self.n, "matter": self.matter}
        return Bilingual(
            template.zh.format(peer=peer.zh, **facts), template.en.format(peer=peer.en, **facts)
        )


_By = dict[str, list[Proposal]]


@dataclass(frozen=True, slots=True)
class _Grounds:
    """What proposals are taken from: by subject, by measure, the seats of bodies, open bodies."""

    peers: _By
    leads: _By
    hubs: dict[str, set[str]]
    opened: set[str]


def proposals(
    bench: Workbench, hits: Iterable[tuple[str, Hit]]
) -> dict[tuple[str, Hit], tuple[Proposal, ...]]:
    """Return the best proposals for each pair of gap type and hit that has any."""
    pairs = list(hits)
    grounds = _Grounds(
        peers=_peers(bench, {hit.subjects[0] for kind, hit in pairs if kind in _WANT_PEERS}),
        leads=_leads(
            bench, {name for kind, hit in pairs if kind == "G14" for name in hit.subjects}
        ),
        hubs=_hubs(bench),
        opened={row["id"] for row in bench.rows("select id from bodies where kind = 'openBody'")},
    )
    found = {}
    for kind, hit in pairs:
        listed = _proposed(kind, hit, grounds)
        best: dict[str, Proposal] = {}
        for proposal in sorted(listed, key=lambda one: (-one.score, one.body, one.ground)):
            best.setdefault(proposal.body, proposal)
        found[kind, hit] = tuple(best.values())[:_MOST]
    return found


_WANT_PEERS = frozenset({"G01", "G02", "G04"})
_WANT_HUB = frozenset({"G03", "G13", "G15", "G22", "G23"})


def _proposed(kind: str, hit: Hit, grounds: _Grounds) -> list[Proposal]:
    listed = list(grounds.peers.get(hit.subjects[0], ())) if kind in _WANT_PEERS else []
    if kind == "G02":
        listed += _named(hit, grounds.opened)
    if kind in _WANT_HUB:
        listed += _seats(hit.bodies, grounds.hubs)
    if kind == "G14":
        listed += [proposal for name in hit.subjects for proposal in grounds.leads.get(name, ())]
    return listed


def _named(hit: Hit, opened: Collection[str]) -> list[Proposal]:
    """Propose those that the text names, the first named a little before the others."""
    bodies = [body for body in hit.bodies if body not in opened]
    return [Proposal(body, 0.7 if body == bodies[0] else 0.6, "named") for body in bodies]


def _peers(bench: Workbench, wanted: Collection[str]) -> _By:
    found: _By = defaultdict(list)
    for row in bench.rows(rule_text("peers.sql"), wanted=sorted(wanted)):
        proposal = Proposal(row["body"], round(row["score"], 2), row["ground"], row["peer"])
        found[row["id"]].append(proposal)
    for row in bench.rows(rule_text("mandates.sql"), wanted=sorted(wanted)):
        score = round(float(row["score"]), 2)
        found[row["id"]].append(Proposal(row["body"], score, row["ground"], matter=row["matter"]))
    return found


def _leads(bench: Workbench, wanted: Collection[str]) -> _By:
    found: _By = defaultdict(list)
    for row in bench.rows_of("acting", "measure", wanted):
        if row["role"] == "lead" and row["kind"] != "openBody":
            found[row["measure"]].append(Proposal(row["body"], 0.5, "other", row["measure"]))
    return found


def _hubs(bench: Workbench) -> dict[str, set[str]]:
    """Return for each body the coordination bodies that it sits in."""
    hubs: dict[str, set[str]] = defaultdict(set)
    for row in bench.rows("select body, coordination_body as hub from members"):
        hubs[row["body"]].add(row["hub"])
    return hubs


def _seats(bodies: Collection[str], hubs: dict[str, set[str]]) -> list[Proposal]:
    seated: dict[str, int] = defaultdict(int)
    for body in bodies:
        for hub in hubs.get(body, ()):
            seated[hub] += 1
    return [
        Proposal(hub, round(0.3 + 0.6 * count / len(bodies), 2), "seat", n=count)
        for hub, count in seated.items()
    ]
