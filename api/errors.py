"""Errors on the wire: one table, class of error -> status, as problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.formats import PROBLEM, language
from kg import errors
from kg.settings import Settings

STATUS: dict[type[errors.QkgError], int] = {
    errors.QkgError: 500,
    errors.SettingsError: 500,
    errors.HomeError: 500,
    errors.DocumentError: 422,
    errors.MissingFileError: 404,
    errors.UnknownDocumentError: 404,
    errors.DocumentTooLargeError: 413,
    errors.DocumentClashError: 409,
    errors.UnkeptDocumentError: 409,
    errors.SheetError: 422,
    errors.InternalFaultError: 500,
    errors.RuleError: 500,
    errors.PluginError: 500,
    errors.QueryError: 422,
    errors.MalformedQueryError: 400,
    errors.QueryRefusedError: 403,
    errors.StoppedQueryError: 503,
    errors.QueryTimeoutError: 504,
    errors.QueryMemoryError: 507,
    errors.OverloadedError: 503,
    errors.UnknownRunningError: 404,
    errors.UnknownQueryError: 404,
    errors.StoreError: 500,
    errors.StoreUnavailableError: 503,
    errors.StoreLockedError: 503,
    errors.UnknownNodeError: 404,
    errors.AmbiguousNameError: 409,
    errors.ChangeError: 422,
    errors.SameBodyError: 422,
    errors.UnknownJobError: 404,
    errors.UnknownGapTypeError: 404,
    errors.UnknownAnalysisError: 404,
    errors.UnknownGraphError: 404,
    errors.CyclicDependencyError: 409,
    errors.EngineError: 503,
    errors.FormatError: 406,
    errors.ReportError: 422,
    errors.MissingLibraryError: 501,
    errors.PayloadError: 400,
    errors.UnsupportedMediaError: 415,
    errors.PayloadTooLargeError: 413,
    errors.WriteRefusedError: 403,
    errors.ReadRefusedError: 401,
    errors.TokenError: 500,
    errors.TokenRefusedError: 401,
    errors.BudgetSpentError: 429,
}


class Problem(BaseModel):
    """What went wrong."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    hint: str | None = None


def status_of(error: errors.QkgError) -> int:
    """Return the status of the nearest class in the table.

    >>> status_of(errors.UnknownNodeError(key="x"))
    404
    """
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses=`` of a route for these statuses."""
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in statuses
    }


def add_handlers(app: FastAPI) -> None:
    """Make *app* answer every error as problem details."""
    app.add_exception_handler(errors.QkgError, answered)
    app.add_exception_handler(HTTPException, _frameworks)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, fault)


def problem(
    status: int,
    *,
    code: str,
    detail: str,
    headers: dict[str, str] | None = None,
    hint: str | None = None,
) -> JSONResponse:
    """Return a response with problem details."""
    body = Problem(
        type=f"urn:qualitykg:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        hint=hint,
    )
    return JSONResponse(body.model_dump(exclude_none=True), status, headers, media_type=PROBLEM)


def spoken(request: Request) -> str:
    """Return the language to answer in: ``lang``, then Accept-Language, then the setting."""
    settings: Settings = request.app.state.settings
    asked = request.query_params.get("lang")
    if asked in ("zh", "en"):
        return asked
    return language(request.headers.get("accept-language"), default=settings.lang)


def answered(request: Request, error: Exception) -> JSONResponse:
    """Return *error*, one of ours, as a response in the language of the request."""
    assert isinstance(error, errors.QkgError)  # noqa: S101  registered for it
    status, lang = status_of(error), spoken(request)
    headers = {"Vary": "Accept, Accept-Language"}
    if isinstance(error, errors.WriteRefusedError) and "authorization" not in request.headers:
        status = 401
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = _challenge(request, error)
    if "retry_s" in error.values:
        headers["Retry-After"] = str(error.values["retry_s"])
    hint = error.hint.get(lang) if isinstance(error, errors.StoppedQueryError) else None
    return problem(status, code=error.code, detail=error.text(lang), headers=headers, hint=hint)


def _challenge(request: Request, error: errors.QkgError) -> str:
    """Return how a token is to be given (RFC 6750, section 3); a browser asks its user for one."""
    bearer = 'Bearer realm="quality-kg"'
    if isinstance(error, errors.TokenRefusedError):
        bearer += ', error="invalid_token"'
    page = "text/html" in request.headers.get("accept", "")
    return f'{bearer}, Basic realm="quality-kg", charset="UTF-8"' if page else bearer


def _frameworks(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  registered for it
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(sorted(_methods(request, headers.get("Allow", ""))))
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    return problem(error.status_code, code=code, detail=str(error.detail), headers=headers)


def _methods(request: Request, named: str) -> set[str]:
    """Return the methods of all routes of this path; Starlette has *named* those of one."""
    found = {"OPTIONS", *(name.strip() for name in named.split(",") if name.strip())}
    for route in request.app.state.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            found |= set(getattr(route, "methods", None) or ())
    return found | {"HEAD"} if "GET" in found else found


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101  registered for it
    detail = "; ".join(
        f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()
    )
    return problem(422, code="invalid-request", detail=detail)


def fault(request: Request, _: Exception) -> JSONResponse:
    """Return that our own code failed; the server writes where to its log."""
    told = {
        "zh": "服务内部出错；请将请求内容与服务日志中的出错位置一并报告",
        "en": "the service itself failed; please report the request with the place in its log",
    }
    return problem(500, code="internal-fault", detail=told[spoken(request)])
