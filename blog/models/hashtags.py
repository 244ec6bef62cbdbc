from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from taggit.models import ItemBase, NaturalKeyManager, TagBase

from blog import hashtag_names
from blog.slugs import free_slug, numbered

from .paths import path_of
from .visibility import PUBLISHED, visible

FEWEST_WORTH_FINDING = 2  # articles
Span = tuple[datetime, datetime | None]  # from when to when something may be seen; None is for ever


class HashtagQuerySet(models.QuerySet["Hashtag"]):
    def public(self, now: datetime | None = None) -> Self:
        """Those a reader can meet: on at least one public article. A draft's hashtag gives nothing away."""
        return self.filter(Exists(_used(now)))

    def matching(self, text: str) -> Self:
        """Hashtags one of whose spellings begins as ``text`` does, the most used first."""
        key = hashtag_names.key_of(hashtag_names.tidy(text))
        used = ArticleHashtag.objects.filter(tag=OuterRef("pk")).order_by().values("tag")
        return (
            self.filter(Q(key__startswith=key) | Q(pk__in=HashtagAlias.beginning(key)))
            .annotate(
                uses=models.functions.Coalesce(models.Subquery(used.annotate(n=Count("pk")).values("n")), 0)
            )
            .order_by(models.Case(models.When(key=key, then=0), default=1), "-uses", "name")
        )

    def spelt(self, text: str) -> Self:
        """The one hashtag ``text`` means, or none."""
        key = hashtag_names.key_of(hashtag_names.tidy(text))
        return self.filter(Q(key=key) | Q(pk__in=HashtagAlias.objects.filter(key=key).values("hashtag")))

    def resolve(self, names: Iterable[str]) -> dict[str, "Hashtag"]:
        """By key, the hashtags these names mean (or are aliases of); made where they are new."""
        wanted = hashtag_names.first_spellings(map(hashtag_names.tidy, names))
        _refuse_faults(wanted.values())
        found = self.known(wanted)
        if missing := {key: name for key, name in wanted.items() if key not in found}:
            found |= self._make(missing)
        return {key: found[key] for key in wanted}

    def known(self, keys: Iterable[str]) -> dict[str, "Hashtag"]:
        """By key, those that a name of this key means already."""
        keys = list(keys)
        known = {hashtag.key: hashtag for hashtag in self.filter(key__in=keys)} if keys else {}
        if rest := [key for key in keys if key not in known]:
            aliases = HashtagAlias.objects.using(self.db).filter(key__in=rest).select_related("hashtag")
            known |= {alias.key: alias.hashtag for alias in aliases}
        return known

    def _make(self, names: dict[str, str]) -> dict[str, "Hashtag"]:
        """Someone else may be making the same ones at this moment: then theirs are taken."""
        new = [Hashtag(name=name, key=key) for key, name in names.items()]
        self._give_slugs(new)
        try:
            with transaction.atomic(using=self.db):
                # In one order for everyone: two who insert the same crosswise would wait for each other.
                self.bulk_create(sorted(new, key=lambda hashtag: hashtag.key))
        except IntegrityError:
            return {key: self._get_or_make(key, name) for key, name in names.items()}
        return {hashtag.key: hashtag for hashtag in new}

    def _get_or_make(self, key: str, name: str) -> "Hashtag":
        for _ in range(5):
            if known := self.known([key]):
                return known[key]
            hashtag = Hashtag(name=name, key=key)
            self._give_slugs([hashtag])
            try:
                with transaction.atomic(using=self.db):
                    hashtag.save(using=self.db, force_insert=True)
            except IntegrityError:
                continue
            return hashtag
        raise IntegrityError(f"hashtag {key!r} could neither be found nor made")

    def _give_slugs(self, hashtags: Sequence["Hashtag"]) -> None:
        bases = [hashtag_names.slug_for(hashtag.name) for hashtag in hashtags]
        taken = self._taken_slugs(bases)
        for hashtag, base in zip(hashtags, bases, strict=True):
            hashtag.slug = free_slug(base, taken, max_length=hashtag_names.MAX_SLUG_LENGTH)
            taken.add(hashtag.slug)

    def _taken_slugs(self, bases: Iterable[str]) -> set[str]:
        length = hashtag_names.MAX_SLUG_LENGTH
        tried = {numbered(base, n, max_length=length) for base in bases for n in range(2, 20)}
        return set(self.filter(slug__in=tried | set(bases)).values_list("slug", flat=True))


def _used(now: datetime | None) -> models.QuerySet[Any]:
    seen = visible(now or timezone.now(), of="content_object__")
    return ArticleHashtag.objects.filter(seen, tag=OuterRef("pk"))


def _timed(keys: Iterable[int]) -> Iterable[tuple[int, datetime, datetime | None]]:
    """Of these hashtags: from when to when each of their articles may be seen."""
    articles = ArticleHashtag.objects.filter(
        tag__in=keys, content_object__state=PUBLISHED, content_object__published_at__isnull=False
    )
    return articles.values_list("tag", "content_object__published_at", "content_object__expires_at")


