"""Every error that this product raises on purpose.

Each class has a stable ``code`` and says, in zh and en, what is wrong with which value and what
to do. Dirty text is data (`kg.model.Issue`), not an error.

* QkgError
  - SettingsError            a setting has a value it cannot have
  - HomeError                the data folder cannot be used
    · UnknownHomeError       there is none at this path
    · HomeFormatError        it was written by another version
    · BackupError            a copy of one cannot be used
    · NoBackupError          an outside store is not in it
  - DocumentError            a document cannot be read or found
    · MissingFileError
    · InternalFaultError     our own code failed on it
    · UnreadableDocumentError
    · EmptyDocumentError
    · DocumentTooLargeError
    · TextTooLongError
    · RunawayDocumentError   it takes too much to read, or breaks the reader
    · DocumentClashError     two files claim to be one document
    · UnknownDocumentError
    · AmbiguousDocumentError several documents have this title or file name
    · SameDocumentError      a document is to be compared with itself
    · UnkeptDocumentError    its bytes are not in this home
    · NoDocumentsError       nothing readable was given
  - RuleError                a rule file is wrong, with its file and rule
  - PluginError              what another package adds cannot be used
  - QueryError               a query cannot be answered
    · MalformedQueryError
    · QueryRefusedError      it asks for what this service does not allow
    · StoppedQueryError      it was ended before it had its answer
      QueryTimeoutError, QueryMemoryError, QueryCancelledError, WorkerLostError
    · OverloadedError        there is no room for it at the moment
    · UnknownRunningError    no query with this id is running
    · UnknownQueryError      no saved query has this name
  - StoreError               the RDF store failed
    · StoreUnavailableError
    · StoreLockedError
  - UnknownNodeError         nothing in the graph has this identifier
    · UnknownNameError       nor this name
  - AmbiguousNameError       several things of the graph have this name
  - ChangeError              a change is not said as it must be
  - SameBodyError            a change of two bodies names one twice
  - UnknownJobError          no upload job has this id
  - UnknownGapTypeError
  - UnknownAnalysisError
  - CyclicDependencyError      there is no order, since some measures wait for one another
  - SheetError               a sheet that people filled in cannot be taken in
  - EngineError              work cannot be done on the engine that was named
  - FormatError              a format that is not offered
  - ReportError              a report cannot be made as it was asked for
    · MissingLibraryError    what its format needs is not installed
  - PayloadError             a request's body is not what it says
    · UnsupportedMediaError
    · PayloadTooLargeError
  - UnknownGraphError        the store has no graph of this name
  - WriteRefusedError        a write without the right to write
  - ReadRefusedError         a question without the right to read
  - TokenError               a token cannot be made, found or used
    · TokenNameError         it cannot have this name
    · UnknownTokenError      none has this name
    · TokenRefusedError      nobody has it, or it is over
  - BudgetSpentError         a client used up what it may use in a minute
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar


class QkgError(Exception):
    """Base of all errors raised on purpose; ``str(error)`` is English, ``text("zh")`` Chinese."""

    code: ClassVar[str] = "qkg-error"
    en: ClassVar[str] = "{detail}"
    zh: ClassVar[str] = "{detail}"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Return the message in *lang*, ``"zh"`` or ``"en"``."""
        template = self.zh if lang == "zh" else self.en
        return template.format(**self.values)

    def __reduce__(self) -> tuple[object, ...]:
        """Return how to make this error again in another process."""
        return restored, (type(self), self.values)


def restored(kind: type[QkgError], values: dict[str, object]) -> QkgError:
    """Return the error of a class and its values, whatever the class asks for when it is raised."""
    error = kind.__new__(kind)
    QkgError.__init__(error, **values)
    return error


class SettingsError(QkgError):
    """A setting has a value it cannot have."""

    code = "settings"
    en = "setting {name}: {value!r} cannot be used: {detail}; see `qkg settings`"
    zh = "设置 {name} 的值 {value!r} 不可用：{detail}；可用 `qkg settings` 查看全部设置"


class HomeError(QkgError):
    """The data folder cannot be used."""

    code = "home"
    en = "the data folder {path} cannot be used: {detail}"
    zh = "数据目录 {path} 无法使用：{detail}"


class UnknownHomeError(HomeError):
    """There is no data folder at this path."""

    code = "unknown-home"
    en = "no data folder at {path}; make one with `qkg build PATH… --home {path}` or `qkg demo`"
    zh = "{path} 处没有数据目录；请先运行 `qkg build 文件… --home {path}` 或 `qkg demo` 建立"


class HomeFormatError(HomeError):
    """The data folder was written by a version of the product that this one does not know."""

    code = "home-format"
    en = (
        "{path} has format {found}, this version reads up to {expected}; use the version that wrote it, or "
        "build it again from its sources"
    )
    zh = "{path} 的格式为 {found}，本版本最高读取 {expected}；请使用写入它的版本，或从原始文件重新构建"


