"""A report over hand-made tables, with hostile words in it."""

import pytest

from kg.analysis.issues import FoundIssue
from kg.analysis.project import Tables, tables_of
from kg.model import Bilingual, Evidence
from kg.report import Report, assemble
from kg.settings import Settings

HOSTILE = '<script>alert("x")</script> | =cmd() *x* [a](javascript:b)\n# 量'
DOC = "https://w3id.org/qualitykg/id/document/d1"

ISSUES = [
    FoundIssue(
        DOC,
        "lost-character",
        Bilingual("此处有字丢失", "bytes are lost here"),
        Evidence(DOC, f"第{n}处{HOSTILE}", 10 * n, 10 * n + 5, 10 * n, 10 * n + 5, "0" * 64),
    )
    for n in range(5)
] + [FoundIssue(DOC, "misread-encoding", Bilingual("曾被误读", "it had been misread"))]


def task(number: int, **more: object) -> dict[str, object]:
    return {
        "id": f"https://w3id.org/qualitykg/id/task/d1.{number}",
        "kind": "task",
        "label_zh": f"完成第{number}项任务",
        "document": DOC,
        "level": "province",
        **more,
    }


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Return a plan of sixty tasks: some without a body, some with two leads, one hostile."""
    tasks = [task(number) for number in range(59)] + [task(59, label_zh=HOSTILE)]
    bodies = [
        {
            "id": f"https://w3id.org/qualitykg/id/body/b{n}",
            "label": f"第{n}厅",
            "kind": "department",
        }
        for n in range(6)
    ]
    duties = [
        {
            "id": f"r{number}-{place}",
            "measure": tasks[number]["id"],
            "body": bodies[(number + place) % 6]["id"],
            "role": "lead",
        }
        for number in range(42)
        for place in range(1 + number % 2)
    ]
    return tables_of(
        {
            "documents": [
                {"id": DOC, "title": "某省行动方案", "level": "province", "states_bodies": True}
            ],
            "measures": tasks,
            "bodies": bodies,
            "responsibilities": duties,
            "evidence": [
                {
                    "node": one["id"],
                    "document": DOC,
                    "start": 10,
                    "end": 20,
                    "raw_start": 10,
                    "raw_end": 20,
                    "text_sha256": "0" * 64,
                    "provision": f"三、（二）{number}.",
                    "exact": one["label_zh"],
                }
                for number, one in enumerate(tasks, start=1)
            ],
        }
    )


@pytest.fixture(scope="module")
def report(tables: Tables) -> Report:
    """Return the report on that plan."""
    return assemble(tables, settings=Settings(), made_at="2026-03-01T09:05+00:00", issues=ISSUES)
