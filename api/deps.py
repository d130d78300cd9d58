"""What routes are given: the settings, the store as the caller may see it, a body, the right to write."""

from typing import Annotated

from fastapi import Depends, Request

from api.clients import SHOWN, caller_of
from api.roles import Need, need_of
from kg.access import Role
from kg.errors import PayloadTooLargeError, WriteRefusedError
from kg.questions import Questions
from kg.settings import Settings
from kg.store.port import Store
from kg.workspace import Workspace

MOST_WORDS_MB = 16
"""Of a body without files that asks for something: a page asks for a picture of 20,000 links in 6."""


def get_settings(request: Request) -> Settings:
    """Return the settings of this application."""
    settings: Settings = request.app.state.settings
    return settings


def shown(request: Request) -> Questions:
    """Return the home and the store as whoever asks may see them (`api.entrance`).

    Raises:
        HomeError: Which documents are internal is not to be read.
        StoreError: The store failed.
    """
    found: Questions | None = request.scope.get(SHOWN)
    if found is None:  # a route that needs no role and yet looks at the store
        found = request.app.state.editions.shown_to(caller_of(request.scope))
    return found


def sees_all(request: Request) -> bool:
    """Return whether whoever asks is shown the whole store: no document is internal to him."""
    return shown(request) is request.app.state.editions.whole


def get_store(request: Request) -> Store:
    """Return the store as whoever asks may see it."""
    return shown(request).store


SettingsDep = Annotated[Settings, Depends(get_settings)]
ShownDep = Annotated[Questions, Depends(shown)]
StoreDep = Annotated[Store, Depends(get_store)]


def get_workspace(found: ShownDep) -> Workspace:
    """Return the home and the store together; whoever writes is shown the whole."""
    return Workspace(home=found.home, store=found.store, settings=found.settings)


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


async def allowed(request: Request, settings: SettingsDep) -> None:
    """Return only if this request may be answered: every route of the application asks this.

    Raises:
        WriteRefusedError: It may not.
    """
    refuse(request, settings, need_of(request.method, request.scope["route"].path))


def refuse(request: Request, settings: Settings, need: Need) -> None:
    """Return only if a request has what a route needs; reading was settled when it came in.

    Raises:
        WriteRefusedError: It has not.
    """
    if not Role.READ.covers(need.role):
        _refuse_caller(request, settings, need)
        if need.whole and not sees_all(request):
            raise WriteRefusedError(
                en="this works on every document; use a token that may read internal ones",
                zh="此操作涉及全部文件；请使用可查阅内部文件的令牌",
            )


def _refuse_caller(request: Request, settings: Settings, need: Need) -> None:
    """Return only if whoever asks has the role.

    Raises:
        WriteRefusedError: He has not, or nothing is written here.
    """
    if need.writes and settings.read_only:
        raise WriteRefusedError(en="the service is read-only", zh="服务为只读")
    role = caller_of(request.scope).role
    if role is Role.NONE:
        raise WriteRefusedError(
            en=f"send `Authorization: Bearer …` with a token of the role {need.role} "
            "(QKG_TOKEN, or `qkg token add`)",
            zh=f"请在请求头 Authorization: Bearer … 中给出角色为 {need.role} 的令牌"
            "（QKG_TOKEN，或由 qkg token add 生成）",
        )
    if not role.covers(need.role):
        raise WriteRefusedError(
            en=f"this needs the role {need.role}; yours is {role}",
            zh=f"此操作需要角色 {need.role}；所用令牌的角色为 {role}",
        )


SeesAllDep = Annotated[bool, Depends(sees_all)]
WorkspaceDep = Annotated[Workspace, Depends(get_workspace)]
BodyDep = Annotated[bytes, Depends(read_data)]
