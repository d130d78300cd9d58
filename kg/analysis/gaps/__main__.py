"""``python -m kg.analysis.gaps`` writes docs/gaps.md to standard output."""

import sys

from kg.analysis.gaps.page import page

sys.stdout.buffer.write(page().encode())
