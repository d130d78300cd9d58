"""Changes with things named as people name them: by label, alias, key or IRI."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from kg.analysis.gaps import findings
from kg.analysis.overlay import Assign, Change, Channel, Delay, Merge, Remove
from kg.analysis.project import project
from kg.analysis.whatif import WhatIf, whatif
from kg.errors import ChangeError
from kg.explore.naming import BODY_TYPES, MEASURE_TYPES, meant
from kg.explore.nodes import nodes_of
from kg.model import Bilingual, Role
from kg.settings import Settings
from kg.store.port import Store

ROLE_WORDS: Mapping[str, Role] = MappingProxyType(
    {
        **{role.value: role for role in Role},
        "牵头": Role.LEAD,
        "负责": Role.RESPONSIBLE,
        "配合": Role.SUPPORT,
        "参与": Role.PARTICIPANT,
        "监督": Role.SUPERVISOR,
    }
)
_YEARS = range(1000, 10000)


def ask(store: Store, changes: Iterable[Change], *, settings: Settings) -> WhatIf:
    """Return what *changes* would make different in *store*; nothing is written.

    Raises:
        UnknownNameError: Nothing is called so.
        AmbiguousNameError: Several things are called so.
        UnknownNodeError: An earlier change took a thing away.
        SameBodyError: A body would be merged, or have a channel, with itself.
        StoreError: The store failed.
    """
    known = [resolved(store, change) for change in changes]
    return whatif(
        project(store), known, settings=settings, before=findings(store, settings=settings)
    )


def resolved(store: Store, change: Change) -> Change:
    """Return *change* with the IRI of each thing in the place of its name.

    Raises:
        UnknownNameError: Nothing is called so.
        AmbiguousNameError: Several things are called so.
    """

    def body(name: str) -> str:
        return meant(store, name, types=BODY_TYPES).id

    def measure(name: str, *more: str) -> str:
        return meant(store, name, types=MEASURE_TYPES.union(more)).id

    if isinstance(change, Remove):
        return Remove(body(change.body))
    if isinstance(change, Merge):
        return Merge(body(change.kept), body(change.gone))
    if isinstance(change, Delay):
        return Delay(measure(change.measure, "goal"), change.year)
    if isinstance(change, Assign):
        return Assign(measure(change.measure), body(change.body), change.role)
    return Channel(body(change.one), body(change.other))


def words(store: Store, changes: Sequence[Change]) -> list[Bilingual]:
    """Return *changes*, things by IRI, each as a line to read."""
    things = {name for change in changes for name in _things(change)}
    labels = {name: node.label for name, node in nodes_of(store, sorted(things)).items()}
    return [
        Bilingual(_line(change, labels, "zh"), _line(change, labels, "en")) for change in changes
    ]


def parsed(how: str, given: str) -> Change:
    """Return the change that ``MEASURE=YEAR`` (*how* is delay) or ``MEASURE=BODY[:role]`` says.

    Raises:
        ChangeError: It says neither.

    >>> parsed("delay", "推进共享=2027")
    Delay(measure='推进共享', year=2027)
    >>> parsed("assign", "推进共享=青禾县商务局:配合").role.value
    'support'
    """
    measure, sign, rest = given.rpartition("=")
    if not sign or not measure.strip() or not rest.strip():
        form = "MEASURE=YEAR" if how == "delay" else "MEASURE=BODY[:role]"
        raise ChangeError(given=given, form=form)
    if how == "delay":
        if not rest.strip().isdecimal() or int(rest) not in _YEARS:
            raise ChangeError(given=given, form="MEASURE=YEAR")
        return Delay(measure, int(rest))
    body, colon, role = rest.rpartition(":")
    if colon and role.strip() in ROLE_WORDS:
        return Assign(measure, body, ROLE_WORDS[role.strip()])
    return Assign(measure, rest)


def _things(change: Change) -> tuple[str, ...]:
    if isinstance(change, Remove):
        return (change.body,)
    if isinstance(change, Merge):
        return (change.kept, change.gone)
    if isinstance(change, Delay):
        return (change.measure,)
    if isinstance(change, Assign):
        return (change.measure, change.body)
    return (change.one, change.other)


_LINES: Mapping[type, Bilingual] = MappingProxyType(
    {
        Remove: Bilingual("撤销 {0}", "remove {0}"),
        Merge: Bilingual("将 {1} 并入 {0}", "merge {1} into {0}"),
        Delay: Bilingual("将“{0}”的期限改为 {1} 年", 'let "{0}" be due in {1}'),
        Assign: Bilingual("由 {1} 承担“{0}”（{2}）", 'give {1} a duty for "{0}" ({2})'),
        Channel: Bilingual("在 {0} 与 {1} 之间建立协同渠道", "let {0} and {1} coordinate"),
    }
)


def _label(label: Bilingual | None, lang: str) -> str | None:
    return None if label is None else label.to(lang) or label.zh


def _line(change: Change, labels: Mapping[str, Bilingual], lang: str) -> str:
    values = [_label(labels.get(name), lang) or name for name in _things(change)]
    if isinstance(change, Delay):
        values.append(str(change.year))
    if isinstance(change, Assign):
        zh = {role: word for word, role in ROLE_WORDS.items()}
        values.append(zh[change.role] if lang == "zh" else change.role.value)
    return _LINES[type(change)].to(lang).format(*values)
