"""What an outside engine is, and what it gets wrong: asked once, without writing anything.

Each question is answered from its own text (VALUES, constants), so any data and none will do. What
can be known only by writing or by large data is told of engines by name (`_KNOWN`).
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from kg.errors import QkgError, QueryTimeoutError, StoreError
from kg.model import Bilingual
from kg.store import formats
from kg.store.port import Store

Ask = Callable[[str], Mapping[str, Any]]
"""Returns the answer to a SELECT or an ASK as SPARQL 1.1 Query Results JSON."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the first cell of the answer that the standard asks for."""

    name: str
    query: str
    right: str
    wrong: Bilingual


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that an engine gets wrong, or does not have."""

    name: str
    says: Bilingual


@dataclass(frozen=True, slots=True)
class Engine:
    """What the product must know of the engine behind an address.

    Attributes:
        name: As it calls itself, with its version; empty where it does not.
        atomic: Whether one update is all or nothing.
        default_graph: The graph that stands for the default graph where the engine has none.
        own_graphs: Graphs that the engine keeps for itself.
        writes: Media types of graphs that it writes right; others are written here.
        takes_datasets: Whether its graph store takes N-Quads and TriG.
        faults: What it gets wrong.
    """

    name: str = ""
    atomic: bool = True
    default_graph: str | None = None
    own_graphs: frozenset[str] = frozenset()
    writes: tuple[str, ...] = formats.TRIPLES
    takes_datasets: bool = False
    faults: tuple[Fault, ...] = ()


def _question(name: str, query: str, right: str, wrong: tuple[str, str]) -> Question:
    return Question(name, query, right, Bilingual(*wrong))


QUESTIONS = (
    _question(
        "regex-chinese",
        'SELECT (IF(REGEX("质量强国", "质量"), "yes", "no") AS ?x) {}',
        "yes",
        ("REGEX 匹配不到汉字", "REGEX finds no Chinese characters"),
    ),
    _question(
        "group-concat",
        'SELECT (GROUP_CONCAT(?v; SEPARATOR="、") AS ?x) { VALUES ?v { "质" "质" } }',
        "质、质",
        ("GROUP_CONCAT 的分隔符不能用汉字标点", "GROUP_CONCAT spoils a Chinese separator"),
    ),
    _question(
        "encode-for-uri",
        'SELECT (ENCODE_FOR_URI("质") AS ?x) {}',
        "%E8%B4%A8",
        ("ENCODE_FOR_URI 多出一个字节", "ENCODE_FOR_URI adds a byte"),
    ),
    _question(
        "language-equality",
        'SELECT (IF("a" = "a"@en, "equal", "not") AS ?x) {}',
        "not",
        ("带语言标签的文字与不带的相等", "words with and without a language tag are equal"),
    ),
    _question(
        "integer-division",
        'SELECT (IF(1/2 = 0, "whole", "part") AS ?x) {}',
        "part",
        ("整数相除只得整数", "integers divide to an integer"),
    ),
    _question(
        "boolean",
        "SELECT (DATATYPE(1 = 1) AS ?x) {}",
        "http://www.w3.org/2001/XMLSchema#boolean",
        ("真假值成了整数", "truth values are integers"),
    ),
    _question(
        "datatype",
        'SELECT (DATATYPE("a") AS ?x) {}',
        "http://www.w3.org/2001/XMLSchema#string",
        ("文字没有数据类型", "strings have no datatype"),
    ),
    _question(
        "big-integer",
        "SELECT (STR(123456789012345678) AS ?x) { VALUES ?v { 1 } }",
        "123456789012345678",
        ("大整数会变值", "large integers change their value"),
    ),
    _question(
        "blank-node",
        'SELECT (IF(ISBLANK(BNODE()), "yes", "no") AS ?x) {}',
        "yes",
        ("没有 BNODE()", "there is no BNODE()"),
    ),
    _question(
        "ask-values",
        "ASK { VALUES ?v { 1 } FILTER(?v = 2) }",
        "False",
        ("只有 VALUES 的 ASK 总答“是”", "an ASK over VALUES alone always says yes"),
    ),
    _question(
        "union-values",
        "SELECT (COUNT(?v) AS ?x) { { VALUES ?v { 1 } } UNION { VALUES ?v { 2 } } }",
        "2",
        ("VALUES 的 UNION 会丢行", "a UNION of VALUES loses rows"),
    ),
    _question(
        "zero-length-path",
        "SELECT ?x { VALUES ?v { <urn:qualitykg:a> } ?v <urn:qualitykg:p>* ?x }",
        "urn:qualitykg:a",
        ("VALUES 之后的零长路径答不出", "a zero-length path after VALUES fails"),
    ),
    _question(
        "values-minus",
        "SELECT (COUNT(?v) AS ?x) { VALUES ?v { 1 2 } MINUS { VALUES ?v { 1 } } }",
        "1",
        ("MINUS 减不掉 VALUES", "MINUS does not take VALUES away"),
    ),
)


def _known(name: str, zh: str, en: str) -> Fault:
    return Fault(name, Bilingual(zh, en))


_KNOWN: Mapping[str, Engine] = MappingProxyType(
    {
        "virtuoso": Engine(
            atomic=False,
            default_graph="urn:qualitykg:default",
            own_graphs=frozenset(
                (
                    "http://www.openlinksw.com/schemas/virtrdf#",
                    "http://www.w3.org/ns/ldp#",
                    "http://www.w3.org/2002/07/owl#",
                    "http://localuriqaserver/sparql",
                    "urn:activitystreams-owl:map",
                    "urn:core:services:sparql",
                )
            ),
            writes=(),
            faults=(
                _known(
                    "not-atomic",
                    "更新中途出错时，前面的部分已经写入",
                    "an update that fails half-way leaves what came before",
                ),
                _known(
                    "path-beside-optional",
                    "路径（+ 或 *）与两个 OPTIONAL 同组时会丢行；请把路径写进单独的花括号",
                    "a path with + or * beside two OPTIONALs loses rows; put it into braces of its own",
                ),
                _known(
                    "minus-of-groups",
                    "MINUS 之内有 GROUP BY 时，行中的值会串行；请改用 OPTIONAL 与 FILTER",
                    "a MINUS of a GROUP BY mixes up the values of rows; use OPTIONAL and FILTER",
                ),
                _known(
                    "own-triples",
                    "不限图的查询也会看到引擎自带的约两千五百条三元组",
                    "a query without a graph also sees some 2,500 triples of the engine itself",
                ),
                _known(
                    "json-ld",
                    "JSON-LD 输出丢失语言标签（由本产品改写）",
                    "JSON-LD drops language tags (written by this product instead)",
                ),
            ),
        ),
        "oxigraph": Engine(takes_datasets=True),
        "apache jena fuseki": Engine(takes_datasets=True),
    }
)


def engine_of(store: Store) -> Engine:
    """Return what is known of the engine behind a store.

    Raises:
        StoreError: An outside service does not answer, or with something else than results.
        QueryTimeoutError: It is too slow.

    >>> from kg.store.embedded.memory import memory_store
    >>> engine_of(memory_store()).name
    'embedded'
    """
    found = getattr(store, "engine", None)
    return found if isinstance(found, Engine) else Engine(name="embedded")


def recognised(server: str) -> Engine:
    """Return what is known of the engine that answers with this ``Server`` header.

    >>> recognised("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu").atomic
    False
    >>> recognised("").faults
    ()
    """
    for name, engine in _KNOWN.items():
        if server.lower().startswith(name):
            return replace(engine, name=" ".join(server.split()))
    return Engine(name=" ".join(server.split()))


def probed(server: str, ask: Ask) -> Engine:
    """Return what is known of an engine and what it got wrong just now; say so in the log once.

    Raises:
        StoreError: The service does not answer, or with something else than results.
        QueryTimeoutError: It is too slow to be asked anything: no question has data to go through.
    """
    engine = recognised(server)
    found = tuple(Fault(one.name, one.wrong) for one in QUESTIONS if _answer(ask, one) != one.right)
    engine = replace(engine, faults=(*found, *engine.faults))
    if engine.faults:
        names = ", ".join(fault.name for fault in engine.faults)
        log.warning("the store is %s, which gets wrong: %s", engine.name or "unnamed", names)
    return engine


def _answer(ask: Ask, question: Question) -> str:
    try:
        found = ask(question.query)
    except (StoreError, QueryTimeoutError):  # the service is ill; asked on, it would be slandered
        raise
    except QkgError as error:
        return f"({error.code})"
    if "boolean" in found:
        return str(found["boolean"])
    rows = found["results"]["bindings"]
    return str(rows[0]["x"]["value"]) if rows and "x" in rows[0] else ""
