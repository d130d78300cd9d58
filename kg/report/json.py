"""The report as JSON: every field of `kg.report.model.Report`, in both languages."""

import json
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from kg.report.model import Report


def render(report: Report, lang: str) -> bytes:
    """Return *report* as JSON; texts are ``{"zh": …, "en": …}``, *lang* is only noted."""
    told = {"lang": lang, **asdict(report)}
    return json.dumps(told, ensure_ascii=False, indent=1, default=sorted).encode()


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what `render` writes."""
    made = TypeAdapter(Report).json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "properties": {"lang": {"enum": ["zh", "en"]}, **made["properties"]},
        "required": ["lang", *made["required"]],
    }
