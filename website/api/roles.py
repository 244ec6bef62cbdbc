"""Roles: what the work is, which skills it asks for, and which certifications are recommended for it."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from careers.models import (
    OF_A_PUBLIC_ROLE,
    Credential,
    Recommendation,
    Role,
    RoleCode,
    RoleSkill,
    Skill,
    Status,
    Technology,
)
from careers.profiles import is_shown

from .answers import Problem
from .paging import ENTRY_SINCE, Asked, Since, Slug, by_slug
from .shapes import Link, Origin, link, origin, origins

router = Router(tags=["Roles"])


class AskedRoles(Asked):
    skill: Slug = Field("", description="That ask for this skill.")
    technology: Slug = Field("", description="That work with this technology or tool.")
    certification: Slug = Field("", description="That this certification is recommended for.")
    job_zone: int | None = Field(None, ge=1, le=5, description="O*NET's measure of preparation, 1 to 5.")
    updated_after: Since = Field(None, description=ENTRY_SINCE)


class RoleLine(Link):
    summary: str
    main_focus: str
    api_url: str
    checked_on: date | None
    updated_at: datetime


class Need(Link):
    """``importance`` from 1 to 5 and ``level`` from 0 to 7, as O*NET measures them."""

    importance: float
    level: float
    is_essential: bool


class Tool(Link):
    kind: str


class Advice(Link):
    """A certification, at which step it is recommended, and why."""

    api_url: str
    tier: str
    reason: str


class Code(Schema):
    framework: str
    code: str
    match: str
    source: Origin | None


class RoleInFull(RoleLine):
    job_zone: int | None
    other_titles: list[str]
    tasks: list[str]
    skills: list[Need]
    technologies: list[Tool]
    certifications: list[Advice]
    related: list[Link]
    codes: list[Code]
    sources: list[Origin]


class RolePage(Schema):
    items: list[RoleLine]
    next: str | None = None


@router.get("", url_name="role-list", response={200: RolePage, 400: Problem}, summary="Roles by slug")
def role_list(request: HttpRequest, asked: Query[AskedRoles]) -> RolePage:
    shown, following = by_slug(request, _wanted(asked), asked)
    return RolePage(items=[RoleLine(**_line(request, row)) for row in shown], next=following)


@router.get(
    "/{slug:slug}",
    url_name="role",
    response={200: RoleInFull, 404: Problem},
    summary="One role with its skills, technologies and certifications",
)
def role(request: HttpRequest, slug: str) -> RoleInFull:
    parts = ("titles", "tasks", "codes__source", "sources", "role_skills__skill")
    rows = Role.objects.public().prefetch_related(*parts, "role_technologies__technology")
    row = get_object_or_404(rows, slug=slug)
    near = row.related.public().order_by("relations_from__order", "relations_from__pk")
    return RoleInFull(
        **_line(request, row),
        job_zone=row.job_zone,
        other_titles=[title.title for title in row.titles.all()],
        tasks=[task.text for task in row.tasks.all()],
        skills=_skills(request, row),
        technologies=_technologies(request, row),
        certifications=_certifications(request, row),
        related=[link(request, other) for other in near],
        codes=[_code(code) for code in row.codes.all()],
        sources=origins(row.sources.all()),
    )


def _wanted(asked: AskedRoles) -> QuerySet[Role]:
    """Only by what readers see on the role's page."""
    rows = Role.objects.public()
    if asked.skill:
        skills = Skill.objects.public().filter(slug=asked.skill)
        rows = rows.filter(role_skills__in=RoleSkill.objects.filter(skill__in=skills, is_suppressed=False))
    if asked.technology:
        technologies = Technology.objects.public().filter(slug=asked.technology)
        rows = rows.filter(role_technologies__technology__in=technologies)
    if asked.certification:
        public = Credential.objects.public().filter(slug=asked.certification)
        advised = Recommendation.objects.filter(OF_A_PUBLIC_ROLE, credential__in=public)
        rows = rows.filter(pk__in=advised.order_by().values("role"))
    same = {"job_zone": asked.job_zone, "updated_at__gt": asked.updated_after}
    return rows.filter(**{name: value for name, value in same.items() if value is not None})


def _line(request: HttpRequest, row: Role) -> dict[str, Any]:
    return {
        **link(request, row).dict(),
        "summary": row.summary,
        "main_focus": row.main_focus,
        "api_url": request.build_absolute_uri(reverse("api:role", args=[row.slug])),
        "checked_on": row.checked_on,
        "updated_at": row.updated_at,
    }


def _skills(request: HttpRequest, row: Role) -> list[Need]:
    return [
        Need(
            **link(request, needed.skill).dict(),
            importance=float(needed.importance),
            level=float(needed.level),
            is_essential=needed.relation == needed.Relation.ESSENTIAL,
        )
        for needed in row.role_skills.all()
        if is_shown(needed)
    ]


def _technologies(request: HttpRequest, row: Role) -> list[Tool]:
    used = [use.technology for use in row.role_technologies.all()]
    return [
        Tool(**link(request, technology).dict(), kind=technology.kind)
        for technology in used
        if technology.is_public
    ]


def _certifications(request: HttpRequest, row: Role) -> list[Advice]:
    rows = Recommendation.objects.filter(OF_A_PUBLIC_ROLE, role=row, credential__status=Status.PUBLISHED)
    return [
        Advice(
            **link(request, advice.credential).dict(),
            api_url=request.build_absolute_uri(reverse("api:certification", args=[advice.credential.slug])),
            tier=advice.tier,
            reason=advice.reason,
        )
        for advice in rows.select_related("credential")
    ]


def _code(code: RoleCode) -> Code:
    framework = code.get_framework_display()
    return Code(framework=framework, code=code.code, match=code.match, source=origin(code.source))
