"""The media types that stores read and write, first the one that is given to whoever does not care."""

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"

TURTLE = "text/turtle"
N_TRIPLES = "application/n-triples"
JSON_LD = "application/ld+json"
RDF_XML = "application/rdf+xml"
TRIG = "application/trig"
N_QUADS = "application/n-quads"

SOLUTIONS = (JSON, XML, CSV, TSV)
BOOLEANS = (JSON, XML)
GRAPHS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)
DATASETS = (N_QUADS, TRIG)
TRIPLES = GRAPHS + DATASETS  # a set of triples can be written as a dataset too
ALL = SOLUTIONS + TRIPLES
