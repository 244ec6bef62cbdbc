"""All that is known of a credential's exams, as a table: a column for each version, a row for each fact.

What is not known is said to be not known: it is never a zero, a no or a gap.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language_info

from careers import directory
from careers.dates import partial_date_text
from careers.lifecycle import is_overdue
from careers.models import Credential, Delivery, ExamVersion, Precision


@dataclass(frozen=True)
class Line:
    """One statement in a cell, and whether anybody read it at a source."""

    text: str
    is_verified: bool = True


Cell = tuple[Line, ...]


@dataclass(frozen=True)
class Row:
    """A fact of every version. Where a reader would miss it, an empty cell is said to be not known."""

    label: str
    cells: tuple[Cell, ...]
    is_expected: bool


@dataclass(frozen=True)
class FactSheet:
    exams: tuple[directory.Exam, ...]
    rows: tuple[Row, ...]


def factsheet(credential: Credential, *, on: date) -> FactSheet:
    """Needs ``with_exams()`` and the sources of the versions."""
    exams = tuple(directory.exams(credential, on=on))
    expected = [row(label, read, exams, on=on, is_expected=True) for label, read in EXPECTED]
    others = [row(label, read, exams, on=on, is_expected=False) for label, read in WHERE_KNOWN]
    return FactSheet(exams, (*expected, *(row for row in others if any(row.cells))))


Read = Callable[[ExamVersion, date], Iterable[Line]]


def row(label: str, read: Read, exams: Iterable[directory.Exam], *, on: date, is_expected: bool) -> Row:
    cells = (tuple(dict.fromkeys(read(exam.version, on))) for exam in exams)
    return Row(label, tuple(cells), is_expected)


# --- What each row reads ----------------------------------------------------


def lines(*texts: str) -> list[Line]:
    return [Line(text) for text in texts if text]


def offered(version: ExamVersion, on: date) -> list[Line]:
    if version.available_from is None:
        return lines(version.date_note if version.last_exam_on is None else "")
    text = partial_date_text(version.available_from, version.available_from_precision)
    if is_overdue(version, on=on):
        article = "the " if version.available_from_precision == Precision.QUARTER else ""
        return lines(f"announced for {article}{text}; not confirmed since")
    return lines(f"{text} ({version.date_note.lower()})" if version.date_note else text)


def last_exam(version: ExamVersion, on: date) -> list[Line]:
    if version.last_exam_on is None:
        return []
    text = partial_date_text(version.last_exam_on, version.last_exam_on_precision)
    note = version.date_note if version.available_from is None else ""
    return lines(f"{text} ({note})" if note else text)


def by_delivery(say: Callable[[Delivery], str]) -> Read:
    """One line for each way of sitting the exam; the phase is named where there are two."""

    def read(version: ExamVersion, on: date) -> list[Line]:
        deliveries = list(version.deliveries.all())
        is_mixed = len({delivery.phase for delivery in deliveries}) > 1
        said = [(say(delivery), delivery.get_phase_display().lower()) for delivery in deliveries]
        texts = [f"{text} ({phase})" if is_mixed else text for text, phase in said if text]
        return [Line(text, is_verified(version)) for text in texts]

    return read


def is_verified(version: ExamVersion) -> bool:
    sources = version.sources.all()
    return not sources or any(source.is_verified for source in sources)


def length(delivery: Delivery) -> str:
    return f"{delivery.minutes} minutes" if delivery.minutes else ""


def questions(delivery: Delivery) -> str:
    text = span(delivery.items_min, delivery.items_max)
    if not text:
        return ""
    text = f"about {text}" if delivery.items_are_approximate else text
    return f"{text}, of which {delivery.items_scored} count" if delivery.items_scored else text


def span(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    return str(low) if low == high else f"{low}–{high}"


def languages(delivery: Delivery) -> str:
    names = ", ".join(language(code) for code in delivery.languages)
    if not names or delivery.window_to is None:
        return names
    return f"{names} until {date_format(delivery.window_to, 'j F Y')}"


def language(code: str) -> str:
    try:
        return str(get_language_info(code.lower())["name"])
    except KeyError:
        return code


def windows(delivery: Delivery) -> str:
    """When a phase begins or ended, where that says more than the dates of the exam."""
    if delivery.window_from:
        start = f"from {date_format(delivery.window_from, 'j F Y')}"
        return f"{start}: {delivery.note.lower()}" if delivery.note else start
    if delivery.window_to and not delivery.languages:
        return f"until {date_format(delivery.window_to, 'j F Y')}"
    return ""


def price(version: ExamVersion, on: date) -> list[Line]:
    prices = [directory.fee_price(fee) for fee in version.fees.all()]
    return [
        Line(f"{price.text}. {price.note}" if price.note else price.text, price.is_verified)
        for price in prices
    ]


def validity(version: ExamVersion, on: date) -> list[Line]:
    source = version.validity_source
    verified = source is None or source.is_verified
    if version.no_expiry:
        return [Line("for life", verified)]
    if version.validity_months is None:
        return []
    years, months = divmod(version.validity_months, 12)
    text = f"{version.validity_months} months" if months else f"{years} year{'' if years == 1 else 's'}"
    return [Line(text, verified)]


EXPECTED: list[tuple[str, Read]] = [
    ("Offered from", offered),
    ("Length", by_delivery(length)),
    ("Questions", by_delivery(questions)),
    ("Pass mark", by_delivery(lambda delivery: delivery.pass_mark)),
    ("Price", price),
    ("Languages", by_delivery(languages)),
    ("Valid for", validity),
]
WHERE_KNOWN: list[tuple[str, Read]] = [
    ("Last exam", last_exam),
    ("Phases", by_delivery(windows)),
    ("Parts", by_delivery(lambda delivery: ", ".join(delivery.parts))),
    ("Where", by_delivery(lambda delivery: ", ".join(delivery.channels))),
    ("Booking code", by_delivery(lambda delivery: delivery.appointment_code)),
    ("Followed by", lambda version, on: lines(str(version.successor) if version.successor else "")),
    ("Note", lambda version, on: lines(version.note)),
]
