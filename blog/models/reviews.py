"""Where an article is between its writer and its readers: questions about many at once."""

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from careers.bringing import BringingQuerySet

WEEK = timedelta(days=7)
UNFINISHED = Q(state="draft") | Q(state="published", draft__isnull=False)
M = TypeVar("M", bound=models.Model)
APPROVED = Q(approved_version=F("version"))


class ReviewQuerySet(BringingQuerySet[M]):
    """The part of ``ArticleQuerySet`` that colleagues ask."""

    def unfinished(self) -> Self:
        """Drafts, and drafts over what readers see."""
        return self.filter(UNFINISHED)

    def in_review(self) -> Self:
        """Submitted, and nobody has said yes to it as it now stands."""
        return self.filter(UNFINISHED, submitted_at__isnull=False).exclude(APPROVED)

    def approved(self) -> Self:
        """As they now stand: whatever is saved afterwards has to be looked at again."""
        return self.filter(UNFINISHED, APPROVED, submitted_at__isnull=False)

    def returned_to(self, person: models.Model) -> Self:
        return self.filter(UNFINISHED, created_by=person, returned_at__isnull=False)

    def assigned_to_person(self, person: models.Model) -> Self:
        return self.filter(UNFINISHED, assigned_to=person)

    def work_of(self, person: models.Model) -> Self:
        """What ``person`` began and is not yet with the readers, and what was given to them."""
        return self.filter(UNFINISHED, Q(created_by=person) | Q(assigned_to=person))

    def going_out(self, now: datetime, within: timedelta = WEEK) -> Self:
        """New ones, and changes of live ones, with a set moment in that time."""
        end = now + within
        is_new = Q(state="published", published_at__gt=now, published_at__lte=end)
        return self.filter(is_new | Q(scheduled_at__gt=now, scheduled_at__lte=end))
