"""The only code that changes an article's state, its dates of publication and, with them, its address.

Every verb is told who does it and when. ``by=None`` is the site itself: a command, a loader.
A person needs the permission to publish for whatever changes what readers see, now or at a set time.

The article in memory holds what is to be kept: the columns as they were typed, and in ``related`` what stands
in other tables (by default as it was). ``base`` is the version that this went on from (by default the one
that was loaded). All verbs may raise ``Conflict``; nothing is written then.
"""

from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections, router, transaction
from django.utils import timezone

from . import addresses, linting, snapshots, states
from .models import Act, Article, ChangeNote, Revision
from .patience import at_most
from .saving import Conflict, Person, Saving, hold_pictures
from .snapshots import Snapshot
from .states import Standing

__all__ = ["Conflict", "MayNotPublish", "Person"]

PERMISSION = "blog.publish_article"
# Every request asks this: building it from ``Article.objects.due`` takes far longer than the answer.
DUE: Final = "SELECT id FROM blog_article WHERE scheduled_at <= %s ORDER BY scheduled_at, id"
A_READER_WAITS: Final = 0.5  # seconds for whoever is writing, before what is due is left to the next
State, Verb = Article.State, Act.Verb


class MustBeMended(ValidationError):
    """The desk check found what keeps a story from readers, and nobody said why it should go out."""

    def __init__(self, findings: list[linting.Finding]) -> None:
        super().__init__([f"{finding.message}" for finding in findings])
        self.findings = findings


class MayNotPublish(PermissionDenied):
    """Someone who may not publish tried to change what readers see."""


def may_publish(person: Person | None) -> bool:
    return person is None or person.has_perm(PERMISSION)


@transaction.atomic
def save(
    article: Article, *, by: Person | None, is_major: bool = False, now: datetime, **details: Any
) -> None:
    """Keep what was written as the newest draft. What readers see, or will at a set time, stays as it is."""
    saving = Saving(article, by=by, now=now, is_major=is_major, **details)
    if article.pk is not None and not saving.changes_something:
        return
    saving.claim()
    if article.state == State.PUBLISHED:
        _lay_over(saving)
        return
    addresses.settle(article, now=now)
    saving.write_row()
    saving.keep()
    saving.log(Verb.SAVED)


def _lay_over(saving: Saving) -> None:
    article = saving.article
    article.draft = saving.keep()
    hold_pictures(article)
    Article.objects.filter(pk=article.pk).update(draft=article.draft)
    saving.log(Verb.SAVED_DRAFT)


@transaction.atomic
def publish(
    article: Article,
    *,
    by: Person | None,
    at: datetime | None = None,
    is_major: bool = False,
    reason: str = "",
    now: datetime,
    **details: Any,
) -> None:
    """Let readers see ``article`` from ``at`` on: by default its own date if it has one, or this moment.

    Raises MustBeMended, unless ``reason`` says why it goes out all the same.
    """
    _refuse_unless_publisher(by)
    saving = Saving(article, by=by, now=now, is_major=is_major, **details)
    _check(saving, reason)
    article.published_at = at or article.published_at or now
    if article.expires_at is not None and article.expires_at <= article.published_at:
        raise ValidationError({"expires_at": "It would expire before it is published."})
    saving.claim()
    addresses.settle(article, now=now)
    _date(article, is_major=is_major, now=now)
    if not article.was_public_by(now):
        article.first_published_at = article.published_at
    article.state = State.PUBLISHED
    article.leave_review()
    article.live_version = article.version
    saving.write_row()
    _tell_readers(article, saving.keep(), by=by, now=now)
    saving.log(Verb.SCHEDULED if article.published_at > now else Verb.PUBLISHED)


