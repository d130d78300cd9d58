"""Raw text in, clean text out, with the way back and an account of every repair."""

from collections.abc import Sequence

from kg.model import Bilingual, Issue
from kg.text.alignment import CleanText, Draft, identity, with_issues
from kg.text.repairs import Repair, alphabet_of, catalogue
from kg.text.uncollected import uncollected

__all__ = ["CleanText", "clean", "clean_in_place", "identity", "with_issues"]

_ROUNDS = 6  # one repair can make room for another; two rounds are usual, then nothing changes


def clean(raw: str) -> CleanText:
    """Return *raw* with its repairs made, and marked where it could not be repaired.

    The repairs run in the order of ``repairs.toml``, again until none finds anything: so clean text
    stays as it is, and cleaning twice is cleaning once.

    >>> found = clean("質(zhì)量,,第一")
    >>> found.text, found.to_map()
    ('质量，第一', [[0, 1, 0, 6], [1, 2, 6, 7], [2, 5, 8, 11]])
    >>> [(edit.rule, edit.before, edit.after) for edit in found.edits][:2]
    [('pinyin', '質(zhì)', '質'), ('noise-comma', ',', '')]
    """
    with uncollected():
        return _cleaned(Draft(raw))


def clean_in_place(text: str) -> str:
    """Return *text* with those repairs made that put one character in the place of one.

    Every offset counts the same characters in both.

    >>> clean_in_place("質(zhì)量,第一")
    '质(zhì)量，第一'
    """
    draft = Draft(text)
    with uncollected():
        _repair(draft, [repair for repair in catalogue().repairs if repair.in_place])
    return draft.text


def _cleaned(draft: Draft) -> CleanText:
    _repair(draft, catalogue().repairs)
    alphabet = alphabet_of(draft.text)
    marks = [mark for mark in catalogue().marks if not mark.needs or mark.needs.search(alphabet)]
    issues = sorted(
        (issue for mark in marks for issue in mark.issues(draft.text)),
        key=lambda issue: (issue.span.start if issue.span else 0, issue.code),
    )
    issues += [_refused(name) for name in sorted(draft.refused)]
    return CleanText(draft.text, tuple(draft.runs), tuple(draft.edits), tuple(issues))


def _refused(name: str) -> Issue:
    zh = f"需要“{name}”修复之处过多，不像公文，未作此项修复"
    en = f"repair {name} has too much to do for a text of this kind; it was not made"
    return Issue("repair-refused", Bilingual(zh, en))


def _repair(draft: Draft, repairs: Sequence[Repair]) -> None:
    for _ in range(_ROUNDS):
        made = len(draft.edits)
        _repair_once(draft, repairs)
        if len(draft.edits) == made:
            return


def _repair_once(draft: Draft, repairs: Sequence[Repair]) -> None:
    alphabet = alphabet_of(draft.text)
    for repair in repairs:
        if not repair.fits(alphabet):
            continue
        made = len(draft.edits)
        repair.run(draft)
        if len(draft.edits) != made:
            alphabet = alphabet_of(draft.text)
