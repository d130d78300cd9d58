"""Clean text to mentions and relations, by rules that are data."""

from collections.abc import Sequence

from kg.extract import metadata
from kg.extract.bodies import running as bodies
from kg.extract.bodies.memberships import memberships
from kg.extract.duties import responsibilities
from kg.extract.measures import documents, match
from kg.extract.relations import partners, relate, ties
from kg.extract.review import coverage, issues
from kg.model import Extraction, Mention, Metadata
from kg.text.provisions import provisions
from kg.text.segment import segment
from kg.text.uncollected import uncollected

__all__ = ["extract"]


def extract(text: str, *, overrides: Metadata | None = None) -> Extraction:
    r"""Return everything that the rules find in a clean *text*, the same in every run.

    Args:
        text: clean text; every offset counts its code points.
        overrides: what is known about the document; wins over what it says of itself.

    >>> found = extract("一、主要任务\n（一）建设平台。推进数据共享。（财政部牵头）")
    >>> [(duty.body, duty.role.value) for duty in found.responsibilities]
    [('财政部', 'lead')]
    """
    with uncollected():
        return _extracted(text, overrides)


def _extracted(text: str, overrides: Metadata | None) -> Extraction:
    blocks = segment(text)
    cited = tuple(documents.find(text, blocks))
    about = metadata.read(text, blocks, overrides=overrides, documents=cited)
    scan = responsibilities.scan(text, level=about.level, area=about.area)
    named = [*match.find(text, blocks, scan.clause_spans), *cited, *ties.policy_areas(text)]
    duties = responsibilities.assign(scan, text, blocks=blocks, mentions=_ordered(named))
    organs = bodies.find(text, level=about.level, area=about.area, skip=duties.clause_spans)
    organs = bodies.merge(duties.body_mentions, organs)  # who holds a duty is named whole
    belonging = memberships(text, organs)
    mentions = _ordered([*named, *organs, *belonging.mentions])
    return Extraction(
        metadata=about,
        mentions=mentions,
        relations=(
            *relate.relations(text, blocks, mentions),
            *belonging.relations,
            *partners.together(duties.responsibilities, mentions),
        ),
        responsibilities=duties.responsibilities,
        document_rules=duties.document_rules,
        issues=(*duties.issues, *issues(text, mentions)),
        coverage=coverage(text, blocks, mentions, duties),
        provisions=provisions(text, blocks),
    )


def _ordered(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return *mentions* in the order of the text, the wider first, each once."""
    unlike = {m.id: m for m in mentions}.values()
    return tuple(sorted(unlike, key=lambda m: (m.span.start, -m.span.end, m.kind, m.id)))
