"""What is wrong with a request to the service, or with the right to make it."""

from kg.errors.base import QkgError


class UnknownJobError(QkgError):
    """No job has this id."""

    code = "unknown-job"
    en = "no job {id!r}; upload documents with POST /api/documents"
    zh = "没有任务 {id!r}；请用 POST /api/documents 上传文件"


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
