"""How far a fact can be trusted on a day: who read it last, whether it is due again, who says otherwise.

Pure: ``on`` is always a parameter, and checks come prefetched with their sources.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from careers.lifecycle import closing_day
from careers.models import Credential, ExamVersion, FieldCheck, Role, Source
from careers.sayings import Field, value_now

Subject = Credential | ExamVersion | Role
Verdict = FieldCheck.Verdict

# What changes often is read again sooner; in days.
LIMITS = {
    Field.PRICE: 180,
    Field.STATUS: 60,
    Field.AVAILABLE_FROM: 60,
    Field.LAST_EXAM: 60,
    Field.LANGUAGES: 120,
}
OTHER_LIMIT = 365
# With an announced day this near, the status is read this often.
NEAR, NEAR_LIMIT = 90, 30


@dataclass(frozen=True)
class Said:
    """What one source said on the day it was read last."""

    value: str
    source: Source
    on: date


@dataclass(frozen=True)
class Standing:
    """One field. ``others`` contradict the value shown; it is disputed where official pages do so."""

    field: str
    label: str
    value: str
    checked_on: date | None
    source: Source | None
    is_due: bool
    others: tuple[Said, ...] = ()
    is_disputed: bool = False
    silent: tuple[Said, ...] = ()


def standing(subject: Subject, field: str, *, on: date) -> Standing:
    value = value_now(subject, field)
    checks = [check for check in subject.field_checks.all() if check.field == field]
    last = last_of_each_source(checks)
    others = differing(last, value)
    agreeing = [check for check in last if check.verdict == Verdict.CONFIRMS]
    newest = max(agreeing, key=age, default=None)
    checked_on = newest.checked_on if newest else whole_check(subject)
    return Standing(
        field=field,
        label=str(Field(field).label),
        value=value,
        checked_on=checked_on,
        source=newest.source if newest else None,
        is_due=bool(value) and is_due(checked_on, limit(subject, field, on=on), on=on),
        others=tuple(said(check) for check in others),
        is_disputed=officials_differ(last),
        silent=tuple(said(check) for check in last if check.verdict == Verdict.SILENT),
    )


def age(check: FieldCheck) -> tuple[date, int]:
    return check.checked_on, check.pk


def said(check: FieldCheck) -> Said:
    return Said(check.value, check.source, check.checked_on)


def last_of_each_source(checks: Iterable[FieldCheck]) -> list[FieldCheck]:
    """A source that says something new has taken back what it said before. The newest first."""
    last: dict[int, FieldCheck] = {}
    for check in sorted(checks, key=age):
        last[check.source_id] = check
    return sorted(last.values(), key=age, reverse=True)


def same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def differing(last: Sequence[FieldCheck], value: str) -> list[FieldCheck]:
    """What speaks against the value shown, and has not been outweighed since by an official page."""
    settled = max(
        (check.checked_on for check in last if check.verdict == Verdict.CONFIRMS and is_official(check)),
        default=date.min,
    )
    return [
        check
        for check in last
        if check.verdict == Verdict.CONTRADICTS
        and not same(check.value, value)
        and (is_official(check) or check.checked_on > settled)
    ]


def is_official(check: FieldCheck) -> bool:
    return check.source.kind == Source.Kind.OFFICIAL


def officials_differ(last: Sequence[FieldCheck]) -> bool:
    """Whether the two official pages read last say different things. Silence says nothing."""
    two = [check for check in last if is_official(check) and check.verdict != Verdict.SILENT][:2]
    return len(two) == 2 and not same(two[0].value, two[1].value)


# --- Age --------------------------------------------------------------------


def whole_check(subject: Subject) -> date | None:
    """When the fact as a whole was read, which covers what was never checked by itself."""
    return subject.credential.checked_on if isinstance(subject, ExamVersion) else subject.checked_on


def limit(subject: Subject, field: str, *, on: date) -> timedelta:
    days = LIMITS.get(Field(field), OTHER_LIMIT)
    if field == Field.STATUS and isinstance(subject, ExamVersion) and is_near(subject, on=on):
        days = NEAR_LIMIT
    return timedelta(days=days)


def is_near(version: ExamVersion, *, on: date) -> bool:
    """Whether a day announced for it lies within the next three months, or has just passed."""
    days = (version.available_from, closing_day(version))
    return any(day is not None and abs((day - on).days) <= NEAR for day in days)


def is_due(checked_on: date | None, limit: timedelta, *, on: date) -> bool:
    return checked_on is None or on - checked_on > limit


@dataclass(frozen=True)
class Badge:
    """How fresh a page is: as its field that waits longest."""

    oldest: date | None
    due: tuple[str, ...]
    disputed: tuple[str, ...]
    contradicted: tuple[str, ...] = ()


def badge(standings: Iterable[Standing]) -> Badge:
    """Of the fields that say something; what is not known cannot go stale."""
    shown = [row for row in standings if row.value]
    days = [row.checked_on for row in shown if row.checked_on is not None]
    return Badge(
        oldest=min(days) if days and len(days) == len(shown) else None,
        due=tuple(dict.fromkeys(row.label for row in shown if row.is_due)),
        disputed=tuple(dict.fromkeys(row.label for row in shown if row.is_disputed)),
        contradicted=tuple(dict.fromkeys(row.label for row in shown if is_doubted(row))),
    )


def is_doubted(row: Standing) -> bool:
    """Whether somebody says that what decides everything is otherwise: whether it can be sat at all."""
    return row.field in (Field.STATUS, Field.LAST_EXAM) and bool(row.others) and not row.is_disputed
