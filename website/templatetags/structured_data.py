"""What the head of a page tells other sites and search engines: ``{% article_told %}`` and its kin.

Each stands where its page has the rows already, so that telling costs no query of its own but for mentions.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest

from website import cards, structured_data
from website.cards import Card

register = template.Library()

Told = dict[str, Any]


def _step(label: Any, address: str = "") -> tuple[str, str]:
    return str(label), address


@register.inclusion_tag("_told.html", takes_context=True)
def home_told(context: template.Context, description: str) -> Told:
    absolute = context["request"].build_absolute_uri
    site = structured_data.web_site(absolute=absolute)
    card = Card(title=site["name"], url=site["url"], description=description)
    return {"card": card, "data": structured_data.page_data(site, absolute=absolute)}


@register.inclusion_tag("_told.html", takes_context=True)
def article_told(context: template.Context, up: str, up_label: str) -> Told:
    article, absolute = context["article"], context["request"].build_absolute_uri
    about = [*context["roles"], *context["credentials"]]
    image = cards.image_of(article, absolute=absolute)
    posting = structured_data.blog_posting(
        article,
        about=about,
        mentions=structured_data.mentioned(article, about=about, html=context["shown"].html),
        hashtags=context["hashtags"],
        image=image,
        absolute=absolute,
    )
    category = article.category
    trail = [(up_label, up), (category.name, category.get_absolute_url()), _step(article.title)]
    data = structured_data.page_data(posting, trail=trail, absolute=absolute)
    return {"card": cards.of_article(article, image=image, absolute=absolute), "data": data}


@register.inclusion_tag("_told.html", takes_context=True)
def author_told(context: template.Context, up: str, up_label: str) -> Told:
    author, absolute = context["author"], context["request"].build_absolute_uri
    url = page_address(context["request"], context["page"])
    profile = structured_data.profile_page(author, links=context["links"], url=url, absolute=absolute)
    data = structured_data.page_data(profile, trail=[(up_label, up), _step(author.name)], absolute=absolute)
    return {"card": Card(title=author.name, url=url, description=author.short_bio), "data": data}


@register.inclusion_tag("_told.html", takes_context=True)
def listing_told(
    context: template.Context,
    name: Any,
    *,
    description: str = "",
    items: Iterable[Any] = (),
    here: Any = "",
    up: str = "",
    up_label: str = "",
    parent: str = "",
    parent_label: Any = "",
) -> Told:
    """The ways up are those of ``_breadcrumb.html``, by the same names; ``here``, if not ``name``, ends."""
    absolute, page = context["request"].build_absolute_uri, context.get("page")
    url = page_address(context["request"], page)
    collection = structured_data.collection_page(
        str(name),
        url=url,
        description=description,
        items=page.object_list if page is not None else items,
        absolute=absolute,
    )
    ways = [_step(label, way) for label, way in ((up_label, up), (parent_label, parent)) if way]
    data = structured_data.page_data(collection, trail=[*ways, _step(here or name)], absolute=absolute)
    return {"card": Card(title=str(name), url=url, description=description), "data": data}


@register.inclusion_tag("_told.html", takes_context=True)
def role_told(context: template.Context) -> Told:
    """The catalogue's pages have their data from their views."""
    return {"card": cards.of_role(context["role"], absolute=context["request"].build_absolute_uri)}


@register.inclusion_tag("_told.html", takes_context=True)
def fact_told(context: template.Context, title: str, description: str = "", path: str = "") -> Told:
    """``path``: where the page is at home, if it is shown elsewhere too."""
    request = context["request"]
    url = request.build_absolute_uri(path) if path else page_address(request, context.get("page"))
    return {"card": Card(title=title, url=url, description=description)}


def page_address(request: HttpRequest, page: Any) -> str:
    """Of this page of a listing, as its canonical link has it."""
    number = page.number if page is not None else 1
    return request.build_absolute_uri(request.path) + (f"?page={number}" if number > 1 else "")
