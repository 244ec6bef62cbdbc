"""The site on one page, for people: what there is, and how much of it. For machines: sitemaps.py."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog import archive
from blog.models import Article, Author, Category, Hashtag, Series
from careers.models import Credential, Pathway, Provider, Role, Skill

HASHTAGS = 24


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.public(timezone.now())
    context = {
        "article_count": articles.count(),
        "categories": Category.objects.counting(articles),
        "all_series": Series.objects.counting(articles),
        "authors": Author.objects.counting(articles),
        "hashtags": Hashtag.objects.popular(articles)[:HASHTAGS],
        "years": archive.years(articles.months()),
        "roles": Role.objects.public().only("name", "slug"),
        "pathways": Pathway.objects.public().only("name", "slug"),
        "providers": Provider.objects.public().only("name", "slug"),
        "credential_count": Credential.objects.public().count(),
        "skill_count": Skill.objects.public().count(),
    }
    return render(request, "website/site_map.html", context)
