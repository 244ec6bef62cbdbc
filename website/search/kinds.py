"""What can be found: each public model's name in addresses and on pages, and what its words are made of."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    label: str
    plural: str
    weight: int  # which comes first when two pages bear the very name that was typed
    reads: tuple[str, ...] = ()  # relations that search_text() reads
    timed_by: str = ""  # the relation to the articles that decide when it may be seen


# What an article embeds, as far as its results are narrowed by it.
EMBEDDED = ("embeds__role", "embeds__provider", "embeds__credential__provider")
KINDS = {
    "blog.Article": Kind(
        "article", "Article", "Articles", 5, ("category", "hashtags", "bylines__author", *EMBEDDED)
    ),
    "careers.Role": Kind("role", "Role", "Roles", 9, ("titles", "tasks")),
    "careers.Credential": Kind(
        "certification", "Certification", "Certifications", 8, ("provider", "versions")
    ),
    "careers.Skill": Kind("skill", "Skill", "Skills", 7),
    "careers.Technology": Kind("technology", "Technology", "Technologies", 6),
    "careers.Provider": Kind("provider", "Provider", "Providers", 6),
    "careers.Pathway": Kind(
        "pathway", "Pathway", "Pathways", 6, ("steps__credential", "steps__skill", "steps__role")
    ),
    "blog.Category": Kind("category", "Category", "Categories", 4),
    "blog.Hashtag": Kind("hashtag", "Hashtag", "Hashtags", 3, ("aliases",)),
    "blog.Series": Kind("series", "Series", "Series", 4, (), "parts__article"),
    "blog.Author": Kind("author", "Author", "Authors", 2),
}
NAMES_OTHERS = ("blog.Article", "careers.Pathway")  # their keywords are the names of other pages
BY_NAME = {kind.name: kind for kind in KINDS.values()}

# When a row of the first model changes, so do the words (or the visibility) of the pages behind each path:
# the model of those pages, and the path from such a page to the changed row.
READ_BY: dict[str, tuple[tuple[str, str], ...]] = {
    "blog.Article": (
        ("blog.Hashtag", "article_hashtags__content_object"),
        ("blog.Series", "parts__article"),
    ),
    "blog.Category": (("blog.Article", "category"),),
    "blog.Author": (("blog.Article", "authors"),),
    "blog.Hashtag": (("blog.Article", "hashtags"),),
    "careers.Role": (("blog.Article", "embeds__role"), ("careers.Pathway", "steps__role")),
    "careers.Skill": (("blog.Article", "embeds__skill"), ("careers.Pathway", "steps__skill")),
    "careers.Provider": (("careers.Credential", "provider"), ("blog.Article", "embeds__provider")),
    "careers.Credential": (
        ("careers.Pathway", "steps__credential"),
        ("blog.Article", "embeds__credential"),
        ("blog.Article", "embeds__role__recommendations__credential"),
        ("blog.Article", "embeds__skill__credentials"),
        ("blog.Article", "embeds__provider__credentials"),
    ),
    "careers.Pathway": (("blog.Article", "embeds__pathway"),),
}
# Rows without a page of their own: the pages they are part of, by the way to the column that names the page.
PART_OF: dict[str, tuple[tuple[str, str], ...]] = {
    "blog.ArticleHashtag": (("blog.Article", "content_object_id"), ("blog.Hashtag", "tag_id")),
    "blog.ArticleAuthor": (("blog.Article", "article_id"),),
    "blog.SeriesPart": (("blog.Series", "series_id"),),
    "blog.HashtagAlias": (("blog.Hashtag", "hashtag_id"),),
    "careers.RoleTitle": (("careers.Role", "role_id"),),
    "careers.RoleTask": (("careers.Role", "role_id"),),
    "careers.RoleSkill": (("careers.Role", "role_id"),),
    "careers.RoleTechnology": (("careers.Role", "role_id"),),
    "careers.RoleDimensionValue": (("careers.Role", "role_id"),),
    "careers.Recommendation": (("careers.Role", "role_id"),),
    "careers.ExamVersion": (("careers.Credential", "credential_id"),),
    "careers.Delivery": (("careers.Credential", "version.credential_id"),),
    "careers.Fee": (
        ("careers.Credential", "version.credential_id"),
        ("careers.Credential", "credential_id"),
    ),
    "careers.PathwayStep": (("careers.Pathway", "pathway_id"),),
}


def model_of(label: str) -> type[models.Model]:
    return apps.get_model(label)


def pages(label: str, refs: list[int]) -> models.QuerySet[models.Model]:
    """These pages with all that search reads of them, in a fixed number of queries."""
    kind = KINDS[label]
    found = model_of(label)._base_manager.filter(pk__in=refs).prefetch_related(*kind.reads)
    if not kind.timed_by:
        return found
    return found.prefetch_related(_times(label, kind.timed_by))


def _times(label: str, path: str) -> "models.Prefetch[Any]":
    """The times of the articles a page depends on, brought along by the rows that join the two."""
    times = ("state", "published_at", "expires_at")
    join, _, target = path.partition("__")
    relation: Any = model_of(label)._meta.get_field(join)
    rows = relation.related_model._base_manager.select_related(target)
    wanted = (relation.field.name, target, *(f"{target}__{time}" for time in times))
    return models.Prefetch(join, queryset=rows.only(*wanted))