def _refuse_faults(names: Iterable[str]) -> None:
    if faults := [fault for name in names if (fault := hashtag_names.fault(name))]:
        raise ValidationError(faults)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches of time without overlaps, earliest first. None is for ever."""
    found: list[Span] = []
    for start, end in sorted(spans, key=lambda span: span[0]):
        last = found[-1] if found else None
        if last is None or (last[1] is not None and last[1] < start):
            found.append((start, end))
        elif last[1] is not None and (end is None or end > last[1]):
            found[-1] = (last[0], end)
    return found


class Hashtag(TagBase):
    """One topic, however it is spelt: ``key`` is what Python, python and #PYTHON have in common."""

    key = models.CharField(max_length=hashtag_names.MAX_KEY_LENGTH, unique=True, editable=False)
    description = models.TextField(blank=True)

    objects = NaturalKeyManager.from_queryset(HashtagQuerySet)()  # type: ignore[misc]

    class Meta:
        ordering = ["name"]
        permissions = [("merge_hashtag", "Can merge hashtags, and take that back")]

    def get_absolute_url(self) -> str:
        return path_of("blog:tag-detail", self.slug)

    def clean(self) -> None:
        self.name = hashtag_names.tidy(self.name)
        is_new = not Hashtag.objects.filter(pk=self.pk, name=self.name).exists()
        if fault := hashtag_names.fault(self.name) or (is_new and hashtag_names.several(self.name)):
            raise ValidationError({"name": fault})
        self.key = hashtag_names.key_of(self.name)
        self._refuse_taken_key()

    def _refuse_taken_key(self) -> None:
        if other := Hashtag.objects.filter(key=self.key).exclude(pk=self.pk).first():
            raise ValidationError({"name": f"The hashtag “{other.name}” already covers this spelling."})
        # Its own other spelling may become its name.
        aliases = HashtagAlias.objects.filter(key=self.key).exclude(hashtag=self.pk)
        if alias := aliases.select_related("hashtag").first():
            raise ValidationError({"name": f"“{alias.name}” already means “{alias.hashtag.name}”."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = hashtag_names.tidy(self.name)
        self.key = hashtag_names.key_of(self.name)
        if not self.slug:
            type(self).objects.all()._give_slugs([self])
        super().save(*args, **kwargs)  # type: ignore[no-untyped-call]

    def other_names(self) -> list[str]:
        return list(self.aliases.values_list("name", flat=True))

    @property
    def is_public(self) -> bool:
        return type(self).objects.public().filter(pk=self.pk).exists()

    @classmethod
    def gather_for_search(cls, hashtags: Sequence["Hashtag"]) -> None:
        """When each may be seen. One whose articles are many has one that stays, and it is found first."""
        now, keys = timezone.now(), [hashtag.pk for hashtag in hashtags]
        stays = _used(now).filter(content_object__expires_at=None).order_by("content_object_id")
        since = models.Subquery(stays.values("content_object__published_at")[:1])
        spans: dict[int, list[Span]] = {
            key: [] if start is None else [(start, None)]
            for key, start in cls.objects.filter(pk__in=keys).values_list("pk", since)
        }
        for key, start, end in _timed([key for key in keys if not spans.get(key)]):
            spans.setdefault(key, []).append((start, end))
        for hashtag in hashtags:
            hashtag.spans = merged(spans.get(hashtag.pk, ()))

    @cached_property
    def spans(self) -> list[Span]:
        type(self).gather_for_search([self])
        return self.spans

    def visible_spans(self) -> list[Span]:
        """When at least one of its articles may be seen, from now on: ``public`` for all times to come."""
        return self.spans

    def search_text(self) -> dict[str, str]:
        return {
            "title": self.name,
            "keywords": ", ".join(alias.name for alias in self.aliases.all()),
            "summary": self.description,
            "body": "",
        }


class HashtagAlias(models.Model):
    """Another spelling that means an existing hashtag: ML for machine learning."""

    name = models.CharField(max_length=hashtag_names.MAX_LENGTH)
    key = models.CharField(max_length=hashtag_names.MAX_KEY_LENGTH, unique=True, editable=False)
    hashtag = models.ForeignKey(Hashtag, models.CASCADE, related_name="aliases")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "hashtag aliases"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = hashtag_names.tidy(self.name)
        if fault := hashtag_names.fault(self.name):
            raise ValidationError({"name": fault})
        self.key = hashtag_names.key_of(self.name)
        self._refuse_taken_key()

    def _refuse_taken_key(self) -> None:
        hashtag = Hashtag.objects.filter(key=self.key).first()
        is_being_renamed = hashtag is not None and hashtag == self.hashtag and self.hashtag.key != self.key
        if hashtag and not is_being_renamed:
            raise ValidationError(
                {"name": f"“{hashtag.name}” is a hashtag itself, so it cannot be an alias."}
            )
        other = (
            HashtagAlias.objects.filter(key=self.key).exclude(pk=self.pk).select_related("hashtag").first()
        )
        if other:
            raise ValidationError({"name": f"“{other.name}” already means “{other.hashtag.name}”."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whatever saves it: an alias never stands in the way of a hashtag."""
        self.name = hashtag_names.tidy(self.name)
        self.key = hashtag_names.key_of(self.name)
        self._refuse_taken_key()
        super().save(*args, **kwargs)

    @classmethod
    def beginning(cls, key: str) -> models.QuerySet["HashtagAlias", int]:
        return cls.objects.filter(key__startswith=key).values_list("hashtag", flat=True)


class ArticleHashtag(ItemBase):
    content_object = models.ForeignKey("blog.Article", models.CASCADE, related_name="article_hashtags")
    tag = models.ForeignKey(Hashtag, models.CASCADE, related_name="article_hashtags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="article_hashtag_once")]
        indexes = [models.Index(fields=["content_object", "tag"])]
