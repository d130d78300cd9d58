"""What is wrong with what goes out or comes back as a file, and with what makes it."""

from kg.errors.base import QkgError


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
