"""Every setting of the product, once: name, type, default, meaning in zh and en.

Each can be given as environment variable ``QKG_<NAME>``; command-line options override. Help, docs
and tests read this table.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _setting(default: Any, zh: str, en: str, **limits: Any) -> Any:
    return Field(default, description=en, json_schema_extra={"zh": zh}, **limits)


class Settings(BaseSettings):
    """One frozen set of settings, validated when made."""

    model_config = SettingsConfigDict(env_prefix="QKG_", frozen=True, extra="ignore")

    home: Path = _setting(Path("qkg-data"), "数据目录", "the data folder")
    store: str | None = _setting(
        None,
        "外部 SPARQL 1.1 存储的地址，如 sparql+http://主机:端口/query|update|store；不设则用内置存储",
        "address of an outside SPARQL 1.1 store, sparql+http://host:port/query|update|store; "
        "the embedded store where unset",
    )
    store_token: str | None = _setting(
        None,
        "访问外部存储所需的 Bearer 令牌；用户名与口令则写在地址中",
        "bearer token for the outside store; a user name and password stand in its address",
    )
    lang: Literal["zh", "en"] = _setting("zh", "界面与报告的语言", "language of pages and reports")
    token: str | None = _setting(
        None,
        "写入所需的令牌；不设则拒绝写入",
        "token that writes need; writes are refused where unset",
    )
    reads_need_token: bool = _setting(
        default=False,
        zh="查阅也须令牌（角色 read 及以上）；默认任何人可查阅非内部文件",
        en="reading needs a token too (role read or more); by default anybody reads what is not internal",
    )
    read_only: bool = _setting(
        default=False, zh="服务拒绝一切写入", en="the service refuses all writes"
    )
    open_writes: bool = _setting(
        default=False,
        zh="来自本机的写入无需令牌（测试与演示用）",
        en="writes from loopback need no token, for tests and demonstrations",
    )
    max_document_mb: int = _setting(
        40, "单个文件的大小上限（MB）", "largest document that is read, in MB", ge=1
    )
    max_body_mb: int = _setting(
        200, "一次请求的请求体大小上限（MB）", "largest body of one request, in MB", ge=1
    )
    max_files: int = _setting(
        200, "一次上传的文件数上限", "most files of one upload", ge=1, le=1000
    )
    max_jobs: int = _setting(
        20,
        "服务中等待处理的上传数上限；超出则以 503 拒绝",
        "most uploads that wait in the service; one more is refused with 503",
        ge=1,
    )
    max_text_chars: int = _setting(
        10_000_000, "单个文件的字数上限", "longest text that is read, in characters", ge=1000
    )
    read_limit_s: float = _setting(
        120.0,
        "读取一份文件的计算时间上限（秒）；实际时间不超过其三倍",
        "longest time that reading one document may compute, in seconds; on the clock three times that",
        gt=0,
    )
    read_memory_mb: int = _setting(
        2048,
        "读取一份文件可占用的内存上限（MB）",
        "most memory that reading one document may take, in MB",
        ge=64,
    )
    query_limit_s: float = _setting(
        30.0,
        "单次查询的时间上限（秒），含送出结果的时间；请求参数 timeout 只能缩短它",
        "longest time one query may take, in seconds, its delivery included; "
        "the parameter timeout of a request can only shorten it",
        gt=0,
    )
    query_memory_mb: int = _setting(
        512,
        "内置存储的单次查询可占用的内存上限（MB）",
        "most memory that one query to the embedded store may take, in MB",
        ge=16,
    )
    query_workers: int = _setting(
        4,
        "服务中供短查询使用的工作进程数",
        "worker processes of the service for queries that are soon done",
        ge=1,
        le=64,
    )
    query_long: int = _setting(
        12,
        "服务中同时运行的长查询数上限；长查询另占工作进程，优先级较低",
        "most long queries that run at once in the service; "
        "they run in further worker processes, which give way to all others",
        ge=1,
        le=256,
    )
    query_queue: int = _setting(
        64,
        "服务中等待执行的查询数上限；超出则以 503 拒绝",
        "most queries that wait in the service; one more is refused with 503",
        ge=1,
    )
    result_cache_mb: int = _setting(
        64,
        "服务在内存中保留的查询结果总量（MB），数据一变即清空；0 为不保留",
        "answers that the service keeps in memory while the data stay the same, in MB; 0 keeps none",
        ge=0,
    )
    result_cache_answer_kb: int = _setting(
        1024,
        "可保留的单个查询结果的大小上限（KB）",
        "longest answer that is kept, in KB",
        ge=1,
    )
    budget_query_s: float = _setting(
        60.0,
        "每个访问者每分钟可用的查询秒数，超出则以 429 拒绝；0 为不限；本机访问不限",
        "query-seconds a minute of one client, then 429; 0 sets no bound; this machine has none",
        ge=0,
    )
    budget_errors: int = _setting(
        60,
        "每个访问者每分钟可出错的请求数，超出则以 429 拒绝；0 为不限；本机访问不限",
        "failing requests a minute of one client, then 429; 0 sets no bound; this machine has none",
        ge=0,
    )
    trusted_proxies: tuple[str, ...] = _setting(
        (),
        "可信反向代理的地址或网段（JSON 数组）；只有它们的 X-Forwarded-For 与 X-Forwarded-Proto 有效",
        "addresses or networks of reverse proxies (a JSON list) whose X-Forwarded-For and "
        "X-Forwarded-Proto are believed; nobody else's are",
    )
    access_log: Literal["off", "json"] = _setting(
        "off",
        "访问日志：json 为每次请求在标准错误输出一行（编号、方法、路径、状态、毫秒、访问者），不含查询与正文",
        "access log: json writes a line a request to standard error (id, method, path, status, ms, "
        "client), never queries or bodies",
    )
    page_limit: int = _setting(
        200, "列表每页的条数上限", "most entries on one page of a list", ge=1, le=10_000
    )
    subgraph_limit: int = _setting(
        300, "子图节点数上限", "most nodes in one subgraph", ge=1, le=2000
    )
    service_allow: Annotated[tuple[str, ...], Field()] = _setting(
        (),
        "允许 SERVICE 与 LOAD 访问的地址前缀（JSON 数组）；默认全部拒绝",
        "address prefixes that SERVICE and LOAD may reach (a JSON list); none by default",
    )
    publisher: str | None = _setting(
        None,
        "数据集的发布者，写入 DCAT 描述；不设则不写",
        "who publishes the dataset, for its DCAT description; left out where unset",
    )
    licence: str = _setting(
        "https://creativecommons.org/licenses/by/4.0/",
        "数据集的许可协议（IRI）",
        "the licence of the dataset, an IRI",
        pattern=r"^https?://[^\s<>\"{}|^`\\]+$",
    )
    align_threshold: float = _setting(
        0.5,
        "相似度达到此值的下级与上级措施视为承接",
        "likeness from which a measure counts as taking up one of the plan above",
        gt=0,
        le=1,
    )
    align_candidates: int = _setting(
        3,
        "没有承接关系的措施留下几个候选供审核",
        "candidates kept for review for a measure that takes up nothing",
        ge=0,
        le=20,
    )
    inferred_most: int = _setting(
        5,
        "一件事物由几项以内的措施共有，才据以推断这些措施相互依赖",
        "most measures that may have a thing in common for it to tie them by inference",
        ge=2,
        le=50,
    )
    least_years: float = _setting(
        0.25,
        "估算时序时，一项措施至少需要的时间（年）",
        "years that a measure takes at the least, where times are worked out",
        gt=0,
        le=10,
    )
    engine: str | None = _setting(
        None,
        "读取文件和判断缺口所用的 Spark：local[N]、local-cluster[N,核数,MB] 或 spark://主机:端口；不设则在本机",
        "Spark that documents are read and gap rules run on: local[N], local-cluster[N,CORES,MB] or "
        "spark://HOST:PORT; this machine alone where unset",
    )
    sql_memory_mb: int = _setting(
        4096,
        "缺口规则的 SQL 可占用的内存（MB）；超出部分写入数据目录的 spill/",
        "memory that the SQL of gap rules may take, in MB; beyond it goes to spill/ of the data folder",
        ge=256,
    )
    gap_overload_min: int = _setting(
        5, "G06：至少牵头多少项才算过载", "G06: fewest leads that can be an overload", ge=1
    )
    gap_crowd: int = _setting(
        5,
        "G15：多少个责任主体以上应有协调机制",
        "G15: number of bodies that need a mechanism",
        ge=2,
    )
    gap_crowd_high: int = _setting(
        10, "G15：多少个责任主体以上为高", "G15: number of bodies that make it high", ge=2
    )
    gap_uptake_high: float = _setting(
        0.5,
        "G19：承接率低于此值为高",
        "G19: below this share taken up it is high",
        ge=0,
        le=1,
    )
    gap_uptake_medium: float = _setting(
        0.8,
        "G19：承接率低于此值为中",
        "G19: below this share taken up it is medium",
        ge=0,
        le=1,
    )
    gap_drift: float = _setting(
        0.1,
        "G21：下级指标偏离上级多少以上算加码或打折",
        "G21: share by which a target must be off the one above to be drift",
        gt=0,
        le=1,
    )
    gap_monitor_years: int = _setting(
        2, "G12：多少年内应有观测值", "G12: years within which there must be an observation", ge=1
    )
    gap_as_of_year: int | None = _setting(
        None,
        "G12：以哪一年为准；不设则以库中最新的观测年份为准",
        "G12: the year to judge by; the newest observed year of the store where unset",
        ge=1900,
        le=2999,
    )
    gap_stalled_months: int = _setting(
        6,
        "G12：台账多少个月没有更新视为停滞",
        "G12: months without news in a ledger after which a measure counts as stalled",
        ge=1,
    )
    gap_single_point: float = _setting(
        0.25,
        "G18：一个单位独自撑住的目标占多少以上为高",
        "G18: share of goals that hang on one body from which it is high",
        gt=0,
        le=1,
    )
    gap_overlap: float = _setting(
        0.8,
        "G22：两项措施的用语相似到多少算交叉重复",
        "G22: likeness of words from which two measures overlap",
        gt=0,
        le=1,
    )
    gap_runs_kept: int = _setting(
        10, "保留最近多少次分析的缺口", "of how many analyses the findings are kept", ge=1
    )
    gap_low_coverage: float = _setting(
        0.5,
        "覆盖率低于此值的文件，“没有”类发现降为提示",
        "below this coverage of a document, a 'there is none' finding drops to info",
        ge=0,
        le=1,
    )
    gap_low_confidence: float = _setting(
        0.6,
        "置信度低于此值的发现降一级",
        "below this confidence a finding drops one step",
        ge=0,
        le=1,
    )
