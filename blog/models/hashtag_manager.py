"""``article.hashtags``: taggit's interface, with spellings resolved by key and written in bulk."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connections, router, transaction
from django.db.models import signals
from taggit.managers import _TaggableManager

from blog import hashtag_names

from .hashtags import ArticleHashtag, Hashtag


class HashtagManager(_TaggableManager):
    def set(self, tags: Iterable[Hashtag | str], **kwargs: Any) -> None:
        self._write(list(tags), only=True)

    def add(self, *tags: Hashtag | str, **kwargs: Any) -> None:
        self._write(list(tags), only=False)

    def _write(self, tags: list[Hashtag | str], *, only: bool) -> None:
        """A hashtag merged in this moment is read once more: by then its name means the other."""
        try:
            self._join(self._to_tag_model_instances(tags, {}), only=only)
        except IntegrityError:
            names = [tag.name if isinstance(tag, Hashtag) else tag for tag in tags]
            self._join(self._to_tag_model_instances(names, {}), only=only)

    def _join(self, wanted: list[Hashtag], *, only: bool) -> None:
        with transaction.atomic(using=self._database()):
            present = self._present()
            if only:
                self._detach(present - {tag.pk for tag in wanted})
            self._attach([tag for tag in wanted if tag.pk not in present])
            self._hold()

    def _hold(self) -> None:
        """Nobody merges or deletes what was joined until this is through; it is gone already: IntegrityError.

        PostgreSQL would look only at the very end, where nobody can mend it. SQLite has one writer at a time.
        """
        connection = connections[self._database()]
        if connection.vendor == "postgresql":
            connection.check_constraints()

    def remove(self, *tags: Hashtag | str) -> None:
        keys = [tag.key if isinstance(tag, Hashtag) else hashtag_names.key_of(tag) for tag in tags]
        attached = ArticleHashtag.objects.filter(content_object=self.instance, tag__key__in=keys)
        self._detach(frozenset(attached.values_list("tag_id", flat=True)))

    def _to_tag_model_instances(
        self, tags: Iterable[Hashtag | str], tag_kwargs: dict[str, Any]
    ) -> list[Hashtag]:
        """In the order given: the rows keep it."""
        tags = list(tags)
        by_key = Hashtag.objects.resolve(tag for tag in tags if isinstance(tag, str))
        return list(dict.fromkeys(tag if isinstance(tag, Hashtag) else by_key[_key(tag)] for tag in tags))

    def _present(self) -> AbstractSet[int]:
        rows = ArticleHashtag.objects.filter(content_object=self.instance)
        return frozenset(rows.values_list("tag_id", flat=True))

    def _attach(self, tags: list[Hashtag]) -> None:
        if not tags:
            return
        rows = [ArticleHashtag(tag=tag, content_object=self.instance) for tag in tags]
        with self._announced("add", {tag.pk for tag in tags}):
            # Another save of the same article may attach the same hashtag at this moment.
            ArticleHashtag.objects.bulk_create(rows, ignore_conflicts=True)

    def _detach(self, pks: AbstractSet[int]) -> None:
        if not pks:
            return
        with self._announced("remove", pks):
            ArticleHashtag.objects.filter(content_object=self.instance, tag__in=pks).delete()

    @contextmanager
    def _announced(self, action: str, pks: AbstractSet[int]) -> Iterator[None]:
        """Django's own signals round a change, as the search index expects them."""
        self._remove_prefetched_objects()  # type: ignore[no-untyped-call]
        self._announce(f"pre_{action}", pks)
        yield
        self._announce(f"post_{action}", pks)

    def _announce(self, action: str, pks: AbstractSet[int]) -> None:
        signals.m2m_changed.send(
            sender=ArticleHashtag,
            action=action,
            instance=self.instance,
            reverse=False,
            model=Hashtag,
            pk_set=pks,
            using=self._database(),
        )

    def _database(self) -> str:
        return router.db_for_write(ArticleHashtag, instance=self.instance)


def _key(name: str) -> str:
    return hashtag_names.key_of(hashtag_names.tidy(name))
