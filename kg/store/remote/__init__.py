"""Any SPARQL 1.1 service as a store."""