class BackupError(HomeError):
    """A copy of a data folder is damaged, or is none."""

    code = "backup"
    en = "{path} is no backup that can be used: {detail_en}; take another one"
    zh = "{path} 不是可用的备份：{detail_zh}；请换一份"

    def __init__(self, *, path: object, en: str, zh: str) -> None:
        super().__init__(path=path, detail_en=en, detail_zh=zh)


class NoBackupError(HomeError):
    """The store lies outside the data folder."""

    code = "no-backup"
    en = "the store at {address} is backed up by its own means; `qkg export --runs -o all.nq.gz` copies what it holds"
    zh = "外部存储 {address} 请用其自身手段备份；`qkg export --runs -o all.nq.gz` 可导出其全部内容"


class DocumentError(QkgError):
    """A document cannot be read or found."""

    code = "document"


class MissingFileError(DocumentError):
    """There is no such file or folder."""

    code = "missing-file"
    en = "{path} is not there; check the path"
    zh = "{path} 不存在；请检查路径"


class InternalFaultError(DocumentError):
    """Our own code failed on a document: a fault to report, with its place."""

    code = "internal-fault"
    en = "{name} made quality-kg fail ({detail}); please report it, the other files go on"
    zh = "处理 {name} 时程序出错（{detail}）；请报告此问题，其余文件继续处理"


class UnreadableDocumentError(DocumentError):
    """The bytes are not what the name or the header says, or cannot be read."""

    code = "unreadable-document"
    en = "{name} cannot be read: {detail_en}"
    zh = "无法读取 {name}：{detail_zh}"

    def __init__(self, *, name: str, en: str, zh: str) -> None:
        super().__init__(name=name, detail_en=en, detail_zh=zh)


class EmptyDocumentError(DocumentError):
    """There is no text in it."""

    code = "empty-document"
    en = "{name} holds no text; if it is a scan, give its text layer (OCR) instead"
    zh = "{name} 中没有文字；若为扫描件，请先做文字识别（OCR）"


class DocumentTooLargeError(DocumentError):
    """The file is larger than the limit."""

    code = "document-too-large"
    en = "{name} has {size_mb:.1f} MB, the limit is {limit_mb} MB; split it or raise QKG_MAX_DOCUMENT_MB"
    zh = "{name} 有 {size_mb:.1f} MB，上限为 {limit_mb} MB；请拆分文件或调高 QKG_MAX_DOCUMENT_MB"


class TextTooLongError(DocumentError):
    """The text in it is longer than the limit."""

    code = "text-too-long"
    en = "{name} holds {chars} characters, the limit is {limit}; split it or raise QKG_MAX_TEXT_CHARS"
    zh = "{name} 有 {chars} 字，上限为 {limit} 字；请拆分文件或调高 QKG_MAX_TEXT_CHARS"


class RunawayDocumentError(DocumentError):
    """Reading it takes more time or memory than one document may have, or breaks the reader."""

    code = "runaway-document"
    en = (
        "reading {name} was ended ({how}): it takes more than {limit_s:g} s or {memory_mb} MB, or breaks "
        "its reader; split it, save it anew, or raise QKG_READ_LIMIT_S or QKG_READ_MEMORY_MB"
    )
    zh = (
        "读取 {name} 已被终止（{how}）：所需超过 {limit_s:g} 秒或 {memory_mb} MB 内存，或使读取程序崩溃；"
        "请拆分或重新保存，或调高 QKG_READ_LIMIT_S 或 QKG_READ_MEMORY_MB"
    )


class DocumentClashError(DocumentError):
    """Two different files would get the same identity."""

    code = "document-clash"
    en = (
        "{name} has the same file name and title as {other}, which is in the store already; "
        "rename one of them, or `qkg remove {key}` first"
    )
    zh = "{name} 与库中已有的 {other} 文件名和标题都相同；请改名，或先运行 `qkg remove {key}`"


class UnknownDocumentError(DocumentError):
    """No document has this key or title."""

    code = "unknown-document"
    en = "no document {key!r}; list them with `qkg documents`"
    zh = "没有文件 {key!r}；可用 `qkg documents` 列出全部文件"


class AmbiguousDocumentError(DocumentError):
    """Several documents have this title or file name."""

    code = "ambiguous-document"
    en = "{name!r} is the title or file name of several documents; give one of the keys {keys}"
    zh = "有多份文件的标题或文件名是 {name!r}；请给出其中一个键：{keys}"


class SameDocumentError(DocumentError):
    """A document is to be compared with itself."""

    code = "same-document"
    en = "{name!r} is both documents; give the plan and the one above it"
    zh = "{name!r} 同时是两份文件；请给出下级文件和上级文件"


