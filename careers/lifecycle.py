"""Where an exam stands on a date. Pure: ``on`` is always a parameter."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from careers.dates import last_day
from careers.models import Credential, Delivery, ExamVersion

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
    """The recorded status, carried on by the ends that are known: to announced, and then to retired.

    An opening day that has been announced carries it nowhere: such days pass without anything opening.
    """
    recorded = Status(version.status)
    if recorded == Status.RETIRED:
        return recorded
    closing = closing_day(version)
    if closing is not None and closing < on:
        return Status.RETIRED
    return Status.RETIREMENT_ANNOUNCED if recorded == Status.ACTIVE and closing is not None else recorded


def has_closed(version: ExamVersion, *, on: date) -> bool:
    """Whether the last day on which it can be sat is known, and over."""
    closing = closing_day(version)
    return closing is not None and closing < on


def closing_day(version: ExamVersion) -> date | None:
    """The last day of the last language. None where no end is known, or where a language goes on.

    A beta that ends is followed by the standard form: it closes nothing.
    """
    ends = [delivery.window_to for delivery in standard(version)]
    known = [end for end in ends if end is not None]
    if version.last_exam_on is not None:
        return max([*known, last_day(version.last_exam_on, version.last_exam_on_precision)])
    return max(known) if known and len(known) == len(ends) else None


def beta_closed_on(version: ExamVersion, *, on: date) -> date | None:
    """The day a beta ended with nothing recorded to follow it; None while it is open or has no end."""
    ends = [delivery.window_to for delivery in version.deliveries.all()]
    known = [end for end in ends if end is not None and end < on]
    is_over = version.status == Status.BETA and bool(known) and len(known) == len(ends)
    return max(known) if is_over else None


def standard(version: ExamVersion) -> list[Delivery]:
    return [row for row in version.deliveries.all() if row.phase == Delivery.Phase.STANDARD]


def is_overdue(version: ExamVersion, *, on: date) -> bool:
    """Announced for a day that has passed, with nobody having seen it open."""
    if version.status != Status.IN_DEVELOPMENT or version.available_from is None:
        return False
    return last_day(version.available_from, version.available_from_precision) < on


# --- Credentials ------------------------------------------------------------


def best_status(statuses: Iterable[ExamVersion.Status]) -> ExamVersion.Status | None:
    return min(statuses, key=BEST_FIRST.index, default=None)


def credential_status(credential: Credential, *, on: date) -> ExamVersion.Status | None:
    """The best of its versions; where it takes several exams, that of the part which is worst off."""
    return status_of((version.part, exam_status(version, on=on)) for version in credential.versions.all())


def status_of(exams: Iterable[tuple[int, ExamVersion.Status]]) -> ExamVersion.Status | None:
    """The same, of the part and the status of each exam."""
    parts: dict[int, list[ExamVersion.Status]] = {}
    for part, status in exams:
        parts.setdefault(part, []).append(status)
    best = [min(statuses, key=BEST_FIRST.index) for statuses in parts.values()]
    return max(best, key=BEST_FIRST.index, default=None)


def is_retired(credential: Credential, *, on: date) -> bool:
    return credential_status(credential, on=on) == Status.RETIRED


# --- "Can I still sit it?" --------------------------------------------------


class Answer(StrEnum):
    """The surest first."""

    YES = "yes"
    UNKNOWN = "unknown"
    NO = "no"


ANSWERS = list(Answer)


class Doubt(StrEnum):
    """Why what can be sat today may be gone by the day that is asked for, though no end is known."""

    ENDING = "ending"
    SUCCESSOR = "successor"
    FAR = "far"


# Providers name the last day of an exam some months ahead; of a day beyond this nobody can know.
FORESEEABLE = 365  # days


@dataclass(frozen=True)
class Sitting:
    """Whether an exam can be sat on a day, in which version, and until when where an end is known."""

    answer: Answer
    version: ExamVersion | None = None
    until: date | None = None
    doubt: Doubt | None = None


def sittable(version: ExamVersion, language: str, *, on: date, doubt: Doubt | None = None) -> Sitting:
    """Whether the version can be sat in the language (BCP-47; empty for any) on that day.

    With a ``doubt``, forms are sure only until an end that is known.

    What is only announced to open by then is unknown, and so is a language where no list of them is known.
    """
    if Status(version.status) == Status.RETIRED or has_closed(version, on=on):
        return Sitting(Answer.NO, version)
    rows = list(version.deliveries.all())
    fitting = [row for row in rows if speaks(row, language)]
    # A form without a list may be offered in the language; one that names it knows better.
    fitting = fitting or [row for row in rows if not row.languages]
    if rows and not fitting:
        return Sitting(Answer.NO, version)
    found = [by_form(version, row, on=on) for row in fitting] or [by_version(version, on=on)]
    found = [doubted(one, doubt) for one in found]
    if any(speaks(row, language) for row in fitting) or not language:
        return best_sitting(found)
    return worst_sitting([best_sitting(found), Sitting(Answer.UNKNOWN, version)])


def speaks(delivery: Delivery, language: str) -> bool:
    """“pt” is answered by “pt-BR” and the other way round; any language by any list."""
    if not language:
        return True
    asked = language.casefold()
    offered = [code.casefold() for code in delivery.languages]
    return any(
        code == asked or code.startswith(f"{asked}-") or asked.startswith(f"{code}-") for code in offered
    )


def by_form(version: ExamVersion, delivery: Delivery, *, on: date) -> Sitting:
    if delivery.window_to is not None and delivery.window_to < on:
        return Sitting(Answer.NO, version, delivery.window_to)
    if delivery.window_from is not None and on < delivery.window_from:
        return Sitting(Answer.NO, version)
    until = delivery.window_to or closing_day(version)
    return Sitting(Answer.YES if is_open(version, delivery, on=on) else Answer.UNKNOWN, version, until)


def is_open(version: ExamVersion, delivery: Delivery, *, on: date) -> bool:
    """Whether somebody has seen this form open: in a beta only the beta has been, and it ends with it."""
    if version.status != Status.BETA:
        return Status(version.status) in OPEN
    begins = [row.window_from for row in standard(version) if row.window_from is not None]
    return delivery.phase == Delivery.Phase.BETA and not any(day <= on for day in begins)


def by_version(version: ExamVersion, *, on: date) -> Sitting:
    """Where no form of it is recorded."""
    if Status(version.status) in OPEN:
        return Sitting(Answer.YES, version, closing_day(version))
    starts = version.available_from
    return Sitting(Answer.NO if starts is not None and on < starts else Answer.UNKNOWN, version)


def best_sitting(found: Iterable[Sitting]) -> Sitting:
    """The surest answer; of those what is open today, and what holds longest."""
    return min(found, key=lambda one: (ANSWERS.index(one.answer), one.doubt is None, order_of_end(one)))


def worst_sitting(found: Iterable[Sitting]) -> Sitting:
    return max(found, key=lambda sitting: ANSWERS.index(sitting.answer))


def order_of_end(sitting: Sitting) -> int:
    return -(sitting.until or date.max).toordinal()


def can_sit(credential: Credential, language: str, *, on: date, today: date) -> Sitting:
    """Whether it can be sat on that day, as far as is known today; of several parts the worst decides."""
    versions = {version.pk: version for version in credential.versions.all()}
    parts: dict[int, list[Sitting]] = {}
    for version in versions.values():
        following = versions.get(version.successor_id or 0)
        doubt = doubt_of(version, following, on=on, today=today) if on > today else None
        parts.setdefault(version.part, []).append(sittable(version, language, on=on, doubt=doubt))
    best = [best_sitting(found) for found in parts.values()]
    return worst_sitting(best) if best else Sitting(Answer.UNKNOWN)


def doubt_of(version: ExamVersion, following: ExamVersion | None, *, on: date, today: date) -> Doubt | None:
    """``following`` is the version of the same credential that takes its place."""
    if following is not None and is_out_by(following, on=on):
        return Doubt.SUCCESSOR
    if Status(version.status) == Status.RETIREMENT_ANNOUNCED:
        return Doubt.ENDING
    return Doubt.FAR if (on - today).days > FORESEEABLE else None


def doubted(found: Sitting, doubt: Doubt | None) -> Sitting:
    if doubt is None or found.answer != Answer.YES or found.until is not None:
        return found
    return replace(found, answer=Answer.UNKNOWN, doubt=doubt)


def is_out_by(version: ExamVersion, *, on: date) -> bool:
    """Whether it may be open to all by that day: in a beta, its standard form."""
    if Status(version.status) == Status.RETIRED:
        return False
    begins = [row.window_from for row in standard(version) if row.window_from is not None]
    if not begins and version.available_from is not None and version.status != Status.BETA:
        begins = [version.available_from]
    return any(day <= on for day in begins)


def later(on: date, weeks: int) -> date:
    """A day that many weeks on, or the last there is."""
    return on + timedelta(weeks=min(weeks, (date.max - on).days // 7))
