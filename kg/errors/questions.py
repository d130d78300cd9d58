"""What is wrong with what was asked of the graph: a name, a change, an order."""

from kg.errors.base import QkgError


class UnknownNodeError(QkgError):
    """Nothing in the graph has this identifier."""

    code = "unknown-node"
    en = "nothing in the graph is called {key!r}; search for it with /api/search?q="
    zh = "图中没有 {key!r}；可用 /api/search?q= 查找"


class UnknownNameError(UnknownNodeError):
    """Nothing in the graph has this name, key or IRI."""

    code = "unknown-name"
    en = "no {what_en} is called {name!r}; {near_en}"
    zh = "没有名为 {name!r} 的{what_zh}；{near_zh}"

    def __init__(self, *, name: str, near: str, what_en: str, what_zh: str) -> None:
        super().__init__(
            key=name,
            name=name,
            what_en=what_en,
            what_zh=what_zh,
            near_en=f"nearest: {near}" if near else "nor anything like it: give words of its name",
            near_zh=f"最接近的：{near}" if near else "也没有相近的名称，请用其名称中的字词",
        )


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
