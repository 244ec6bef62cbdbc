"""What is changing: the events in the life of certifications, as readers are told of them.

What was announced for a day that has passed is overdue until an event confirms it: it never counts as done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from careers.dates import last_day, partial_date_text
from careers.factsheet import language
from careers.models import LifecycleEvent, Status

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

    @property
    def headline(self) -> str:
        return (
            f"{self.name}: {self.what[:1].lower()}{self.what[1:]}{self.languages and f' ({self.languages})'}"
        )

    @property
    def sentence(self) -> str:
        """All of it in one line, for feeds and calendars."""
        known = f"{self.when} ({self.sure})." if self.sure else f"{self.when}."
        overdue = "Nothing confirms that it happened." if self.is_overdue else ""
        return " ".join(filter(None, [known, overdue, self.event.note]))


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


def change(event: LifecycleEvent, *, on: date, answered: bool = False) -> Change:
    code = event.version.exam_code if event.version else None
    day = event.happens_on
    is_past = day is not None and last_day(day, event.happens_on_precision) < on
    is_sure = event.certainty == Certainty.CONFIRMED or answered
    return Change(
        event=event,
        name=f"{event.credential.name} ({code})" if code else event.credential.name,
        what=str(event.get_kind_display()),
        when=partial_date_text(day, event.happens_on_precision) if day else "Date not known yet",
        # “Announced (announced)” says it twice.
        sure="" if event.certainty == event.kind else SURE[Certainty(event.certainty)],
        languages=", ".join(language(tag) for tag in event.languages),
        is_past=is_past,
        is_overdue=is_past and not is_sure,
    )


def changes(events: Iterable[LifecycleEvent], *, on: date) -> list[Change]:
    """In the order given. What an announcement said is answered by the event that confirms it."""
    rows = list(events)
    confirmed = {subject(row) for row in rows if row.certainty == Certainty.CONFIRMED}
    return [change(row, on=on, answered=subject(row) in confirmed) for row in rows]


def subject(event: LifecycleEvent) -> tuple[int, int | None, str, tuple[str, ...]]:
    return event.credential_id, event.version_id, event.kind, tuple(event.languages)


def sorted_out(events: Iterable[LifecycleEvent], *, on: date) -> Changes:
    rows = sorted(changes(events, on=on), key=order)
    dated = [row for row in rows if row.event.happens_on is not None]
    return Changes(
        coming=tuple(row for row in dated if not row.is_past),
        overdue=tuple(row for row in dated if row.is_overdue),
        undated=tuple(row for row in rows if row.event.happens_on is None),
        past=tuple(row for row in reversed(dated) if row.is_past and not row.is_overdue),
    )


def order(row: Change) -> tuple[date, str, str]:
    return row.event.happens_on or date.max, row.name.casefold(), row.event.key


def next_changes(events: Iterable[LifecycleEvent], *, on: date, limit: int) -> tuple[Change, ...]:
    return sorted_out(events, on=on).coming[:limit]


def by_month(rows: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Rows in order of their days, under the name of their month."""
    return [(month, list(group)) for month, group in groupby(rows, key=month_of)]


def month_of(row: Change) -> str:
    return partial_date_text(row.event.happens_on, "month")
