"""The pages of the stories. Each asks the clock once and shows what is public at that moment."""

from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch
from django.utils import timezone
from django.views.decorators.http import require_safe

from . import archive, counting, places, previewing, questions, tag_pages
from .kinship import related
from .listed import Listed, listed
from .listings import Keys, keys_of, listing_page
from .models import Article, ArticleQuerySet, Author, Hashtag, Series
from .models.hashtags import FEWEST_WORTH_FINDING
from .prepared import Prepared
from .questions import NOW
from .rendering import show_body
from .series import parts_of, standing

LATEST = 9
COMPARISONS = 2
POPULAR_HASHTAGS = 18
RELATED = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    lead, latest = _lead_and_latest(now)
    context = {
        "lead": lead,
        "latest": latest,
        "comparisons": _comparisons(now=now),
        "categories": counting.counted(questions.categories(), now),
        "roles": questions.public_roles(),
        "hashtags": counting.popular(now, POPULAR_HASHTAGS),
    }
    return render(request, "blog/home.html", context)


def _lead_and_latest(now: datetime) -> tuple[Listed | None, list[Listed]]:
    """The newest of those that are featured, most often one of the newest; else simply the newest."""
    newest = _newest(now=now)
    if not newest:
        return None, []
    lead = [*_featured(now=now), *newest][0]
    found = listed(list(dict.fromkeys([lead, *newest])), now)
    others = [one for one in found if one.pk != lead]
    return next((one for one in found if one.pk == lead), None), others[:LATEST]


_newest = Prepared(
    Article, lambda now: Article.objects.public(now).values_list("pk", flat=True)[: LATEST + 1], now=NOW
)
_featured = Prepared(
    Article,
    lambda now: Article.objects.public(now).filter(is_featured=True).values_list("pk", flat=True)[:1],
    now=NOW,
)


def _comparing(now: Any) -> ArticleQuerySet:
    """Where none compares, every article would have been looked at."""
    lately = Article.objects.public(now).values("pk")[: counting.LATELY]
    return Article.objects.filter(pk__in=lately).comparing().only("title", "slug")[:COMPARISONS]


_comparisons = Prepared(Article, _comparing, now=NOW)


def _page_of(request: HttpRequest, keys: Keys, now: datetime, *, count: int) -> Page[Any]:
    return listing_page(request, keys, count=count, read=lambda keys: listed(keys, now))


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    page = _page_of(request, places.of_all(now), now, count=counting.number(now))
    return render(request, "blog/article_list.html", {"page": page})


