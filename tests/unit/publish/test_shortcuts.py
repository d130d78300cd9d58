"""Nodes and direct triples in step: after a build, and after an edit and the generic update."""

import pytest

from kg.rdf.shortcuts import DISAGREEMENTS
from kg.vocab import PREFIXES
from kg.workspace import Workspace

PREFIX = f"PREFIX qkg: <{PREFIXES['qkg']}> PREFIX id: <{PREFIXES['id']}>\n"


def faults(space: Workspace) -> set[tuple[str, str]]:
    rows = space.store.select(DISAGREEMENTS).dicts()
    return {(str(row["p"]).rpartition("#")[2], str(row["fault"])) for row in rows}


def test_a_build_writes_both(space: Workspace) -> None:
    assert faults(space) == set()
    assert space.refresh_shortcuts() == 0
    for word in ("ledBy", "supportedBy", "requires", "dependsOn", "hasBody"):
        assert space.store.ask(f"{PREFIX}ASK {{ ?s qkg:{word} ?o }}"), word


EDITS = {
    "a role is changed": (
        "DELETE { GRAPH ?g { ?r qkg:inRole qkg:support } } INSERT { GRAPH ?g { ?r qkg:inRole "
        "qkg:supervisor } } WHERE { GRAPH ?g { ?r qkg:inRole qkg:support } }",
        {("supportedBy", "no node"), ("supervisedBy", "no shortcut")},
    ),
    "a duty is taken away": (
        "DELETE { GRAPH ?g { ?r ?p ?o } } WHERE { GRAPH ?g { ?r qkg:inRole qkg:support ; ?p ?o } }",
        {("supportedBy", "no node"), ("hasBody", "no node")},
    ),
    "a body takes over": (
        "DELETE { GRAPH ?g { ?r qkg:heldBy ?b } } INSERT { GRAPH ?g { ?r qkg:heldBy <urn:other> } "
        "} WHERE { GRAPH ?g { ?r qkg:inRole qkg:support ; qkg:heldBy ?b } }",
        {
            ("supportedBy", "no node"),
            ("hasBody", "no node"),
            ("supportedBy", "no shortcut"),
            ("hasBody", "no shortcut"),
        },
    ),
    "a dependency becomes one of sharing": (
        "DELETE { GRAPH ?g { ?d qkg:ofKind ?k } } INSERT { GRAPH ?g { ?d qkg:ofKind qkg:sharing } }"
        " WHERE { GRAPH ?g { ?d qkg:ofKind ?k } }",
        {
            ("requires", "no node"),
            ("sharesResourceWith", "no shortcut"),
            ("dependsOn", "no shortcut"),
        },
    ),
    "a contribution turns into a hindrance": (
        "INSERT { GRAPH ?g { id:contribution\\/x a qkg:Contribution ; qkg:linkFrom ?t ; "
        "qkg:linkTo ?u ; qkg:strength -2 } } WHERE { GRAPH ?g { ?t qkg:requires ?u } }",
        {("conflictsWith", "no shortcut")},
    ),
    "a direct triple is written by hand": (
        "INSERT { GRAPH ?g { ?u qkg:ledBy <urn:other> } } WHERE { GRAPH ?g { ?t qkg:requires ?u } }",
        {("ledBy", "no node")},
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_the_generic_update_follows_an_edit_of_the_nodes(fresh: Workspace, edit: str) -> None:
    update, expected = EDITS[edit]
    fresh.store.update(PREFIX + update)
    assert faults(fresh) == expected
    assert fresh.refresh_shortcuts() > 0
    assert faults(fresh) == set()


def test_what_has_no_node_by_design_stays(fresh: Workspace) -> None:
    before = fresh.query("SELECT ?s ?o { ?s qkg:partOf ?o } ORDER BY ?s ?o").rows
    fresh.store.update(PREFIX + EDITS["a role is changed"][0])
    fresh.refresh_shortcuts()
    assert fresh.query("SELECT ?s ?o { ?s qkg:partOf ?o } ORDER BY ?s ?o").rows == before
    assert len(before) > 0
