"""How much there is in each document: elements by kind, and issues."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from kg.analysis.project import Tables
from kg.model import Kind
from kg.store.port import Store
from kg.vocab import Class, Property


def facts_by_document(tables: Tables) -> Mapping[str, Counter[str]]:
    """Return how many goals, targets and measures of each kind a document states, by its IRI.

    >>> from kg.analysis.project import tables_of
    >>> facts_by_document(tables_of({"goals": [{"id": "g", "document": "d"}]}))["d"]
    Counter({'goal': 1})
    """
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in tables.measures.select(["document", "kind"]).to_pylist():
        found[row["document"]][row["kind"]] += 1
    for kind, table in ((Kind.GOAL, tables.goals), (Kind.TARGET, tables.targets)):
        for document in table["document"].to_pylist():
            found[document][kind.value] += 1
    return found


def issues_by_document(store: Store) -> Mapping[str, int]:
    """Return how many issues a document has, by its IRI; those without any are left out.

    Raises:
        StoreError: The store failed.
    """
    rows = store.select(
        f"SELECT ?document (COUNT(DISTINCT ?issue) AS ?number) {{ ?issue a <{Class.ISSUE}> ; "
        f"<{Property.STATED_IN}> ?document }} GROUP BY ?document"
    ).rows
    return {str(document): int(str(number)) for document, number in rows}
