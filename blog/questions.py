"""What most pages of the blog ask the database, each question written once (see ``blog.prepared``)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import BigAutoField, DateTimeField, QuerySet, SlugField
from django.http import Http404

from .models import Article, ArticleAuthor, ArticleHashtag, Category, ChangeNote, Hashtag
from .models.columns import FEED, SIGNED
from .prepared import Prepared

MOST_CHANGES: Final = 20
KEY: Any = BigAutoField()
NOW: Any = DateTimeField()
SLUG: Any = SlugField()
ROLE: Any = Article.roles.rel.model
CREDENTIAL: Any = Article.credentials.rel.model


def _one(slug: Any, now: Any) -> QuerySet[Article]:
    return Article.objects.public(now).read().prefetch_related(None).order_by().filter(slug=slug)


def _in_their_order() -> Any:
    return Category.objects.all()


def _called(slug: Any) -> Any:
    return Category.objects.order_by().filter(slug=slug)


def _some(keys: Any, now: Any) -> QuerySet[Article]:
    return Article.objects.public(now).listed().prefetch_related(None).order_by().filter(pk__in=keys)


def _whole(keys: Any, now: Any) -> QuerySet[Article]:
    rows = Article.objects.public(now).bylined().prefetch_related(None).order_by()
    return rows.filter(pk__in=keys).only(*FEED)


def _names(articles: Any) -> Any:
    rows = ArticleHashtag.objects.filter(content_object__pk__in=articles).order_by("pk")
    return rows.values_list("content_object", "tag__name")


def _authors(articles: Any) -> QuerySet[ArticleAuthor]:
    rows = ArticleAuthor.objects.select_related("author").only(*SIGNED)
    return rows.filter(article__pk__in=articles)


def _hashtags(article: Any) -> QuerySet[Hashtag]:
    rows = Hashtag.objects.filter(article_hashtags__content_object__pk=article)
    return rows.order_by("article_hashtags__pk")


def _credentials(article: Any) -> Any:
    return CREDENTIAL.objects.public().filter(articles__pk=article).select_related("provider")


_article = Prepared(Article, _one, slug=SLUG, now=NOW)
_cards = Prepared(Article, _some, keys=KEY, now=NOW)
_texts = Prepared(Article, _whole, keys=KEY, now=NOW)
_hashtag_names = Prepared(ArticleHashtag, _names, articles=KEY)
_bylines = Prepared(ArticleAuthor, _authors, articles=KEY)
hashtags_of = Prepared(Hashtag, _hashtags, article=KEY)
roles_of = Prepared(ROLE, lambda article: ROLE.objects.public().filter(articles__pk=article), article=KEY)
credentials_of = Prepared(CREDENTIAL, _credentials, article=KEY)
changes_of = Prepared(
    ChangeNote, lambda article: ChangeNote.objects.filter(article__pk=article)[:MOST_CHANGES], article=KEY
)


categories: Final[Prepared[Category]] = Prepared(Category, _in_their_order)
public_roles = Prepared(ROLE, lambda: ROLE.objects.public().only("name", "slug"))
_category: Final[Prepared[Category]] = Prepared(Category, _called, slug=SLUG)


def category(slug: str) -> Category:
    found = _category(slug=slug)
    if not found:
        raise Http404("There is no such category.")
    return found[0]


def public_article(slug: str, now: datetime) -> Article | None:
    """With all that its page shows of its own row and of those there is one of, and with its authors."""
    found = _article(slug=slug, now=now)
    _tell_authors(found)
    return found[0] if found else None


def cards(keys: Sequence[int], now: datetime) -> list[Article]:
    """Those that are public, in the order of their keys, with what a card shows."""
    return _in_order(keys, _cards(keys=list(keys), now=now))


def in_full(keys: Sequence[int], now: datetime) -> list[Article]:
    """The same with what a feed has of each, and its hashtags: ``hashtags_by_name``."""
    found = _in_order(keys, _texts(keys=list(keys), now=now))
    names: dict[int, list[str]] = {article.pk: [] for article in found}
    for key, name in _hashtag_names(articles=list(names)):
        names[key].append(name)
    for article in found:
        article.hashtags_by_name = names[article.pk]  # type: ignore[attr-defined]
    return found


def _in_order(keys: Sequence[int], found: list[Article]) -> list[Article]:
    _tell_authors(found)
    by_key = {article.pk: article for article in found}
    return [by_key[key] for key in keys if key in by_key]


def _tell_authors(articles: Iterable[Article]) -> None:
    """As ``prefetch_related`` does."""
    by_key: dict[int, list[ArticleAuthor]] = {article.pk: [] for article in articles}
    for byline in _bylines(articles=list(by_key)):
        by_key[byline.article_id].append(byline)
    for article in articles:
        known = ArticleAuthor.objects.all()
        known._result_cache, known._prefetch_done = by_key[article.pk], True  # type: ignore[attr-defined]
        article._prefetched_objects_cache = {"bylines": known}  # type: ignore[attr-defined]