class UnkeptDocumentError(DocumentError):
    """A document is in the graph, but its bytes are not in this home."""

    code = "unkept-document"
    en = "the file behind document {key!r} is not kept in this data folder; build it here first"
    zh = "本数据目录中没有文件 {key!r} 的原件；请先在此构建"


class NoDocumentsError(DocumentError):
    """Nothing readable was given."""

    code = "no-documents"
    en = "no readable document at {paths}; give .txt, .html, .docx, .pdf, .xlsx or .csv files, or a folder of them"
    zh = "{paths} 处没有可读的文件；请给出 .txt、.html、.docx、.pdf、.xlsx 或 .csv 文件，或其所在文件夹"


class RuleError(QkgError):
    """A rule file is wrong."""

    code = "rule"
    en = "rule {rule!r} in {file}: {detail}"
    zh = "规则文件 {file} 中的规则 {rule!r} 有误：{detail}"


class PluginError(QkgError):
    """What another package adds cannot be used."""

    code = "plugin"
    en = "{package} adds {kind} {name!r}, which cannot be used: {detail}; mend or remove that package, see `qkg plugins`"
    zh = "{package} 所添加的 {kind} {name!r} 无法使用：{detail}；请修复或卸载该包，可用 `qkg plugins` 查看"


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


class UnknownNodeError(QkgError):
    """Nothing in the graph has this identifier."""

    code = "unknown-node"
    en = "nothing in the graph is called {key!r}; search for it with /api/search?q="
    zh = "图中没有 {key!r}；可用 /api/search?q= 查找"


class UnknownNameError(UnknownNodeError):
    """Nothing in the graph has this name, key or IRI."""

    code = "unknown-name"
    en = "nothing of the kind {types} is called {name!r}; nearest: {near}"
    zh = "没有名为 {name!r} 的{types}；最接近的：{near}"


class AmbiguousNameError(QkgError):
    """Several things have this name."""

    code = "ambiguous-name"
    en = "{name!r} can mean {count} things; give one of the keys: {keys}"
    zh = "{name!r} 可指 {count} 项；请给出其中一个键：{keys}"


class ChangeError(QkgError):
    """A change is not said in the form that it must have."""

    code = "change"
    en = "{given!r} is not a change that can be tried; say it as {form}"
    zh = "{given!r} 不是可以推演的变化；请写作 {form}"


class SameBodyError(QkgError):
    """A change that takes two bodies names the same one twice."""

    code = "same-body"
    en = "{name!r} is given twice; give two different bodies"
    zh = "{name!r} 出现两次；请给出两个不同的主体"


class UnknownJobError(QkgError):
    """No job has this id."""

    code = "unknown-job"
    en = "no job {id!r}; upload documents with POST /api/documents"
    zh = "没有任务 {id!r}；请用 POST /api/documents 上传文件"


class UnknownGapTypeError(QkgError):
    """No gap type has this identifier."""

    code = "unknown-gap-type"
    en = "no gap type {type!r}; there are {known}"
    zh = "没有缺口类型 {type!r}；现有 {known}"


class UnknownAnalysisError(QkgError):
    """No run of the analysis with this key is kept."""

    code = "unknown-analysis"
    en = "no findings of the run {run!r} are kept; there are {known}. Keep them with `qkg gaps --keep`"
    zh = "没有保存运行 {run!r} 的缺口，已有 {known}；用 `qkg gaps --keep` 保存"


class CyclicDependencyError(QkgError):
    """There is no order, since some measures wait for one another."""

    code = "cyclic-dependency"
    en = "no order: {members} wait for one another; cut one of these links first"
    zh = "无法排序：{members} 互为前提；请先切断其中一项依赖"


class SheetError(QkgError):
    """A sheet that people filled in cannot be taken in; it names the cell."""

    code = "sheet"
    en = "{file}, {place}: {detail_en}; nothing was imported"
    zh = "{file} 的 {place}：{detail_zh}；未导入任何内容"

    def __init__(self, *, file: str, place: str, en: str, zh: str) -> None:
        super().__init__(file=file, place=place, detail_en=en, detail_zh=zh)


class EngineError(QkgError):
    """Work cannot be done on the engine that was named."""

    code = "engine"
    en = "the engine {name} cannot be used: {detail_en}"
    zh = "计算引擎 {name} 无法使用：{detail_zh}"

    def __init__(self, *, name: str, en: str, zh: str) -> None:
        super().__init__(name=name, detail_en=en, detail_zh=zh)


class FormatError(QkgError):
    """A format that is not offered here."""

    code = "format"
    en = "{given!r} is not offered; choose one of {known}"
    zh = "不提供 {given!r}；请从 {known} 中选择"


