"""Who must coordinate with whom, and where that is not arranged.

`project` reads the store once into typed tables; `networks`, `dependencies` and `coordination`
build graphs and matrices from them; `gaps` finds the instances of the gap catalogue.
"""
