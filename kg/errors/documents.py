"""What is wrong with a document that is to be read or found."""

from kg.errors.base import QkgError


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
