"""A finding as RDF; findings are worked out from the graph, not kept in it."""

from kg.model import Finding
from kg.rdf.terms import decimal, node, text
from kg.vocab import NS, RDF_TYPE, Class, Property


def finding_triples(finding: Finding) -> bytes:
    """Return what a finding says as N-Triples."""
    this = node(finding.id)
    lines = [
        (this, node(RDF_TYPE), node(Class.FINDING)),
        (this, node(Property.OF_GAP_TYPE), node(NS + finding.type)),
        (this, node(Property.SEVERITY), text(finding.severity)),
        (this, node(Property.CONFIDENCE), decimal(finding.confidence)),
    ]
    for lang in ("zh", "en"):
        lines.append((this, node(Property.REASON), text(finding.reason.to(lang), lang)))
        lines.append((this, node(Property.REMEDY), text(finding.remedy.to(lang), lang)))
    lines += [(this, node(Property.CONCERNS), node(one.id)) for one in finding.subjects]
    lines += [(this, node(Property.CANDIDATE), node(one.body)) for one in finding.candidates]
    return "".join(f"{s} {p} {o} .\n" for s, p, o in lines).encode()
