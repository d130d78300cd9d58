"""Commands that serve and tell."""

from typing import Annotated

import typer

from kg import settings as settings_
from kg.cli import console
from kg.cli.options import HomeOption, LangOption, StoreOption, app, opened
from kg.cli.server import run_service


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
