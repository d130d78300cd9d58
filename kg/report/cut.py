"""The part of a report that concerns one body."""

from dataclasses import replace

from kg.errors import ReportError
from kg.report.lines import type_lines
from kg.report.model import Report


def of_body(report: Report, body: str) -> Report:
    """Return *report* with the duties, needs and findings of one body alone.

    Raises:
        ReportError: The body with this IRI holds no duty there.
    """
    line = next((one for one in report.bodies if one.id == body), None)
    if line is None:
        raise ReportError(
            en=f"{body} holds no duty in what the report covers; list the bodies with `qkg report "
            "-o report.html`",
            zh=f"{body} 在报告范围内没有职责；可用 `qkg report -o report.html` 查看有哪些主体",
        )
    about = set(line.findings)
    found = tuple(one for one in report.findings if one.id in about)
    told = report.coordination
    return replace(
        report,
        bodies=(line,),
        duties=tuple(duty for duty in report.duties if duty.body == body),
        types=type_lines(found),
        findings=found,
        coordination=replace(told, needs=tuple(one for one in told.needs if body in one.ids)),
    )
