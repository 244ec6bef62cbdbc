"""Where pictures are used, by name and with a way there; as many queries for all of them as for one."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Article, Author, Picture, PictureUse
from .picture_files import tokens_in


@dataclass(frozen=True)
class Use:
    """``model`` and ``key`` lead to the page in the admin where it can be changed."""

    name: str
    how: str
    model: str
    key: int


def find_all() -> int:
    """Read every text again; for when something was written past ``Article.save``."""
    articles = Article.objects.order_by("pk").only("body")
    for article in articles.iterator(500):
        found = Picture.objects.named(tokens_in(article.body)).values()
        PictureUse.objects.keep(article.pk, {picture.pk for picture in found})
    return articles.count()


def uses_of(pictures: Iterable[Picture]) -> list[Use]:
    keys = [picture.pk for picture in pictures]
    texts = PictureUse.objects.filter(picture__in=keys).order_by("article__title", "article", "place")
    covers = Article.objects.filter(cover__in=keys).order_by("title", "pk")
    photos = Author.objects.filter(photo__in=keys)
    rows = texts.values_list("article__title", "article", "place")
    return [
        *(Use(name, PictureUse.Place(place).label, "article", key) for name, key, place in rows),
        *(Use(name, "as its cover", "article", key) for name, key in covers.values_list("title", "pk")),
        *(Use(name, "as the photograph", "author", key) for name, key in photos.values_list("name", "pk")),
    ]
