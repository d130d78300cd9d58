"""The error tree: stable codes, both languages, whole over a process boundary."""

import pickle
import re

import pytest

from kg import errors
from kg.errors import QkgError, QueryTimeoutError, UnreadableDocumentError

KINDS = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, QkgError)
]


def test_no_two_errors_share_a_code() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(codes) == len(set(codes)) >= 25


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_both_languages_use_the_same_values(kind: type[QkgError]) -> None:
    def fields(template: str) -> set[str]:
        return {name.removesuffix("_zh").removesuffix("_en") for name in FIELD.findall(template)}

    assert fields(kind.zh) == fields(kind.en)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_tree_in_the_docstring_names_every_error(kind: type[QkgError]) -> None:
    assert kind.__name__ in (errors.__doc__ or "")


def test_an_error_says_what_is_wrong_in_both_languages() -> None:
    error = QueryTimeoutError(limit_s=2.0)
    assert "2 s" in error.text("en")
    assert "2 秒" in error.text("zh")


def test_an_error_comes_whole_out_of_another_process() -> None:
    error = UnreadableDocumentError(name="a.docx", en="not a zip", zh="不是 zip 文件")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is UnreadableDocumentError
    assert again.text("zh") == error.text("zh")
    assert str(again) == str(error)


FIELD = re.compile(r"{(\w+)")


def test_where_nothing_is_near_the_message_says_so() -> None:
    told = {"name": "无此局", "what_en": "body", "what_zh": "责任主体"}
    none, some = (errors.UnknownNameError(near=near, **told) for near in ("", "省教育厅"))
    assert none.text("zh") == "没有名为 '无此局' 的责任主体；也没有相近的名称，请用其名称中的字词"
    assert some.text("zh").endswith("最接近的：省教育厅")


@pytest.mark.parametrize("kind", [errors.OccupiedFolderError, errors.BusyHomeError])
def test_what_is_wrong_with_a_folder_is_said_in_one_language(kind: type[QkgError]) -> None:
    assert not re.search(
        "[a-z]", kind(path="/x/").text("zh").removeprefix("/x/").replace("/x/", "")
    )