@transaction.atomic
def schedule(
    article: Article,
    *,
    by: Person | None,
    at: datetime,
    is_major: bool = False,
    reason: str = "",
    now: datetime,
    **details: Any,
) -> None:
    """Let what was written replace what readers see at ``at``. Until then they see what they see today."""
    _refuse_unless_publisher(by)
    if not Article.objects.public(now).filter(pk=article.pk).exists():
        publish(article, by=by, at=at, is_major=is_major, reason=reason, now=now, **details)
        return
    if at <= now:
        raise ValidationError({"goes_live_at": "That moment has passed. Publish now, or choose a later one."})
    saving = Saving(article, by=by, now=now, is_major=is_major, **details)
    _check(saving, reason)
    saving.claim()
    article.scheduled, article.scheduled_at, article.draft = saving.keep(), at, None
    hold_pictures(article)
    Article.objects.filter(pk=article.pk).update(
        scheduled=article.scheduled, scheduled_at=at, draft=None, **Article.OUT_OF_REVIEW
    )
    saving.log(Verb.SCHEDULED)


def catch_up(now: datetime) -> int:
    """Whatever was to go live by ``now`` does; how many did. Every request that may show articles asks.

    Two who ask at once do it once. What stands scheduled is what the next save goes on from, then and now:
    nobody's version changes.
    """
    due = _due(now)
    if not due:
        return 0
    with at_most(A_READER_WAITS):
        return sum(_go_live(pk, now) for pk in due)


def _due(now: datetime) -> list[int]:
    database = connections[router.db_for_read(Article)]
    with database.cursor() as cursor:
        cursor.execute(DUE, [database.ops.adapt_datetimefield_value(now)])
        return [pk for (pk,) in cursor.fetchall()]


@transaction.atomic
def _go_live(pk: int, now: datetime) -> bool:
    article = Article.objects.select_for_update().due(now).filter(pk=pk).first()
    if article is None or article.scheduled is None or article.scheduled_at is None:
        return False
    revision, moment = article.scheduled, article.scheduled_at
    before = snapshots.of(article)
    related = snapshots.put(article, revision.content)  # a draft written since goes on waiting
    article.scheduled, article.scheduled_at, article.live_version = None, None, revision.version
    _date(article, is_major=revision.is_major, now=moment)
    addresses.settle(article, now=now)
    addresses.step_aside(article)
    addresses.write(article)
    snapshots.relate(article, related)
    hold_pictures(article)
    _tell_readers(article, revision, by=revision.made_by, now=moment)
    changed = sorted(snapshots.changes(before, snapshots.of(article, related)))
    Act.record(article, Verb.WENT_LIVE, by=None, at=moment, changes={"fields": changed})
    return True


@transaction.atomic
def unpublish(
    article: Article, *, by: Person | None, is_major: bool = False, now: datetime, **details: Any
) -> None:
    """Take ``article`` back into the drafts. Its dates stay, unless readers never saw it."""
    _take_away(article, State.DRAFT, Verb.UNPUBLISHED, by=by, is_major=is_major, now=now, **details)


@transaction.atomic
def archive(article: Article, *, by: Person | None, now: datetime, **details: Any) -> None:
    """Done with: no reader sees it, and no list of work."""
    _take_away(article, State.ARCHIVED, Verb.ARCHIVED, by=by, now=now, **details)


@transaction.atomic
def move_to_bin(article: Article, *, by: Person | None, now: datetime, **details: Any) -> None:
    """Out of every list, and nothing lost: ``take_out_of_bin`` is the way back."""
    _take_away(article, State.BIN, Verb.BINNED, by=by, now=now, **details)


def _take_away(
    article: Article, state: str, verb: str, *, by: Person | None, now: datetime, **details: Any
) -> None:
    _refuse_unless_publisher(by)
    saving = Saving(article, by=by, now=now, **details)
    saving.claim()
    addresses.settle(article, now=now)
    _date(article, is_major=saving.is_major, now=now)
    if not article.was_public_by(now):
        article.first_published_at = None
    article.state = state
    article.leave_review()
    saving.write_row()
    saving.keep()
    saving.log(verb)


@transaction.atomic
def take_out_of_bin(article: Article, *, by: Person | None, now: datetime, **details: Any) -> None:
    """Back among the drafts: readers see it again when somebody publishes it."""
    _refuse_unless_publisher(by)
    saving = Saving(article, by=by, now=now, **details)
    saving.claim()
    article.state = State.DRAFT
    saving.write_row()
    saving.keep()
    saving.log(Verb.RESTORED)


