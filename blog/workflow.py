"""From the writer to an editor and on: the acts of colleagues upon a text that readers do not see yet.

Whoever submits, returns or approves does it to the version in front of them, ``seen``: had somebody saved
since, they are told (``Conflict``), and nothing happens. An act repeated is no act. Each leaves its line in
the log, in the same transaction.

A writer acts on what they began or were given, an editor on all. Nobody approves what they began themselves:
a second person has to have read it. A publisher may publish without any of this.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.text import get_text_list

from .models import Act, Article, DraftComment
from .models.comments import LONGEST
from .saving import Conflict, Person, content_at

Verb = Act.Verb
BACKEND = "django.contrib.auth.backends.ModelBackend"  # the one of those in use that knows permissions
CHANGE_ANY, PUBLISH = "blog.change_any_article", "blog.publish_article"


class NotNow(Exception):
    """It makes no sense at this moment; the words say why, to the person who asked."""


# --- Who may ------------------------------------------------------------------------------------------------


def may_edit(person: Person, article: Article | None) -> bool:
    """A writer: own articles, and those given to them. An editor: any."""
    if not person.has_perm("blog.change_article"):
        return False
    if article is None or may_review(person):
        return True
    return person.pk in (article.created_by_id, article.assigned_to_id)


def who_may_edit(article: Article) -> str:
    """For those who may not: "robin, kim and any editor or publisher"."""
    people = filter(None, (article.created_by, article.assigned_to))
    return get_text_list([*dict.fromkeys(map(str, people)), "any editor or publisher"], "and")


def may_review(person: Person) -> bool:
    return any(map(person.has_perm, (CHANGE_ANY, PUBLISH)))


def may_approve(person: Person, article: Article) -> bool:
    return may_review(person) and article.created_by_id != person.pk


def may_be_given() -> QuerySet[Any]:
    """Those who could go on with an article, were it given to them."""
    everyone: Any = get_user_model()._default_manager
    people: QuerySet[Any] = everyone.with_perm("blog.change_article", backend=BACKEND)
    return people.filter(is_staff=True).order_by("username")


def open_to(person: Person, article: Article) -> set[str]:
    """The acts that make sense now for ``person``. What a form offers; each act asks again."""
    waiting, own = article.submitted_at is not None, article.created_by_id == person.pk
    is_written = article.state in {Article.State.DRAFT, Article.State.PUBLISHED}
    if not may_edit(person, article) or not is_written:
        return set()
    offered = {
        "submit": not waiting,
        "take_back": waiting and own,
        "return": waiting and not own and may_review(person),
        "approve": waiting and not article.is_approved and may_approve(person, article),
        "assign": article.is_unfinished and may_review(person),
        "comment": article.pk is not None,
    }
    return {act for act, makes_sense in offered.items() if makes_sense}


# --- The acts -----------------------------------------------------------------------------------------------


@transaction.atomic
def submit(article: Article, *, by: Person, note: str = "", seen: int | None = None, now: datetime) -> bool:
    """Ask for it to be read."""
    _refuse_unless(may_edit(by, article))
    _require_unfinished(article)
    fresh = _at(article, seen).filter(submitted_at=None)
    if not fresh.update(submitted_at=now, returned_at=None, approved_version=None, approved_by=None):
        return _had_happened(article, seen)
    changes = {"review": ["returned" if article.returned_at else "", "submitted"]}
    return _done(article, Verb.SUBMITTED, by=by, note=note, at=now, changes=changes)


@transaction.atomic
def take_back(
    article: Article, *, by: Person, note: str = "", seen: int | None = None, now: datetime
) -> bool:
    """Whoever asked for a review does so no longer."""
    _refuse_unless(may_edit(by, article))
    return _leave(article, Verb.WITHDRAWN, by=by, note=note, seen=seen, now=now)


@transaction.atomic
def return_to_writer(
    article: Article, *, by: Person, note: str = "", seen: int | None = None, now: datetime
) -> bool:
    """Not yet: the note says what is missing."""
    _refuse_unless(may_review(by))
    if not note.strip():
        raise NotNow("Say in the note what should change.")
    return _leave(article, Verb.RETURNED, by=by, note=note, seen=seen, now=now, returned_at=now)


def _leave(
    article: Article, verb: str, *, by: Person, note: str, seen: int | None, now: datetime, **others: Any
) -> bool:
    """``assigned_to`` stays: whoever read it first reads it again."""
    was = "approved" if article.is_approved else "submitted"
    waiting = _at(article, seen).filter(submitted_at__isnull=False)
    if not waiting.update(submitted_at=None, approved_version=None, approved_by=None, **others):
        return _had_happened(article, seen)
    changes = {"review": [was, verb]}
    return _done(article, verb, by=by, note=note, at=now, changes=changes)


@transaction.atomic
def approve(article: Article, *, by: Person, note: str = "", seen: int | None = None, now: datetime) -> bool:
    """Yes to this version, and to no later one."""
    _refuse_unless(may_approve(by, article))
    waiting = _at(article, seen).filter(submitted_at__isnull=False)
    unapproved = waiting.exclude(approved_version=F("version"))
    if not unapproved.update(approved_version=F("version"), approved_by=by):
        if not waiting.exists():
            _had_happened(article, seen)
            raise NotNow("It is not in review any more.")
        return False
    fresh = {"review": ["submitted", "approved"], "version": [None, _seen(article, seen)]}
    return _done(article, Verb.APPROVED, by=by, note=note, at=now, changes=fresh)


@transaction.atomic
def assign(article: Article, *, to: Person | None, by: Person, now: datetime) -> bool:
    """``to`` reads it next, or goes on with it; None: nobody in particular."""
    _refuse_unless(may_review(by))
    _require_unfinished(article)
    locked = Article.objects.select_for_update(of=("self",)).select_related("assigned_to").get(pk=article.pk)
    if locked.assigned_to == to:
        return False
    if to is not None and not may_be_given().filter(pk=to.pk).exists():
        raise NotNow(f"{to.get_username()} may not change articles.")
    Article.objects.filter(pk=article.pk).update(assigned_to=to)
    changes = {"assigned to": [str(locked.assigned_to or ""), str(to or "")]}
    return _done(article, Verb.ASSIGNED, by=by, note=str(to or "nobody"), at=now, changes=changes)


# --- Comments -----------------------------------------------------------------------------------------------


@transaction.atomic
def comment(
    article: Article,
    *,
    by: Person,
    text: str,
    quote: str = "",
    answer_to: DraftComment | None = None,
    now: datetime,
) -> DraftComment:
    """``quote``: the words it is about. An answer opens its thread again."""
    _refuse_unless(may_edit(by, article))
    if not text.strip() or len(text) > LONGEST:
        raise NotNow(f"A comment needs a word or two, and at most {LONGEST} characters.")
    if answer_to is not None and answer_to.answer_to_id is not None:
        answer_to = answer_to.answer_to
    if answer_to is not None:
        _set_resolved(answer_to, by=None, at=None)
    made = DraftComment.objects.create(
        article=article,
        answer_to=answer_to,
        version=article.version,
        text=text.strip(),
        quote=quote.strip(),
        made_at=now,
        made_by=by,
    )
    changes = {"comment": ["", made.text[:200]]}
    _done(article, Verb.COMMENTED, by=by, note=made.text[:200], at=now, changes=changes)
    return made


@transaction.atomic
def resolve(thread: DraftComment, *, by: Person, now: datetime) -> bool:
    """Seen to. It stays to be read."""
    return _settle(thread, Verb.RESOLVED, by=by, at=now, now=now)


@transaction.atomic
def reopen(thread: DraftComment, *, by: Person, now: datetime) -> bool:
    return _settle(thread, Verb.REOPENED, by=by, at=None, now=now)


def _settle(thread: DraftComment, verb: str, *, by: Person, at: datetime | None, now: datetime) -> bool:
    _refuse_unless(may_edit(by, thread.article))
    if not _set_resolved(thread, by=by, at=at):
        return False
    changes = {"comment": [thread.text[:200], thread.text[:200]]}
    return _done(thread.article, verb, by=by, note=thread.text[:200], at=now, changes=changes)


def _set_resolved(thread: DraftComment, *, by: Person | None, at: datetime | None) -> int:
    """How many changed: none where it was so already."""
    name = by.get_username() if by is not None and at is not None else ""
    rows = DraftComment.objects.filter(pk=thread.pk, answer_to=None, resolved_at__isnull=at is not None)
    return rows.update(resolved_at=at, resolved_by_name=name)


# --- Together -----------------------------------------------------------------------------------------------


def _refuse_unless(allowed: bool) -> None:  # noqa: FBT001 -- reads as a sentence
    if not allowed:
        raise PermissionDenied("That is for somebody else to do.")


def _require_unfinished(article: Article) -> None:
    if not article.is_unfinished:
        raise NotNow("There is no draft here that somebody could read. Change something first.")


def _seen(article: Article, seen: int | None) -> int:
    return article.version if seen is None else seen


def _at(article: Article, seen: int | None) -> QuerySet[Article]:
    return Article.objects.unfinished().filter(pk=article.pk, version=_seen(article, seen))


def _had_happened(article: Article, seen: int | None) -> bool:
    """Nothing was to be done; or somebody saved in between, and then it was not this text that was meant."""
    version = _seen(article, seen)
    if not Article.objects.filter(pk=article.pk, version=version).exists():
        raise Conflict(article, base=version, mine=content_at(article, version))
    return False


def _done(article: Article, verb: str, *, by: Person, **details: Any) -> bool:
    Act.record(article, verb, by=by, **details)
    article.refresh_from_db(fields=Article.REVIEW_FIELDS)
    return True
