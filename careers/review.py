"""What of the catalogue needs a look, and why. Pure: facts come read, ``on`` and the counts as parameters."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from careers.checklist import Line, line_of, place_of
from careers.dates import last_day, partial_date_text
from careers.lifecycle import (
    Status,
    beta_closed_on,
    closing_day,
    credential_status,
    exam_status,
    is_overdue,
)
from careers.models import Credential, ExamVersion, LifecycleEvent, Precision, Recommendation
from careers.sayings import SAYINGS, Field
from careers.standing import Standing, Subject, standing
from careers.succession import Heirs

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
    CONTRADICTED = "contradicted"
    DUE = "due"
    WEIGHTS = "weights"


LABELS = {
    Kind.DISPUTED: "Sources disagree",
    Kind.STATUS: "Status and dates disagree",
    Kind.OVERDUE: "Announced, and overdue",
    Kind.DROPPED: "Recommendation dropped",
    Kind.COMING: "Within 30 days",
    Kind.LOOK_AGAIN: "Time to look again",
    Kind.CONTRADICTED: "Another source says otherwise",
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
    for item in (
        *of_exams(credential, on=on),
        *of_events(credential, on=on),
        *of_checks(credential, on=on),
    ):
        provider = credential.provider
        yield replace(item, provider=provider.slug, provider_name=provider.short_name or provider.name)


# --- Exams ------------------------------------------------------------------


def of_exams(credential: Credential, *, on: date) -> Iterator[Item]:
    for version in credential.versions.all():
        yield from overdue_exam(version, on=on)
        yield from ended_beta(version, on=on)
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


def ended_beta(version: ExamVersion, *, on: date) -> Iterator[Item]:
    closed = beta_closed_on(version, on=on)
    if closed is None:
        return
    yield Item(
        kind=Kind.OVERDUE,
        what=called(version),
        says=f"Its beta closed on {partial_date_text(closed, 'day')}; nothing confirms what followed.",
        todo="Look at the provider's page, then record the standard exam or the retirement.",
        place=Place("examversion", version.pk, "id_status"),
        facts=about(version),
        since=closed,
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


def first_source(fact: Subject) -> str:
    return next((str(source) for source in fact.sources.all()), "")


# --- Checks -----------------------------------------------------------------


def of_checks(credential: Credential, *, on: date) -> Iterator[Item]:
    for version in credential.versions.all():
        if exam_status(version, on=on) != Status.RETIRED:  # what can no longer be sat may rest
            yield from of_fields(version, on=on)
    if credential_status(credential, on=on) != Status.RETIRED:
        yield from of_fields(credential, on=on)


def of_fields(subject: Subject, *, on: date) -> Iterator[Item]:
    for field in SAYINGS[type(subject)]:
        found = standing(subject, field, on=on)
        if found.is_disputed or found.others:
            yield disputed(subject, found)
        elif found.is_due:
            yield due(subject, found)


def disputed(subject: Subject, found: Standing) -> Item:
    others = "; ".join(f"“{said.value}” ({said.source}, {day_text(said.on)})" for said in found.others)
    ours = found.value or "not known"
    return replace(
        due(subject, found),
        kind=Kind.DISPUTED if found.is_disputed else Kind.CONTRADICTED,
        says=f"{found.label}: we say “{ours}”, but {others or 'official pages differ'}.",
        todo="Read both sources again, then confirm what is recorded or change it.",
    )


def due(subject: Subject, found: Standing) -> Item:
    last = f"last read on {day_text(found.checked_on)}" if found.checked_on else "never read at a source"
    version = subject if isinstance(subject, ExamVersion) else None
    return Item(
        kind=Kind.DUE,
        what=called(version) if version else str(subject),
        says=f"{found.label}: {found.value}; {last}.",
        todo="Look at the source. Still true? One press says so.",
        place=Place(model_of(subject), subject.pk, place_of(subject, found.field)),
        facts=about(version) if version else ((label_of(subject), subject.pk),),
        since=found.checked_on,
        source=str(found.source or first_source(subject)),
        line=line_of(subject, found.field),
    )


def day_text(day: date | None) -> str:
    return partial_date_text(day, Precision.DAY)


def model_of(subject: Subject) -> str:
    return str(subject._meta.model_name)


def label_of(subject: Subject) -> str:
    return str(subject._meta.label_lower)


def of_roles(roles: Iterable[Subject], *, on: date) -> list[Item]:
    """Needs what ``checklist.subjects`` brings."""
    return [item for role in roles for item in of_fields(role, on=on)]


# --- Recommendations --------------------------------------------------------


def dropped(recommendations: Iterable[Recommendation], instead: Heirs, *, on: date) -> list[Item]:
    """What readers no longer see, because it is retired and nothing is known to take its place."""
    gone = [row for row in recommendations if row.credential_id in instead]
    return [dropped_from(row, on=on) for row in gone if not instead[row.credential_id]]


def dropped_from(row: Recommendation, *, on: date) -> Item:
    return Item(
        kind=Kind.DROPPED,
        what=str(row.role),
        says=f"“{row.credential}” is retired, has no successor, and is no longer recommended.",
        todo="Recommend another certification, or record what succeeds it.",
        place=Place("role", row.role_id, "recommendations-group"),
        facts=(("careers.role", row.role_id), ("careers.credential", row.credential_id)),
    )


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
