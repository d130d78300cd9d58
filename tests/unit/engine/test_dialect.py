"""The SQL of the rules as Spark says it."""

from pathlib import Path

import pytest

from kg.analysis.gaps.workbench import LAYING_OUT
from kg.engine.dialect import for_spark, relations

sqlglot = pytest.importorskip("sqlglot", reason="the scale extra is not installed")
RULES = Path(__file__).parents[3] / "kg/analysis/gaps/rules"
ON_DUCKDB_ALONE = ("mandates.sql", "peers.sql", "searched.sql")  # of evidence and candidates
TEXTS = sorted({path.name for path in RULES.glob("*.sql")} - {*LAYING_OUT, *ON_DUCKDB_ALONE})

SAID = [
    (
        "select list(x order by y, z) from t",
        "TRANSFORM(ARRAY_SORT(COLLECT_LIST(STRUCT(y AS k0, z AS k1, x AS x))), e -> e.x)",
    ),
    (
        "select list(distinct x order by x) from t",
        "TRANSFORM(ARRAY_SORT(COLLECT_LIST(DISTINCT STRUCT(x AS k0, x AS x))), e -> e.x)",
    ),
    ("select list(x) filter (where y) from t", "COLLECT_LIST(x) FILTER(WHERE y)"),
    ("select quantile_cont(x, 0.75) from t", "PERCENTILE(x, 0.75)"),
    ("select a from t anti join u using (a)", "LEFT ANTI JOIN u USING (a)"),
    ("select a from t semi join u using (a)", "LEFT SEMI JOIN u USING (a)"),
    ("select * from t where n >= $least", "n >= :least"),
]


@pytest.mark.parametrize(("duckdb", "spark"), SAID, ids=lambda text: text[:30])
def test_what_engines_say_differently_is_said_as_spark_says_it(duckdb: str, spark: str) -> None:
    assert spark in for_spark(duckdb)


def test_every_rule_can_be_said_to_spark() -> None:
    assert len(TEXTS) >= 25
    for name in TEXTS:
        assert for_spark((RULES / name).read_text("utf-8")).startswith(("SELECT", "WITH")), name


def test_every_view_and_table_of_the_rules_has_a_query_for_spark() -> None:
    made = [name for text in LAYING_OUT for name, _ in relations((RULES / text).read_text("utf-8"))]
    assert len(made) == len(set(made)) >= 24
    assert {"duties", "holders", "highest", "asked"} <= set(made)


def test_no_rule_uses_what_would_mean_something_else_to_spark() -> None:
    """Lists in falling order, and places in a list, which Spark counts from 0."""
    for path in sorted(RULES.glob("*.sql")):
        if path.name in ON_DUCKDB_ALONE:
            continue
        for statement in sqlglot.parse(path.read_text("utf-8"), read="duckdb"):
            gathered = statement.find_all(sqlglot.exp.ArrayAgg)
            keys = [key for one in gathered for key in one.find_all(sqlglot.exp.Ordered)]
            assert [key.sql() for key in keys if key.args.get("desc")] == [], path.name
            assert [one.sql() for one in statement.find_all(sqlglot.exp.Bracket)] == [], path.name