@transaction.atomic
def put_back(
    article: Article, standing: Standing, *, by: Person | None, now: datetime, **details: Any
) -> None:
    """Where it stood, with what readers had and what waited over it (``states.of``).

    What readers have had since then, they have had: its first date stays.
    """
    _refuse_unless_publisher(by)
    was_seen = article.first_published_at if article.was_public_by(now) else None
    shown = standing["shown"]
    related = snapshots.put(article, shown) if shown else snapshots.relations(article)
    saving = Saving(article, by=by, now=now, related=related, **details)
    saving.claim()
    states.put(article, standing)
    article.first_published_at = article.first_published_at or was_seen
    addresses.step_aside(article)
    saving.write_row()
    _lay_back(saving, states.waiting(article, standing))
    saving.keep()
    saving.log(Verb.TAKEN_BACK)


def _lay_back(saving: Saving, waiting: dict[str, Any]) -> None:
    newest = waiting["draft"] or waiting["scheduled"]
    if newest is not None:
        article = saving.article
        saving.after = snapshots.of(article, snapshots.put(article, newest.content))
        Article.objects.filter(pk=article.pk).update(**waiting)
        article.draft, article.scheduled = waiting["draft"], waiting["scheduled"]
        hold_pictures(article)


@transaction.atomic
def delete(article: Article, *, by: Person | None, now: datetime) -> None:
    """For good, with its revisions. Only the log remembers it."""
    _refuse_unless_publisher(by)
    Act.record(article, Verb.DELETED, by=by, at=now)
    article.delete()


@transaction.atomic
def restore(revision: Revision, *, by: Person | None, base: int, now: datetime) -> Article:
    """What ``revision`` said becomes the newest draft; what readers see stays."""
    article: Article = revision.article
    related = snapshots.put(article, revision.content)
    note = f"From version {revision.version}"
    save(article, by=by, now=now, related=related, base=base, note=note)
    return article


@transaction.atomic
def discard_draft(article: Article, *, by: Person | None, base: int | None = None, now: datetime) -> None:
    """Back to what readers see. The draft stays among the revisions."""
    fresh = Article.objects.get(pk=article.pk)
    saving = Saving(fresh, by=by, now=now, base=base, related=snapshots.relations(fresh))
    saving.claim()
    saving.keep()
    fresh.draft = None
    Article.objects.filter(pk=fresh.pk).update(draft=None, **Article.OUT_OF_REVIEW)
    hold_pictures(fresh)
    saving.log(Verb.DISCARDED)


@transaction.atomic
def unschedule(article: Article, *, by: Person | None, now: datetime, **details: Any) -> None:
    """The changes that were to go live stay as a draft."""
    _refuse_unless_publisher(by)
    saving = Saving(article, by=by, now=now, **details)
    saving.claim()
    article.draft, article.scheduled, article.scheduled_at = saving.keep(), None, None
    Article.objects.filter(pk=article.pk).update(draft=article.draft, scheduled=None, scheduled_at=None)
    hold_pictures(article)
    saving.log(Verb.UNSCHEDULED)


def _refuse_unless_publisher(by: Person | None) -> None:
    if not may_publish(by):
        raise MayNotPublish("Only publishers change what readers see.")


def must_be_mended(snapshot: Snapshot, *, on: date) -> list[linting.Finding]:
    return linting.must_be_mended(linting.Story.of_values(snapshot), on=on)


def _check(saving: Saving, reason: str) -> None:
    """The site itself publishes what it is given; a person what is fit, or says why."""
    if saving.by is None:
        return
    findings = must_be_mended(saving.after, on=timezone.localdate(saving.now))
    if findings and not reason.strip():
        raise MustBeMended(findings)
    if findings:
        Act.record(saving.article, Verb.OVERRODE, by=saving.by, at=saving.now, note=reason.strip())


def _tell_readers(article: Article, revision: Revision, *, by: Person | None, now: datetime) -> None:
    if revision.is_major and revision.change_note.strip():
        ChangeNote.tell(article, revision.change_note, by=by, now=now)


def _date(article: Article, *, is_major: bool, now: datetime) -> None:
    if is_major and article.was_public_by(now):
        article.updated_at = now
