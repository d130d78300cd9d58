"""What the text adapters share: one jinja environment, the words, the order of a page."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.model import SEVERITY_RANK, Finding, Severity
from kg.report import words
from kg.report.model import Report, TypeLine, home_of

TOP = 12
PER_TYPE = 8
MISSING_PAIRS = 30
BODIES = 40


def environment(*, autoescape: bool) -> Environment:
    """Return the jinja environment over kg/report/templates."""
    return Environment(
        loader=PackageLoader("kg.report"),
        autoescape=autoescape,  # noqa: S701  Markdown has an escape of its own
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def context(report: Report, lang: str) -> dict[str, Any]:
    """Return what a template may name: the report, its words in *lang*, and how to write values."""
    titles = {document.id: document.title for document in report.documents}
    return {
        "report": report,
        "lang": lang,
        "t": _translator(lang),
        "w": {name: text.to(lang) for name, text in words.WORDS.items()},
        "severities": [
            (severity, words.SEVERITIES[severity].to(lang), report.count(severity))
            for severity in worst_first()
        ],
        "severity_name": lambda severity: words.SEVERITIES[severity].to(lang),
        "share": lambda value: words.share(value, lang),
        "level": lambda value: words.level(value, lang),
        "made": words.moment(report.made_at, lang),
        "top": top_findings(report),
        "found_types": [line for line in report.types if line.total],
        "first_of": lambda line: report.of_type(line.id)[:PER_TYPE],
        "rest_of": _rest,
        "missing": [need for need in report.coordination.needs if not need.arranged],
        "titles": titles,
        "type_names": {line.id: line.name.to(lang) for line in report.types},
        "home_of": lambda finding: titles.get(home_of(finding) or "", ""),
        "limits": {"missing": MISSING_PAIRS, "bodies": BODIES},
    }


def worst_first() -> list[Severity]:
    """Return the severities, high first."""
    return sorted(Severity, key=SEVERITY_RANK.__getitem__, reverse=True)


def top_findings(report: Report) -> tuple[Finding, ...]:
    """Return the findings to look at first: high and medium ones, one type after the other.

    Taking turns between the types keeps one frequent type from filling the page.
    """
    queues = [
        [one for one in report.of_type(line.id) if one.severity is severity]
        for severity in (Severity.HIGH, Severity.MEDIUM)
        for line in report.types
    ]
    picked: list[Finding] = []
    for severity_queues in (queues[: len(report.types)], queues[len(report.types) :]):
        rounds = max((len(queue) for queue in severity_queues), default=0)
        picked += [queue[n] for n in range(rounds) for queue in severity_queues if n < len(queue)]
    return tuple(picked[:TOP])


def _rest(line: TypeLine) -> int:
    return max(0, line.total - PER_TYPE)


def _translator(lang: str) -> Callable[[Any], str]:
    return lambda text: text.to(lang)
