"""Keeping facts true: what the desk does when it has read a source."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from careers import journal
from careers.models import Credential, ExamVersion, FieldCheck, Precision, Role, Source
from careers.sayings import value_now

Subject = Credential | ExamVersion | Role
Verdict = FieldCheck.Verdict
KINDS: dict[str, type[Subject]] = {"credential": Credential, "version": ExamVersion, "role": Role}


def kind_of(subject: Subject) -> str:
    return next(kind for kind, model in KINDS.items() if isinstance(subject, model))


def check(
    subject: Subject,
    field: str,
    *,
    verdict: str = Verdict.CONFIRMS,
    source: Source,
    value: str = "",
    note: str = "",
    by: Any,
    on: date,
    at: datetime,
) -> FieldCheck:
    """What a source says of one field. The same said twice by one person on one day is one check."""
    with transaction.atomic():
        # Whoever presses twice waits here for the first press, and then finds its check.
        subject = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        seen = value_seen(subject, field, verdict=verdict, value=value.strip())
        found = FieldCheck(
            **{kind_of(subject): subject},
            field=field,
            verdict=verdict,
            value=seen,
            source=source,
            checked_on=on,
            checked_by=by,
            note=note.strip(),
        )
        found.full_clean()
        earlier = same_as(found)
        if earlier is not None:
            return earlier
        found.save()
        if verdict == Verdict.CONFIRMS:
            move_date(subject, on=on, by=by, at=at, note=f"Still true: {found.get_field_display().lower()}")
    return found


def value_seen(subject: Subject, field: str, *, verdict: str, value: str) -> str:
    """What the check records; a sentence where it would say nothing."""
    now = value_now(subject, field)
    if verdict == Verdict.SILENT:
        return ""
    if verdict == Verdict.CONFIRMS and not now:
        raise ValidationError("Nothing is recorded here that a source could confirm. Enter the fact first.")
    if verdict == Verdict.CONFIRMS:
        return value or now
    if not value:
        raise ValidationError({"value": "Say what the source says instead."})
    if value == now:
        raise ValidationError({"value": "This is what is recorded already: then the source confirms it."})
    return value


def same_as(found: FieldCheck) -> FieldCheck | None:
    told = (
        "credential",
        "version",
        "role",
        "field",
        "verdict",
        "value",
        "source",
        "checked_on",
        "checked_by",
    )
    return FieldCheck.objects.filter(**{name: getattr(found, name) for name in told}).first()


def move_date(subject: Subject, *, on: date, by: Any, at: datetime, note: str) -> None:
    """The page shows when its facts were last read; an older check never turns that back."""
    fact = subject.credential if isinstance(subject, ExamVersion) else subject
    if fact.checked_on is not None and fact.checked_on >= on:
        return
    with journal.recorded(fact, by=by, at=at, note=note):
        fact.checked_on = on
        if isinstance(fact, Credential):
            fact.checked_on_precision = Precision.DAY
        fact.save()


def last_source(subject: Subject, field: str) -> Source | None:
    """Where the field was read last; or else anything of the same thing; or else a source it names."""
    checks = list(subject.field_checks.all())
    of_field = [found for found in checks if found.field == field]
    recent = max(of_field or checks, key=lambda found: (found.checked_on, found.pk), default=None)
    return recent.source if recent else next(iter(subject.sources.all()), None)
