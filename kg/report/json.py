"""The report as JSON: every field of `kg.report.model.Report`, in both languages."""

import json
from dataclasses import asdict

from kg.report.model import Report


def render(report: Report, *, lang: str) -> str:
    """Return *report* as JSON; texts are ``{"zh": …, "en": …}``, *lang* is only noted.

    Args:
        report: The report.
        lang: The language it was asked for in.
    """
    return json.dumps(
        {"lang": lang, **asdict(report)}, ensure_ascii=False, indent=1, default=sorted
    )