@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    article = questions.public_article(slug, now)
    if article is None:
        raise Http404("There is no such article.")
    shared: dict[str, list[Any]] = {
        "roles": questions.roles_of(article=article.pk),
        "credentials": questions.credentials_of(article=article.pk),
        "hashtags": questions.hashtags_of(article=article.pk),
    }
    context = {
        **shared,
        "article": article,
        "now": now,
        "shown": show_body(article.body_html, article.contents, on=timezone.localdate(now)),
        "change_notes": questions.changes_of(article=article.pk),
        "standing": standing(article, now),
        "related": related(article, now, **shared, most=RELATED),
    }
    return render(request, "blog/article_detail.html", context)


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A version that is not published, for who has the link."""
    now, link = timezone.now(), previewing.link_of(token)
    if link is None:
        raise Http404("Nobody made this link.")
    if previewing.is_live(link, now):
        return previewing.for_nobody_else(redirect(link.article))
    if link.revoked_at is not None or link.expires_at <= now or link.article.state == Article.State.BIN:
        why = "The link has run out." if link.expires_at <= now else "The link was taken back."
        ended = render(request, "blog/preview_ended.html", {"why": why}, status=410)
        return previewing.for_nobody_else(ended)
    return previewing.version_page(request, link, now)


@require_safe
def category_list(request: HttpRequest) -> HttpResponse:
    categories = counting.counted(questions.categories(), timezone.now())
    return render(request, "blog/category_list.html", {"categories": categories})


@require_safe
def category_detail(request: HttpRequest, slug: str) -> HttpResponse:
    category, now = questions.category(slug), timezone.now()
    count = counting.count_of(category, now)
    page = _page_of(request, places.of_category(category, now), now, count=count)
    return render(request, "blog/category_detail.html", {"category": category, "page": page})


@require_safe
def author_list(request: HttpRequest) -> HttpResponse:
    authors = counting.counted(Author.objects.select_related("photo"), timezone.now())
    return render(request, "blog/author_list.html", {"authors": authors})


@require_safe
def author_detail(request: HttpRequest, slug: str) -> HttpResponse:
    author = get_object_or_404(Author, slug=slug)
    now = timezone.now()
    count = counting.count_of(author, now)
    page = _page_of(request, places.of_author(author, count, now), now, count=count)
    context = {"author": author, "links": author.links.all(), "page": page}
    return render(request, "blog/author_detail.html", context)


@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    series = counting.used(Series, Series.objects.all(), timezone.now())
    return render(request, "blog/series_list.html", {"all_series": series})


@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    series = get_object_or_404(Series.objects.public(now), slug=slug)
    return render(
        request, "blog/series_detail.html", {"series": series, "parts": parts_of(series, now).listed()}
    )


@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    every = Hashtag.objects.defer("description").order_by("key")
    hashtags = counting.used(Hashtag, every, timezone.now())
    return render(request, "blog/tag_list.html", {"hashtags": hashtags})


@require_safe
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return _tag_page(request, [slug])


@require_safe
def tag_combination(request: HttpRequest, slugs: str) -> HttpResponse:
    """``ai+python``: in the order of the alphabet, or the reader is led there."""
    return _tag_page(request, slugs.split("+"))


def _tag_page(request: HttpRequest, slugs: list[str]) -> HttpResponse:
    now = timezone.now()
    hashtags = tag_pages.meant(slugs, now)
    address = tag_pages.address_of(hashtag.slug for hashtag in hashtags)
    if slugs != [hashtag.slug for hashtag in hashtags]:
        return redirect(address, permanent=True)
    rarest_first = counting.rarest_first(hashtags)
    number = counting.number_with(rarest_first, now)
    count = number.value
    page = _page_of(request, places.of_hashtags(hashtags, count, now), now, count=count)
    newest = tag_pages.newest_of(rarest_first, count, now)
    context = {
        "hashtags": hashtags,
        "title": tag_pages.title_of(hashtags),
        "address": address,
        "page": page,
        "are_more": not number.is_all,
        "is_thin": page.paginator.count < FEWEST_WORTH_FINDING,
        "narrowing": tag_pages.narrowing(hashtags, newest, count, now),
        "broadening": tag_pages.broadening(hashtags, now),
        "subjects": tag_pages.subjects(newest, count),
        "fewest_to_search": tag_pages.FEWEST_TO_SEARCH,
    }
    if len(hashtags) == 1:
        context |= {"hashtag": hashtags[0], "names": tag_pages.names_of(hashtags[0])}
    return render(request, "blog/tag_detail.html", context)


@require_safe
def archive_index(request: HttpRequest) -> HttpResponse:
    years = archive.years(timezone.now())
    return render(request, "blog/archive.html", {"years": years})


@require_safe
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    now = timezone.now()
    articles = Article.objects.public(now).published_between(*archive.year_span(year))
    months = archive.months_of(year, now)
    count = sum(month.count for month in months)
    page = _at_least_one(_page_of(request, keys_of(articles), now, count=count))
    context = {"year": year, "months": months, "page": page}
    return render(request, "blog/archive_year.html", context)


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    start, end = archive.month_span(year, month)
    now = timezone.now()
    articles = Article.objects.public(now).published_between(start, end)
    page = _at_least_one(_page_of(request, keys_of(articles), now, count=articles.count()))
    return render(request, "blog/archive_month.html", {"first_day": start, "page": page})


@require_safe
def archive_plainly(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Months are often written with a nought before them."""
    try:
        return redirect("blog:archive-month", year, month, permanent=True)
    except NoReverseMatch as error:
        raise Http404("There is no such month.") from error


def _at_least_one(page: Any) -> Any:
    if not page.object_list:
        raise Http404("Nothing was published then.")
    return page
