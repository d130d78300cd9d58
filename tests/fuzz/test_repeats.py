"""No pattern of cleaning or extraction blows up: time grows with the square of a text at the worst.

Patterns that look for a beginning anywhere do so again from every place; those that may are given the
head of a document alone, or a sentence.
"""

import re
import time
from functools import partial

import pytest

from kg.confined import within_limits
from kg.errors import RunawayDocumentError
from kg.settings import Settings
from tests.fuzz.repeats import attacks, patterns

pytestmark = pytest.mark.slow

LENGTH, TIMES = 500, 6
LIMIT_S = 1  # of computing: the slowest takes a twentieth of that on an idle machine


@pytest.mark.parametrize("half", [0, 1])
def test_no_pattern_takes_for_ever_on_repeats_of_what_it_looks_for(half: int) -> None:
    every = patterns()
    assert len(every) >= 350
    slow = {}
    for name in sorted(every)[half::2]:
        for text in attacks(every[name], length=LENGTH, times=TIMES):
            began = time.process_time()
            sum(1 for _ in every[name].finditer(text))
            spent = time.process_time() - began
            if spent > LIMIT_S:
                slow[name] = (spent, text[:40])
    assert slow == {}


def test_a_pattern_that_would_blow_up_is_found() -> None:
    pattern = re.compile("(?:质+量?)+。$")
    texts = sorted(attacks(pattern, length=60, times=20), key=lambda one: one.count("质"))
    work = partial(re.search, pattern, texts[-1])
    with pytest.raises(RunawayDocumentError):
        within_limits(work, name="a.txt", settings=Settings(read_limit_s=1))
