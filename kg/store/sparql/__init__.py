"""SPARQL as text: read and rewritten without a parser of the whole language."""
