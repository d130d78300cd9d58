"""What routes are given: the settings, the store, a body, the right to write."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from api.clients import address, is_loopback, token_name
from kg.errors import PayloadTooLargeError, WriteRefusedError
from kg.home import Home
from kg.settings import Settings
from kg.store.port import Store
from kg.workspace import Workspace

MOST_WORDS_MB = 16
"""Of a body without files that asks for something: a page asks for a picture of 20,000 links in 6."""

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def get_settings(request: Request) -> Settings:
    """Return the settings of this application."""
    settings: Settings = request.app.state.settings
    return settings


def get_store(request: Request) -> Store:
    """Return the store of this application."""
    store: Store = request.app.state.store
    return store


SettingsDep = Annotated[Settings, Depends(get_settings)]
StoreDep = Annotated[Store, Depends(get_store)]


def get_workspace(settings: SettingsDep, store: StoreDep) -> Workspace:
    """Return the home and the store together."""
    return Workspace(home=Home(settings.home), store=store, settings=settings)


async def read_body(request: Request, settings: Settings, *, most_mb: int) -> bytes:
    """Return the whole body.

    Raises:
        PayloadTooLargeError: It is larger than *most_mb*, or than the setting allows.
    """
    limit_mb = min(most_mb, settings.max_body_mb)
    blocks, size = [], 0
    async for block in request.stream():
        size += len(block)
        if size > limit_mb * 1_000_000:
            raise PayloadTooLargeError(limit_mb=limit_mb)
        blocks.append(block)
    return b"".join(blocks)


async def read_data(request: Request, settings: SettingsDep) -> bytes:
    """Return the whole body of what is to be written.

    Raises:
        PayloadTooLargeError: It is larger than the setting allows.
    """
    return await read_body(request, settings, most_mb=settings.max_body_mb)


def may_write(request: Request, settings: SettingsDep) -> None:
    """Return only if this request may write.

    With a token set, it must be given. Without one, ``open_writes`` lets in what comes from this
    machine and was not sent by a page of another origin or under a foreign name.

    Raises:
        WriteRefusedError: It may not.
    """
    if settings.read_only:
        raise WriteRefusedError(en="the service is read-only", zh="服务为只读")
    may_end(request, settings)


def may_end(request: Request, settings: SettingsDep) -> None:
    """Return only if this request may end what others have asked for.

    That is whoever may write, and on a service that only reads too: nothing is written by it.

    Raises:
        WriteRefusedError: It may not.
    """
    if settings.token and token_name(request.scope, settings.token):
        return
    scheme = request.headers.get("authorization", "").partition(" ")[0]
    if settings.token and scheme.lower() == "bearer":
        raise WriteRefusedError(en="the token is wrong", zh="令牌不正确")
    if settings.open_writes and is_from_here(request):
        return
    raise WriteRefusedError(
        en="send `Authorization: Bearer …` with the token in QKG_TOKEN",
        zh="请在请求头 Authorization: Bearer … 中给出 QKG_TOKEN 设定的令牌",
    )


def is_from_here(request: Request) -> bool:
    """Return whether this machine asks, and no page of another origin or under a foreign name."""
    host = request.headers.get("host", "")
    origin = request.headers.get("origin")
    try:
        own_name = urlsplit(f"//{host}").hostname in _LOOPBACK_NAMES
        own_page = origin is None or urlsplit(origin).netloc == host
    except ValueError:  # a bracket that nothing closes
        return False
    direct = "x-forwarded-for" not in request.headers and "forwarded" not in request.headers
    return own_name and own_page and direct and is_loopback(address(request.scope))


WorkspaceDep = Annotated[Workspace, Depends(get_workspace)]
BodyDep = Annotated[bytes, Depends(read_data)]
MayWrite = Depends(may_write)
MayEnd = Depends(may_end)
