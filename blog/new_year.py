"""Titles that still have last year's number: found, put right together, and put back together.

A number alone makes nothing fresh: whoever changes it in what readers have seen tells them what else changed.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from . import publishing, snapshots
from .models import Article, ArticleQuerySet, ChangeNote

TEXTS = ("title", "summary", "seo_title", "seo_description")
AHEAD = timedelta(days=60)
OLDEST = 2000  # what is older is history, not a title grown old
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Stale:
    """An article with an old year, and each of its texts that has one as it could be instead."""

    article: Article  # its texts in memory are those of its draft, where one waits
    proposed: dict[str, str]
    year_in_address: int | None

    @property
    def has_draft(self) -> bool:
        """The change goes into it, and out with it."""
        return self.article.draft_id is not None

    @property
    def has_schedule(self) -> bool:
        """Changes to come are somebody's decision already: only named here."""
        return self.article.draft_id is None and self.article.scheduled_id is not None


@dataclass(frozen=True)
class Change:
    """What is to become of one article; ``version`` is when it was last saved as far as the editor saw."""

    article: int
    version: str
    texts: dict[str, str]
    note: str


@dataclass
class Undo:
    """All that is needed to put one article back; plain values, so that a session can keep them."""

    article: int
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    updated_at: str = ""
    note: int | None = None
    in_draft: bool = False


# --- Finding ----------------------------------------------------------------


def coming_year(on: date) -> int:
    """The year that titles should have: sixty days before it begins, the next."""
    return (on + AHEAD).year


def old_year(text: str, *, year: int) -> int | None:
    """The newest year in ``text``, if it is older than ``year``."""
    years = [int(found) for found in YEAR.findall(text)]
    newest = max(years, default=None)
    return newest if newest is not None and OLDEST <= newest < year else None


def renewed(text: str, *, year: int) -> str:
    """``text`` with its newest year replaced: “2019–2026” becomes “2019–2027”."""
    old = old_year(text, year=year)
    return text if old is None else re.sub(rf"(?<!\d){old}(?!\d)", str(year), text)


def stale(articles: ArticleQuerySet, *, year: int) -> list[Stale]:
    """Those with an old year in what a list or a search engine shows of them, the newest number first."""
    has_year = Q(slug__regex=r"20[0-9][0-9]")
    for name in TEXTS:
        has_year |= Q(**{f"{name}__regex": r"20[0-9][0-9]"})
    waits = Q(draft__isnull=False) | Q(scheduled__isnull=False)  # what waits is looked at in its stead
    rows = articles.kept().filter(has_year | waits).select_related("draft", "scheduled")
    found = [_looked_at(article, year) for article in rows.without_texts()]
    return [one for one in found if one.proposed or one.year_in_address]


def _looked_at(article: Article, year: int) -> Stale:
    if newest := article.draft or article.scheduled:
        for name in (*TEXTS, "slug"):
            setattr(article, name, newest.content[name])
    texts = {name: getattr(article, name) for name in TEXTS}
    proposed = {name: renewed(text, year=year) for name, text in texts.items() if old_year(text, year=year)}
    return Stale(article, proposed, old_year(article.slug, year=year))


def version_of(article: Article) -> str:
    return article.modified_at.isoformat()


# --- Changing ---------------------------------------------------------------


@transaction.atomic
def apply(changes: Collection[Change], *, by: Any, now: datetime) -> list[Undo]:
    """All of them or none."""
    articles = _locked(change.article for change in changes)
    return [_applied(articles.get(change.article), change, by=by, now=now) for change in changes]


def _applied(article: Article | None, change: Change, *, by: Any, now: datetime) -> Undo:
    if article is None or version_of(article) != change.version:
        name = f"“{article}”" if article else "One of them"
        raise ValidationError(f"{name} has changed meanwhile. Nothing was changed; please look again.")
    in_draft = _opened(article)
    if article.was_public_by(now) and not in_draft and not change.note.strip():
        raise ValidationError(f"“{article}”: say in a sentence what has changed, for readers.")
    before = {name: getattr(article, name) for name in change.texts}
    undo = Undo(article.pk, before, change.texts, in_draft=in_draft)
    undo.updated_at = article.updated_at.isoformat() if article.updated_at else ""
    _write(article, change.texts, is_major=not in_draft, change_note=change.note, by=by, now=now)
    note = ChangeNote.objects.filter(article=article, at=now).last()
    undo.note = note.pk if note else None
    return undo


@transaction.atomic
def put_back(undos: Iterable[Undo], *, by: Any, now: datetime) -> list[str]:
    """Every article that is still as ``apply`` left it; the titles of the others."""
    undos = list(undos)
    articles = _locked(undo.article for undo in undos)
    left = []
    for undo in undos:
        article = articles.get(undo.article)
        if article is None or not _stands_as_left(article, undo):
            left.append(str(article or "an article that is gone"))
            continue
        article.updated_at = datetime.fromisoformat(undo.updated_at) if undo.updated_at else None
        _write(article, undo.before, is_major=False, by=by, now=now)
        if undo.note is not None:
            ChangeNote.objects.filter(pk=undo.note).delete()
    return left


def _stands_as_left(article: Article, undo: Undo) -> bool:
    if _opened(article) != undo.in_draft:
        return False
    return all(getattr(article, name) == text for name, text in undo.after.items())


def _opened(article: Article) -> bool:
    """Whether a draft waits over what readers see; its texts are then those in memory."""
    if article.draft_id is None:
        return False
    snapshots.open_working_copy(article)
    return True


def _locked(keys: Iterable[int]) -> dict[int, Article]:
    rows = Article.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk")
    return {article.pk: article for article in rows}


def _write(article: Article, texts: dict[str, str], **details: Any) -> None:
    """The one place where these texts reach an article, and with it readers, if they see it already."""
    for name, text in texts.items():
        setattr(article, name, text)
    is_out = article.state == Article.State.PUBLISHED and article.draft_id is None
    verb = publishing.publish if is_out else publishing.save
    verb(article, **details)
