"""One fact of a certification inside a sentence: its price, its length, its last day."""

from collections.abc import Callable, Iterable
from datetime import date

from careers import directory, factsheet
from careers.dates import partial_date_text
from careers.factsheet import Line
from careers.models import Credential, ExamVersion, Fee

from .catalogue import Catalogue
from .finding import Refused, find_one
from .references import Content, Kind, Reference, readable

UNKNOWN = "not known"
Read = Callable[[ExamVersion, date], Iterable[Line]]


def price(version: ExamVersion, on: date) -> list[Line]:
    """What sitting it costs, as the lists of certifications say it."""
    found = directory.price_of(version)
    return [] if found is None else [Line(found.text, found.is_verified)]


def status(version: ExamVersion, on: date) -> list[Line]:
    return [Line(str(directory.exam(version, on=on).status.label).lower())]


def languages(version: ExamVersion, on: date) -> list[Line]:
    """Those in which it can still be sat; of an exam that is over, those in which it could be."""
    every = list(version.deliveries.all())
    lasting = [one for one in every if one.window_to is None or one.window_to >= on] or every
    texts = [factsheet.languages(delivery) for delivery in lasting]
    if any(texts) and not all(texts):
        texts = [*filter(None, texts), f"others {UNKNOWN}"]
    return [Line(text, factsheet.is_verified(version)) for text in texts if text]


FIELDS: dict[str, tuple[str, Read]] = {
    "price": ("Price", price),
    "length": ("Length of the exam", factsheet.by_delivery(factsheet.length)),
    "status": ("Status", status),
    "languages": ("Languages", languages),
    "validity": ("How long it is valid", factsheet.validity),
    "last-exam": ("Last exam day", factsheet.last_exam),
}


def fact_of(reference: Reference, catalogue: Catalogue, on: date) -> Content:
    if reference.field not in FIELDS:
        raise Refused(f"A certification has no fact called “{readable(reference.field)}”.")
    credential = find_one(catalogue, "credential", reference)
    lines = said(credential, reference.field, on=on)
    text = "; ".join(line.text for line in lines) or UNKNOWN
    note = note_on(credential, reference.field, lines, on=on)
    return Content(text=text, note=note, context={"text": text, "note": note})


def said(credential: Credential, field: str, *, on: date) -> list[Line]:
    """What the exams say that can be sat, or that could be last; each with its code where they differ."""
    versions = [exam.version for exam in directory.entry(credential, on=on).exams]
    read = FIELDS[field][1]
    by_exam = {version: tuple(dict.fromkeys(read(version, on))) for version in versions}
    if not any(by_exam.values()):
        return whole_price(credential) if field == "price" else []
    if len(set(by_exam.values())) == 1 and len({version.part for version in versions}) == 1:
        return list(by_exam[versions[0]])
    return [
        Line(f"{line.text} ({version})", line.is_verified)
        for version, lines in by_exam.items()
        for line in lines or (Line(UNKNOWN),)
    ]


def whole_price(credential: Credential) -> list[Line]:
    """Of a credential that is paid for as a whole."""
    fees = [fee for fee in credential.fees.all() if fee.kind == Fee.Kind.EXAM]
    prices = [directory.fee_price(fee) for fee in fees[:1]]
    return [Line(price.text, price.is_verified) for price in prices]


def note_on(credential: Credential, field: str, lines: list[Line], *, on: date) -> str:
    """How far the value can be trusted. What is not known needs no date."""
    if not lines:
        return ""
    retired = directory.entry(credential, on=on).is_retired and field != "status"
    return ", ".join(filter(None, ["retired" if retired else "", checked(credential, lines)]))


def checked(credential: Credential, lines: list[Line]) -> str:
    if not all(line.is_verified for line in lines):
        return "unverified"
    if credential.checked_on is None:
        return "not checked yet"
    return f"checked {partial_date_text(credential.checked_on, credential.checked_on_precision)}"


KIND = Kind(
    "fact",
    "One fact of a certification",
    fact_of,
    noun=lambda reference: "credential",
    instead=UNKNOWN,
)
