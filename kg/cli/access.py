"""Commands that say who may do what: tokens, and documents that are not for everybody."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from kg.access import GRACE, Audit, Issued, Role, Tokens, here
from kg.cli import console
from kg.cli.options import HomeOption, TableOption, app
from kg.home import Home

token = typer.Typer(
    name="token",
    help="服务的令牌：生成、列出、更换、吊销 · The tokens of the service: made, listed, changed, ended.\n\n示例 Example: qkg token add desk --role review",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(token)

_COLUMNS = ("at", "way", "outcome", "token", "role", "client", "request")
_ROLES = tuple(role for role in Role if role is not Role.NONE)
NameArgument = Annotated[
    str, typer.Argument(help="令牌名称，见于审计日志 Its name, as the log has it")
]


def _role(given: str) -> Role:
    if given not in _ROLES:
        raise typer.BadParameter(" | ".join(_ROLES))
    return Role(given)


@token.command()
def add(
    name: NameArgument,
    role: Annotated[
        Role, typer.Option(parser=_role, metavar="|".join(_ROLES), help="角色 What it may do")
    ],
    home: HomeOption = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="可查阅内部文件 It may read internal documents")
    ] = False,
    expires: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="到期日（当日零时） The day on which it ends"),
    ] = None,
) -> None:
    """生成令牌，只显示这一次 · Make a token and print it, this once; the home keeps its hash alone.

    示例 Example: qkg token add desk --role review --internal --expires 2027-01-01
    """
    path = _home(home, create=True)
    issued = Tokens(path).add(name, role, internal=internal, expires=expires)
    Audit(path).note(here("token add", {"token": name, "role": role.value, "internal": internal}))
    _told(issued)


@token.command("list")
def list_(
    home: HomeOption = None,
    format_: TableOption = console.TableFormat.TABLE,
) -> None:
    """列出令牌 · List the tokens: names, roles, when they were made and when they end.

    示例 Example: qkg token list --format json
    """
    console.rows(
        [
            {
                "name": one.name,
                "role": one.role.value,
                "internal": one.internal,
                "made": one.made,
                "expires": one.expires,
                "old one until": one.before_until,
            }
            for one in Tokens(_home(home)).all()
        ],
        format_,
    )


@token.command()
def rotate(
    name: NameArgument,
    home: HomeOption = None,
    now: Annotated[
        bool, typer.Option("--now", help="旧令牌即刻失效 The old one ends at once, not in an hour")
    ] = False,
) -> None:
    """更换令牌；旧令牌一小时后失效 · Make a new secret for a token; the old one is good for an hour.

    示例 Example: qkg token rotate desk
    """
    path = _home(home)
    issued = Tokens(path).rotate(name, grace=timedelta(0) if now else GRACE)
    Audit(path).note(here("token rotate", {"token": name, "now": now}))
    _told(issued)


@token.command()
def revoke(name: NameArgument, home: HomeOption = None) -> None:
    """吊销令牌，即刻生效 · End a token at once; a service that runs notices it.

    示例 Example: qkg token revoke desk
    """
    path = _home(home)
    Tokens(path).revoke(name)
    Audit(path).note(here("token revoke", {"token": name}))
    console.err.print(f"已吊销 revoked {name}", markup=False, highlight=False)


@app.command()
def audit(
    home: HomeOption = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="起始日（UTC） From this day on")
    ] = None,
    token: Annotated[
        str | None, typer.Option(help="令牌名称 Of the token with this name alone")
    ] = None,
    format_: TableOption = console.TableFormat.TABLE,
) -> None:
    """列出写入记录：何时、何人、做了什么 · List the writes: when, by whom, to what; refused ones too.

    `qkg check` 核对记录是否被改动。 `qkg check` tells whether a line was changed.

    示例 Example: qkg audit --since 2026-05-01 --token desk
    """
    start = since.strftime("%Y-%m-%d") if since else ""
    console.rows(
        [
            {name: one.get(name, "") for name in _COLUMNS} | {"what": _short(one.get("what", {}))}
            for one in Audit(_home(home)).lines()
            if one["at"] >= start and token in (None, one.get("token"))
        ],
        format_,
    )


def _short(what: dict[str, object]) -> str:
    return "; ".join(f"{name}={value}" for name, value in what.items())


def _home(given: Path | None, *, create: bool = False) -> Path:
    from kg import settings as settings_

    path = settings_.load(home=given).home
    return (Home.create(path) if create else Home.open(path)).path


def _told(issued: Issued) -> None:
    console.err.print(
        f"{issued.token.name}: {issued.token.role.value}；请立即保存，此后无法再看到 "
        "keep it now, it is not shown again",
        markup=False,
        highlight=False,
    )
    console.emit(f"{issued.secret}\n")
