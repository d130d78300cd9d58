"""What a person means by a name: a body may be named as plans name it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import AmbiguousNameError, UnknownNameError
from kg.explore.naming import BODY_TYPES, MEASURE_TYPES, in_full, meant
from kg.store.port import Store
from kg.workspace import open_workspace

# Invented.
PLAN = """云溪省质量提升行动方案
一、重点任务
（一）制定地方标准。制定分级标准。（省市场监管局牵头，省发展改革委配合）
（二）开展质量帮扶。帮扶中小企业。（省教育厅牵头，临溪市市场监管局配合）
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("naming")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    with open_workspace(folder / "home", create=True) as space:
        list(space.build(space.find([folder / "plan.txt"])))
        yield space.store


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("省市场监管局", "云溪省市场监督管理局"),
        ("云溪省发改委", "云溪省发展和改革委员会"),
        ("省教育厅", "云溪省教育厅"),
        ("临溪市市场监管局", "临溪市市场监督管理局"),
    ],
)
def test_a_body_is_found_by_the_name_that_plans_give_it(
    store: Store, name: str, label: str
) -> None:
    assert meant(store, name, types=BODY_TYPES).label.zh == label


def test_a_short_name_of_several_bodies_is_asked_back(store: Store) -> None:
    with pytest.raises(AmbiguousNameError):
        meant(store, "市场监管局", types=BODY_TYPES)


@pytest.mark.parametrize(
    ("types", "word"),
    [(BODY_TYPES, "责任主体"), (MEASURE_TYPES, "措施"), (MEASURE_TYPES | {"goal"}, "目标")],
)
def test_what_was_not_found_is_called_by_its_word(
    store: Store, types: frozenset[str], word: str
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        meant(store, "无此名称", types=types)
    assert word in caught.value.text("zh")
    assert "taskGroup" not in str(caught.value)


@pytest.mark.parametrize("name", ["无此局", "", "省", "云溪省市场监督管理局", '"} #'])
def test_a_name_without_a_short_form_stays_as_it_is(name: str) -> None:
    assert in_full(name) == name
