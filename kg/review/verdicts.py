"""Rows to decisions, each checked against the statement that it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kg.ids import BASE, document_of, key_of
from kg.model import Decision, RelationKind, Role, Verdict
from kg.rdf import Statement, Thing
from kg.rdf.relations import ENDS, fits
from kg.review.columns import FILLED, ROLE_WORDS, VERDICT_WORDS
from kg.review.rows import row_of
from kg.review.things import NOTHING, Things
from kg.sheets import Line, Refusal

_KEPT = ("kind", "words", "about", "role")  # what a reviewer might overwrite by mistake
_OF_ELEMENTS, _OF_DUTIES = ("new_words",), ("new_role", "new_body")
_OF_RELATIONS = ("new_target", "new_kind")
_KINDS = MappingProxyType({kind.value.lower(): kind for kind in ENDS})


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads decisions from one file; *today* is the date of new ones (ISO 8601)."""

    refuse: Refusal
    today: str
    things: Mapping[str, Things] = field(default_factory=dict)  # by the key of the document

    def decision(self, line: Line, statement: Statement, known: Decision | None) -> Decision | None:
        """Return what *line* decides on *statement*, None where nothing.

        Args:
            line: The row.
            statement: What it is about.
            known: What was decided before; the same decision keeps its date.

        Raises:
            SheetError: The row contradicts the statement or itself.
        """
        self._check_kept(line, statement)
        verdict = self._verdict(line)
        if verdict is None:
            self._check_empty(line)
            return None
        self._check_corrections(line, statement, verdict)
        made = Decision(
            statement=statement.id,
            verdict=verdict,
            decided_on=self.today,
            words=" ".join(line.cells["new_words"].split()) or None,
            role=self._role(line),
            body="".join(line.cells["new_body"].split()) or None,
            target=self._target(line, statement),
            relation=self._relation(line, statement),
            note=line.cells["note"] or None,
        )
        same = known is not None and replace(made, decided_on=known.decided_on) == known
        return known if same else made

    def _check_kept(self, line: Line, statement: Statement) -> None:
        there = row_of(statement, None, "")
        for key in _KEPT:
            if line.cells[key] != there[key].strip():
                raise self.refuse.at(
                    line.places[key],
                    en=f"it says {line.cells[key]!r}, the statement {there[key]!r}; "
                    "put corrections into the columns new_…, or export the sheet again",
                    zh=f"此格为“{line.cells[key]}”，原陈述为“{there[key]}”；"
                    "更正请写在“更正”各列，或重新导出",
                )

    def _verdict(self, line: Line) -> Verdict | None:
        word = line.cells["decision"].lower()
        if word and word not in VERDICT_WORDS:
            raise self.refuse.at(
                line.places["decision"],
                en=f"{word!r} is no decision; choose one of {', '.join(Verdict)}",
                zh=f"“{word}”不是审定结论；请选 accept 采纳、reject 驳回、correct 更正之一",
            )
        return VERDICT_WORDS.get(word)

    def _role(self, line: Line) -> Role | None:
        word = line.cells["new_role"].lower()
        if word and word not in ROLE_WORDS:
            raise self.refuse.at(
                line.places["new_role"],
                en=f"{word!r} is no role; choose one of {', '.join(Role)}",
                zh=f"“{word}”不是角色；请选牵头、负责、配合、参与、监督之一",
            )
        return ROLE_WORDS.get(word)

    def _thing(self, line: Line, statement: Statement) -> Thing | None:
        """Return what the relation shall lead to."""
        name = line.cells["new_target"]
        if not name:
            return None
        found = self.things.get(document_of(statement.id), NOTHING).called(name)
        if len(found) != 1:
            ids = ", ".join(key_of(one.id) for one in found[:5])
            raise self.refuse.at(
                line.places["new_target"],
                en=f"{name!r} means several things of this document; write one of {ids}"
                if found
                else f"nothing in this document is called {name!r}; write its words as the sheet has them",
                zh=f"“{name}”在本文件中有多项，请写编号之一：{ids}"
                if found
                else f"本文件中没有“{name}”；请按表中的文字填写",
            )
        return found[0]

    def _target(self, line: Line, statement: Statement) -> str | None:
        thing = self._thing(line, statement)
        return thing.id if thing else None

    def _relation(self, line: Line, statement: Statement) -> RelationKind | None:
        """Return the kind that the relation shall have, once it fits both its ends."""
        word = line.cells["new_kind"].lower()
        if word and word not in _KINDS:
            raise self.refuse.at(
                line.places["new_kind"],
                en=f"{word!r} is no kind of relation; choose one of {', '.join(ENDS)}",
                zh=f"“{word}”不是关系的种类；请选 {'、'.join(ENDS)} 之一",
            )
        if word or line.cells["new_target"]:
            self._check_ends(line, statement, _KINDS.get(word))
        return _KINDS.get(word)

    def _check_ends(self, line: Line, statement: Statement, kind: RelationKind | None) -> None:
        things = self.things.get(document_of(statement.id), NOTHING)
        head = things.by_id[statement.head]
        tail = self._thing(line, statement) or things.by_id[statement.tail]
        wanted = kind or RelationKind(statement.kind)
        if head.id == tail.id or not fits(wanted, head.kind, tail.kind):
            raise self.refuse.at(
                line.places["new_kind" if kind else "new_target"],
                en=f"{wanted} cannot lead from {head.kind} {head.words!r} to {tail.kind} {tail.words!r}",
                zh=f"{wanted} 不能由 {head.kind}“{head.words}”指向 {tail.kind}“{tail.words}”",
            )

    def _check_empty(self, line: Line) -> None:
        for key in FILLED:
            if line.cells[key]:
                raise self.refuse.at(
                    line.places[key],
                    en="it needs a decision in the column decision",
                    zh="需在“审定”列填写审定结论",
                )

    def _check_corrections(self, line: Line, statement: Statement, verdict: Verdict) -> None:
        fitting = _fitting(statement)
        given = [key for key in (*_OF_ELEMENTS, *_OF_DUTIES, *_OF_RELATIONS) if line.cells[key]]
        wrong = [key for key in given if key not in fitting or verdict is not Verdict.CORRECT]
        if wrong:
            raise self.refuse.at(
                line.places[wrong[0]],
                en=f"{verdict} on {statement.kind} takes no {wrong[0]}",
                zh=f"对 {statement.kind} 的 {verdict} 不应填写 {wrong[0]}",
            )
        if verdict is Verdict.CORRECT and not given:
            needed = " / ".join(fitting) or "accept / reject"
            raise self.refuse.at(
                line.places["decision"],
                en=f"a correction of {statement.kind} needs {needed}",
                zh=f"更正 {statement.kind} 需填写 {needed}",
            )


def by_key(statements: Mapping[str, Statement], key: str) -> Statement | None:
    """Return the statement with this short or full identifier."""
    return statements.get(key if key.startswith(BASE) else BASE + key)


def _fitting(statement: Statement) -> tuple[str, ...]:
    if statement.is_element:
        return _OF_ELEMENTS
    if statement.is_relation:
        return _OF_RELATIONS
    return _OF_DUTIES if statement.is_responsibility else ()
