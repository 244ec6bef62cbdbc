"""By what certifications are told apart in a list. Pure: ``on`` is a parameter.

What is not known of a certification is a value of its own: it is never left out, and never a zero.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from careers.directory import Entry, Price, entry
from careers.factsheet import language
from careers.lifecycle import BEST_FIRST, OPEN, closing_day
from careers.models import Credential, Delivery, ExamVersion

UNKNOWN = "unknown"
ACCESS, KINDS = dict(Credential.Access.choices), dict(Credential.Kind.choices)


class Value(NamedTuple):
    key: str
    label: str


@dataclass(frozen=True)
class Listed:
    """A certification in the list: how it reads, and all its values of each trait."""

    entry: Entry
    credential: Credential
    values: Mapping[str, tuple[Value, ...]]
    ends_on: date | None
    ends_wholly: bool = False


@dataclass(frozen=True)
class Trait:
    """``order`` names the keys in the order of their meaning; without one they go by their labels."""

    name: str
    label: str
    read: Callable[[Credential, Entry, date], Iterable[Value]]
    order: tuple[str, ...] = ()
    unknown: str = "Not known"


def listed(credential: Credential, *, on: date) -> Listed:
    """Needs ``with_exams()`` and the public recommendations and skills."""
    line = entry(credential, on=on)
    values = {trait.name: known(trait, trait.read(credential, line, on)) for trait in TRAITS}
    return Listed(line, credential, values, *ends_of(line, on=on))


def known(trait: Trait, values: Iterable[Value]) -> tuple[Value, ...]:
    """Each once; where there are none, that nothing is known."""
    return tuple(dict.fromkeys(values)) or (Value(UNKNOWN, trait.unknown),)


def ends_of(line: Entry, *, on: date) -> tuple[date | None, bool]:
    """The next day on which something of it can be sat for the last time, and whether that ends all of it."""
    closings = [closing_day(exam.version) for exam in line.exams]
    windows = [row.window_to for exam in line.exams for row in exam.version.deliveries.all()]
    known_ends = [end for end in [*closings, *windows] if end is not None]
    ahead = min((end for end in known_ends if end >= on), default=None)
    return ahead, ahead is not None and None not in closings and ahead == max(known_ends)


# --- What each trait reads --------------------------------------------------


def statuses(credential: Credential, line: Entry, on: date) -> Iterator[Value]:
    if line.status is not None:
        yield Value(line.status.value, str(line.status.label))


def languages(credential: Credential, line: Entry, on: date) -> Iterator[Value]:
    """Those in which it can be sat now or later. One form without a list leaves it open."""
    for exam in line.exams:
        rows = [row for row in exam.version.deliveries.all() if exam.status not in OPEN or lasts(row, on=on)]
        for row in rows:
            yield from (Value(code, language(code)) for code in row.languages)
        if exam.status in OPEN and not all(row.languages for row in rows if is_seen(exam.version, row)):
            yield Value(UNKNOWN, "Not known")


def lasts(row: Delivery, *, on: date) -> bool:
    return row.window_to is None or row.window_to >= on


def is_seen(version: ExamVersion, row: Delivery) -> bool:
    """Whether it is more than an announcement: in a beta, only the beta is."""
    return version.status != ExamVersion.Status.BETA or row.phase == Delivery.Phase.BETA


def roles(credential: Credential, line: Entry, on: date) -> Iterator[Value]:
    return (Value(row.role.slug, row.role.name) for row in credential.recommendations.all())


def skills(credential: Credential, line: Entry, on: date) -> Iterator[Value]:
    return (Value(skill.slug, skill.name) for skill in credential.skills.all())


def prices(credential: Credential, line: Entry, on: date) -> Iterator[Value]:
    return (price_band(price) for price in line.prices)


BANDS = [(0, "free", "Free"), (100, "100", "Up to USD 100"), (200, "200", "USD 101–200")]
BANDS += [(300, "300", "USD 201–300")]
HIGHEST = Value("more", "Over USD 300")
ELSEWHERE = Value("other", "In another currency")


def price_band(price: Price) -> Value:
    amount = price.amount or Decimal(0)
    if amount and price.currency != "USD":
        return ELSEWHERE
    return next((Value(key, label) for most, key, label in BANDS if amount <= most), HIGHEST)


TERMS = [(12, "1", "Up to 1 year"), (24, "2", "2 years"), (36, "3", "3 years")]
LONGER = Value("longer", "Longer")
FOR_LIFE = Value("life", "For life")


def validities(credential: Credential, line: Entry, on: date) -> Iterator[Value]:
    for exam in line.exams:
        if exam.version.no_expiry:
            yield FOR_LIFE
        elif months := exam.version.validity_months:
            yield next((Value(key, label) for most, key, label in TERMS if months <= most), LONGER)


def named(key: str, labels: Mapping[Any, Any]) -> Value:
    """As Django's ``get_…_display`` does, which builds all labels anew for each row."""
    return Value(key, str(labels.get(key, key)))


def providers(credential: Credential, line: Entry, on: date) -> list[Value]:
    return [Value(line.provider_slug, line.provider)] if line.provider_slug else []


TRAITS = [
    Trait("status", "Status", statuses, tuple(status.value for status in BEST_FIRST)),
    Trait(
        "level",
        "Level",
        lambda credential, line, on: [Value(line.level_key, line.level)],
        tuple(Credential.Level.values),
    ),
    Trait("provider", "Provider", providers),
    Trait("language", "Language of the exam", languages),
    Trait("role", "Recommended for", roles, unknown="No role yet"),
    Trait("skill", "Skill", skills),
    Trait("price", "Price", prices, (*(key for _, key, _ in BANDS), HIGHEST.key, ELSEWHERE.key)),
    Trait("validity", "Valid for", validities, (*(key for _, key, _ in TERMS), LONGER.key, FOR_LIFE.key)),
    Trait(
        "access",
        "Open to",
        lambda credential, line, on: [named(credential.access, ACCESS)],
        tuple(Credential.Access.values),
    ),
    Trait(
        "kind",
        "Kind",
        lambda credential, line, on: [named(credential.kind, KINDS)],
        tuple(Credential.Kind.values),
    ),
]
