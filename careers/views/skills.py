from collections.abc import Iterable
from itertools import groupby

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import directory
from careers.models import OF_A_PUBLIC_ROLE, Credential, RoleSkill, RoleTechnology, Skill, Status, Technology

KIND_HEADINGS: dict[str, str] = {
    Skill.Kind.KNOWLEDGE: "Knowledge",
    Skill.Kind.SKILL: "Practical skills",
    Skill.Kind.SOFTWARE: "Software and languages",
}


@require_safe
def skill_list(request: HttpRequest) -> HttpResponse:
    in_roles = Count("role_skills", filter=Q(role_skills__role__status=Status.PUBLISHED))
    skills = Skill.objects.public().annotate(role_count=in_roles).order_by("kind", Lower("name"))
    groups = [(KIND_HEADINGS[skills[0].kind], skills) for skills in by_kind(skills)]
    return TemplateResponse(request, "careers/skill_list.html", {"groups": groups})


def by_kind(skills: Iterable[Skill]) -> list[list[Skill]]:
    return [list(group) for _, group in groupby(skills, key=lambda skill: skill.kind)]


@require_safe
def skill_detail(request: HttpRequest, slug: str) -> HttpResponse:
    skill = get_object_or_404(Skill.objects.public(), slug=slug)
    needs = RoleSkill.objects.filter(OF_A_PUBLIC_ROLE, skill=skill).select_related("role")
    credentials = Credential.objects.public().filter(skills=skill).with_exams()
    context = {
        "skill": skill,
        "needs": needs.order_by("-importance", "-level", Lower("role__name")),
        "tiers": directory.levels(credentials, on=timezone.localdate()),
    }
    return TemplateResponse(request, "careers/skill_detail.html", context)


@require_safe
def technology_detail(request: HttpRequest, slug: str) -> HttpResponse:
    technology = get_object_or_404(Technology.objects.public(), slug=slug)
    uses = RoleTechnology.objects.filter(OF_A_PUBLIC_ROLE, technology=technology).select_related("role")
    context = {"technology": technology, "uses": uses.order_by("use", Lower("role__name"))}
    return TemplateResponse(request, "careers/technology_detail.html", context)
