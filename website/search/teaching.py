"""What editors teach the search from a query: other names, pages to put first, where to lead readers.

Each verb raises ValidationError, in words for the editor, where it cannot be done.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from blog import hashtag_names, publishing, workflow
from blog.models import Article, Category, Hashtag, HashtagAlias
from blog.snapshots import Related
from careers import journal
from careers.models import Role, RoleTitle, Skill, Technology
from website.models import SearchLesson
from website.redirects import address_of, target
from website.whereabouts import page_at

from . import asked, taught
from .words import parse

Kind = SearchLesson.Kind
LONGEST_NAME = 120
NAMED: dict[str, type[models.Model]] = {
    "hashtag": Hashtag,
    "role": Role,
    "skill": Skill,
    "technology": Technology,
}  # kinds of pages whose other names the search knows


@dataclass(frozen=True)
class By:
    """Who teaches, and when."""

    person: Any
    now: datetime


# --- Asked ---------------------------------------------------------------------


def address_for(typed: str) -> str | None:
    """Where readers who search for this are led, if they may see what is there."""
    query = parse(typed)
    lesson = taught.leads_to(query) if query.wanted else None
    if lesson is None:
        return None
    if lesson.target_model:
        return address_of(lesson.target_model, lesson.target_ref)
    return lesson.target_path


def lessons_for(typed: str) -> models.QuerySet[SearchLesson]:
    key = parse(typed).key
    return SearchLesson.objects.exclude(key="").filter(key=key).select_related("taught_by")


# --- Taught --------------------------------------------------------------------


@transaction.atomic
def promote(typed: str, path: str, *, by: By) -> SearchLesson:
    """Put the page at ``path`` first, after those put first before."""
    page = page_at(path)
    if page is None:
        raise ValidationError(f"{path} is a list. Only the page of one thing can be put first.")
    known = SearchLesson.objects.filter(kind=Kind.PROMOTE, key=_key(typed))
    if known.filter(**target(page)).exists():
        raise ValidationError(f"“{page}” stands first already.")
    if known.count() >= taught.MOST:
        raise ValidationError(f"{taught.MOST} pages stand first already. Take one away before.")
    return _keep(typed, Kind.PROMOTE, path, page, by)


@transaction.atomic
def lead(typed: str, path: str, *, by: By) -> SearchLesson:
    """Readers who search for this see ``path`` instead of results; what led elsewhere before is replaced."""
    SearchLesson.objects.filter(kind=Kind.LEAD, key=_key(typed)).delete()
    return _keep(typed, Kind.LEAD, path, page_at(path), by)


def _keep(typed: str, kind: str, path: str, page: Any | None, by: By) -> SearchLesson:
    asked.settle(typed)
    return SearchLesson.objects.create(
        kind=kind,
        key=_key(typed),
        query=asked.folded(typed),
        target_path=path,
        **(target(page) if page else {}),
        taught_at=by.now,
        taught_by=by.person,
    )


def _key(typed: str) -> str:
    query = parse(typed)
    longest = SearchLesson._meta.get_field("key").max_length or 0
    if not query.key or query.excluded or len(query.key) > longest:
        raise ValidationError("Teach a search of a few plain words, without any that are to be left out.")
    return query.key


@transaction.atomic
def add_name(typed: str, page: Any, *, by: By) -> None:
    """Let the words be another name of ``page``: searches for them find it, and what is said of it."""
    name = " ".join(typed.split())
    _key(name)
    if "," in name:
        raise ValidationError("A name has no comma: it would be read as two.")
    if len(name) > LONGEST_NAME:
        raise ValidationError(f"A name has at most {LONGEST_NAME} characters.")
    if isinstance(page, Hashtag):
        _alias(page, name)
    else:
        with journal.recorded(page, by=by.person, at=by.now, note=f"Searched for as “{name}”."):
            _name_fact(page, name)
    asked.settle(typed)


def _alias(hashtag: Hashtag, name: str) -> None:
    alias = HashtagAlias(name=hashtag_names.tidy(name), hashtag=hashtag)
    alias.full_clean(exclude=["key"])
    alias.save()


def _name_fact(fact: Any, name: str) -> None:
    known = fact.titles.values_list("title", flat=True) if isinstance(fact, Role) else fact.aliases
    if name.casefold() in {other.casefold() for other in [fact.name, *known]}:
        raise ValidationError(f"“{fact}” has that name already.")
    if isinstance(fact, Role):
        RoleTitle.objects.create(role=fact, title=name)
    else:
        fact.aliases = [*fact.aliases, name]
        fact.full_clean()
        fact.save()


@transaction.atomic
def open_brief(typed: str, category: Category, note: str, *, by: By) -> Article:
    """A draft that somebody may write, with what is known of the wish for it as its first comment."""
    title = asked.folded(typed)[:1].upper() + asked.folded(typed)[1:]
    if not title:
        raise ValidationError("There is no word in that to write about.")
    if Article.objects.kept().entitled(title).exists():
        raise ValidationError(f"There is an article “{title}” already.")
    article = Article(title=title, category=category)
    publishing.save(article, by=by.person, related=Related(), now=by.now)
    workflow.comment(article, by=by.person, text=note, now=by.now)
    return article
