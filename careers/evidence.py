"""What is known of a certification with who read it, when, and who says otherwise. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import get_text_list

from careers import directory, factsheet
from careers.dates import partial_date_text
from careers.factsheet import Line
from careers.lifecycle import Status, credential_status, exam_status
from careers.models import Credential, ExamVersion, Precision
from careers.sayings import SAYINGS, Field
from careers.standing import Badge, Standing, badge, standing

# Rows of the fact sheet that have other names than what is checked.
FIELDS: dict[str, str] = {field.label: field.value for field in Field}
FIELDS |= {"Valid for": Field.VALIDITY, "Followed by": Field.SUCCESSOR}


@dataclass(frozen=True)
class Cell:
    """What one exam has to say to one row. ``checked`` is empty where there is nothing to be checked."""

    lines: tuple[Line, ...]
    standing: Standing | None = None
    checked: str = ""

    @property
    def is_contested(self) -> bool:
        return self.standing is not None and bool(self.standing.is_disputed or self.standing.others)

    @property
    def has_more(self) -> bool:
        """Whether there is more to tell of where it is from than a day."""
        found = self.standing
        return found is not None and bool(found.source or found.others or found.silent)


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[Cell, ...]
    is_expected: bool


@dataclass(frozen=True)
class Sheet:
    exams: tuple[directory.Exam, ...]
    rows: tuple[Row, ...]


def sheet(credential: Credential, *, on: date) -> Sheet:
    """The fact sheet with its evidence. Needs the checks of the versions with their sources."""
    facts = factsheet.factsheet(credential, on=on)
    status = Row(
        "Status", tuple(status_cell(exam, credential, on=on) for exam in facts.exams), is_expected=True
    )
    rows = [
        Row(
            row.label,
            tuple(
                cell_of(row.label, lines, exam.version, credential, on=on)
                for exam, lines in zip(facts.exams, row.cells, strict=True)
            ),
            row.is_expected,
        )
        for row in facts.rows
    ]
    return Sheet(facts.exams, (status, *rows) if facts.exams else ())


def status_cell(exam: directory.Exam, credential: Credential, *, on: date) -> Cell:
    return cell_of("Status", (Line(str(exam.status.label)),), exam.version, credential, on=on)


def cell_of(
    label: str, lines: tuple[Line, ...], version: ExamVersion, credential: Credential, *, on: date
) -> Cell:
    if label not in FIELDS:
        return Cell(lines)
    found = standing(version, FIELDS[label], on=on)
    is_verified = all(line.is_verified for line in lines)
    has_something = bool(lines or found.others or found.silent)
    checked = checked_text(found, credential, is_verified=is_verified) if has_something else ""
    return Cell(lines, found, checked)


def checked_text(found: Standing, credential: Credential, *, is_verified: bool = True) -> str:
    """The day it was read. What comes from general knowledge was never read at a source."""
    if not found.value:
        return "what sources say"
    if found.checked_on is None or (found.source is None and not is_verified):
        return "not yet checked at a source"
    return f"checked {day_text(found.checked_on, credential)}"


def day_text(day: date, credential: Credential) -> str:
    """The day of the fact as a whole may be known to the month only."""
    is_whole = day == credential.checked_on
    return partial_date_text(day, credential.checked_on_precision if is_whole else Precision.DAY)


# --- The page as a whole ----------------------------------------------------


@dataclass(frozen=True)
class Check:
    """One field of the certification or of one of its exams, in the list of all checks."""

    of: str
    standing: Standing
    checked: str
    rests: bool

    @property
    def state(self) -> str:
        if self.standing.is_disputed:
            return "disputed"
        if self.standing.others:
            return "contradicted"
        return "due for another look" if self.standing.is_due and not self.rests else ""


def checks(credential: Credential, *, on: date) -> list[Check]:
    """Every field that says something or was looked for. What can no longer be sat may rest."""
    found = list(checks_of(credential, credential, "The certification", on=on))
    for version in credential.versions.all():
        found += checks_of(version, credential, str(version), on=on)
    return found


def checks_of(
    subject: Credential | ExamVersion, credential: Credential, of: str, *, on: date
) -> Iterator[Check]:
    gone = (
        exam_status(subject, on=on) if isinstance(subject, ExamVersion) else credential_status(subject, on=on)
    )
    for field in SAYINGS[type(subject)]:
        row = standing(subject, field, on=on)
        if row.value or row.others or row.silent:
            yield Check(of, row, checked_text(row, credential), rests=gone == Status.RETIRED)


@dataclass(frozen=True)
class Freshness:
    """How fresh the page is, in a sentence; ``is_fresh`` where nothing waits for another look."""

    text: str
    is_fresh: bool


def freshness(found: list[Check], credential: Credential) -> Freshness:
    shown = [check.standing for check in found if not check.rests] or [check.standing for check in found]
    state = badge(shown)
    rests = all(check.rests for check in found)
    return told(state, when(state, credential), rests=rests)


def told(state: Badge, day: str, *, rests: bool = False) -> Freshness:
    """``day``: “on 28 September 2026”. What rests is due for nothing."""
    said = f"Facts checked {day} or later" if state.oldest else "Not every fact here was checked yet"
    notes = waiting(state) if not rests else []
    return Freshness(f"{' – '.join([said, *notes])}.", is_fresh=state.oldest is not None and not notes)


def when(state: Badge, credential: Credential) -> str:
    day = state.oldest or date.min
    is_day = day != credential.checked_on or credential.checked_on_precision == Precision.DAY
    return f"{'on' if is_day else 'in'} {day_text(day, credential)}"


def waiting(state: Badge) -> list[str]:
    due, disputed = named(state.due), named(state.disputed)
    notes = [f"{due} {'is' if len(state.due) == 1 else 'are'} due for another look"] if due else []
    doubted = named(state.contradicted)
    return [
        *notes,
        *([f"sources disagree about {disputed}"] if disputed else []),
        *([f"a source says otherwise about {doubted}"] if doubted else []),
    ]


def named(labels: tuple[str, ...]) -> str:
    return get_text_list([label.lower() for label in labels], "and")
