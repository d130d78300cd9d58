"""Mapping on this machine; on Spark: test_spark.py."""

import pytest

from kg.engine import mapper
from kg.errors import EngineError


@pytest.mark.parametrize("jobs", [1, 3])
def test_answers_come_in_the_order_of_the_items_and_items_are_taken_as_they_are_needed(
    jobs: int,
) -> None:
    taken = []

    def items() -> object:
        for number in range(1000):
            taken.append(number)
            yield number

    with mapper(jobs=jobs) as chosen:
        answers = chosen.map(str, items())
        assert [next(answers) for _ in range(3)] == ["0", "1", "2"]
        assert len(taken) < 100


@pytest.mark.parametrize("name", ["yarn", "local", "local-cluster[2]", "spark://", "local[2];x"])
def test_an_engine_that_is_none_is_refused_with_how_engines_are_named(name: str) -> None:
    with pytest.raises(EngineError, match=r"local-cluster\[N,CORES,MB\]"), mapper(name):
        pass
