"""The life of a credential on one line of time: which exam could be sat when, and in which languages.

No more of a date is drawn than is known: a month, a quarter or a year is a slope, and an end that nobody
knows fades out. What was only announced is drawn in outline, and said to be so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from careers.changes import Change, changes
from careers.dates import last_day, partial_date_text
from careers.factsheet import language
from careers.lifecycle import OPEN, Status, closing_day, exam_status, is_open
from careers.models import Credential, Delivery, ExamVersion, LifecycleEvent, Precision
from careers.timeline_picture import Picture, Span, pictures


@dataclass(frozen=True)
class Moment:
    """A day, or as much of one as is known."""

    day: date
    precision: str = Precision.DAY

    @property
    def first(self) -> date:
        return self.day

    @property
    def last(self) -> date:
        return last_day(self.day, self.precision)

    @property
    def words(self) -> str:
        return partial_date_text(self.day, self.precision)


@dataclass(frozen=True)
class Stretch:
    """One form of one exam: from when until when it can be sat, as far as that is known."""

    label: str
    start: Moment | None
    end: Moment | None
    is_open: bool  # somebody has seen it open
    is_over: bool
    is_undated: bool  # announced, without any day
    note: str = ""
    on: date = date.min

    @property
    def words(self) -> str:
        has_end = self.end is not None or self.is_open
        return f"{self.start_words}; {self.end_words}" if has_end else self.start_words

    @property
    def start_words(self) -> str:
        if self.start is None:
            return "since when is not known" if self.is_open or self.is_over else "when it opens is not known"
        if self.is_open or self.is_over:
            return f"{'since' if self.start.last < self.on else 'from'} {self.start.words}"
        overdue = ", which has passed: nothing confirms that it opened" if self.start.last < self.on else ""
        article = "the " if self.start.precision == Precision.QUARTER else ""
        return f"announced for {article}{self.start.words}{overdue}"

    @property
    def end_words(self) -> str:
        if self.end is None:
            return "when it ended is not known" if self.is_over else "no end is known"
        return f"{'ended' if self.end.last < self.on else 'ends'} {self.end.words}"


@dataclass(frozen=True)
class Lane:
    """One exam with its forms."""

    name: str
    status: Status
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Timeline:
    name: str
    lanes: tuple[Lane, ...]
    events: tuple[Change, ...]
    pictures: tuple[Picture, ...]
    today: str


def timeline(credential: Credential, events: Iterable[LifecycleEvent], *, on: date) -> Timeline | None:
    """Of a credential ``with_exams()`` and its events; None where nothing about it has a date."""
    versions = sorted(credential.versions.all(), key=age)
    lanes = tuple(lane(version, on=on) for version in versions)
    told = changes(sorted(events, key=order_of), on=on)
    spans = [span for one in lanes for span in spans_of(one)]
    dated = [(number, moment_of(row)) for number, row in enumerate(told, start=1) if row.event.happens_on]
    marks = [(number, moment.first, moment.last) for number, moment in dated]
    if not marks and not any(span.has_date for span in spans):
        return None
    drawn = pictures(spans, marks, on=on)
    return Timeline(credential.name, lanes, tuple(told), drawn, partial_date_text(on, Precision.DAY))


def age(version: ExamVersion) -> tuple[int, date, int]:
    """The oldest first; without a day, what is there was first and what is to come is last."""
    undated = date.max if version.status == Status.IN_DEVELOPMENT else date.min
    return version.part, version.available_from or undated, version.pk


def order_of(event: LifecycleEvent) -> tuple[date, str]:
    return event.happens_on or date.max, event.key


def moment_of(row: Change) -> Moment:
    return Moment(row.event.happens_on or date.min, row.event.happens_on_precision)


# --- Exams ------------------------------------------------------------------


def lane(version: ExamVersion, *, on: date) -> Lane:
    rows = list(version.deliveries.all())
    both = len({row.phase for row in rows}) > 1
    found = [form(version, row, on=on, both=both) for row in rows] or [whole(version, on=on)]
    return Lane(str(version), exam_status(version, on=on), tuple(sorted(found, key=sooner)))


def sooner(stretch: Stretch) -> tuple[date, date, str]:
    start = stretch.start.first if stretch.start else date.min
    return start, stretch.end.last if stretch.end else date.max, stretch.label


def form(version: ExamVersion, row: Delivery, *, on: date, both: bool) -> Stretch:
    """A form in its own window, or else in the exam's; where there are ``both`` phases it names its own."""
    is_beta = row.phase == Delivery.Phase.BETA
    start = Moment(row.window_from) if row.window_from else opening(version, row)
    end = Moment(row.window_to) if row.window_to else (None if is_beta else closing(version))
    retired = Status(version.status) == Status.RETIRED
    is_over = retired or (end is not None and end.last < on)
    names = ", ".join(language(code) for code in row.languages)
    parts = [str(version), str(row.get_phase_display()).lower() if is_beta or both else "", names]
    seen = is_open(version, row, on=on) or is_over
    return Stretch(
        label=" · ".join(filter(None, parts)),
        start=start,
        end=end,
        is_open=seen,
        is_over=is_over,
        is_undated=not seen and start is None,
        note=row.note,
        on=on,
    )


def opening(version: ExamVersion, row: Delivery) -> Moment | None:
    """The day of the exam is that of its beta, where one runs: its standard form comes later."""
    beta_first = version.status == Status.BETA and row.phase == Delivery.Phase.STANDARD
    if version.available_from is None or beta_first:
        return None
    return Moment(version.available_from, version.available_from_precision)


def closing(version: ExamVersion) -> Moment | None:
    if version.last_exam_on is not None:
        return Moment(version.last_exam_on, version.last_exam_on_precision)
    day = closing_day(version)
    return Moment(day) if day else None


def whole(version: ExamVersion, *, on: date) -> Stretch:
    """Where nothing is known of its forms."""
    day, end = version.available_from, closing(version)
    start = Moment(day, version.available_from_precision) if day else None
    retired = exam_status(version, on=on) == Status.RETIRED
    seen = retired or Status(version.status) in OPEN
    is_said = not seen and version.date_note.casefold() == "announced"
    note = "" if is_said else version.date_note
    return Stretch(str(version), start, end, seen, retired, not seen and start is None, note, on)


def spans_of(one: Lane) -> Sequence[Span]:
    """What of a lane can be drawn: a form announced without a day cannot."""
    return [
        Span(
            label=stretch.label,
            start=(stretch.start.first, stretch.start.last) if stretch.start else None,
            end=(stretch.end.first, stretch.end.last) if stretch.end else None,
            ends_before=stretch.on if stretch.is_over and stretch.end is None else None,
            is_open=stretch.is_open,
            is_over=stretch.is_over,
        )
        for stretch in one.stretches
        if not stretch.is_undated
    ]
