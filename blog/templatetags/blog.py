"""What the templates ask that is no fact of a row: where the reader is, how long ago, which colour."""

from datetime import datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from blog.drawn import byline, card, careers_way, chip, lead, tile
from blog.told import Told, articles_of

register = template.Library()

TONES = 8
TERRAINS = 6


@register.simple_tag
def aria_current(path: str, address: str) -> SafeString:
    """Of a link to ``address``, on the page at ``path``: says that this is where the reader is."""
    if not path.startswith(address):
        return SafeString("")
    return format_html(' aria-current="{}"', "page" if path == address else "true")


@register.simple_tag
def article_card(article: Any, *, cover: bool = False, summary: bool = False) -> SafeString:
    return card(article, cover=cover, summary=summary)


register.simple_tag(chip, name="hashtag_chip")
register.simple_tag(tile, name="category_tile")
register.simple_tag(byline)
register.simple_tag(lead, name="lead_card")
register.simple_tag(careers_way)


@register.simple_tag
def contents_list(contents: Any) -> SafeString:
    return render_to_string("blog/_contents_list.html", {"contents": contents})


@register.filter
def tone(pk: int) -> str:
    """The colour class of a category: by key, so that it stays when names and order change."""
    return f"tone-{pk % TONES}"


@register.filter
def terrain(pk: int) -> str:
    """Which of the drawn landscapes an article without a cover picture gets."""
    return f"terrain-{pk % TERRAINS}"


@register.filter
def ago(moment: datetime, now: datetime) -> str:
    """In whole days at the finest, so that a page stays the same for as long as caches like."""
    days = (now - moment).days
    if days < 0:
        return "to come"
    if days < 1:
        return "within the last day"
    for unit, length in [("year", 365), ("month", 30), ("week", 7)]:
        if days >= length * 2 or (unit == "year" and days >= length):
            return _counted(days // length, unit)
    return "yesterday" if days == 1 else _counted(days, "day")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'} ago"


@register.simple_tag
def articles_about(*, is_retired: bool = False, **subject: Any) -> Told:
    """The public articles that are about a fact or show it, for the pages of the catalogue:
    ``{% articles_about role=role as articles %}``. No list has what is retired."""
    (fact,) = subject.values()
    return articles_of(fact, timezone.now(), in_lists=not is_retired)


@register.simple_tag
def articles_naming(*, is_retired: bool = False, **subject: Any) -> Told:
    """The other public articles, whose words name a fact: ``{% articles_naming role=role as naming %}``."""
    (fact,) = subject.values()
    return articles_of(fact, timezone.now(), in_lists=not is_retired, in_words=True)
