"""A finding as N-Triples, worked out from the graph as it is."""

from kg.model import Finding
from kg.rdf import findings


def finding_triples(finding: Finding) -> bytes:
    """Return what a finding says as N-Triples."""
    lines = findings.finding_triples(finding)
    return "".join(f"{s} {p} {o} .\n" for s, p, o in lines).encode()
