"""Who else has an article open. It locks nothing: a save is decided by its version."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from .models import Article, EditingSession, Revision
from .saving import Person

HERE = timedelta(seconds=75)  # a browser lets a page out of sight speak once a minute
KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Colleague:
    name: str
    seconds_ago: int
    is_writing: bool


@dataclass(frozen=True)
class Newer:
    """A save that a form did not go on from."""

    version: int
    at: datetime
    by: str
    is_own: bool


def enter(article: Article, *, by: Person, token: UUID, is_writing: bool, now: datetime) -> None:
    """This form is open. Whoever opens a new one sweeps up the oldest."""
    _, is_new = EditingSession.objects.update_or_create(
        article=article,
        by=by,
        form_token=token,
        defaults={"last_seen_at": now, "is_writing": is_writing},
    )
    if is_new:
        EditingSession.objects.filter(last_seen_at__lt=now - KEPT_FOR).delete()


def leave(article: Article, *, by: Person, token: UUID) -> None:
    EditingSession.objects.filter(article=article, by=by, form_token=token).delete()


def others(article: Article, *, by: Person, now: datetime) -> list[Colleague]:
    """One line a person, however many tabs, the one seen last first."""
    open_forms = EditingSession.objects.filter(article=article, last_seen_at__gt=now - HERE).exclude(by=by)
    seen: dict[int, list[EditingSession]] = {}
    for form in open_forms.select_related("by"):
        seen.setdefault(form.by_id, []).append(form)
    return [_colleague(forms, now) for forms in seen.values()]


def _colleague(forms: list[EditingSession], now: datetime) -> Colleague:
    seconds = max(0, int((now - forms[0].last_seen_at).total_seconds()))
    return Colleague(name_of(forms[0].by), seconds, any(form.is_writing for form in forms))


def newer_than(base: int, article: Article, *, by: Person) -> Newer | None:
    """The newest save, if it is not the one that a form went on from."""
    if article.version == base:
        return None
    saved = (
        Revision.objects.filter(article=article, version=article.version)
        .select_related("made_by")
        .defer("content")
        .first()
    )
    if saved is None:
        return Newer(article.version, article.modified_at, "The site", is_own=False)
    return Newer(article.version, saved.made_at, name_of(saved.made_by), is_own=saved.made_by_id == by.pk)


def name_of(person: Person | None) -> str:
    return str(person.get_full_name() or person.get_username()) if person is not None else "The site"
