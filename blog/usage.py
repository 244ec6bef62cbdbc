"""Which articles tell of a fact: they are about it, they show it, or they show a list that has it.
And which only name it in their words.

Facts are known here by the names of their models and the ways that lead to them, never by their code.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from .models import Article, ArticleEmbed, Mention
from .models.embeds import NOUNS
from .models.mentions import NOUNS as NOUNS_IN_WORDS


@dataclass(frozen=True)
class Way:
    """How an article tells of a fact, and what becomes of that if the fact is made a draft."""

    how: str
    without: str


@dataclass(frozen=True)
class Use:
    article: Article
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Place:
    """Rows that join articles to facts of one model, by the paths to both; ``names`` are what a way tells."""

    rows: models.QuerySet[Any]
    fact: str
    ways: dict[str, Way]
    names: str = ""
    is_list: bool = False

    def way(self, kind: str, name: str) -> Way:
        way = self.ways.get(kind, SHOWN)
        return Way(way.how.format(name), way.without.format(name))


SHOWN = Way("shows it", "what shows it disappears")
SUBJECT = {"": Way("is about it", "it stays, without a way to the page")}
DIRECT = {
    "comparison": Way("compares it", "it leaves the comparison, which goes if only one role remains"),
    "certifications": Way("lists its certifications", "the list disappears, with its heading"),
    "role-card": Way("has its role card", "the card disappears"),
    "pathway": Way("draws it", "the drawing disappears, with its heading"),
    "fact": Way("tells a fact of it", "the sentence says “not known”"),
    "link": Way("links to it by name", "the sentence says “a certification not listed here”"),
}
# By model: kinds of block, the noun they name, the way from there to the fact, and how to say it.
THROUGH: dict[str, list[tuple[str, str, str, str]]] = {
    "careers.Credential": [
        ("certifications", "role", "recommendations__credential", "lists it with what {} should earn"),
        ("certifications", "skill", "credentials", "lists it with certifications in {}"),
        ("certifications", "provider", "credentials", "lists it with what {} awards"),
    ],
    "careers.Skill": [("role-card", "role", "role_skills__skill", "names it on the role card of {}")],
    "careers.Technology": [
        ("comparison", "role", "role_technologies__technology", "names it in comparing {}")
    ],
}


def places(label: str) -> Iterator[Place]:
    """Everywhere that an article can tell of a fact of this model."""
    noun = label.rpartition(".")[2].lower()
    for subjects in (Article.roles, Article.credentials):
        if subjects.rel.model._meta.label == label:
            yield Place(subjects.through._default_manager.all(), noun, SUBJECT)
    if noun in NOUNS:
        yield Place(ArticleEmbed.objects.filter(**{f"{noun}__isnull": False}), noun, DIRECT)
    for kind, via, path, how in THROUGH.get(label, ()):
        # What a draft would list, nobody reads.
        there = {f"{via}__status": "published", f"{via}__{path}__isnull": False}
        rows = ArticleEmbed.objects.filter(kind=kind, **there)
        way = {kind: Way(how, "it leaves the list, which disappears if it was alone")}
        yield Place(rows, f"{via}__{path}", way, names=f"{via}__name", is_list=True)


def counts(label: str) -> Counter[int]:
    """How many articles tell of each fact of the model, by its key; as many queries for all as for one."""
    pairs: set[tuple[int, int]] = set()
    for place in places(label):
        pairs.update(place.rows.order_by().values_list(place.fact, "article"))
    return Counter(fact for fact, _ in pairs)


def articles_showing(fact: models.Model) -> list[Use]:
    """All of them, drafts too, the newest first; each with every way in which it tells of the fact."""
    ways: dict[int, dict[Way, None]] = {}
    for place in places(fact._meta.label):
        for article, way in ways_of(place, fact):
            ways.setdefault(article, {})[way] = None
    articles = Article.objects.filter(pk__in=ways).without_texts()
    return [Use(article, tuple(ways[article.pk])) for article in articles.order_by("-published_at", "-pk")]


def ways_of(place: Place, fact: models.Model) -> Iterator[tuple[int, Way]]:
    rows = place.rows.filter(**{place.fact: fact.pk})
    if place.ways is SUBJECT:
        yield from ((article, place.way("", "")) for article in rows.values_list("article", flat=True))
        return
    for article, kind, name in rows.values_list("article", "kind", place.names or "slug"):
        yield article, place.way(kind, name)


def telling_of(fact: models.Model, *, in_lists: bool = True) -> Q:
    """A condition on articles; ``in_lists`` is for facts that lists do show."""
    return Q(pk__in=together(rows_telling_of(fact._meta.label, fact.pk, in_lists=in_lists)))


def rows_telling_of(label: str, key: Any, *, in_lists: bool = True) -> list[models.QuerySet[Any]]:
    """What joins articles to the fact, by each way in which they can tell of it."""
    found = [
        place.rows.order_by().filter(**{f"{place.fact}__pk": key})
        for place in places(label)
        if in_lists or not place.is_list
    ]
    return found or [Article.roles.through._default_manager.none()]


def together(rows: list[models.QuerySet[Any]], *, is_every: bool = False) -> models.QuerySet[Any]:
    """The keys of their articles; with ``is_every``, as often as they are joined."""
    first, *others = [some.order_by().values_list("article", flat=True) for some in rows]
    if others:
        return first.union(*others, all=is_every)
    return first if is_every else first.distinct()


def holding(facts: Iterable[models.Model]) -> list[tuple[models.Model, list[Article]]]:
    """Of facts of one model, those that cannot be deleted, each with the articles whose text names it."""
    by_key = {fact.pk: fact for fact in facts}
    noun = next((str(fact._meta.model_name) for fact in by_key.values()), "")
    if noun not in NOUNS:
        return []
    rows = ArticleEmbed.objects.filter(**{f"{noun}__in": by_key}).order_by(f"{noun}_id", "article_id")
    pairs = dict.fromkeys(rows.values_list(f"{noun}_id", "article_id"))
    articles = Article.objects.without_texts().in_bulk({article for _, article in pairs})
    held: dict[int, list[Article]] = {}
    for fact, article in pairs:
        held.setdefault(fact, []).append(articles[article])
    return [(by_key[fact], found) for fact, found in held.items()]


def mentions_of(fact: models.Model) -> models.QuerySet[Mention]:
    """The places in words, drafts too, of the newest article first."""
    return rows_naming(fact._meta.label, fact.pk).order_by("-article__published_at", "-article")


def rows_naming(label: str, key: Any) -> models.QuerySet[Mention]:
    app, _, name = label.rpartition(".")
    noun = name.lower()
    if app != "careers" or noun not in NOUNS_IN_WORDS:
        return Mention.objects.none()
    return Mention.objects.filter(**{f"{noun}__pk": key})


def only_naming(fact: models.Model, *, in_lists: bool = True) -> Q:
    """A condition on articles: they name the fact, and tell of it in no other way."""
    naming = Q(pk__in=mentions_of(fact).order_by().values("article"))
    return naming & ~telling_of(fact, in_lists=in_lists)
