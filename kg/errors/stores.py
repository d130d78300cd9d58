"""What is wrong with a query, or with the store that it goes to."""

from collections.abc import Mapping
from types import MappingProxyType

from kg.errors.base import QkgError


class QueryError(QkgError):
    """A query cannot be answered."""

    code = "query"
    en = "the query failed: {detail}"
    zh = "查询失败：{detail}"


class MalformedQueryError(QueryError):
    """The text is not SPARQL 1.1."""

    code = "malformed-query"
    en = "not a SPARQL 1.1 {what}: {detail}"
    zh = "不是合法的 SPARQL 1.1 {what}：{detail}"


class QueryRefusedError(QueryError):
    """The query asks for what this service does not allow."""

    code = "query-refused"
    en = "{what} is not allowed here; {todo_en}"
    zh = "此处不允许 {what}；{todo_zh}"

    def __init__(self, *, what: str, en: str, zh: str) -> None:
        super().__init__(what=what, todo_en=en, todo_zh=zh)


class StoppedQueryError(QueryError):
    """The query was ended before it had its answer; `hint` says in zh and en why it ran so long."""

    code = "query-stopped"
    en = "the query was ended; ask again"
    zh = "查询已被终止；可再次提交"
    hint: Mapping[str, str] = MappingProxyType({})

    def text(self, lang: str) -> str:
        """Return the message in *lang*, ``"zh"`` or ``"en"``, with the hint where there is one."""
        told = (super().text(lang), self.hint.get(lang, ""))
        return (" " if lang == "en" else "。").join(part for part in told if part)


class QueryTimeoutError(StoppedQueryError):
    """The query ran past its limit."""

    code = "query-timeout"
    en = "the query ran past {limit_s:g} s; narrow it, or ask for a longer `timeout`"
    zh = "查询超过 {limit_s:g} 秒；请缩小范围或设置更长的 `timeout`"


class QueryMemoryError(StoppedQueryError):
    """The query needed more memory than one query may have."""

    code = "query-memory"
    en = "the query needed more than {limit_mb} MB of memory; narrow it, sort less, or raise QKG_QUERY_MEMORY_MB"
    zh = "查询所需内存超过 {limit_mb} MB；请缩小范围、减少排序，或调高 QKG_QUERY_MEMORY_MB"


class QueryCancelledError(StoppedQueryError):
    """Somebody who may do so ended the query, or its client left."""

    code = "query-cancelled"
    en = "the query was ended by whoever runs this service; ask them before you send it again"
    zh = "查询已被服务管理者终止；再次提交前请先与其联系"


class WorkerLostError(StoppedQueryError):
    """The process that worked on the query ended by itself or by another's hand."""

    code = "worker-lost"
    en = "the process that worked on the query ended ({detail}); send it again"
    zh = "处理该查询的进程已结束（{detail}）；请重新提交"


class OverloadedError(QueryError):
    """There is no room for another query at the moment."""

    code = "overloaded"
    en = "{load_en}; ask again in {retry_s} s"
    zh = "{load_zh}；请在 {retry_s} 秒后重试"

    def __init__(self, *, en: str, zh: str, retry_s: int) -> None:
        super().__init__(load_en=en, load_zh=zh, retry_s=retry_s)


class UnknownRunningError(QueryError):
    """No query with this id is running."""

    code = "unknown-running"
    en = "no query {id!r} is running; list them with GET /api/running"
    zh = "没有正在运行的查询 {id!r}；可用 GET /api/running 列出"


class UnknownQueryError(QueryError):
    """No saved query has this name."""

    code = "unknown-query"
    en = "no saved query {name!r}; list them with `qkg queries`"
    zh = "没有名为 {name!r} 的查询；可用 `qkg queries` 列出"


class StoreError(QkgError):
    """The RDF store failed."""

    code = "store"
    en = "the store at {address} failed: {detail}"
    zh = "存储 {address} 出错：{detail}"


class StoreUnavailableError(StoreError):
    """The store does not answer."""

    code = "store-unavailable"
    en = "the store at {address} does not answer: {detail}; check that it runs and the URL is right"
    zh = "存储 {address} 没有响应：{detail}；请检查其是否运行、地址是否正确"


class StoreLockedError(StoreError):
    """Another process holds the store."""

    code = "store-locked"
    en = "another process uses the store at {address} ({holder_en}); stop it, or use its service instead"
    zh = "另一个进程正在使用存储 {address}（{holder_zh}）；请先停止它，或改用它提供的服务"

    def __init__(self, *, address: str, en: str, zh: str) -> None:
        super().__init__(address=address, holder_en=en, holder_zh=zh)


class UnknownGraphError(QkgError):
    """The store has no graph of this name."""

    code = "unknown-graph"
    en = "there is no graph <{graph}>; list them with SELECT DISTINCT ?g {{ GRAPH ?g {{ }} }}"
    zh = "没有名为 <{graph}> 的图；可用 SELECT DISTINCT ?g {{ GRAPH ?g {{ }} }} 列出"
