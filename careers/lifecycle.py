"""Where an exam stands on a date. Pure: ``on`` is always a parameter."""

from collections.abc import Iterable
from datetime import date

from careers.dates import last_day
from careers.models import ExamVersion

Status = ExamVersion.Status

# A reader asks first what can be sat, so the best version speaks for the credential.
BEST_FIRST = [
    Status.ACTIVE,
    Status.RETIREMENT_ANNOUNCED,
    Status.BETA,
    Status.IN_DEVELOPMENT,
    Status.RETIRED,
]
OPEN = frozenset({Status.ACTIVE, Status.RETIREMENT_ANNOUNCED, Status.BETA})


def exam_status(version: ExamVersion, *, on: date) -> ExamVersion.Status:
    """The recorded status, unless every door is known to have closed before ``on``."""
    ends = [delivery.window_to for delivery in version.deliveries.all()]
    closed = bool(ends) and all(end is not None and end < on for end in ends)
    if version.last_exam_on and last_day(version.last_exam_on, version.last_exam_on_precision) < on:
        closed = True
    return Status.RETIRED if closed else Status(version.status)


def is_overdue(version: ExamVersion, *, on: date) -> bool:
    """Announced for a day that has passed, with nobody having seen it open."""
    if version.status != Status.IN_DEVELOPMENT or version.available_from is None:
        return False
    return last_day(version.available_from, version.available_from_precision) < on


def best_status(statuses: Iterable[ExamVersion.Status]) -> ExamVersion.Status | None:
    return min(statuses, key=BEST_FIRST.index, default=None)
