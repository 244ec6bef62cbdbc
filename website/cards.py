"""What other sites show where somebody links to a page: Open Graph and Twitter read the same few words."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings

from blog.models import Article, Picture
from blog.picture_files import address, nearest
from careers.models import Role
from careers.structured_data import Absolute

from . import posters
from .poster_drawing import HEIGHT, WIDTH

NARROWEST: Final = 600  # pixels: smaller pictures are shown as a stamp beside the words


@dataclass(frozen=True)
class Image:
    url: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True)
class Card:
    title: str
    url: str
    description: str = ""
    kind: str = "website"
    image: Image | None = None
    article: tuple[tuple[str, str], ...] = ()
    site: str = settings.SITE_NAME


def of_article(article: Article, *, image: Image, absolute: Absolute) -> Card:
    dates = (
        ("published_time", article.published_at),
        ("modified_time", article.updated_at if article.is_updated else None),
    )
    authors = [absolute(byline.author.get_absolute_url()) for byline in article.bylines.all()]
    return Card(
        title=article.seo_title or article.title,
        url=canonical(article, absolute=absolute),
        description=article.seo_description or article.summary,
        kind="article",
        image=image,
        article=(
            *((name, moment.isoformat()) for name, moment in dates if moment),
            *(("author", author) for author in authors),
            ("section", article.category.name),
        ),
    )


def canonical(article: Article, *, absolute: Absolute) -> str:
    return article.canonical_url or absolute(article.get_absolute_url())


def image_of(article: Article, *, absolute: Absolute) -> Image:
    """The cover, if it is wide enough to be shown large; else the picture drawn for the article."""
    if article.cover is not None and article.cover.width >= NARROWEST:
        return photograph(article.cover, article.cover_alt or article.cover.alt, absolute=absolute)
    return Image(
        absolute(posters.address(article)), WIDTH, HEIGHT, f"{article.title}. {article.category.name}"
    )


def photograph(picture: Picture, alt: str, *, absolute: Absolute) -> Image:
    width = nearest(WIDTH, picture.width)
    height = max(1, round(picture.height * width / picture.width))
    return Image(absolute(address(picture.token, width)), width, height, alt)


def of_role(role: Role, *, absolute: Absolute) -> Card:
    return Card(
        title=role.name,
        url=absolute(role.get_absolute_url()),
        description=role.summary or role.main_focus,
        image=Image(absolute(posters.address(role)), WIDTH, HEIGHT, f"{role.name}. Role"),
    )
