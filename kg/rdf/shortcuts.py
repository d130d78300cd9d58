"""Links and their shortcuts in step: who edits a node runs one update, and the direct triples follow.

``qkg:shortcut`` names the direct property of each role (``lead`` -> ``ledBy``), each kind of
dependency (``flow`` -> ``requires``) and each `qkg:Relation`; contributions, uptakes and channels
have one of their own. A direct triple lies in the graph of its node. What a document says by a
direct triple alone (a certain relation has no node) is left as it is.
"""

from kg.vocab import PREFIXES

_ONTOLOGY = f"{PREFIXES['id']}graph/ontology"
_PROLOGUE = f"PREFIX qkg: <{PREFIXES['qkg']}> PREFIX owl: <{PREFIXES['owl']}>\n"
_NEED = "a qkg:Dependency ; qkg:ofKind ?c ;"
_NAMED = f"GRAPH <{_ONTOLOGY}> {{ ?c qkg:shortcut ?p }}"
_EITHER_WAY = f"GRAPH <{_ONTOLOGY}> {{ ?c qkg:shortcut/a owl:SymmetricProperty }}"

_IMPLIED = (
    f"GRAPH ?g {{ ?n qkg:responsibilityFor ?a ; qkg:heldBy ?b ; qkg:inRole ?c }} {_NAMED}",
    "GRAPH ?g { ?n qkg:responsibilityFor ?a ; qkg:heldBy ?b } BIND(qkg:hasBody AS ?p)",
    f"GRAPH ?g {{ ?n {_NEED} qkg:linkFrom ?a ; qkg:linkTo ?b }} {_NAMED}",
    f"GRAPH ?g {{ ?n {_NEED} qkg:linkTo ?a ; qkg:linkFrom ?b }} {_NAMED} {_EITHER_WAY}",
    f"GRAPH ?g {{ ?n {_NEED} qkg:linkFrom ?a ; qkg:linkTo ?b }} BIND(qkg:dependsOn AS ?p)",
    f"GRAPH ?g {{ ?n {_NEED} qkg:linkTo ?a ; qkg:linkFrom ?b }} {_EITHER_WAY} "
    "BIND(qkg:dependsOn AS ?p)",
    "GRAPH ?g { ?n a qkg:Contribution ; qkg:linkFrom ?a ; qkg:linkTo ?b ; qkg:strength ?s } "
    "FILTER(?s != 0) BIND(IF(?s > 0, qkg:contributesTo, qkg:conflictsWith) AS ?p)",
    "GRAPH ?g { ?n a qkg:Uptake ; qkg:linkFrom ?a ; qkg:linkTo ?b } BIND(qkg:takesUp AS ?p)",
    "GRAPH ?g { ?n a qkg:Relation ; qkg:shortcut ?p ; qkg:linkFrom ?a ; qkg:linkTo ?b }",
    "GRAPH ?g { ?n a qkg:Channel ; qkg:connects ?a, ?b } FILTER(?a != ?b) "
    "BIND(qkg:coordinatesWith AS ?p)",
)
_WANTED = " UNION ".join(f"{{ {pattern} }}" for pattern in _IMPLIED)
_FROM_NODES = (
    f"{{ GRAPH <{_ONTOLOGY}> {{ ?c qkg:shortcut ?p }} }} UNION {{ VALUES ?p {{ qkg:hasBody "
    "qkg:dependsOn qkg:contributesTo qkg:conflictsWith qkg:takesUp qkg:coordinatesWith } }"
)
_STALE = f"{{ {_FROM_NODES} }} GRAPH ?g {{ ?a ?p ?b }} MINUS {{ {_WANTED} }}"

REFRESH = f"""{_PROLOGUE}DELETE {{ GRAPH ?g {{ ?a ?p ?b }} }} WHERE {{ {_STALE} }} ;
INSERT {{ GRAPH ?g {{ ?a ?p ?b }} }} WHERE {{ {_WANTED} }}"""
"""The update after which shortcuts and nodes agree; the ontology must be in the store."""

DISAGREEMENTS = f"""{_PROLOGUE}SELECT DISTINCT ?g ?a ?p ?b ?fault {{
  {{ {_STALE} BIND("no node" AS ?fault) }} UNION
  {{ {{ {_WANTED} }} MINUS {{ GRAPH ?g {{ ?a ?p ?b }} }} BIND("no shortcut" AS ?fault) }}
}} ORDER BY ?g ?a ?p ?b"""
"""The query that returns nothing where shortcuts and nodes agree."""
