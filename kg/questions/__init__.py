"""What is asked of a home and its store. Nothing is written.

analyses  coordination, dependencies, chains, areas, supervision, uptake, robustness, networks
asking    documents, findings, changes, reports, queries
"""

from kg.questions.analyses import NETWORKS, Analyses
from kg.questions.asking import ANSWER_FORMATS, Questions, with_prefixes

__all__ = ["ANSWER_FORMATS", "NETWORKS", "Analyses", "Questions", "with_prefixes"]
