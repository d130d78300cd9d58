"""One text of SQL for both engines: what is written for DuckDB, said as Spark says it.

sqlglot knows most of the differences. Two it answers wrongly without a word (30.30): it drops the order
that a list is gathered in, and makes an exact quantile one that Spark has not, or an approximate one.
Both are said here in functions that Spark has.
"""

from collections.abc import Iterator
from functools import cache

import sqlglot
from sqlglot import exp

_FROM, _TO = "duckdb", "spark"
_KEY, _ITEM = "k{}", "x"


@cache
def for_spark(sql: str) -> str:
    """Return a query of DuckDB as one of Spark; ``$name`` becomes ``:name``.

    >>> for_spark("select list(a order by b) as l from t anti join u using (a)")
    'SELECT TRANSFORM(ARRAY_SORT(COLLECT_LIST(STRUCT(b AS k0, a AS x))), e -> e.x) AS l FROM t LEFT ANTI JOIN u USING (a)'
    """
    return _written(sqlglot.parse_one(sql, read=_FROM))


def relations(script: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each table and view that a script of DuckDB creates, and Spark's query of it.

    >>> list(relations("create view v as select [1] as a; create table t as select * from v"))
    [('v', 'SELECT ARRAY(1) AS a'), ('t', 'SELECT * FROM v')]
    """
    for statement in sqlglot.parse(script, read=_FROM):
        if isinstance(statement, exp.Create):
            yield statement.this.name, _written(statement.expression)


def _written(query: exp.Expr) -> str:
    told = query.transform(_in_order).transform(_exact).transform(_left)
    return told.sql(dialect=_TO, comments=False)


def _in_order(node: exp.Expr) -> exp.Expr:
    """Return ``list(x order by k)`` as what gathers keys and items, sorts them and leaves the items."""
    if not (isinstance(node, exp.ArrayAgg) and isinstance(node.this, exp.Order)):
        return node
    gathered = node.this.this
    distinct = isinstance(gathered, exp.Distinct)
    item = gathered.expressions[0] if distinct else gathered
    keys = [key.this for key in node.this.expressions]
    named = [exp.alias_(key.copy(), _KEY.format(at)) for at, key in enumerate(keys)]
    pairs: exp.Expr = exp.Struct(expressions=[*named, exp.alias_(item.copy(), _ITEM)])
    if distinct:
        pairs = exp.Distinct(expressions=[pairs])
    one = exp.to_identifier("e")
    items = exp.Lambda(this=exp.column(_ITEM, table="e"), expressions=[one])
    listed = exp.func("ARRAY_SORT", exp.ArrayAgg(this=pairs), dialect=_TO)
    return exp.Transform(this=listed, expression=items)


def _exact(node: exp.Expr) -> exp.Expr:
    """Return ``quantile_cont(x, q)`` as Spark's exact quantile, which runs between values too."""
    if not isinstance(node, exp.PercentileCont):
        return node
    return exp.Anonymous(this="PERCENTILE", expressions=[node.this, node.expression])


def _left(node: exp.Expr) -> exp.Expr:
    """Return an anti-join or semi-join with the side that Spark wants told."""
    if isinstance(node, exp.Join) and node.kind in ("ANTI", "SEMI") and not node.side:
        node.set("side", "LEFT")
    return node
