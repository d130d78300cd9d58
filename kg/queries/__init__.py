"""Saved SPARQL queries (*.rq); `kg.analysis.saved` lists and reads them."""
