"""What the catalogue says now of each thing that can be checked, in the words of a check."""

from collections.abc import Callable, Iterable
from typing import Any

from careers import directory, factsheet
from careers.dates import partial_date_text
from careers.models import Credential, Delivery, ExamVersion, FieldCheck, Role, RoleSkill

Field = FieldCheck.Field
Say = Callable[[Any], str]
LONGEST = 300


def value_now(subject: Credential | ExamVersion | Role, field: str) -> str:
    """In one line; empty where nothing is known, or where such a thing has no such field."""
    say = SAYINGS[type(subject)].get(field)
    return "" if say is None else shortened(say(subject))


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def once(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def by_delivery(say: Callable[[Delivery], str]) -> Say:
    return lambda version: once(say(delivery) for delivery in version.deliveries.all())


def validity(version: ExamVersion) -> str:
    if version.no_expiry:
        return "for life"
    return f"{version.validity_months} months" if version.validity_months else ""


def dated(name: str) -> Say:
    def say(version: ExamVersion) -> str:
        day = getattr(version, name)
        return partial_date_text(day, getattr(version, f"{name}_precision")) if day else ""

    return say


def prerequisites(credential: Credential) -> str:
    return "none" if credential.is_without_prerequisites else once(map(str, credential.conditions.all()))


def domain(row: Any) -> str:
    low, high = (f"{float(weight):g}" for weight in (row.weight_min, row.weight_max))
    return f"{row.name} {low if low == high else f'{low}–{high}'} %"


def essential(role: Role) -> str:
    rows = [row for row in role.role_skills.all() if row.relation == RoleSkill.Relation.ESSENTIAL]
    return once(str(row.skill) for row in rows if not row.is_suppressed)


SAYINGS: dict[type[Any], dict[str, Say]] = {
    ExamVersion: {
        Field.STATUS: lambda version: version.get_status_display(),
        Field.PRICE: lambda version: once(directory.fee_price(fee).text for fee in version.fees.all()),
        Field.LANGUAGES: by_delivery(factsheet.languages),
        Field.MINUTES: by_delivery(factsheet.length),
        Field.ITEMS: by_delivery(factsheet.questions),
        Field.PASS_MARK: by_delivery(lambda delivery: delivery.pass_mark),
        Field.VALIDITY: validity,
        Field.AVAILABLE_FROM: dated("available_from"),
        Field.LAST_EXAM: dated("last_exam_on"),
        Field.DOMAINS: lambda version: once(map(domain, version.domains.all())),
        Field.SUCCESSOR: lambda version: str(version.successor or ""),
    },
    Credential: {
        Field.LEVEL: lambda credential: credential.level_label or credential.get_level_display(),
        Field.ACCESS: lambda credential: credential.get_access_display(),
        Field.PREREQUISITES: prerequisites,
        Field.RENEWAL: lambda credential: once(map(str, credential.renewals.all())),
        Field.PRICE: lambda credential: once(directory.fee_price(fee).text for fee in credential.fees.all()),
        Field.SUCCESSOR: lambda credential: once(map(str, credential.replaced_by.all())),
        Field.SKILLS: lambda credential: once(map(str, credential.skills.all())),
    },
    Role: {
        Field.SKILLS: essential,
        Field.TASKS: lambda role: once(map(str, role.tasks.all())),
        Field.TECHNOLOGIES: lambda role: once(str(row.technology) for row in role.role_technologies.all()),
        Field.TITLES: lambda role: once(map(str, role.titles.all())),
        Field.CODES: lambda role: once(map(str, role.codes.all())),
    },
}
