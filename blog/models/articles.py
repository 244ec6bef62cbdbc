from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.functional import cached_property
from taggit.managers import TaggableManager

from blog.alt_texts import says_what_it_shows
from blog.picture_files import tokens_in, with_names_of_today
from blog.rendering import facts_named, mentions_in, render_body, texts_in_full
from blog.sanitising import BodyTooComplex

from .columns import CARD, PAGE, SIGNED
from .embeds import ArticleEmbed
from .hashtag_manager import HashtagManager
from .hashtags import ArticleHashtag, Hashtag
from .mentions import Mention
from .parts import PART, last_changed, part_of
from .paths import path_of
from .picture_uses import PictureUse
from .pictures import Picture
from .reviews import ReviewQuerySet
from .revisions import Revision
from .taxonomy import Author, Category
from .visibility import visible


class ArticleQuerySet(ReviewQuerySet["Article"]):
    def public(self, now: datetime | None = None) -> Self:
        """What a reader may see at ``now``. Every list, count, feed and index of articles starts here."""
        return self.filter(visible(now or timezone.now()))

    def hidden(self, now: datetime) -> list[Self]:
        """All others, by what hides them."""
        others = [state for state in Article.State.values if state != Article.State.PUBLISHED]
        return [
            self.filter(state__in=others),
            self.filter(state=Article.State.PUBLISHED, published_at__gt=now),
            self.filter(expires_at__lte=now),
        ]

    def kept(self) -> Self:
        """Not in the bin."""
        return self.exclude(state=Article.State.BIN)

    def drafts(self) -> Self:
        return self.filter(state=Article.State.DRAFT)

    def due(self, now: datetime) -> Self:
        """Live ones whose scheduled changes should have replaced what readers see."""
        return self.filter(scheduled_at__lte=now)

    def scheduled(self, now: datetime) -> Self:
        return self.filter(state=Article.State.PUBLISHED, published_at__gt=now)

    def expired(self, now: datetime) -> Self:
        """Published once, and past its end."""
        return self.filter(state=Article.State.PUBLISHED, published_at__lte=now, expires_at__lte=now)

    def bylined(self) -> Self:
        """With category, cover and authors in their order, in a fixed number of queries."""
        bylines = ArticleAuthor.objects.select_related("author").only(*SIGNED)
        return self.select_related("category", "cover").prefetch_related(
            models.Prefetch("bylines", queryset=bylines)
        )

    def without_texts(self) -> Self:
        """None of the long columns: a list of them would weigh as much as the stories."""
        return self.defer(*Article.LONG_FIELDS)

    def listed(self) -> Self:
        """What a card shows."""
        return self.bylined().only(*CARD)

    def read(self) -> Self:
        """What the page of one shows of its own row and of those there is one of."""
        return self.bylined().select_related("review", "series_part__series").only(*PAGE)

    def tagged(self, hashtag: Hashtag) -> Self:
        return self.filter(article_hashtags__tag=hashtag)

    def by(self, author: Author) -> Self:
        return self.filter(bylines__author=author)

    def entitled(self, title: str) -> Self:
        """Those of this title, in small letters or in capitals, by an index."""
        return self.filter(Exact(Lower("title"), Lower(Value(title))))

    def published_between(self, start: datetime, end: datetime) -> Self:
        return self.filter(published_at__gte=start, published_at__lt=end)

    def comparing(self) -> Self:
        """Those about two roles or more."""
        subjects = Article.roles.through._default_manager.filter(article=OuterRef("pk"))
        return self.filter(Exists(subjects[1:2]))  # there is a second one


