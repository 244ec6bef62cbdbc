"""How much of a certification is known. Pure; what is known to be none counts as known."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from careers.lifecycle import OPEN, exam_status
from careers.models import Credential, ExamVersion
from careers.sayings import Field, value_now

OfCredential = Callable[[Credential], object]

CREDENTIAL: list[tuple[str, OfCredential]] = [
    ("Summary", lambda row: row.summary),
    ("Official page", lambda row: row.official_url),
    ("Skills", lambda row: row.skills.all()),
    ("Prerequisites", lambda row: row.is_without_prerequisites or row.conditions.all()),
    ("Renewal", lambda row: row.renewals.all() or is_for_life(row)),
    ("Source", lambda row: row.sources.all()),
    ("Last check", lambda row: row.checked_on),
    ("Recommended for a role", lambda row: row.recommendations.all()),
]
VERSION = (Field.PRICE, Field.LANGUAGES, Field.MINUTES, Field.ITEMS, Field.PASS_MARK, Field.VALIDITY)


@dataclass(frozen=True)
class Completeness:
    known: int
    missing: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Rounded down: 100 is everything."""
        return self.known * 100 // (self.known + len(self.missing))


def completeness(credential: Credential, *, on: date) -> Completeness:
    """Needs what ``checklist.subjects`` brings and the recommendations. Exams count while they can be sat."""
    answers = [(label, bool(say(credential))) for label, say in CREDENTIAL]
    versions = [row for row in credential.versions.all() if exam_status(row, on=on) in OPEN]
    answers.append(("An exam that can be sat", bool(versions)))
    for version in versions:
        answers += [(label_of(version, field), bool(value_now(version, field))) for field in VERSION]
    missing = tuple(label for label, is_known in answers if not is_known)
    return Completeness(len(answers) - len(missing), missing)


def is_for_life(credential: Credential) -> bool:
    versions = list(credential.versions.all())
    return bool(versions) and all(version.no_expiry for version in versions)


def label_of(version: ExamVersion, field: Field) -> str:
    return f"{field.label} of {version}"
