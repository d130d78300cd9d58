"""Links into duties that have changed: to be looked at again, until somebody clears them.

A link rests on the words at both ends. Where those at its upper end change, it may not hold any
more: it is *suspect*. Clearing says that somebody looked; it holds for this change, and a later
change of the same duty makes the link suspect again. What is cleared is kept in ``cleared.jsonl`` in
the data folder, one line a link: it is a note on the work, not a statement about the plans.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.analysis.diff import Diff, Difference
from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.errors import HomeError, UnknownNodeError
from kg.home import Home
from kg.ids import digest, key_of

_FILE = "cleared.jsonl"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A link (its key), what kind it is, what it leads from and to, and what changed there."""

    link: str
    kind: str
    source: str
    target: str
    differences: tuple[Difference, ...]

    @property
    def mark(self) -> str:
        """Return a word for this link and this change: what is cleared."""
        told = (f"{one.trait} {one.was} {one.now}" for one in self.differences)
        return digest("suspect", self.link, *sorted(told))


def suspects(tables: Tables, found: Diff, *, home: Home) -> list[Suspect]:
    """Return the links of *tables* into what *found* says has changed, those cleared left out.

    Uptake, contributions and dependencies into a changed duty, and documents that carry out one in
    which anything changed. Links are looked for at the old and at the new name of the duty.
    """
    cleared = set(_cleared(home))
    every = [*_into_duties(tables, found), *_into_documents(tables, found)]
    return [one for one in every if one.mark not in cleared]


def clear(
    waiting: Sequence[Suspect], links: Iterable[str], *, home: Home, today: date
) -> list[Suspect]:
    """Return those of *waiting* that *links* name by key (``all``: every one), and note them as cleared.

    Raises:
        UnknownNodeError: None of *waiting* has this key.
        HomeError: The note cannot be written.
    """
    wanted = list(links)
    known = {key_of(one.link): one for one in waiting} | {one.link: one for one in waiting}
    for link in wanted:
        if link != ALL and link not in known:
            raise UnknownNodeError(key=link)
    done = (
        list(waiting)
        if ALL in wanted
        else list({known[link].mark: known[link] for link in wanted}.values())
    )
    lines = (
        json.dumps({"link": one.link, "mark": one.mark, "on": today.isoformat()}) + "\n"
        for one in done
    )
    path = home.path / _FILE
    try:
        with path.open("a", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError as error:
        raise HomeError(path=path, detail=error.strerror or error) from error
    return done


def _cleared(home: Home) -> Iterator[str]:
    path = home.path / _FILE
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield str(json.loads(line)["mark"])
        except (ValueError, KeyError, TypeError):  # a line cut off by a crash clears nothing
            continue


def _into_duties(tables: Tables, found: Diff) -> Iterator[Suspect]:
    changed: dict[str, list[Difference]] = defaultdict(list)
    for one in found.differences:
        if one.changes_duty:
            for name in {item.id for item in (one.old, one.new) if item}:
                changed[name].append(one)
    for kind, row in _links(tables):
        if row["target"] in changed:
            yield Suspect(
                row["id"], kind, row["source"], row["target"], tuple(changed[row["target"]])
            )


_LINKS = (
    ("uptake", "uptake", "lower", "upper"),
    ("contribution", "contributions", "measure", "goal"),
    ("dependency", "dependencies", "source", "target"),
)


def _links(tables: Tables) -> Iterator[tuple[str, Mapping[str, str]]]:
    for kind, name, source, target in _LINKS:
        for identifier, one, other in rows_of(getattr(tables, name), "id", source, target):
            yield kind, {"id": identifier, "source": one, "target": other}


def _into_documents(tables: Tables, found: Diff) -> Iterator[Suspect]:
    changed = tuple(one for one in found.differences if one.changes_duty)
    documents = {*found.old_documents, *found.new_documents}
    for row in tables.implementing.to_pylist() if changed else ():
        told = tuple(one for one in changed if one.item.document in documents)
        if row["upper"] in documents and row["lower"] not in documents and told:
            link = f"{key_of(row['lower'])}>{key_of(row['upper'])}"
            yield Suspect(link, "citation", row["lower"], row["upper"], told)
