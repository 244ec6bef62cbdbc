"""Retiring an exam: its last days by language, what follows it, and the events that tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from careers import journal
from careers.dates import last_day
from careers.lifecycle import Status, exam_status
from careers.models import Credential, Delivery, ExamVersion, LifecycleEvent, Precision, Source

Kind = LifecycleEvent.Kind
Certainty = LifecycleEvent.Certainty


@dataclass(frozen=True)
class Retirement:
    """What the desk knows. ``languages`` have last days of their own; all others have ``on``."""

    on: date
    precision: str = Precision.DAY
    languages: Mapping[str, date] | None = None
    successor: ExamVersion | None = None
    heir: Credential | None = None
    is_confirmed: bool = True
    source: Source | None = None
    note: str = ""

    @property
    def own_days(self) -> dict[str, date]:
        return {code: day for code, day in (self.languages or {}).items() if day != self.on}

    @property
    def end(self) -> date:
        return max([last_day(self.on, self.precision), *self.own_days.values()])

    def said_by(self, on: date) -> ExamVersion.Status:
        return Status.RETIRED if self.end < on else Status.RETIREMENT_ANNOUNCED


def retire(
    version: ExamVersion, retirement: Retirement, *, by: Any, on: date, at: datetime
) -> list[LifecycleEvent]:
    """Write it down in one go, with its history. The same said twice makes no second event."""
    with transaction.atomic():
        version = ExamVersion.objects.select_for_update().get(pk=version.pk)
        refuse_nonsense(version, retirement)
        credential = version.credential
        with journal.recorded(credential, by=by, at=at, note=f"Retired: {version}"):
            close(version, retirement, on=on)
            events = [written(version, retirement, event) for event in told(version, retirement)]
            hand_over(credential, retirement)
    return events


def refuse_nonsense(version: ExamVersion, retirement: Retirement) -> None:
    if retirement.successor == version:
        raise ValidationError("An exam cannot succeed itself.")
    if retirement.heir == version.credential:
        raise ValidationError("A certification cannot replace itself: choose the exam that follows.")
    if version.available_from and retirement.end < version.available_from:
        raise ValidationError("This is before the exam was offered at all.")


def close(version: ExamVersion, retirement: Retirement, *, on: date) -> None:
    version.status = retirement.said_by(on)
    version.last_exam_on, version.last_exam_on_precision = retirement.on, retirement.precision
    if retirement.successor is not None:
        version.successor = retirement.successor
    version.full_clean(exclude=["provider"])
    version.save()
    for delivery in version.deliveries.filter(phase=Delivery.Phase.STANDARD):
        close_delivery(delivery, retirement)


def close_delivery(delivery: Delivery, retirement: Retirement) -> None:
    """One form becomes as many as it has last days; a day known only to the month closes no window."""
    days: dict[date, list[str]] = {}
    for code in delivery.languages:
        days.setdefault(retirement.own_days.get(code, retirement.on), []).append(code)
    if not days:
        days = {retirement.on: []}
    for number, (day, languages) in enumerate(sorted(days.items(), key=lambda item: item[0])):
        if number:
            delivery.pk, delivery._state.adding = None, True
        is_exact = day != retirement.on or retirement.precision == Precision.DAY
        delivery.languages, delivery.window_to = languages, day if is_exact else None
        delivery.full_clean()
        delivery.save()


def told(version: ExamVersion, retirement: Retirement) -> list[LifecycleEvent]:
    """One event for each day on which languages end, and one for what follows."""
    days: dict[date, list[str]] = {}
    for code, day in sorted(retirement.own_days.items()):
        days.setdefault(day, []).append(code)
    said = [(Kind.LANGUAGE_REMOVED, day, Precision.DAY, codes) for day, codes in days.items()]
    said.append((Kind.LAST_EXAM, retirement.on, Precision(retirement.precision), []))
    if retirement.successor is not None or retirement.heir is not None:
        said.append((Kind.REPLACED, retirement.on, Precision(retirement.precision), []))
    return [
        LifecycleEvent(kind=kind, happens_on=day, happens_on_precision=precision, languages=codes)
        for kind, day, precision, codes in said
    ]


def written(version: ExamVersion, retirement: Retirement, event: LifecycleEvent) -> LifecycleEvent:
    """The event of that kind and those languages, moved to its day, or a new one."""
    same = LifecycleEvent.objects.filter(version=version, kind=event.kind, languages=event.languages)
    found = same.first() or event
    found.credential, found.version = version.credential, version
    found.happens_on, found.happens_on_precision = event.happens_on, event.happens_on_precision
    found.certainty = Certainty.CONFIRMED if retirement.is_confirmed else Certainty.ANNOUNCED
    found.source, found.note = retirement.source or found.source, retirement.note or found.note
    found.full_clean(exclude=["key"])
    found.save()
    return found


def hand_over(credential: Credential, retirement: Retirement) -> None:
    """Where another certification follows, it is the one to recommend once nothing of this is left."""
    heirs = {retirement.heir, retirement.successor.credential if retirement.successor else None}
    credential.replaced_by.add(*(heir for heir in heirs if heir is not None and heir != credential))


def is_last(version: ExamVersion, retirement: Retirement, *, on: date) -> bool:
    """Whether the certification itself can be earned no longer once this exam is gone."""
    credential = Credential.objects.with_exams().get(pk=version.credential_id)
    rest = [row for row in credential.versions.all() if row.pk != version.pk]
    day = max(on, retirement.end)
    return all(exam_status(row, on=day) == Status.RETIRED for row in rest)
