"""When an answer is still the same: entity tags (RFC 9110, sections 8.8.3 and 13.1.2)."""

import re
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

from kg.settings import Settings
from kg.version import __version__

_TAG = re.compile(rb'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_FOLDERS = tuple(
    Path(str(files(package).joinpath(name))).parent
    for package, name in (
        ("api", "app.py"),
        ("kg", "version.py"),
        ("ontology", "quality.ttl"),
        ("viz", "style.py"),
    )
)


def edition(settings: Settings) -> bytes:
    """Return what an answer depends on beside the store: the program and its settings.

    The program is its version and when its newest file was changed: between two releases a
    template changes and the version does not.
    """
    newest = max(
        path.stat().st_mtime_ns
        for folder in _FOLDERS
        for path in folder.rglob("*")
        if path.suffix != ".pyc" and path.is_file()
    )
    chosen = settings.model_dump_json(exclude={"token", "store_token"})
    return blake2b(f"{__version__} {newest} {chosen}".encode(), digest_size=8).digest()


def weak_tag(digest: bytes) -> bytes:
    """Return the entity tag of an answer with this digest.

    It is weak: the same question to the same data has one meaning, but not always the same bytes
    (labels of blank nodes, rows in no order).

    >>> weak_tag(b"ab")
    b'W/"6162"'
    """
    return b'W/"' + digest.hex().encode() + b'"'


def names_tag(if_none_match: bytes, tag: bytes) -> bool:
    r"""Return whether a field names *tag*, compared weakly; ``*`` is for whoever knows the answer.

    >>> names_tag(b'"aa", W/"bb"', b'"bb"'), names_tag(b'"aa"', b'"bb"'), names_tag(b"*", b'"bb"')
    (True, False, False)
    """
    return tag.removeprefix(b"W/") in _TAG.findall(if_none_match)
