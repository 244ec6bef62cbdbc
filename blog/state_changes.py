"""Many articles to another state at once: counted first, all or none, and one undo (``bulk.undo``)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from . import publishing, snapshots, states
from .bulk import all_or_none, lock
from .models import Article, Batch
from .saving import Person
from .snapshots import Snapshot
from .standings import STANDINGS

State = Article.State
NAMED = 3


@dataclass(frozen=True)
class Act:
    """``asked`` is what a button says, ``done`` what is said afterwards."""

    asked: str
    done: str
    verb: Callable[..., None]


ACTS = {
    "publish": Act("Publish", "Published", publishing.publish),
    "unpublish": Act("Unpublish", "Unpublished", publishing.unpublish),
    "bin": Act("Move to the bin", "Moved to the bin", publishing.move_to_bin),
    "restore": Act("Take out of the bin", "Taken out of the bin", publishing.take_out_of_bin),
}


@dataclass(frozen=True)
class Move:
    """From one chip to another (``blog.standings``). ``version`` is the one that was looked at."""

    article: Article
    version: int
    before: str
    after: str
    note: str = ""

    @property
    def key(self) -> str:
        return f"{self.article.pk}:{self.version}"

    @property
    def before_said(self) -> str:
        return STANDINGS[self.before]

    @property
    def after_said(self) -> str:
        return STANDINGS[self.after]


@dataclass
class Plan:
    act: str
    moving: list[Move] = field(default_factory=list)
    staying: list[tuple[Article, str]] = field(default_factory=list)  # each with the reason

    @property
    def words(self) -> Act:
        return ACTS[self.act]

    @property
    def said(self) -> str:
        """Which, by name; how many more."""
        names = ", ".join(f"“{move.article}”" for move in self.moving[:NAMED])
        more = len(self.moving) - NAMED
        return f"{self.words.asked}: {names}{f' and {more} more' if more > 0 else ''}"


# --- What would happen --------------------------------------------------------


def plan(
    articles: Iterable[Article], act: str, *, seen: Mapping[int, int] | None = None, now: datetime
) -> Plan:
    """``seen`` has the versions that were shown, where somebody answers to what they were shown."""
    found = Plan(act)
    for article in articles:
        before = article.standing_at(now)
        reason, after, note = _outcome(article, act, now)
        if reason:
            found.staying.append((article, reason))
        else:
            version = (seen or {}).get(article.pk, article.version)
            found.moving.append(Move(article, version, before, after, note))
    return found


def _outcome(article: Article, act: str, now: datetime) -> tuple[str, str, str]:
    """Why it stays as it is; or else where it gets, and what else to know."""
    if act == "publish":
        return _published(article, now)
    if act == "restore":
        return ("It is not in the bin." if article.state != State.BIN else "", "draft", "")
    if act == "bin":
        return ("It is in the bin already." if article.state == State.BIN else "", "bin", "")
    is_draft = article.state in {State.DRAFT, State.BIN}
    note = "What waits over it becomes its text." if states.waits(article) else ""
    return ("It is not published." if is_draft else "", "draft", note)


def _published(article: Article, now: datetime) -> tuple[str, str, str]:
    is_published, waits = article.state == State.PUBLISHED, states.waits(article)
    if is_published and not waits:
        return f"It is {article.standing_at(now)} already.", "", ""
    if article.state == State.BIN:
        return "It is in the bin.", "", ""
    related = snapshots.open_working_copy(article)
    is_later = article.published_at is not None and article.published_at > now
    note = "What waits replaces what readers see." if waits else ""
    reason = _unfit(article, snapshots.of(article, related), now)
    return reason, "scheduled" if is_later else "live", note


def _unfit(article: Article, content: Snapshot, now: datetime) -> str:
    if article.expires_at is not None and article.expires_at <= max(article.published_at or now, now):
        return "It would be expired at once: give it another end."
    faults = publishing.must_be_mended(content, on=timezone.localdate(now))
    return " ".join(["Mend first:", *(str(fault.message) for fault in faults)]) if faults else ""


# --- Doing it -----------------------------------------------------------------


@transaction.atomic
def make(planned: Plan, *, by: Person | None, now: datetime) -> Batch:
    """All or none; raises ValidationError naming the article that stands in the way."""
    articles = [move.article for move in planned.moving]
    lock(articles)
    before = states.of(articles)
    batch = Batch.objects.create(
        what=planned.said[:300], by=by, at=now, states={str(key): [kept] for key, kept in before.items()}
    )
    for move in planned.moving:
        with all_or_none(move.article):
            details: dict[str, Any] = {"base": move.version, "note": batch.what}
            planned.words.verb(move.article, by=by, now=now, **details)
    after = states.of(articles)
    batch.rows = [[m.article.pk, m.version, m.article.version, "state"] for m in planned.moving]
    batch.states = {str(key): [before[key], after[key]] for key in before}
    batch.save()
    return batch
