"""Print the JSON Schema of the report as JSON: ``python -m kg.report > docs/report.schema.json``."""

import json
import sys

from kg.report.json import schema

sys.stdout.write(json.dumps(schema(), ensure_ascii=False, indent=1) + "\n")