class Article(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"
        BIN = "bin", "In the bin"

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True)
    summary = models.TextField(
        max_length=400, blank=True, help_text="One to three sentences: cards, search results, link previews."
    )
    body = models.TextField(blank=True)
    cover = models.ForeignKey(Picture, models.PROTECT, null=True, blank=True, related_name="cover_of")
    cover_alt = models.CharField(
        max_length=300,
        blank=True,
        validators=[says_what_it_shows],
        help_text="What the cover shows. Empty: as the picture library has it.",
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="articles")
    authors: "models.ManyToManyField[Author, ArticleAuthor]" = models.ManyToManyField(
        Author, through="ArticleAuthor", related_name="articles"
    )
    hashtags = TaggableManager(
        through=ArticleHashtag, blank=True, verbose_name="hashtags", manager=HashtagManager
    )
    roles = models.ManyToManyField("careers.Role", blank=True, related_name="articles")
    credentials = models.ManyToManyField("careers.Credential", blank=True, related_name="articles")

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    first_published_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(null=True, editable=False)  # moves only on a change marked as major
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    # While readers may see it, what is written next stands here and not in the columns above.
    version = models.PositiveIntegerField(default=0, editable=False)  # one more with every save
    live_version = models.PositiveIntegerField(default=0, editable=False)  # the one that readers have
    draft = models.ForeignKey(
        Revision, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    scheduled = models.ForeignKey(
        Revision, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    scheduled_at = models.DateTimeField(null=True, editable=False)

    submitted_at = models.DateTimeField(null=True, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, editable=False)
    approved_version = models.PositiveIntegerField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    form_key = models.UUIDField(null=True, unique=True, editable=False)  # of the form it was first sent with
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    seo_title = models.CharField("search title", max_length=200, blank=True)
    seo_description = models.CharField("search description", max_length=300, blank=True)
    canonical_url = models.URLField("canonical address", max_length=300, blank=True)
    is_featured = models.BooleanField("featured", default=False)

    # Made from the body by blog.rendering on every save.
    RENDERED_FIELDS = ("body_html", "contents", "plain_text", "word_count")
    LONG_FIELDS = ("body", "body_html", "plain_text", "contents")
    body_html = models.TextField(editable=False, default="")
    contents = models.JSONField(editable=False, default=list)
    plain_text = models.TextField(editable=False, default="")
    word_count = models.PositiveIntegerField(editable=False, default=0)

    REVIEW_FIELDS = ("submitted_at", "assigned_to", "returned_at", "approved_version", "approved_by")
    OUT_OF_REVIEW: ClassVar[dict[str, None]] = dict.fromkeys(REVIEW_FIELDS)

    objects = ArticleQuerySet.as_manager()

    address_now = ""  # as it stands in the database, once the admin has opened the newest draft
    opened: Any = None  # what it has in other tables, once ``blog.snapshots`` has opened the newest draft

    class Meta:
        ordering = ["-published_at", "-pk"]
        permissions = [
            ("publish_article", "Can publish, schedule and unpublish articles"),
            ("change_any_article", "Can change unpublished articles begun by others"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="article_published_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(expires_at__gt=F("published_at")),
                name="article_expires_after_publication",
            ),
            models.CheckConstraint(
                condition=Q(scheduled_at__isnull=True) | Q(state="published"),
                name="article_only_live_ones_are_replaced",
            ),
        ]
        indexes = [
            # With the end, so that what is public is known without a look at the rows, whose texts are long.
            models.Index(fields=["state", "-published_at", "-id", "expires_at"], name="article_newest"),
            models.Index(
                fields=["category", "state", "-published_at", "-id", "expires_at"],
                name="article_newest_in_category",
            ),
            models.Index(fields=["expires_at"], name="article_ends", condition=Q(expires_at__isnull=False)),
            models.Index(
                fields=["state", "-published_at", "-id"],
                name="article_featured",
                condition=Q(is_featured=True),
            ),
            models.Index(Lower("title"), name="article_title"),
            models.Index(F("state"), part_of(PART), last_changed().desc(), name="article_last_changed"),
            models.Index(
                fields=["scheduled_at"], name="article_due", condition=Q(scheduled_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        try:
            self.render()
        except BodyTooComplex as refusal:
            raise ValidationError({"body": str(refusal)}) from refusal

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever wrote the body, only what was cleaned is kept, and with it which facts it shows and names.

        May raise BodyTooComplex.
        """
        fields = kwargs.get("update_fields")
        if fields is not None and "body" not in fields:
            super().save(*args, **kwargs)
            return
        self.render()
        if fields is not None:
            kwargs["update_fields"] = {*fields, *self.RENDERED_FIELDS}
        with transaction.atomic():
            pictures = self.bring_pictures_forward()
            super().save(*args, **kwargs)
            ArticleEmbed.objects.keep(self.pk, facts_named(self.body_html))
            Mention.objects.keep({self.pk: mentions_in([self.body])[0]})
            PictureUse.objects.keep(self.pk, pictures)

    def render(self) -> None:
        if self.__dict__.get("_rendered") == self.body:
            return
        rendered = render_body(self.body)
        self.body = rendered.source
        self.body_html = rendered.html
        self.contents = rendered.contents
        self.plain_text = rendered.text
        self.word_count = rendered.words
        self._rendered = rendered.source

    def bring_pictures_forward(self) -> set[int]:
        """The keys of its pictures. One whose file was replaced since then gets its new names."""
        locked = Picture.objects.select_for_update(no_key=True)  # nobody deletes one meanwhile
        pictures = locked.named(tokens_in(self.body))
        former = {name: found.names for name, found in pictures.items() if found.token != name}
        body = with_names_of_today(self.body, former)
        if body != self.body:
            self.body = body
            self.render()
        return {picture.pk for picture in pictures.values()}

    def get_absolute_url(self) -> str:
        return path_of("blog:article-detail", self.slug)

    @property
    def is_public(self) -> bool:
        return self.is_public_at(timezone.now())

    def is_public_at(self, now: datetime) -> bool:
        """The one-row twin of ``ArticleQuerySet.public``."""
        return (
            self.state == self.State.PUBLISHED
            and self.published_at is not None
            and self.published_at <= now
            and (self.expires_at is None or self.expires_at > now)
        )

    def standing_at(self, now: datetime) -> str:
        """The one thing an editor needs to know, in the words of ``standings``."""
        if self.state != self.State.PUBLISHED:
            return "review" if self.state == self.State.DRAFT and self.submitted_at else self.state
        if self.published_at is not None and self.published_at > now:
            return "scheduled"
        if not self.is_public_at(now):
            return "expired"
        if self.scheduled_id is not None:
            return "live-scheduled"
        return "live-draft" if self.draft_id is not None else "live"

    @property
    def is_unfinished(self) -> bool:
        """Whether there is a text that readers do not see yet, and somebody is to finish."""
        is_over_live = self.state == self.State.PUBLISHED and self.draft_id is not None
        return self.state == self.State.DRAFT or is_over_live

    @property
    def is_approved(self) -> bool:
        """As it now stands."""
        return self.submitted_at is not None and self.approved_version == self.version

    def leave_review(self) -> None:
        for name, nothing in self.OUT_OF_REVIEW.items():
            setattr(self, name, nothing)

    def was_public_by(self, now: datetime) -> bool:
        """Whether readers have ever had its address."""
        return self.first_published_at is not None and self.first_published_at <= now

    @property
    def is_updated(self) -> bool:
        """Whether a reader should be told: changed in a major way on a later day than it appeared."""
        return (
            self.updated_at is not None
            and self.published_at is not None
            and timezone.localdate(self.updated_at) > timezone.localdate(self.published_at)
        )

    @property
    def reading_minutes(self) -> int:
        """At 230 words a minute (Brysbaert 2019: adults read English non-fiction at 238), at least one."""
        return max(1, round(self.word_count / 230))

    @classmethod
    def gather_for_search(cls, articles: Sequence["Article"]) -> None:
        """For search: all their words, with what their live parts say today, as cheaply as those of one."""
        bodies = [(article.body_html, article.plain_text) for article in articles]
        texts = texts_in_full(bodies, on=timezone.localdate())
        for article, text in zip(articles, texts, strict=True):
            article.text_in_full = text

    @cached_property
    def text_in_full(self) -> str:
        return texts_in_full([(self.body_html, self.plain_text)], on=timezone.localdate())[0]

    def search_text(self) -> dict[str, str]:
        return {
            "title": self.title,
            "keywords": ", ".join(
                [
                    self.category.name,
                    *(tag.name for tag in self.hashtags.all()),
                    *(byline.author.name for byline in self.bylines.all()),
                ]
            ),
            "summary": self.summary,
            "body": self.text_in_full,
        }

    def visible_spans(self) -> list[tuple[datetime, datetime | None]]:
        """When readers may see it, as search keeps it: ``public`` for all times at once."""
        if self.state != self.State.PUBLISHED or self.published_at is None:
            return []
        return [(self.published_at, self.expires_at)]


class ArticleAuthor(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="bylines")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="article_author_once")]

    def __str__(self) -> str:
        return f"{self.author} on “{self.article}”"
