"""A read text as a draft: which article it belongs to already, and what the draft is made of."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db import IntegrityError, transaction

from blog import publishing
from blog.models import Article, ArticleSource, Author, Category
from blog.rendering import names_of_roles
from blog.slugs import slug_of
from blog.snapshots import Related, relations

Link = Literal["text", "title", "file"]


class AlreadyImported(Exception):
    """Somebody imported the same text at this moment."""


class NotOpen(Exception):
    """Somebody published or deleted the draft at this moment: what readers see, no import changes."""


@dataclass(frozen=True)
class Known:
    """An article that this text belongs to. ``by`` says what they share."""

    article: Article
    by: Link
    is_edited: bool  # by hand, since it was imported: an update would take that away

    @property
    def is_open(self) -> bool:
        """What readers see, or will see at a set time, no import changes."""
        return self.article.state == Article.State.DRAFT


@dataclass(frozen=True)
class Source:
    """The text handed in, and the file it came in."""

    text: str
    file_name: str = ""

    @property
    def digest(self) -> str:
        """Spaces at the ends of lines and how lines end are no difference."""
        lines = [line.rstrip() for line in self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        return _digest("\n".join(lines).strip())


@dataclass
class Draft:
    """What becomes of it, as a person or a command confirmed it."""

    title: str
    body: str
    category: Category
    summary: str = ""
    published_at: datetime | None = None
    authors: Sequence[Author] = ()
    new_authors: Sequence[str] = ()
    hashtags: Sequence[str] = field(default_factory=list)
    roles: Sequence[str] = ()  # slugs


def known(source: Source, *, title: str) -> Known | None:
    """By the text itself, by the title, or by the name of the file, the surest first."""
    sources = ArticleSource.objects.select_related("article")
    if same := sources.filter(digest=source.digest).first():
        return _known(same, "text")
    if same := sources.filter(title=_key(title)).order_by("-imported_at", "-pk").first():
        return _known(same, "title")
    # Without a limit, for which PostgreSQL would go through all articles from the newest on.
    if written := list(Article.objects.kept().entitled(title[:200]).order_by("-pk")):
        return Known(written[0], "title", is_edited=True)
    if source.file_name and (
        same := sources.filter(file_name=source.file_name).order_by("-imported_at", "-pk").first()
    ):
        return _known(same, "file")
    return None


def role_names() -> dict[str, tuple[str, ...]]:
    """Of the roles that readers can meet, by slug, its own name first."""
    return names_of_roles()


def keep(
    draft: Draft, source: Source, *, onto: Article | None, by: publishing.Person | None, now: datetime
) -> Article:
    """Make the draft, or put it in the place of the one in ``onto``.

    Raises AlreadyImported and NotOpen.
    """
    try:
        with transaction.atomic():
            article = _stored(draft, onto and _locked(onto), by=by, now=now)
            values = {
                "digest": source.digest,
                "title": _key(draft.title),
                "file_name": source.file_name[:200],
                "body_digest": _digest(article.body),
                "imported_at": now,
            }
            ArticleSource.objects.update_or_create(article=article, defaults=values)
    except IntegrityError:
        if ArticleSource.objects.filter(digest=source.digest).exists():
            raise AlreadyImported from None
        raise
    return article


def _stored(draft: Draft, onto: Article | None, *, by: publishing.Person | None, now: datetime) -> Article:
    """The one place from which an import writes an article."""
    article = onto or Article(published_at=draft.published_at)
    article.title, article.summary, article.body = draft.title, draft.summary, draft.body
    article.category = draft.category
    authors = [*draft.authors, *map(_author, draft.new_authors)]
    roles: Any = Article._meta.get_field("roles").related_model
    related = Related(
        authors=tuple(author.pk for author in authors),
        hashtags=tuple(draft.hashtags),
        roles=tuple(roles.objects.filter(slug__in=draft.roles).values_list("pk", flat=True)),
        credentials=relations(article).credentials,
    )
    publishing.save(article, by=by, now=now, related=related, note="Imported")
    return article


def _locked(article: Article) -> Article:
    found = Article.objects.select_for_update().drafts().filter(pk=article.pk).first()
    if found is None:
        raise NotOpen
    return found


def _author(name: str) -> Author:
    slug = slug_of(name, max_length=80, fallback="author")
    author: Author = Author.objects.get_or_create(slug=slug, defaults={"name": name[:120]})[0]
    return author


def _known(source: ArticleSource, by: Link) -> Known:
    return Known(source.article, by, is_edited=source.body_digest != _digest(source.article.body))


def _key(title: str) -> str:
    return " ".join(title.casefold().split())[:200]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