class ReportError(QkgError):
    """A report cannot be made as it was asked for."""

    code = "report"
    en = "no such report: {detail_en}"
    zh = "无法按此要求生成报告：{detail_zh}"

    def __init__(self, *, en: str, zh: str) -> None:
        super().__init__(detail_en=en, detail_zh=zh)


class MissingLibraryError(ReportError):
    """What a format needs is not installed on this machine."""

    code = "missing-library"
    en = "{format} needs {library}, which cannot be loaded here ({detail}); {todo_en}"
    zh = "生成 {format} 需要 {library}，本机无法载入（{detail}）；{todo_zh}"

    def __init__(self, *, format_: str, library: str, detail: object) -> None:
        QkgError.__init__(
            self,
            format=format_,
            library=library,
            detail=detail,
            todo_en="pip install 'quality-kg[report]'; for pdf also the system's libpango-1.0-0, "
            "libpangoft2-1.0-0 and a CJK font (fonts-noto-cjk); .html and .md need none of it",
            todo_zh="请运行 pip install 'quality-kg[report]'；pdf 另需系统的 libpango-1.0-0、"
            "libpangoft2-1.0-0 和中文字体（fonts-noto-cjk）；.html 与 .md 都不需要",
        )


class PayloadError(QkgError):
    """The body of a request is not what it says."""

    code = "payload"
    en = "the request cannot be read: {detail}"
    zh = "无法读取请求：{detail}"


class UnsupportedMediaError(PayloadError):
    """The body comes in a media type, or a character set, that is not read here."""

    code = "unsupported-media"
    en = "{given!r} is not read here; send {known}"
    zh = "此处不接受 {given!r}；请使用 {known}"


class PayloadTooLargeError(PayloadError):
    """The body is larger than the limit."""

    code = "payload-too-large"
    en = "the body is larger than {limit_mb} MB; send it in parts, a long query as application/sparql-query, or raise QKG_MAX_BODY_MB for what is written"
    zh = "请求体超过 {limit_mb} MB；请分批发送，长查询请以 application/sparql-query 发送；写入的上限可用 QKG_MAX_BODY_MB 调高"


class UnknownGraphError(QkgError):
    """The store has no graph of this name."""

    code = "unknown-graph"
    en = "there is no graph <{graph}>; list them with SELECT DISTINCT ?g {{ GRAPH ?g {{ }} }}"
    zh = "没有名为 <{graph}> 的图；可用 SELECT DISTINCT ?g {{ GRAPH ?g {{ }} }} 列出"


class WriteRefusedError(QkgError):
    """A write without the right to write."""

    code = "write-refused"
    en = "writing is refused: {detail_en}"
    zh = "拒绝写入：{detail_zh}"

    def __init__(self, *, en: str, zh: str) -> None:
        super().__init__(detail_en=en, detail_zh=zh)


class ReadRefusedError(QkgError):
    """A question without the right to read."""

    code = "read-refused"
    en = "reading needs a token: send `Authorization: Bearer …`; `qkg token add NAME --role read` makes one"
    zh = "查阅需要令牌：请在请求头给出 Authorization: Bearer …；令牌由 qkg token add 名称 --role read 生成"


class TokenError(QkgError):
    """A token cannot be made, found or used."""

    code = "token"


class TokenNameError(TokenError):
    """A token cannot have this name."""

    code = "token-name"
    en = "a token cannot be called {name!r}: {detail_en}"
    zh = "令牌不能命名为 {name!r}：{detail_zh}"

    def __init__(self, *, name: str, en: str, zh: str) -> None:
        super().__init__(name=name, detail_en=en, detail_zh=zh)


class UnknownTokenError(TokenError):
    """No token has this name."""

    code = "unknown-token"
    en = "no token is called {name!r}; there are: {known}"
    zh = "没有名为 {name!r} 的令牌；现有：{known}"


class TokenRefusedError(TokenError):
    """Nobody has the token that was sent, or it is over."""

    code = "token-refused"
    en = "the token is wrong, has expired or was revoked; ask whoever runs the service for another"
    zh = "令牌不正确、已过期或已吊销；请向服务管理者索取新的令牌"


class BudgetSpentError(QkgError):
    """A client has used up what it may use in a minute."""

    code = "budget-spent"
    en = "your {used_en} of this minute are used up; wait {retry_s} s, {todo_en}"
    zh = "本分钟的{used_zh}已用完；请等待 {retry_s} 秒，{todo_zh}"

    def __init__(self, *, used: tuple[str, str], todo: tuple[str, str], retry_s: int) -> None:
        """Say what is used up, and what to do beside waiting, each in English and Chinese."""
        super().__init__(
            used_en=used[0], used_zh=used[1], todo_en=todo[0], todo_zh=todo[1], retry_s=retry_s
        )
