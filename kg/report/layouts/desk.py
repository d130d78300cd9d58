"""What every layout writes with: the report, its language, and the blocks that several need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import Evidence, Finding, Severity
from kg.report import words
from kg.report.blocks import Badge, Bar, Block, Card, Column, Figures, Grid, Manner, Quote, Words
from kg.report.lines import WORST_FIRST
from kg.report.model import Counts, DocumentLine, LevelLine, Need, Report, home_of, short


@dataclass(frozen=True, slots=True)
class Desk:
    """A report, the language it is told in; by IRI or type: titles, remedies, names of types."""

    report: Report
    lang: str
    titles: Mapping[str, str]
    remedies: Mapping[str, str]
    type_names: Mapping[str, str]

    @classmethod
    def of(cls, report: Report, lang: str) -> "Desk":
        """Return a desk on which lies what every finding asks for."""
        return cls(
            report,
            lang,
            titles={one.id: one.title for one in report.documents},
            remedies={one.id: one.remedy.to(lang) for one in report.types},
            type_names={one.id: f"{one.id} {one.name.to(lang)}" for one in report.types},
        )

    def say(self, name: str, **values: object) -> str:
        """Return the report's own words of this *name*, with *values* put in."""
        text = words.WORDS[name].to(self.lang)
        return text.format(**values) if values else text

    def number(self, value: float) -> str:
        """Return a whole number as written in this language."""
        return words.number(value, self.lang)

    def share(self, value: float | None) -> str:
        """Return a share of 0..1 in per cent."""
        return words.share(value, self.lang)

    @property
    def made(self) -> str:
        """Return when the report was made."""
        return words.moment(self.report.made_at, self.lang)

    def severity(self, severity: Severity) -> str:
        """Return what a severity is called."""
        return words.SEVERITIES[severity].to(self.lang)

    def level(self, level: str | None) -> str:
        """Return what a level is called, "" where it is not known."""
        return words.level(level, self.lang)

    def joined(self, parts: Sequence[str]) -> str:
        """Return a list inside a sentence or cell."""
        return ("; " if self.lang == "en" else "；").join(parts)

    def none(self) -> Words:
        """Return that nothing was found."""
        return Words(self.say("none"))

    def rest(self, number: int) -> tuple[Block, ...]:
        """Return that so many more are not listed; nothing where there are none."""
        told = self.say("rest", n=self.number(number))
        return (Words(told, Manner.QUIET),) if number > 0 else ()

    def figures(self) -> Figures:
        """Return the key figures of the report."""
        report = self.report
        return Figures(
            (
                (self.number(len(report.documents)), self.say("documents")),
                (self.number(report.measures), self.say("measures")),
                (self.number(len(report.bodies)), self.say("bodies")),
                (self.number(len(report.findings)), self.say("findings")),
                (self.share(report.coordination.congruence), self.say("congruence")),
            )
        )

    def bar(self) -> tuple[Block, ...]:
        """Return how the findings divide among the severities; nothing where there are none."""
        badges = tuple(
            Badge(severity, self.severity(severity), self.report.count(severity))
            for severity in WORST_FIRST
        )
        return (Bar(badges, self.say("findings")),) if self.report.findings else ()

    def lead(self) -> Words:
        """Return the report in two sentences."""
        report = self.report
        told = {
            "documents": len(report.documents),
            "measures": report.measures,
            "bodies": len(report.bodies),
            "findings": len(report.findings),
            "high": report.count(Severity.HIGH),
            "medium": report.count(Severity.MEDIUM),
            "required": report.coordination.required,
            "missing": report.coordination.missing,
        }
        return Words(self.say("lead", **{name: self.number(n) for name, n in told.items()}))

    def levels(self) -> Grid:
        """Return a line for each administrative level."""
        names = ("documents", "goals", "measures")
        numbers = [Column(self.say(name), 1.6, number=True) for name in names]
        columns = (Column(self.say("level"), 1.7), *numbers, *self.severity_columns())
        return Grid(columns, tuple(map(self._level, self.report.levels)))

    def _level(self, line: LevelLine) -> tuple[str, ...]:
        numbers = map(self.number, (line.documents, line.goals, line.measures))
        return (self.level(line.level), *numbers, *self.counts(line.counts))

    def severity_columns(self) -> list[Column]:
        """Return a column for each severity, and one for their sum."""
        titles = [self.severity(severity) for severity in WORST_FIRST]
        return [Column(title, 1.3, number=True) for title in (*titles, self.say("total"))]

    def counts(self, counts: Counts) -> list[str]:
        """Return the cells of `severity_columns`; nothing for 0 but in the sum."""
        cells = [self.number(number) if number else "" for _, number in counts]
        return [*cells, self.number(sum(number for _, number in counts))]

    def needs(self, needs: Sequence[Need]) -> Grid:
        """Return pairs of bodies that need each other."""
        columns = (
            Column(self.say("pair"), 3),
            Column("", 3),
            Column(self.say("need"), number=True),
            Column(self.say("shared"), number=True),
        )
        rows = tuple(
            (
                need.bodies[0].to(self.lang),
                need.bodies[1].to(self.lang),
                self.number(need.weight),
                self.number(need.shared),
            )
            for need in needs
        )
        return Grid(columns, rows)

    def read_share(self, line: DocumentLine) -> str:
        """Return how many of the duty clauses were understood, or that the genre has none."""
        return self.share(line.bracket_share) if line.states_bodies else self.say("no_bodies")

    def brief(self, finding: Finding, *, link: bool) -> Card:
        """Return a finding without its words, for a list of a few."""
        return Card(
            key=short(finding.id),
            severity=finding.severity,
            name=self.severity(finding.severity),
            type=self.type_names[finding.type],
            where=self.titles.get(home_of(finding) or "", ""),
            reason=finding.reason.to(self.lang),
            quotes=(),
            remedy=finding.remedy.to(self.lang),
            candidates=(),
            link=short(finding.id) if link else "",
        )

    def whole(self, finding: Finding, *, anchor: bool) -> Card:
        """Return a finding with its words; what its type advises anyway is not said again."""
        remedy = finding.remedy.to(self.lang)
        return Card(
            key=short(finding.id),
            severity=finding.severity,
            name=self.severity(finding.severity),
            type=self.type_names[finding.type],
            where=self.titles.get(home_of(finding) or "", ""),
            reason=finding.reason.to(self.lang),
            quotes=tuple(self._quote(piece, home_of(finding)) for piece in finding.evidence),
            remedy="" if remedy == self.remedies[finding.type] and anchor else remedy,
            candidates=tuple(
                (one.label.to(self.lang), one.ground.to(self.lang)) for one in finding.candidates
            ),
            anchor=short(finding.id) if anchor else "",
        )

    def place(self, piece: Evidence, *, home: str | None = None) -> str:
        """Return where words stand; the document is named unless it is *home*."""
        title = self.titles.get(piece.document, piece.document)
        parts = [] if piece.document == home else [title]
        parts += [piece.provision] if piece.provision else []
        return " · ".join([*parts, self.say("characters", start=piece.start, end=piece.end)])

    def _quote(self, piece: Evidence, home: str | None) -> Quote:
        place = self.place(piece, home=home)
        return Quote(piece.quote, place if piece.quote else self.say("searched", place=place))
