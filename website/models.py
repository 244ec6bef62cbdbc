"""What belongs to the site as a whole: what search knows of each page, and addresses without one."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class SearchDocumentQuerySet(models.QuerySet["SearchDocument"]):
    def visible(self, now: datetime) -> Self:
        return self.filter(Q(visible_until__isnull=True) | Q(visible_until__gt=now), visible_from__lte=now)


class SearchDocument(models.Model):
    """A public page as search sees it, for one span of time in which readers may see it.

    Nearly every page has one row. A hashtag whose articles leave a gap in time has a row on each side of it.
    """

    kind = models.CharField(max_length=20)
    ref = models.PositiveBigIntegerField()
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(null=True)
    weight = models.PositiveSmallIntegerField(default=0)  # which of two pages of one name comes first
    url = models.CharField(max_length=300)
    names = models.TextField()  # keys of everything the page is called, each between two bars

    # As shown.
    title = models.TextField()
    keywords = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)

    # As found: the words website.search.words makes of them, and all that either database indexes.
    title_words = models.TextField()
    keywords_words = models.TextField(blank=True)
    summary_words = models.TextField(blank=True)
    body_words = models.TextField(blank=True)

    # What results are narrowed by, and the headings a passage can stand under (see facets, passages).
    # Nullable: SQLite adds such a column without making the table anew, which would lose its triggers.
    facets = models.TextField(null=True)  # noqa: DJ001
    headings = models.JSONField(null=True)

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "ref", "visible_from"], name="search_document_once"),
        ]
        indexes = [
            models.Index(fields=["-visible_from"], name="search_document_newest"),
            models.Index(fields=["url"], name="search_document_url"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class Redirect(models.Model):
    """An address a public page once had. It names the page, not its next address: so no chain can form."""

    old_path = models.CharField(max_length=300, unique=True)
    target_model = models.CharField(max_length=60)
    target_ref = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "changed address"
        verbose_name_plural = "changed addresses"
        indexes = [models.Index(fields=["target_model", "target_ref"], name="redirect_target")]

    def __str__(self) -> str:
        return self.old_path


class Signpost(models.Model):
    """What an editor lets an address answer that has no page of its own, or no longer.

    One that leads to a page remembers the page, as a redirect does; ``target_path`` is where it was then.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", "Lead readers to another page"
        WITHDRAWN = "withdrawn", "Withdrawn: say why"
        GONE = "gone", "Gone: say no more than that"

    path = models.CharField("address", max_length=300, unique=True)
    kind = models.CharField("readers who come here", max_length=10, choices=Kind)
    target_path = models.CharField("leads to", max_length=300, blank=True)
    target_model = models.CharField(max_length=60, blank=True, editable=False)
    target_ref = models.PositiveBigIntegerField(null=True, editable=False)
    reason = models.TextField(max_length=400, blank=True)
    see_also = models.JSONField(default=list, editable=False)  # pages near it, as pairs of model and key
    put_up_at = models.DateTimeField(editable=False)
    put_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["-put_up_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="moved") ^ Q(target_path=""), name="signpost_leads_somewhere_if_it_leads"
            ),
            models.CheckConstraint(
                condition=~Q(kind="withdrawn") | ~Q(reason=""), name="signpost_withdrawn_says_why"
            ),
        ]
        indexes = [models.Index(fields=["target_model", "target_ref"], name="signpost_target")]

    def __str__(self) -> str:
        return self.path


class MissingAddress(models.Model):
    """An address readers asked for in vain, how often, and nothing of who asked."""

    path = models.CharField(max_length=300, unique=True)
    times = models.PositiveIntegerField(default=0)
    last_asked_on = models.DateField()
    is_ignored = models.BooleanField(default=False)

    class Meta:
        ordering = ["-times", "-last_asked_on", "pk"]
        verbose_name_plural = "missing addresses"
        indexes = [models.Index(fields=["is_ignored", "-times"], name="missing_most_asked_for")]

    def __str__(self) -> str:
        return self.path


class SearchCount(models.Model):
    """How often readers searched for these words on a day, and nothing of who asked."""

    text = models.CharField(max_length=80)
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)
    in_vain = models.PositiveIntegerField(default=0)  # of these, how often nothing was found

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["text", "day"], name="search_count_once")]
        indexes = [models.Index(fields=["day"], name="search_count_day")]

    def __str__(self) -> str:
        return self.text


class SearchLesson(models.Model):
    """What editors taught the search for one query: a page to put first, or where to lead readers at once.

    A page is remembered as a redirect does it; ``target_path`` is where it was then.
    """

    class Kind(models.TextChoices):
        PROMOTE = "promote", "Put first"
        LEAD = "lead", "Lead readers there"

    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=200)  # what spellings of the query have in common
    query = models.CharField(max_length=80)
    target_path = models.CharField(max_length=300)
    target_model = models.CharField(max_length=60, blank=True)
    target_ref = models.PositiveBigIntegerField(null=True)
    taught_at = models.DateTimeField()
    taught_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        permissions = [("teach_searchlesson", "Can read what readers search for, and teach the search")]
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(kind="lead"), name="search_leads_to_one_address"
            ),
            models.UniqueConstraint(
                fields=["key", "target_model", "target_ref"],
                condition=Q(kind="promote"),
                name="search_promotes_a_page_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="lead") | Q(target_ref__isnull=False), name="search_promotes_pages"
            ),
        ]
        indexes = [models.Index(fields=["key"], name="search_lesson_key")]

    def __str__(self) -> str:
        return f"“{self.query}”: {self.get_kind_display().lower()}: {self.target_path}"
