"""What is changing: the events in the life of certifications, as readers are told of them.

What was announced for a day that has passed is overdue until an event confirms it: it never counts as done.
Once one does, that event speaks for both, and says what had been announced.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from careers.dates import last_day, partial_date_text
from careers.factsheet import language
from careers.models import LifecycleEvent, Precision, Status

Kind = LifecycleEvent.Kind
Certainty = LifecycleEvent.Certainty

ENDINGS, BETAS, OPENINGS, OTHERS = "endings", "betas", "openings", "others"
GROUPS: dict[str, tuple[str, tuple[Kind, ...]]] = {
    ENDINGS: (
        "Retirements",
        (Kind.LANGUAGE_REMOVED, Kind.REGISTRATION_CLOSE, Kind.LAST_EXAM, Kind.RETIRED, Kind.REPLACED),
    ),
    BETAS: ("Betas", (Kind.BETA_OPEN, Kind.BETA_CLOSE)),
    OPENINGS: ("New exams", (Kind.ANNOUNCED, Kind.GENERAL_AVAILABILITY, Kind.LANGUAGE_ADDED)),
    OTHERS: ("Contents, prices and names", (Kind.BLUEPRINT_CHANGE, Kind.PRICE_CHANGE, Kind.RENAME)),
}
SURE = {
    Certainty.CONFIRMED: "",
    Certainty.ANNOUNCED: "announced",
    Certainty.EXPECTED: "expected, not confirmed",
    Certainty.DISPUTED: "sources disagree",
}


PROMISED = {
    Certainty.ANNOUNCED: "Announced for",
    Certainty.EXPECTED: "Expected for",
    Certainty.DISPUTED: "Sources disagree about",
}
# Of one exam all else happens once, so that any event which confirms it answers what was announced.
AGAIN_AND_AGAIN = {Kind.BLUEPRINT_CHANGE, Kind.PRICE_CHANGE, Kind.RENAME}
# Within the same last day, what is known exactly comes first.
EXACT_FIRST = [Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR]


@dataclass(frozen=True)
class Change:
    """One event in words. ``when`` says no more of its day than is known."""

    event: LifecycleEvent
    name: str
    what: str
    when: str
    sure: str
    languages: str
    is_past: bool
    is_overdue: bool
    had_been: str = ""

    @property
    def headline(self) -> str:
        aside = "; ".join(filter(None, [self.languages, self.sure]))
        return f"{self.name}: {self.what[:1].lower()}{self.what[1:]}{aside and f' ({aside})'}"

    @property
    def sentence(self) -> str:
        """All of it in one line, for feeds and calendars."""
        known = f"{self.when} ({self.sure})." if self.sure else f"{self.when}."
        told = [self.overdue or known, self.had_been, self.event.note, self.source_text]
        return " ".join(filter(None, told))

    @property
    def overdue(self) -> str:
        if not self.is_overdue:
            return ""
        day = day_text(self.event)
        return f"{PROMISED[Certainty(self.event.certainty)]} {day}; nothing confirms it."

    @property
    def source_text(self) -> str:
        source = self.event.source
        if source is None:
            return ""
        doubt = "" if source.is_verified else "unverified"
        return f"Source: {', '.join(filter(None, [source.title, source.checked, doubt]))}."

    @property
    def machine_date(self) -> str:
        """As much of its day as is known, for machines; they have no word for a quarter."""
        day, precision = self.event.happens_on, self.event.happens_on_precision
        if day is None or precision == Precision.QUARTER:
            return ""
        return day.isoformat()[: {Precision.MONTH: 7, Precision.YEAR: 4}.get(Precision(precision), 10)]


@dataclass(frozen=True)
class Changes:
    """What is to come, soonest first; what should have come; what has happened, newest first."""

    coming: tuple[Change, ...]
    overdue: tuple[Change, ...]
    undated: tuple[Change, ...]
    past: tuple[Change, ...]


def told_of() -> QuerySet[LifecycleEvent]:
    """Every event that readers are told of, with what a line about it needs."""
    public = LifecycleEvent.objects.filter(credential__status=Status.PUBLISHED)
    return public.select_related("credential__provider", "version", "source")


def change(event: LifecycleEvent, *, on: date, announced: Iterable[LifecycleEvent] = ()) -> Change:
    """``announced``: the announcements that this event confirms."""
    code = event.version.exam_code if event.version else None
    is_past = event.happens_on is not None and last_day_of(event) < on
    when = partial_date_text(event.happens_on, event.happens_on_precision)
    return Change(
        event=event,
        name=f"{event.credential.name} ({code})" if code else event.credential.name,
        what=str(event.get_kind_display()),
        when=f"{when[:1].upper()}{when[1:]}" if event.happens_on else "Date not known yet",
        # “Announced (announced)” says it twice.
        sure="" if event.certainty == event.kind else SURE[Certainty(event.certainty)],
        languages=", ".join(language(tag) for tag in event.languages),
        is_past=is_past,
        is_overdue=is_past and event.certainty != Certainty.CONFIRMED,
        had_been=had_been(event, announced),
    )


def had_been(event: LifecycleEvent, announced: Iterable[LifecycleEvent]) -> str:
    said = dict.fromkeys(day_text(other) for other in announced if other.happens_on)
    days = [day for day in said if day != day_text(event)]
    return f"It had been announced for {' and '.join(days)}." if days else ""


def day_text(event: LifecycleEvent) -> str:
    """Within a sentence."""
    text = partial_date_text(event.happens_on, event.happens_on_precision)
    return f"the {text}" if event.happens_on_precision == Precision.QUARTER else text


def last_day_of(event: LifecycleEvent) -> date:
    """The last day that it may mean."""
    return last_day(event.happens_on, event.happens_on_precision) if event.happens_on else date.max


def changes(events: Iterable[LifecycleEvent], *, on: date) -> list[Change]:
    """In the order given; an announcement is left to the event that confirms it."""
    rows = list(events)
    answered = answers(rows)
    silent = {row.key for group in answered.values() for row in group}
    return [change(row, on=on, announced=answered.get(row.key, ())) for row in rows if row.key not in silent]


def answers(rows: Collection[LifecycleEvent]) -> dict[str, list[LifecycleEvent]]:
    """The announcements that each event confirms, by its key."""
    by_subject: dict[object, list[LifecycleEvent]] = {}
    for row in rows:
        if row.certainty == Certainty.CONFIRMED:
            by_subject.setdefault(subject(row), []).append(row)
    found: dict[str, list[LifecycleEvent]] = {}
    for row in rows:
        if row.certainty != Certainty.CONFIRMED:
            confirming = [other for other in by_subject.get(subject(row), ()) if confirms(other, row)]
            if confirming:
                found.setdefault(min(confirming, key=last_day_of).key, []).append(row)
    return found


def subject(event: LifecycleEvent) -> tuple[int, int | None, str, tuple[str, ...]]:
    return event.credential_id, event.version_id, event.kind, tuple(sorted(event.languages))


def confirms(event: LifecycleEvent, announced: LifecycleEvent) -> bool:
    """What can happen again is confirmed by what came then or later: not this year's price by last year's."""
    if event.version_id is not None and event.kind not in AGAIN_AND_AGAIN:
        return True
    return announced.happens_on is not None and last_day_of(event) >= announced.happens_on


def sorted_out(events: Iterable[LifecycleEvent], *, on: date) -> Changes:
    rows = sorted(changes(events, on=on), key=order)
    dated = [row for row in rows if row.event.happens_on is not None]
    return Changes(
        coming=tuple(row for row in dated if not row.is_past),
        overdue=tuple(row for row in dated if row.is_overdue),
        undated=tuple(row for row in rows if row.event.happens_on is None),
        past=tuple(row for row in reversed(dated) if row.is_past and not row.is_overdue),
    )


def order(row: Change) -> tuple[date, int, str, str]:
    """By the last day that each may mean: a quarter stands behind its months, not before them."""
    place = EXACT_FIRST.index(Precision(row.event.happens_on_precision))
    return last_day_of(row.event), place, row.name.casefold(), row.event.key


def next_changes(events: Iterable[LifecycleEvent], *, on: date, limit: int) -> tuple[Change, ...]:
    return sorted_out(events, on=on).coming[:limit]


def by_month(rows: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Rows in order of their days, under their month or whatever is known: “Fourth quarter of 2026”."""
    return [(month, list(group)) for month, group in groupby(rows, key=month_of)]


def month_of(row: Change) -> str:
    if row.event.happens_on_precision == Precision.DAY:
        return partial_date_text(row.event.happens_on, Precision.MONTH)
    return row.when
