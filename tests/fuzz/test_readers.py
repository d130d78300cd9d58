"""Any bytes in: a text, or an error of ours that says why; never another exception."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import DocumentError
from kg.settings import Settings
from kg.text.clean import clean
from kg.text.readers import READABLE_SUFFIXES, read
from tests.fuzz.seeds import BYTE_PIECES, SOUND

QUICK = sorted(set(SOUND) - {"a.pdf"})
NAMES = st.sampled_from([f"a{suffix}" for suffix in sorted(READABLE_SUFFIXES)] + ["a", "a.doc"])
PIECES = st.sampled_from(BYTE_PIECES)
BYTES = st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=40).map(b"".join))


def read_or_refuse(name: str, data: bytes) -> None:
    try:
        found = read(name, data, settings=Settings())
    except DocumentError as error:
        assert name in error.text("zh")
        assert name in error.text("en")
        return
    assert found.text.strip()
    clean(found.text).text.encode()  # whatever comes out can be stored


@settings(max_examples=150, derandomize=True, deadline=None)
@given(NAMES, BYTES)
@example("a.txt", b"\xed\xa0\x80" * 400)
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    if b"%PDF-" not in data[:1024]:
        read_or_refuse(name, data)


@pytest.mark.parametrize("name", QUICK)
def test_a_file_cut_off_anywhere_is_read_or_refused(name: str) -> None:
    for part in range(20):
        read_or_refuse(name, SOUND[name][: len(SOUND[name]) * part // 20])


@pytest.mark.slow
def test_a_pdf_cut_off_anywhere_is_read_or_refused() -> None:
    for part in range(20):
        read_or_refuse("a.pdf", SOUND["a.pdf"][: len(SOUND["a.pdf"]) * part // 20])


@settings(max_examples=120, derandomize=True, deadline=None)
@given(st.sampled_from(QUICK), st.data())
def test_damaged_bytes_are_read_or_refused(name: str, data: st.DataObject) -> None:
    broken = bytearray(SOUND[name])
    places = st.integers(0, len(broken) - 1)
    for at, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=12)):
        broken[at] = byte
    read_or_refuse(name, bytes(broken))
