"""The site on one page, for people: what there is, and how much of it. For machines: sitemaps.py."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog import archive, counting
from blog.models import Author, Category, Series
from careers.models import Credential, Pathway, Provider, Role, Skill, Technology

HASHTAGS = 24


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "article_count": counting.number(now),
        "categories": counting.counted(Category.objects.all(), now),
        "all_series": counting.used(Series, Series.objects.all(), now),
        "authors": counting.counted(Author.objects.all(), now),
        "hashtags": counting.popular(now, HASHTAGS),
        "years": archive.years(now),
        "roles": Role.objects.public().only("name", "slug"),
        "pathways": Pathway.objects.public().only("name", "slug"),
        "providers": Provider.objects.public().only("name", "slug"),
        "credential_count": Credential.objects.public().count(),
        "skill_count": Skill.objects.public().count(),
        "technology_count": Technology.objects.public().count(),
    }
    return render(request, "website/site_map.html", context)
