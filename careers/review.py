"""What of the catalogue needs a look, and why. Pure: facts come read, ``on`` and the counts as parameters."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from careers.checklist import Line, line_of
from careers.dates import last_day, partial_date_text
from careers.lifecycle import Status, exam_status, is_overdue
from careers.models import Credential, ExamVersion, LifecycleEvent
from careers.sayings import Field

AHEAD = timedelta(days=30)
Certainty = LifecycleEvent.Certainty


class Kind(StrEnum):
    """The most urgent first: what may already be wrong on the page, then what will be."""

    DISPUTED = "disputed"
    STATUS = "status"
    OVERDUE = "overdue"
    DROPPED = "dropped"
    COMING = "coming"
    LOOK_AGAIN = "look-again"
    DUE = "due"
    WEIGHTS = "weights"


LABELS = {
    Kind.DISPUTED: "Sources disagree",
    Kind.STATUS: "Status and dates disagree",
    Kind.OVERDUE: "Announced, and overdue",
    Kind.DROPPED: "Recommendation dropped",
    Kind.COMING: "Within 30 days",
    Kind.LOOK_AGAIN: "Time to look again",
    Kind.DUE: "Due for a check",
    Kind.WEIGHTS: "Exam weights do not add up",
}
URGENCY = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Place:
    """Where in the admin to mend it: a model, a row, a spot in its form."""

    model: str
    pk: int
    spot: str = ""


@dataclass(frozen=True)
class Item:
    kind: Kind
    what: str
    says: str
    todo: str
    place: Place
    facts: tuple[tuple[str, int], ...]
    provider: str = ""
    provider_name: str = ""
    since: date | None = None
    source: str = ""
    line: Line | None = None
    articles: int = 0

    @property
    def label(self) -> str:
        return LABELS[self.kind]


# --- The queue as a whole ---------------------------------------------------


def queue(items: Iterable[Item], articles: Mapping[tuple[str, int], int]) -> list[Item]:
    """What most articles show comes first, then what is most urgent, then what has waited longest."""
    counted = [
        replace(item, articles=max((articles.get(fact, 0) for fact in item.facts), default=0))
        for item in items
    ]
    return sorted(counted, key=order)


def order(item: Item) -> tuple[int, int, date, str]:
    return -item.articles, URGENCY[item.kind], item.since or date.max, item.what


def chosen(items: Iterable[Item], *, kind: str = "", provider: str = "") -> list[Item]:
    return [item for item in items if kind in ("", item.kind) and provider in ("", item.provider)]


def found_in(credentials: Iterable[Credential], *, on: date) -> list[Item]:
    return [item for credential in credentials for item in of_credential(credential, on=on)]


def of_credential(credential: Credential, *, on: date) -> Iterator[Item]:
    """Needs what ``checklist.subjects`` brings, and the events with their sources."""
    for item in (*of_exams(credential, on=on), *of_events(credential, on=on)):
        provider = credential.provider
        yield replace(item, provider=provider.slug, provider_name=provider.short_name or provider.name)


# --- Exams ------------------------------------------------------------------


def of_exams(credential: Credential, *, on: date) -> Iterator[Item]:
    for version in credential.versions.all():
        yield from overdue_exam(version, on=on)
        yield from unlike_its_dates(version, on=on)
        yield from unbalanced(version)


def about(version: ExamVersion) -> tuple[tuple[str, int], ...]:
    return ("careers.credential", version.credential_id), ("careers.examversion", version.pk)


def called(version: ExamVersion) -> str:
    code = version.exam_code or version.version_label
    return f"{version.credential.name} ({code})" if code else version.credential.name


def overdue_exam(version: ExamVersion, *, on: date) -> Iterator[Item]:
    day, precision = version.available_from, version.available_from_precision
    if day is None or not is_overdue(version, on=on):
        return
    yield Item(
        kind=Kind.OVERDUE,
        what=called(version),
        says=f"Announced for {partial_date_text(day, precision)}; nothing confirms that it opened.",
        todo="Look at the provider's page, then record that it opened or the new day.",
        place=Place("examversion", version.pk, "id_status"),
        facts=about(version),
        since=last_day(day, precision),
        source=first_source(version),
    )


def unlike_its_dates(version: ExamVersion, *, on: date) -> Iterator[Item]:
    stored, derived = Status(version.status), exam_status(version, on=on)
    # An end that is known and still ahead is told to readers by itself.
    is_told = stored == Status.ACTIVE and derived == Status.RETIREMENT_ANNOUNCED
    if stored == derived or is_told or is_overdue(version, on=on):
        return
    closed = closing_day(version)
    because = f": it closed on {partial_date_text(closed, 'day')}" if closed and closed < on else ""
    yield Item(
        kind=Kind.STATUS,
        what=called(version),
        says=f"Recorded as “{stored.label}”, but by its dates it is “{derived.label}”{because}.",
        todo="Record the retirement." if derived == Status.RETIRED else "Set the status, or mend the dates.",
        place=Place("examversion", version.pk, "id_status"),
        facts=about(version),
        since=closed,
        source=first_source(version),
        line=line_of(version, Field.STATUS),
    )


def closing_day(version: ExamVersion) -> date | None:
    ends = [delivery.window_to for delivery in version.deliveries.all() if delivery.window_to]
    if version.last_exam_on:
        ends.append(last_day(version.last_exam_on, version.last_exam_on_precision))
    return max(ends, default=None)


def unbalanced(version: ExamVersion) -> Iterator[Item]:
    """The least the domains can weigh together, and the most: about a hundred lies between."""
    domains = list(version.domains.all())
    least, most = sum(row.weight_min for row in domains), sum(row.weight_max for row in domains)
    if not domains or (least <= 105 and most >= 95):
        return
    weight = f"{float(least):g}" if least == most else f"{float(least):g} to {float(most):g}"
    yield Item(
        kind=Kind.WEIGHTS,
        what=called(version),
        says=f"The weights of its domains add up to {weight} %, not to about 100.",
        todo="Compare the domains with the exam guide.",
        place=Place("examversion", version.pk, "domains-group"),
        facts=about(version),
        source=first_source(version),
        line=line_of(version, Field.DOMAINS),
    )


def first_source(fact: Credential | ExamVersion) -> str:
    return next((str(source) for source in fact.sources.all()), "")


# --- Events -----------------------------------------------------------------


def of_events(credential: Credential, *, on: date) -> Iterator[Item]:
    events = list(credential.events.all())
    for event in events:
        is_confirmed = event.certainty == Certainty.CONFIRMED or is_answered(event, events)
        if not is_confirmed and is_past(event, on=on):
            yield overdue_event(event)
        elif event.happens_on is not None and on <= event.happens_on <= on + AHEAD:
            yield coming_event(event)
        if event.review_on is not None and event.review_on <= on:
            yield event_to_look_at(event)


def is_past(event: LifecycleEvent, *, on: date) -> bool:
    return event.happens_on is not None and last_day(event.happens_on, event.happens_on_precision) < on


def is_answered(event: LifecycleEvent, events: Iterable[LifecycleEvent]) -> bool:
    """Whether what was announced has been confirmed by another event."""
    return any(
        (other.kind, other.version_id) == (event.kind, event.version_id)
        and other.certainty == Certainty.CONFIRMED
        for other in events
    )


def event_item(event: LifecycleEvent, kind: Kind, *, says: str, todo: str, since: date | None) -> Item:
    return Item(
        kind=kind,
        what=called(event.version) if event.version else event.credential.name,
        says=says,
        todo=todo,
        place=Place("lifecycleevent", event.pk),
        facts=(("careers.credential", event.credential_id),),
        since=since,
        source=str(event.source or ""),
    )


def when(event: LifecycleEvent) -> str:
    return partial_date_text(event.happens_on, event.happens_on_precision)


def overdue_event(event: LifecycleEvent) -> Item:
    said = f"{event.get_kind_display()}: {event.get_certainty_display().lower()} for {when(event)}"
    day = event.happens_on and last_day(event.happens_on, event.happens_on_precision)
    todo = "Confirm that it happened, or enter the new day."
    return event_item(event, Kind.OVERDUE, says=f"{said}; nothing confirms it.", todo=todo, since=day)


def coming_event(event: LifecycleEvent) -> Item:
    says = " ".join(filter(None, [f"{event.get_kind_display()}: {when(event)}.", event.note]))
    todo = "Read it at the source once more, and what the articles say of it."
    return event_item(event, Kind.COMING, says=says, todo=todo, since=event.happens_on)


def event_to_look_at(event: LifecycleEvent) -> Item:
    says = f"{event.get_kind_display()}: {when(event)}. Somebody asked to look at it again by now."
    todo = "Look at the source, then set the next day to look again or empty it."
    return event_item(event, Kind.LOOK_AGAIN, says=says, todo=todo, since=event.review_on)
