"""What the catalogue holds against a text: the names, codes and prices that a story may get wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from careers.lifecycle import Status, closing_day, exam_status
from careers.models import Credential, ExamVersion, Role

from .facts import said


@dataclass(frozen=True)
class KnownExam:
    """``ended`` is empty where the day is not known; ``successors`` are codes."""

    code: str
    is_over: bool = False
    ended: date | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownCertification:
    slug: str
    name: str
    short_name: str = ""
    exams: tuple[KnownExam, ...] = ()
    price: str = ""


@dataclass(frozen=True)
class KnownFacts:
    """``roles`` leads from every title, in small letters, to the slug of its role."""

    certifications: tuple[KnownCertification, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)


def facts_for_checks(*, on: date) -> KnownFacts:
    """All that is published, in a number of queries that does not grow with it."""
    rows = list(Credential.objects.public().with_exams().prefetch_related("fees__source"))
    versions = {version.pk: version for row in rows for version in row.versions.all()}
    return KnownFacts(tuple(_certification(row, versions, on=on) for row in rows), _role_titles())


def _certification(row: Credential, versions: Mapping[int, ExamVersion], *, on: date) -> KnownCertification:
    exams = tuple(_exam(version, versions, on=on) for version in row.versions.all() if version.exam_code)
    price = "; ".join(line.text for line in said(row, "price", on=on))
    return KnownCertification(row.slug, row.name, row.short_name, exams, price)


def _exam(version: ExamVersion, versions: Mapping[int, ExamVersion], *, on: date) -> KnownExam:
    is_over = exam_status(version, on=on) == Status.RETIRED
    follower = versions.get(version.successor_id or 0)
    successors = (follower.exam_code,) if follower and follower.exam_code else ()
    ended = closing_day(version) if is_over else None
    return KnownExam(version.exam_code or "", is_over, ended, successors)


def _role_titles() -> dict[str, str]:
    """A role's own name comes before the same title given to another."""
    roles = list(Role.objects.public().prefetch_related("titles"))
    others = {title.title.casefold(): role.slug for role in roles for title in role.titles.all()}
    return others | dict(_own_names(roles))


def _own_names(roles: Iterable[Role]) -> Iterable[tuple[str, str]]:
    return ((role.name.casefold(), role.slug) for role in roles)
