"""What is wrong with the settings or with a data folder."""

from kg.errors.base import QkgError


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


class OccupiedFolderError(HomeError):
    """The folder that is to be written holds other things."""

    code = "occupied-folder"
    en = "{path} holds other things; give an empty or new folder"
    zh = "{path} 中已有其他内容；请给出空的或新的文件夹"


class BusyHomeError(HomeError):
    """The data folder is written to without a pause."""

    code = "busy-home"
    en = "a build puts texts into {path} without a pause; try again later"
    zh = "正在不断向 {path} 写入文本；请稍后再试"


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
