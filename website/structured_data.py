"""What search engines may read of articles, listings and authors: only what their pages show.

In the words of schema.org, and in the form that ``careers.structured_data`` gives to the catalogue's pages.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, ArticleEmbed, Author, Hashtag, Mention
from blog.prepared import Prepared
from blog.questions import KEY
from blog.rendering import has_live_parts
from careers.structured_data import Absolute, ScriptData, Thing, breadcrumb_list, document, item_list, known

from .cards import Image, canonical, photograph

# By the name of the model: what it is for machines, and where its own page says so.
FACTS: Final = {
    "role": ("Occupation", "#occupation"),
    "credential": ("EducationalOccupationalCredential", "#credential"),
    "provider": ("Organization", "#provider"),
    "skill": ("DefinedTerm", ""),
    "technology": ("DefinedTerm", ""),
}
NAMED_IN_WORDS: Final = ("role", "skill", "technology", "credential")
SHOWN: Final = ("role", "skill", "provider", "credential")
MOST_MENTIONS: Final = 24
LANGUAGE: Final = "en-GB"  # as base.html has it

Trail = Iterable[tuple[str, str]]


def page_data(*things: Thing, trail: Trail = (), absolute: Absolute) -> ScriptData:
    """All that one page tells machines; without a trail, it is the home page."""
    steps = list(trail)
    way = [breadcrumb_list([("Home", "/"), *steps], absolute=absolute)] if steps else []
    return ScriptData(document(*things, *way))


# --- The site ---------------------------------------------------------------


def publisher(*, absolute: Absolute) -> Thing:
    home = absolute("/")
    return {"@type": "Organization", "@id": f"{home}#publisher", "name": settings.SITE_NAME, "url": home}


def web_site(*, absolute: Absolute) -> Thing:
    """With the search form that stands on every page."""
    home = absolute("/")
    return {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "url": home,
        "name": settings.SITE_NAME,
        "description": settings.SITE_TAGLINE,
        "inLanguage": LANGUAGE,
        "publisher": publisher(absolute=absolute),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute(reverse("search")) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


# --- Articles ---------------------------------------------------------------


def blog_posting(
    article: Article,
    *,
    about: Iterable[Any],
    mentions: Iterable[Any],
    hashtags: Iterable[Hashtag],
    image: Image,
    absolute: Absolute,
) -> Thing:
    published, changed = article.published_at, article.updated_at if article.is_updated else None
    url = absolute(article.get_absolute_url())
    return known(
        {
            "@type": "BlogPosting",
            "@id": f"{url}#article",
            "url": url,
            "mainEntityOfPage": canonical(article, absolute=absolute),
            "headline": article.title,
            "description": article.summary,
            "image": image_object(image),
            "datePublished": published and timezone.localtime(published).isoformat(),
            "dateModified": changed and timezone.localtime(changed).isoformat(),
            "author": [writer(byline.author, absolute=absolute) for byline in article.bylines.all()],
            "publisher": publisher(absolute=absolute),
            "inLanguage": LANGUAGE,
            "articleSection": article.category.name,
            "keywords": [hashtag.name for hashtag in hashtags],
            "about": [fact(row, absolute=absolute) for row in about],
            "mentions": [fact(row, absolute=absolute) for row in mentions],
        }
    )


def image_object(image: Image) -> Thing:
    return {"@type": "ImageObject", "url": image.url, "width": image.width, "height": image.height}


def fact(row: Any, *, absolute: Absolute) -> Thing:
    """By its name and address. All else stands on its own page."""
    kind, part = FACTS[row._meta.model_name]
    url = absolute(row.get_absolute_url())
    return known({"@type": kind, "@id": part and f"{url}{part}", "name": row.name, "url": url})


def mentioned(article: Article, *, about: Iterable[Any], html: str) -> list[Any]:
    """The public facts that ``html``, the article as it is shown, calls by their names, and is not about."""
    subjects = set(about)
    found = dict.fromkeys(
        row
        for row in facts_of(article)
        if row.is_public and row not in subjects and escape(row.name, quote=False) in html
    )
    return list(found)[:MOST_MENTIONS]


def facts_of(article: Article) -> Iterator[Any]:
    """What the words name, most often first, then what live blocks show."""
    named = _named(article=article.pk)
    shown = _shown(article=article.pk) if has_live_parts(article.body_html) else []
    for rows, nouns in ((named, NAMED_IN_WORDS), (shown, SHOWN)):
        for row in rows:
            yield from filter(None, (getattr(row, noun) for noun in nouns))


def _with_names(rows: QuerySet[Any], nouns: Iterable[str]) -> QuerySet[Any]:
    columns = [f"{noun}__{column}" for noun in nouns for column in ("name", "slug", "status")]
    return rows.select_related(*nouns).only(*columns)


_named: Final = Prepared(
    Mention,
    lambda article: _with_names(
        Mention.objects.filter(article__pk=article).order_by("-count", "pk"), NAMED_IN_WORDS
    ),
    article=KEY,
)
_shown: Final = Prepared(
    ArticleEmbed,
    lambda article: _with_names(ArticleEmbed.objects.filter(article__pk=article), SHOWN),
    article=KEY,
)


# --- Authors and listings ---------------------------------------------------


def writer(author: Author, *, absolute: Absolute) -> Thing:
    url = absolute(author.get_absolute_url())
    kind = "Organization" if author.is_organisation else "Person"
    return {"@type": kind, "@id": f"{url}#author", "name": author.name, "url": url}


def profile_page(author: Author, *, links: Iterable[Any], url: str, absolute: Absolute) -> Thing:
    photo = author.photo and photograph(author.photo, author.photo_alt or author.photo.alt, absolute=absolute)
    told = known(
        {
            **writer(author, absolute=absolute),
            "description": author.short_bio or author.bio,
            "image": photo and image_object(photo),
            "sameAs": [link.url for link in links],
        }
    )
    return {"@type": "ProfilePage", "@id": url, "url": url, "name": author.name, "mainEntity": told}


def collection_page(
    name: str, *, url: str, description: str = "", items: Iterable[Any] = (), absolute: Absolute
) -> Thing:
    """A listing, with what this page of it lists, in its order."""
    rows = [(str(row), row.get_absolute_url()) for row in items]
    return known(
        {
            "@type": "CollectionPage",
            "@id": url,
            "url": url,
            "name": name,
            "description": description,
            "isPartOf": {"@id": f"{absolute('/')}#site"},
            "mainEntity": item_list(name, rows, absolute=absolute) or None,
        }
    )
