"""Certifications: where each stands today, its exams with prices and languages, and who read that when."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from careers import directory
from careers.models import OF_A_PUBLIC_ROLE, Credential, ExamVersion, Fee, Provider, Recommendation, Skill

from .answers import Problem
from .paging import ENTRY_SINCE, Asked, Since, Slug, by_slug
from .shapes import Link, Origin, day, link, links, origin, origins

router = Router(tags=["Certifications"])


class AskedCertifications(Asked):
    provider: Slug = Field("", description="Of this provider.")
    role: Slug = Field("", description="Recommended for this role.")
    skill: Slug = Field("", description="That cover this skill.")
    kind: Credential.Kind | None = Field(None, description="certification, certificate or badge.")
    level: Credential.Level | None = Field(None, description="Such as associate.")
    access: Credential.Access | None = Field(None, description="Who may earn it: such as open.")
    updated_after: Since = Field(None, description=ENTRY_SINCE)


class CertificationLine(Link):
    """``status`` is that of the exam that can best be sat; none where nothing is known of one."""

    summary: str
    api_url: str
    provider: Link | None
    kind: str
    level: str
    status: str | None
    exam_codes: list[str]
    checked_on: str | None
    updated_at: datetime


class Price(Schema):
    """``amount`` is exact, in the currency's own unit: "165.00"."""

    kind: str
    amount: str
    currency: str
    region: str
    is_from_price: bool
    note: str
    observed_on: date | None
    source: Origin | None


class Exam(Schema):
    """``part``: exams of one part are alternatives, and of each part one must be passed."""

    code: str | None
    label: str
    part: int
    status: str
    available_from: str | None
    last_exam_on: str | None
    date_note: str
    languages: list[str]
    minutes: list[int]
    prices: list[Price]
    validity_months: int | None
    no_expiry: bool
    sources: list[Origin]


class Renewal(Schema):
    method: str
    note: str
    source: Origin | None


class CertificationInFull(CertificationLine):
    official_url: str
    access: str
    exams: list[Exam]
    prices: list[Price]
    renewals: list[Renewal]
    skills: list[Link]
    replaced_by: list[Link]
    recommended_for: list[Link]
    note: str
    conflicts: list[str]
    sources: list[Origin]


class CertificationPage(Schema):
    items: list[CertificationLine]
    next: str | None = None


@router.get(
    "",
    url_name="certification-list",
    response={200: CertificationPage, 400: Problem},
    summary="Certifications by slug",
)
def certification_list(request: HttpRequest, asked: Query[AskedCertifications]) -> CertificationPage:
    on = timezone.localdate()
    shown, following = by_slug(request, _wanted(asked).with_exams(), asked)
    items = [CertificationLine(**_line(request, row, on=on)) for row in shown]
    return CertificationPage(items=items, next=following)


@router.get(
    "/{slug:slug}",
    url_name="certification",
    response={200: CertificationInFull, 404: Problem},
    summary="One certification with its exams, prices and sources",
)
def certification(request: HttpRequest, slug: str) -> CertificationInFull:
    on = timezone.localdate()
    row = get_object_or_404(_in_full(), slug=slug)
    advised = Recommendation.objects.filter(OF_A_PUBLIC_ROLE, credential=row).select_related("role")
    return CertificationInFull(
        **_line(request, row, on=on),
        official_url=row.official_url,
        access=row.access,
        exams=[_exam(exam) for exam in directory.exams(row, on=on)],
        prices=[_price(fee) for fee in row.fees.all()],
        renewals=[
            Renewal(method=renewal.method, note=renewal.note, source=origin(renewal.source))
            for renewal in row.renewals.all()
        ],
        skills=links(request, row.skills.all()),
        replaced_by=links(request, row.replaced_by.all()),
        recommended_for=links(request, (advice.role for advice in advised.order_by("role__slug"))),
        note=row.note,
        conflicts=row.conflicts,
        sources=origins(row.sources.all()),
    )


def _in_full() -> QuerySet[Credential]:
    public: QuerySet[Credential] = Credential.objects.public()
    parts = ("versions__sources", "fees__source", "renewals__source", "sources")
    shown = [Prefetch("skills", Skill.objects.public()), Prefetch("replaced_by", public)]
    return Credential.objects.public().with_exams().prefetch_related(*parts, *shown)


def _wanted(asked: AskedCertifications) -> Any:
    """Only by what readers see on the certification's page."""
    rows = Credential.objects.public()
    if asked.provider:
        rows = rows.filter(provider__in=Provider.objects.public().filter(slug=asked.provider))
    if asked.role:
        advised = Recommendation.objects.filter(OF_A_PUBLIC_ROLE, role__slug=asked.role)
        rows = rows.filter(pk__in=advised.order_by().values("credential"))
    if asked.skill:
        rows = rows.filter(skills__in=Skill.objects.public().filter(slug=asked.skill))
    same = {
        "kind": asked.kind,
        "level": asked.level,
        "access": asked.access,
        "updated_at__gt": asked.updated_after,
    }
    return rows.filter(**{name: value for name, value in same.items() if value is not None})


def _line(request: HttpRequest, row: Credential, *, on: date) -> dict[str, Any]:
    entry = directory.entry(row, on=on)
    return {
        **link(request, row).dict(),
        "summary": row.summary,
        "api_url": request.build_absolute_uri(reverse("api:certification", args=[row.slug])),
        "provider": link(request, row.shown_provider) if row.shown_provider else None,
        "kind": row.kind,
        "level": row.level,
        "status": entry.status,
        "exam_codes": [exam.code for exam in entry.exams if exam.code],
        "checked_on": day(row.checked_on, row.checked_on_precision),
        "updated_at": row.updated_at,
    }


def _exam(exam: directory.Exam) -> Exam:
    version = exam.version
    deliveries = list(version.deliveries.all())
    return Exam(
        code=version.exam_code,
        label=version.version_label,
        part=version.part,
        status=exam.status,
        languages=list(dict.fromkeys(code for way in deliveries for code in way.languages)),
        minutes=list(dict.fromkeys(way.minutes for way in deliveries if way.minutes)),
        prices=[_price(fee) for fee in version.fees.all()],
        validity_months=version.validity_months,
        no_expiry=version.no_expiry,
        sources=origins(version.sources.all()),
        **_days(version),
    )


def _days(version: ExamVersion) -> dict[str, Any]:
    return {
        "available_from": day(version.available_from, version.available_from_precision),
        "last_exam_on": day(version.last_exam_on, version.last_exam_on_precision),
        "date_note": version.date_note,
    }


def _price(fee: Fee) -> Price:
    return Price(
        kind=fee.kind,
        amount=str(fee.amount),
        currency=fee.currency,
        region=fee.region,
        is_from_price=fee.is_from_price,
        note=fee.note,
        observed_on=fee.observed_on,
        source=origin(fee.source),
    )
