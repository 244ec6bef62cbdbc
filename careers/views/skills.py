from collections.abc import Iterable
from itertools import groupby

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import directory
from careers.bringing import selected
from careers.models import OF_A_PUBLIC_ROLE, Credential, RoleSkill, Skill, Status, Technology
from careers.structured_data import ScriptData, described_term, item_list, page_data
from careers.succession import heirs

KIND_HEADINGS: dict[str, str] = {
    Skill.Kind.KNOWLEDGE: "Knowledge",
    Skill.Kind.SKILL: "Practical skills",
    Skill.Kind.SOFTWARE: "Software and languages",
}

PARENT = selected("parent", Skill.objects.public())
CHILDREN = selected("children", Skill.objects.public())


@require_safe
def skill_list(request: HttpRequest) -> HttpResponse:
    of_public = Q(role_skills__role__status=Status.PUBLISHED, role_skills__is_suppressed=False)
    in_roles = Count("role_skills", filter=of_public, distinct=True)
    tested = Count("credentials", filter=Q(credentials__status=Status.PUBLISHED), distinct=True)
    skills = (
        Skill.objects.public()
        .annotate(role_count=in_roles, credential_count=tested)
        .order_by("kind", Lower("name"))
    )
    groups = [(skills[0].kind, KIND_HEADINGS[skills[0].kind], skills) for skills in by_kind(skills)]
    context = {"groups": groups, "structured_data": list_data(request, skills)}
    return TemplateResponse(request, "careers/skill_list.html", context)


def by_kind(skills: Iterable[Skill]) -> list[list[Skill]]:
    return [list(group) for _, group in groupby(skills, key=lambda skill: skill.kind)]


def list_data(request: HttpRequest, skills: Iterable[Skill]) -> ScriptData:
    absolute = request.build_absolute_uri
    rows = [(skill.name, skill.get_absolute_url()) for skill in skills]
    return page_data(item_list("Skills", rows, absolute=absolute), trail=[("Skills", "")], absolute=absolute)


@require_safe
def skill_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on = timezone.localdate()
    skill = get_object_or_404(Skill.objects.public().prefetch_related(PARENT, CHILDREN), slug=slug)
    needs = RoleSkill.objects.filter(OF_A_PUBLIC_ROLE, skill=skill, is_suppressed=False)
    credentials = list(Credential.objects.public().filter(skills=skill).with_exams())
    tiers = directory.levels(credentials, heirs(credentials, on=on), on=on)
    context = {
        "skill": skill,
        "twin": Technology.objects.public().filter(name__iexact=skill.name).first(),
        "needs": needs.select_related("role").order_by("-importance", "-level", Lower("role__name")),
        "tiers": tiers,
        "oldest": directory.oldest_check([advice.entry for tier in tiers for advice in tier.advice]),
        "structured_data": data_of(request, skill, tiers),
    }
    return TemplateResponse(request, "careers/skill_detail.html", context)


def data_of(request: HttpRequest, skill: Skill, tiers: tuple[directory.Tier, ...]) -> ScriptData:
    absolute = request.build_absolute_uri
    return page_data(
        described_term(skill, absolute=absolute),
        item_list("Certifications that cover it", directory.named(tiers), absolute=absolute),
        trail=[("Skills", reverse("careers:skill-list")), (skill.name, "")],
        absolute=absolute,
    )
