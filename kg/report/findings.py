"""A list of findings for other programs: JSON, CSV for spreadsheets, SARIF and JUnit for pipelines."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

from kg.analysis.gaps import catalogue
from kg.errors import FormatError
from kg.markup import xml_text
from kg.model import Evidence, Finding, Mark, Severity
from kg.sheets import guarded
from kg.version import __version__

_SARIF_LEVEL = MappingProxyType(
    {
        Severity.HIGH: "error",
        Severity.MEDIUM: "warning",
        Severity.LOW: "note",
        Severity.INFO: "none",
    }
)

_DISMISSED = {"kind": "external", "status": "accepted"}  # SARIF 2.1.0, section 3.35
Marks = Mapping[str, Mark] | None
"""IRI of a finding -> what somebody said of it; ``None`` where nobody was asked."""


def text(findings: Sequence[Finding], format_: str, *, lang: str, marked: Marks = None) -> str:
    """Return *findings* as ``json``, ``csv``, ``sarif`` or ``junit``, with how they are marked.

    SARIF calls what is no gap suppressed, and JUnit skips it.

    Raises:
        FormatError: Another format was asked for.
    """
    if format_ not in FORMATS:
        raise FormatError(given=format_, known="table " + " ".join(FORMATS))
    return FORMATS[format_](findings, lang, marked)


def _mark(finding: Finding, marked: Marks) -> dict[str, str]:
    return {} if marked is None else {"mark": marked.get(finding.id, Mark.OPEN).value}


def _json(findings: Sequence[Finding], _: str, marked: Marks) -> str:
    told = [asdict(one) | _mark(one, marked) for one in findings]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _csv(findings: Sequence[Finding], lang: str, marked: Marks) -> str:
    """Write rows for a spreadsheet: a byte-order mark for Excel, no cell that is a formula."""
    file = io.StringIO(newline="")
    file.write("\ufeff")
    writer = csv.writer(file)
    heads = ("id", "type", "severity", "reason", "remedy", "subjects", "provisions", "quotes")
    writer.writerow(heads if marked is None else (*heads, "mark"))
    for one in findings:
        cells = (
            one.id,
            one.type,
            one.severity.value,
            one.reason.to(lang),
            one.remedy.to(lang),
            "；".join(node.label.to(lang) for node in one.subjects),
            "；".join(dict.fromkeys(p.provision for p in one.evidence if p.provision)),
            "；".join(piece.quote for piece in one.evidence if piece.quote),
            *_mark(one, marked).values(),
        )
        writer.writerow([guarded(cell) for cell in cells])
    return file.getvalue()


def _sarif(findings: Sequence[Finding], lang: str, marked: Marks) -> str:
    """Write SARIF 2.1.0 (OASIS): one rule a gap type, one result a finding."""
    rules = [
        {
            "id": kind.id,
            "name": kind.name.en,
            "shortDescription": {"text": kind.name.to(lang)},
            "fullDescription": {"text": kind.definition.to(lang)},
            "help": {"text": kind.remedy.to(lang)},
        }
        for kind in catalogue().values()
    ]
    driver = {"name": "quality-kg", "semanticVersion": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, lang, _mark(one, marked)) for one in findings],
    }
    return json.dumps(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        },
        ensure_ascii=False,
        indent=1,
    )


def _result(one: Finding, lang: str, mark: Mapping[str, str]) -> dict[str, Any]:
    """Return a result; SARIF keeps the level none for what is no failure, as information is not."""
    fails = one.severity is not Severity.INFO
    things = [
        {"fullyQualifiedName": node.key, "name": node.label.to(lang)} for node in one.subjects
    ]
    first, *others = [_location(piece) for piece in one.evidence] or [{}]
    return {
        "ruleId": one.type,
        "kind": "fail" if fails else "informational",
        "level": _SARIF_LEVEL[one.severity],
        "message": {"text": one.reason.to(lang)},
        "partialFingerprints": {"finding": one.id},
        "locations": [{**first, "logicalLocations": things}, *others],
        **({"properties": dict(mark)} if mark else {}),
        **({"suppressions": [_DISMISSED]} if mark.get("mark") == Mark.NOT_A_GAP else {}),
    }


def _location(piece: Evidence) -> dict[str, Any]:
    region = {
        "charOffset": piece.start,
        "charLength": piece.end - piece.start,
        "snippet": {"text": piece.quote},
    }
    return {"physicalLocation": {"artifactLocation": {"uri": piece.document}, "region": region}}


def _junit(findings: Sequence[Finding], lang: str, marked: Marks) -> str:
    """Write JUnit XML as pipelines read it: a suite a gap type, a case a finding.

    A type of which nothing was found has one case, passed; information, and what somebody said is
    no gap, is skipped, not failed.
    """
    dismissed = {iri for iri, mark in (marked or {}).items() if mark is Mark.NOT_A_GAP}
    whole = ElementTree.Element("testsuites", name="quality-kg")
    for kind in catalogue().values():
        found = [one for one in findings if one.type == kind.id]
        suite = ElementTree.SubElement(whole, "testsuite", name=f"{kind.id} {kind.name.to(lang)}")
        for one in found:
            skipped = one.severity is Severity.INFO or one.id in dismissed
            _case(suite, one, lang, tag="skipped" if skipped else "failure")
        if not found:
            ElementTree.SubElement(suite, "testcase", classname=kind.id, name=kind.name.to(lang))
        for name, tag in (
            ("tests", "testcase"),
            ("failures", "*/failure"),
            ("skipped", "*/skipped"),
        ):
            suite.set(name, str(len(suite.findall(tag))))
    for name in ("tests", "failures", "skipped"):
        whole.set(name, str(sum(int(suite.get(name, "0")) for suite in whole)))
    ElementTree.indent(whole)
    return ElementTree.tostring(whole, encoding="unicode", xml_declaration=False) + "\n"


def _case(suite: ElementTree.Element, one: Finding, lang: str, *, tag: str) -> None:
    name = f"{one.id.rpartition('/')[2]} {'; '.join(node.label.to(lang) for node in one.subjects)}"
    case = ElementTree.SubElement(suite, "testcase", classname=one.type, name=xml_text(name))
    told = ElementTree.SubElement(case, tag, message=xml_text(one.reason.to(lang)))
    if tag == "failure":
        told.set("type", one.severity.value)
    lines = [f"{p.document} {p.start}-{p.end}: {p.quote}" for p in one.evidence]
    told.text = xml_text("\n".join([*lines, one.remedy.to(lang)]))


FORMATS: Mapping[str, Callable[[Sequence[Finding], str, Marks], str]] = MappingProxyType(
    {"json": _json, "csv": _csv, "sarif": _sarif, "junit": _junit}
)
