"""How one save of an article is decided and kept; ``publishing`` says what it means for readers.

Whoever saves names the version it went on from. One conditional UPDATE decides: of two who went on from the
same version the first is through, and the second is told, with both texts at hand.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F

from . import addresses, snapshots
from .models import Act, Article, Picture, PictureUse, Revision
from .picture_files import tokens_in
from .snapshots import Related, Snapshot

LONGEST_SHOWN = 200

# A user of any kind; typed loosely because the site may bring its own user model.
Person = Any


class Conflict(Exception):
    """Somebody saved this article since ``base``. Nothing was written; what was typed is in ``mine``."""

    def __init__(self, article: Article, *, base: int, mine: Snapshot) -> None:
        super().__init__(f"“{article.title}” was saved by someone else in the meantime.")
        self.article, self.base, self.mine = article, base, mine


@dataclass
class Saving:
    """One person's save. ``article`` holds in memory what is to be kept; ``related``, where given, too."""

    article: Article
    by: Person | None
    now: datetime
    base: Any = None
    related: Related | None = None
    note: str = ""
    is_major: bool = False
    change_note: str = ""
    before: Snapshot = field(init=False, default_factory=dict)
    after: Snapshot = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """May raise BodyTooComplex."""
        article = self.article
        self.base = article.version if self.base is None else self.base
        if self.related is None and article.opened is None and (article.draft_id or article.scheduled_id):
            snapshots.open_working_copy(article)  # nobody typed anything: what waits is meant
        self.related = self.related if self.related is not None else article.opened
        article.render()  # so that what is compared is spelt in one way
        if article.pk is not None:
            self.before = content_at(article, self.base)
        if self.related is None:
            self.related = _related(self.before) if self.before else Related()
        self.after = snapshots.of(article, self.related)

    @property
    def changes_something(self) -> bool:
        return self.before != self.after

    def claim(self) -> None:
        """Ours is the next version, or nobody's: raises Conflict."""
        if self.article.pk is None:
            self.article.version = 1
            return
        rows = Article.objects.filter(pk=self.article.pk, version=self.base)
        if not rows.update(version=F("version") + 1, modified_at=self.now):
            raise Conflict(self.article, base=self.base, mine=self.after)
        self.article.version = self.base + 1
        # The row is ours now: what colleagues did since it was loaded stays done.
        self.article.refresh_from_db(fields=Article.REVIEW_FIELDS)

    def write_row(self) -> None:
        """What was typed becomes the article itself; nothing waits beside it any more."""
        article = self.article
        if article.pk is None and article.created_by_id is None:
            article.created_by = self.by
        article.draft = article.scheduled = article.scheduled_at = None
        addresses.write(article)
        snapshots.relate(article, self.related or Related())
        hold_pictures(article)
        self.after = snapshots.of(article, self.related)

    def keep(self) -> Revision:
        return Revision.objects.create(
            article=self.article,
            version=self.article.version,
            made_at=self.now,
            made_by=self.by,
            note=self.note[:300],
            is_major=self.is_major,
            change_note=self.change_note,
            content=self.after,
        )

    def log(self, verb: str) -> None:
        changed = {name: [*map(_short, pair)] for name, pair in self._changed().items()}
        Act.record(self.article, verb, by=self.by, at=self.now, note=self.note, changes=changed)

    def _changed(self) -> dict[str, list[Any]]:
        return snapshots.changes(self.before, self.after)


def hold_pictures(article: Article) -> None:
    """Pictures of what waits over a live article are used, too: nobody deletes them meanwhile."""
    waiting = [revision.content for revision in (article.draft, article.scheduled) if revision]
    tokens = {token for content in waiting for token in tokens_in(content["body"])}
    pictures = {picture.pk for picture in Picture.objects.named(tokens).values()} if tokens else set()
    covers = {content["cover"] for content in waiting} - {None}
    there = set(Picture.objects.filter(pk__in=covers).values_list("pk", flat=True)) if covers else set()
    PictureUse.objects.keep(article.pk, pictures | there, place="draft")


def content_at(article: Article, version: int) -> Snapshot:
    """What it said at ``version``. An article nobody has saved since revisions are kept is kept now."""
    kept = Revision.objects.filter(article=article, version=version).first()
    if kept is not None:
        return {**kept.content, "hashtags": snapshots.named_today(kept.content["hashtags"])}
    stored = Article.objects.get(pk=article.pk)
    content = snapshots.of(stored)
    if stored.version == version:
        made_at, made_by = stored.modified_at, stored.created_by_id
        Revision.objects.get_or_create(
            article=article,
            version=version,
            defaults={
                "content": content,
                "made_at": made_at,
                "made_by_id": made_by,
                "note": "As it was before",
            },
        )
    return content


def _related(snapshot: Snapshot) -> Related:
    return Related(
        **{name: tuple(snapshot[name]) for name in ("authors", "hashtags", "roles", "credentials")}
    )


def _short(value: Any) -> Any:
    """The log says what changed; what a long text said is in the revisions."""
    return f"{value[:LONGEST_SHOWN]}…" if isinstance(value, str) and len(value) > LONGEST_SHOWN else value
