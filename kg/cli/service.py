"""Commands that serve and tell."""

from typing import Annotated

import typer

from kg.cli import console
from kg.cli.options import HomeOption, LangOption, StoreOption, app, opened
from kg.cli.server import run_service
from kg.plugins import Kind, plugins


@app.command()
def serve(
    home: HomeOption = None,
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="地址 Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 Port")] = 8000,
    read_only: Annotated[
        bool | None, typer.Option("--read-only", help="拒绝一切写入 Refuse all writes")
    ] = None,
    open_writes: Annotated[
        bool | None,
        typer.Option("--open-writes", help="本机可免令牌写入 Writes from loopback need no token"),
    ] = None,
) -> None:
    """启动服务 · Serve explorer, SPARQL and API.

    示例 Example: QKG_TOKEN=… qkg serve --port 8000
    """
    run_service(home, store, host=host, port=port, read_only=read_only, open_writes=open_writes)


@app.command()
def settings() -> None:
    """列出全部设置 · List every setting.

    示例 Example: qkg settings
    """
    from kg import settings as settings_

    console.rows(
        [
            {"name": name, "default": default, "zh": text.zh, "en": text.en}
            for name, default, text in settings_.described()
        ],
        console.TableFormat.TABLE,
    )


@app.command("store")
def store_(home: HomeOption = None, store: StoreOption = None, lang: LangOption = None) -> None:
    """列出所用存储及其引擎的差错 · Tell which store is used and what its engine gets wrong.

    示例 Example: qkg store --store sparql+http://127.0.0.1:8890/sparql
    """
    from kg.store.remote.probe import engine_of

    with opened(home, store, lang=lang) as space:
        engine = engine_of(space.store)
        spoken = space.settings.lang
        console.rows(
            [
                {"store": space.store.address, "engine": engine.name, "fault": "", "says": ""},
                *(
                    {"store": "", "engine": "", "fault": fault.name, "says": fault.says.to(spoken)}
                    for fault in engine.faults
                ),
            ],
            console.TableFormat.TABLE,
        )


@app.command("plugins")
def plugins_() -> None:
    """列出其他已安装的包所添加的内容 · List what other installed packages add.

    可添加缺口类型、抽取规则、文件读取器、报告格式与存储，见 docs/extending.md。有无法使用的，指明其包，退出码为 1。
    Gap types, rules, readers, formats of reports and stores can be added, see docs/extending.md. Where
    one cannot be used, its package is named, and the exit code is 1.

    示例 Example: qkg plugins
    """
    from kg.analysis.gaps import catalogue
    from kg.extract.rules import all_rules

    found = [one for kind in Kind for one in plugins(kind)]
    console.rows(
        [
            {"kind": one.kind.value, "name": one.name, "package": one.package, "is": one.target}
            for one in found
        ],
        console.TableFormat.TABLE,
    )
    for one in found:
        one.load()
    catalogue()
    all_rules()
