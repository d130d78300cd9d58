"""What a reader is shown, in what order: the whole report, two pages, a sheet for each body."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.model import ReportKind
from kg.report.blocks import Layout, LayoutWords, Section
from kg.report.layouts.desk import Desk
from kg.report.layouts.full import full
from kg.report.layouts.sheets import sheets
from kg.report.layouts.summary import summary
from kg.report.model import Report

_LAYOUTS: Mapping[ReportKind, Callable[[Desk], tuple[Section, ...]]] = MappingProxyType(
    {ReportKind.FULL: full, ReportKind.SUMMARY: summary, ReportKind.BODY: sheets}
)
_SUBTITLES = MappingProxyType(
    {
        ReportKind.FULL: "question",
        ReportKind.SUMMARY: "subtitle_summary",
        ReportKind.BODY: "subtitle_body",
    }
)


def lay_out(report: Report, *, kind: ReportKind, lang: str) -> Layout:
    """Return *report* as it is read: of one *kind*, in one language."""
    desk = Desk.of(report, lang)
    return Layout(
        kind=kind,
        lang=lang,
        title=report.title.to(lang),
        subtitle=desk.say(_SUBTITLES[kind]),
        facts=(
            (desk.say("scope"), report.scope or desk.say("everything")),
            (desk.say("made"), f"{desk.made} · quality-kg {report.version}"),
        ),
        sections=_LAYOUTS[kind](desk),
        words=LayoutWords(
            contents=desk.say("contents"),
            remedy=desk.say("remedy"),
            candidates=desk.say("candidates"),
            page=desk.say("page"),
        ),
        made_at=report.made_at,
    )
