"""Titles that still have last year's number: found, and put right together, as any change of many (``bulk``).

A number alone makes nothing fresh: whoever changes it in what readers have seen tells them what else changed.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from . import bulk, snapshots
from .bulk import Proposal
from .models import Article, ArticleQuerySet, Batch

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
    """What is to become of one article; ``version`` is the one that the editor saw."""

    article: int
    version: int
    texts: dict[str, str]
    note: str


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


# --- Changing ---------------------------------------------------------------


@transaction.atomic
def apply(changes: Collection[Change], *, what: str, by: Any, now: datetime) -> Batch:
    """All of them or none; one undo for all (``bulk.undo``)."""
    articles = Article.objects.select_related("draft").in_bulk([change.article for change in changes])
    proposals = [_proposal(articles.get(change.article), change, now=now) for change in changes]
    return bulk.apply(proposals, what=what, by=by, at_once=True, now=now)


def _proposal(article: Article | None, change: Change, *, now: datetime) -> Proposal:
    if article is None:
        raise ValidationError("One of them is gone meanwhile. Nothing was changed.")
    note = "" if article.draft_id else change.note.strip()
    if article.was_public_by(now) and not article.draft_id and not note:
        raise ValidationError(f"“{article}”: say in a sentence what has changed, for readers.")
    before = snapshots.of(article, snapshots.open_working_copy(article))
    return Proposal(article, before, {**before, **change.texts}, change.version, note)
